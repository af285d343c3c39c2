"""A section of the profile as a form: drawn from its schema, so that new keys need no new page.

Scalars become fields, groups of them fieldsets, lists of groups tables; each group with a list of its own is a
fieldset with a table. What is deeper stays with the YAML text.
"""

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, Literal, Union, get_args, get_origin

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from linli.core.forms import number_of
from linli.records.profiles import Part, SectionInfo

SPARE: Final = 2
SEPARATOR: Final = "、"
MEANS: Final = ":"
WORDS: Final[Mapping[str, Any]] = {
    "code": _("code"),
    "label": _("name"),
    "label_en": _("English name"),
    "also": _("other spellings"),
    "retired": _("retired"),
    "amount": _("amount"),
    "unit": _("unit"),
    "type": _("type"),
    "choices": _("choices"),
    "choice": _("one of the choices"),
    "flag": _("yes or no"),
    "number": _("number"),
    "text": _("text"),
    "date": _("date"),
    "list": _("several of the choices"),
}
UNITS: Final[Mapping[str, Any]] = {
    "working_minutes": _("working minutes"),
    "working_hours": _("hours of work"),
    "working_days": _("working days"),
    "minutes": _("minutes"),
    "hours": _("hours"),
    "days": _("days"),
    "months": _("months"),
}


@dataclass(slots=True)
class Input:
    """One field: its address in the data, its words, its value as text and its kind.

    Kinds: text, number, flag, choice, picture, list, pairs.
    """

    path: str
    label: str
    value: str
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """The value in words."""
        return dict(self.choices).get(self.value, self.value)


@dataclass(slots=True)
class Block:
    """A part of the form: single fields, or a table with a row for each item. `deep` is only in the text."""

    key: str
    label: str
    inputs: list[Input] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    rows: list[list[Input]] = field(default_factory=list)
    deep: str = ""


def blocks(info: SectionInfo, schema: type[Part], data: Mapping[str, Any], spare: int = SPARE) -> list[Block]:
    """The form of a section with its data filled in; without spare rows it is a page to read, of what is said."""
    single = Block("", "")
    found = [single]
    for name, item in schema.model_fields.items():
        value = data.get(name)
        if _scalar(item.annotation) is not None:
            single.inputs.append(_input(info, name, item, value))
        else:
            found += _parts(info, name, item, value, spare)
    if not spare:
        for block in found:
            _leave_out_unsaid(block)
    return [block for block in found if block.inputs or block.rows or block.heads or block.deep]


def _parts(info: SectionInfo, name: str, item: Any, value: Any, spare: int) -> list[Block]:
    """What a key of the section that holds groups is drawn as."""
    model, many = _model(item.annotation)
    if many == "list" and model and _flat(model):
        return [_rows(info, name, model, value or [], spare)]
    if many == "list" and model and _one_list(model):
        return _groups(info, name, model, value or [], min(spare, 1))
    if many == "dict" and model and _flat(model) and (keys := _keys(item.annotation)):
        return [_keyed(info, name, model, value or {}, keys)]
    label = word(info, name)
    if model and not many and _flat(model):
        return [Block(name, label, _fields(info, model, value or _usual(item), name))]
    return [Block(name, label, deep=str(len(value)) if value else "0")]


def _keyed(info: SectionInfo, name: str, model: type[BaseModel], held: Mapping[str, Any], keys: Sequence[str]) -> Block:
    block = Block(name, word(info, name), heads=[word(info, f"{name}.*"), *_heads(info, model)])
    for key in keys:
        fields = _fields(info, model, held.get(key, {}), f"{name}.{key}")
        block.rows.append([Input("", "", word(info, key)), *fields])
    return block


def _leave_out_unsaid(block: Block) -> None:
    """Without the columns of a table in which no row says anything."""
    said = [number for number in range(len(block.heads)) if any(row[number].value for row in block.rows)]
    block.heads = [block.heads[number] for number in said] or block.heads
    block.rows = [[row[number] for number in said] for row in block.rows]


def posted(schema: type[Part], held: Mapping[str, Any], sent: Mapping[str, str]) -> dict[str, Any]:
    """The section's data with what a form sent put in; what the form does not show stays as it was."""
    data = dict(held)
    for name, item in schema.model_fields.items():
        model, many = _model(item.annotation)
        if _scalar(item.annotation) is not None:
            _put_scalar(data, name, item, sent.get(name))
        elif many == "list" and model and (_flat(model) or _one_list(model)):
            _put(data, name, _posted_rows(model, held.get(name) or [], sent, name))
        elif many == "dict" and model and _flat(model) and (keys := _keys(item.annotation)):
            rows = {key: _posted(model, (held.get(name) or {}).get(key, {}), sent, f"{name}.{key}") for key in keys}
            _put(data, name, {key: row for key, row in rows.items() if row})
        elif model and not many and _flat(model):
            group = _posted(model, held.get(name) or {}, sent, name)
            if name in held or group != _usual(item):
                _put(data, name, group)
    return data


def _usual(item: Any) -> dict[str, Any]:
    """What a group holds where nothing is written."""
    usual = item.get_default(call_default_factory=True)
    return usual.model_dump(mode="json", exclude_defaults=True) if isinstance(usual, BaseModel) else {}


def word(info: SectionInfo, key: str) -> str:
    """A key in words of the active language."""
    return str(info.words.get(key) or WORDS.get(key) or key)


def _put(data: dict[str, Any], key: str, value: Any) -> None:
    if value in (None, "", [], {}) and key not in data:
        return
    if value is None:
        data.pop(key, None)
    else:
        data[key] = value


def _posted_rows(model: type[BaseModel], held: Sequence[Any], sent: Mapping[str, str], name: str) -> list[Any]:
    """The rows of a table that hold something, in their order. A row whose first field was emptied goes."""
    rows, number = [], 0
    first = next(iter(model.model_fields))
    while f"{name}.{number}.{first}" in sent:
        if sent[f"{name}.{number}.{first}"].strip():
            rows.append(_posted(model, held[number] if number < len(held) else {}, sent, f"{name}.{number}"))
        number += 1
    return rows


def _posted(model: type[BaseModel], held: Mapping[str, Any], sent: Mapping[str, str], path: str) -> dict[str, Any]:
    data = dict(held)
    for key, item in model.model_fields.items():
        inner, many = _model(item.annotation)
        if inner is not None and not many:
            _put(data, key, _posted(inner, held.get(key) or {}, sent, f"{path}.{key}") or None)
            continue
        if inner is not None:
            _put(data, key, _posted_rows(inner, held.get(key) or [], sent, f"{path}.{key}"))
            continue
        _put_scalar(data, key, item, sent.get(f"{path}.{key}"))
    return data


def _put_scalar(data: dict[str, Any], key: str, item: Any, text: str | None) -> None:
    """A value that is the usual one is not written down where it was not before."""
    value = _read(item.annotation, text)
    usual = item.get_default(call_default_factory=True)
    if key in data or (value != usual and value not in (None, "", [], False)):
        _put(data, key, value)


def _read(annotation: Any, text: str | None) -> Any:
    kind = _scalar(annotation)
    written = (text or "").strip()
    if kind == "flag":
        return written == "on"
    if kind == "list":
        return [part.strip() for part in written.replace("|", SEPARATOR).split(SEPARATOR) if part.strip()]
    if kind == "pairs":
        return dict(map(_pair, filter(str.strip, written.split(SEPARATOR))))
    if kind == "number":
        # What is no number stays as it was written, for the form to say so.
        number = number_of(written.removeprefix("-"))
        return written or None if number is None else -number if written.startswith("-") else number
    return written if written or _plain(annotation) is str else None


def _pair(written: str) -> tuple[str, str]:
    key, _means, value = written.replace("：", MEANS).partition(MEANS)
    return key.strip(), value.strip()


def _groups(
    info: SectionInfo, name: str, model: type[BaseModel], held: Sequence[Mapping[str, Any]], spare: int
) -> list[Block]:
    """Each group of a list with its single fields, and its own list as a table; one more that is empty."""
    found = []
    for number in range(len(held) + spare):
        item = held[number] if number < len(held) else {}
        path = f"{name}.{number}"
        called = item.get("label") or (_("one more") if number == len(held) else number + 1)
        block = Block(path, f"{word(info, name)} · {called}")
        for key, inner in model.model_fields.items():
            group, many = _model(inner.annotation)
            if group is not None and many:
                table = _rows(info, f"{path}.{key}", group, item.get(key) or [], spare * SPARE)
                block.heads, block.rows = table.heads, table.rows
            else:
                block.inputs.append(_input(info, f"{path}.{key}", inner, item.get(key)))
        found.append(block)
    return found or [Block(name, word(info, name), deep="0")]


def _rows(info: SectionInfo, name: str, model: type[BaseModel], held: Sequence[Any], spare: int) -> Block:
    block = Block(name, word(info, name), heads=_heads(info, model))
    for number in range(len(held) + spare):
        item = held[number] if number < len(held) else {}
        block.rows.append(_fields(info, model, item, f"{name}.{number}"))
    return block


def _heads(info: SectionInfo, model: type[BaseModel]) -> list[str]:
    heads = []
    for key, item in model.model_fields.items():
        inner, many = _model(item.annotation)
        if inner is not None and not many:
            heads += [f"{word(info, key)} {head}" for head in _heads(info, inner)]
        else:
            heads.append(word(info, key))
    return heads


def _fields(
    info: SectionInfo, model: type[BaseModel], held: Mapping[str, Any], path: str, *, usual: bool = True
) -> list[Input]:
    fields = []
    for key, item in model.model_fields.items():
        inner, many = _model(item.annotation)
        if inner is not None and not many:
            # A group that is not written has no usual values of its own: what holds in general holds.
            known = held.get(key)
            fields += _fields(info, inner, known or {}, f"{path}.{key}", usual=bool(known) or item.default is not None)
        else:
            fields.append(_input(info, f"{path}.{key}", item, held.get(key), usual=usual))
    return fields


def _input(info: SectionInfo, path: str, item: Any, value: Any, *, usual: bool = True) -> Input:
    extra = item.json_schema_extra if isinstance(item.json_schema_extra, dict) else {}
    kind = str(extra.get("widget") or _scalar(item.annotation) or "text")
    if usual and value is None and isinstance(item.default, str | int | bool | Enum):
        value = item.default
    if isinstance(value, list | tuple):
        value = SEPARATOR.join(map(str, value))
    if isinstance(value, dict):
        value = SEPARATOR.join(f"{key}{MEANS}{words}" for key, words in value.items())
    if isinstance(value, bool):
        value = "on" if value else ""
    if isinstance(value, Enum):
        value = value.value
    text = "" if value is None else str(value)
    key = path.split(".")[-1]
    choices = tuple((code, str(UNITS.get(code) or word(info, code))) for code in _choices(_plain(item.annotation)))
    if key in info.choices and kind == "text":
        kind, choices = "choice", _with(text, info.choices[key]())
    return Input(path, word(info, key), text, kind, choices)


def _with(held: str, known: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The codes that may be chosen, and the one that is held though it is not known any more."""
    return tuple((code, str(label)) for code, label in ({held: held} | dict(known) if held else dict(known)).items())


def _scalar(annotation: Any) -> str | None:
    """The kind of field for a type; None where it is no scalar."""
    plain = _plain(annotation)
    if plain is bool:
        return "flag"
    if plain in (int, float):
        return "number"
    if _choices(plain):
        return "choice"
    if get_origin(plain) is tuple and get_args(plain)[0] is str:
        return "list"
    if plain == dict[str, str]:
        return "pairs"
    return None if _model(annotation)[0] or get_origin(plain) in (tuple, dict) or plain is Any else "text"


def _plain(annotation: Any) -> Any:
    """A type without its None."""
    if get_origin(annotation) in (Union, types.UnionType):
        some = [item for item in get_args(annotation) if item is not type(None)]
        return some[0] if len(some) == 1 else Any
    return annotation


def _choices(plain: Any) -> tuple[str, ...]:
    if get_origin(plain) is Literal:
        return tuple(map(str, get_args(plain)))
    return tuple(str(item.value) for item in plain) if isinstance(plain, type) and issubclass(plain, Enum) else ()


def _model(annotation: Any) -> tuple[type[BaseModel] | None, str]:
    """The group that a type holds, and whether it holds a list of them, a mapping or one."""
    plain = _plain(annotation)
    origin, inner = get_origin(plain), get_args(plain)
    if origin is tuple and inner:
        return _group(inner[0]), "list"
    if origin is dict and inner:
        return _group(inner[1]), "dict"
    return _group(plain), ""


def _group(plain: Any) -> type[BaseModel] | None:
    return plain if isinstance(plain, type) and issubclass(plain, BaseModel) else None


def _keys(annotation: Any) -> tuple[str, ...]:
    return _choices(get_args(_plain(annotation))[0])


def _one_list(model: type[BaseModel]) -> bool:
    """Whether a group consists of scalars and of one list of flat groups."""
    lists = 0
    for item in model.model_fields.values():
        inner, many = _model(item.annotation)
        if inner is not None and many == "list" and _flat(inner):
            lists += 1
        elif inner is not None or _scalar(item.annotation) is None:
            return False
    return lists == 1


def _flat(model: type[BaseModel], deep: int = 1) -> bool:
    """Whether a group consists of scalars, and of groups of scalars at most."""
    for item in model.model_fields.values():
        inner, many = _model(item.annotation)
        if inner is not None and (many or not deep or not _flat(inner, deep - 1)):
            return False
        if inner is None and _scalar(item.annotation) is None:
            return False
    return True
