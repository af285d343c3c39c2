"""Import maps as a clerk draws them up: drafted from headers, read from a form, shown as lines of a form.

The map as plain data is the only state between the page and the profile.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from linli.records import added
from linli.records.importing.previews import samples
from linli.records.ledgers.tables import Table, normalise_label
from linli.records.resolving import parts_of
from linli.records.sections import ImportMap
from linli.records.types import Column, RecordType, record_type, record_types

TRANSLATED: Final = 20
CONSTANTS: Final = 3
RUNNING: Final = ImportMap.model_fields["running"].default


@dataclass(slots=True)
class Line:
    """One column of the ledger in the form: its samples, what it becomes, and its values' translations."""

    index: int
    header: str
    samples: list[str]
    target: str = ""
    required: bool = False
    key: bool = False
    running: bool = False
    signs: bool = False
    values: list[tuple[str, str]] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)


def draft(table: Table, code: str = "") -> dict[str, Any]:
    """A map for a table, drafted from the record types' header synonyms and titles."""
    kinds = [kind for kind in record_types() if kind.write and code in ("", kind.code)]
    best = max(kinds, key=lambda kind: _fit(kind, table))
    labels = {normalise_label(header.label): header.label for header in table.headers}
    columns: dict[str, Any] = {}
    used: set[str] = set()
    for target, _label, synonyms in targets(best):
        header = next((labels[key] for word in synonyms if (key := normalise_label(word)) in labels), "")
        if header and header not in used:
            columns[target] = header
            used.add(header)
    keys = [columns[column.code] for column in best.columns if column.key and column.code in columns]
    needed = [columns[column.code] for column in best.columns if column.required and column.code in columns]
    signs = list(dict.fromkeys([*keys, *needed, *columns.values()]))[:6]
    return {
        "id": f"{best.code}_{len(table.headers)}",
        "label": (table.title[0] if table.title else table.sheet).strip()[:60],
        "signature": {"title": [], "headers": signs},
        "required": list(dict.fromkeys([*keys, *needed])),
        "key": keys,
        "running": [header.label for header in table.headers if header.label in RUNNING],
        "records": [{"type": best.code, "columns": columns}],
    }


def _fit(kind: RecordType, table: Table) -> int:
    labels = {normalise_label(header.label) for header in table.headers}
    title = " ".join(table.title)
    hits = sum(1 for column in kind.all_columns() if any(normalise_label(s) in labels for s in column.synonyms))
    return hits + 4 * any(word in title for word in kind.titles.split("|") if word)


def targets(kind: RecordType) -> list[tuple[str, str, tuple[str, ...]]]:
    """What a column of a ledger may become: code, label, usual headers; parts of names by themselves."""
    found: list[tuple[str, str, tuple[str, ...]]] = []
    for column in kind.all_columns():
        label = str(column.label or (column.synonyms or (column.code,))[0])
        found.append((column.code, label, column.synonyms))
        if not column.ref:
            found += [
                (f"{column.code}.{part.code}", f"{label} - {part.label}", tuple(filter(None, part.headers.split("|"))))
                for part in parts_of(column.type)
            ]
    return found


def choices_of(column: Column | None) -> list[tuple[str, str]]:
    """The codes among which a column's values must be, or that the place has words for."""
    if column is None or column.type not in ("choice", "flag"):
        return []
    if column.type == "flag":
        return [("true", "是"), ("false", "否")]
    if column.choices:
        return [(code, str(label)) for code, label in column.choices]
    words: dict[str, str] = {}
    for spelling, code in added.words(column.vocabulary).items() if column.vocabulary else ():
        if words.get(code, code) == code:
            words[code] = spelling
    return list(words.items())


def single(content: Mapping[str, Any]) -> bool:
    """Whether the form can show the map: it makes one record a row, and each column comes from one header."""
    records = content.get("records", [])
    if len(records) != 1 or set(records[0]) - {"type", "columns", "constants", "unknown"}:
        return False
    sources = [source for source in records[0].get("columns", {}).values() if isinstance(source, dict)]
    return all(isinstance(source.get("from"), str) and not set(source) - {"from", "values"} for source in sources)


def lines(table: Table, content: Mapping[str, Any]) -> list[Line]:
    """The map as lines of the form, one for each column of the ledger."""
    record = content["records"][0]
    kind = record_type(record["type"])
    sources: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for target, source in record.get("columns", {}).items():
        header, values = (source, {}) if isinstance(source, str) else (source["from"], source.get("values", {}))
        sources[normalise_label(header)] = (target, values)
    listed = {name: set(content.get(name, ())) for name in ("required", "key", "running")}
    signs = set(content.get("signature", {}).get("headers", ()))
    found = []
    for header in table.headers:
        target, values = sources.get(normalise_label(header.label), ("", {}))
        line = Line(header.index, header.label, samples(table, header.index), target)
        line.required, line.key = header.label in listed["required"], header.label in listed["key"]
        line.running, line.signs = header.label in listed["running"], header.label in signs
        line.choices = choices_of(kind.column(target)) if target else []
        if line.choices:
            line.values = [(text, _code(values.get(text))) for text in samples(table, header.index, TRANSLATED)]
        found.append(line)
    return found


def _code(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value or "")


def content_of(table: Table, posted: Mapping[str, str]) -> dict[str, Any]:
    """The map that a posted form describes."""
    kind = record_type(posted.get("type", ""))
    columns: dict[str, Any] = {}
    for header in table.headers:
        target = posted.get(f"to-{header.index}", "")
        if target and target not in columns:
            values = _values(table, header.index, posted, kind.column(target))
            columns[target] = {"from": header.label, "values": values} if values else header.label
    record: dict[str, Any] = {"type": kind.code, "columns": columns}
    pairs = [(posted.get(f"constant-{n}", ""), posted.get(f"value-{n}", "").strip()) for n in range(CONSTANTS)]
    constants = {code: _typed(kind.column(code), value) for code, value in pairs if code and value}
    if constants:
        record["constants"] = constants
    title = posted.get("title", "").strip()
    return {
        "id": posted.get("id", "").strip(),
        "label": posted.get("label", "").strip(),
        "signature": {"title": [title] if title else [], "headers": _ticked(table, posted, "sign")},
        "required": _ticked(table, posted, "required"),
        "key": _ticked(table, posted, "key"),
        "running": _ticked(table, posted, "running"),
        "records": [record],
    }


def _ticked(table: Table, posted: Mapping[str, str], name: str) -> list[str]:
    return [header.label for header in table.headers if posted.get(f"{name}-{header.index}")]


def _values(table: Table, index: int, posted: Mapping[str, str], column: Column | None) -> dict[str, Any]:
    if not choices_of(column):
        return {}
    chosen = {
        text: _typed(column, posted.get(f"word-{index}-{number}", ""))
        for number, text in enumerate(samples(table, index, TRANSLATED))
    }
    return {text: value for text, value in chosen.items() if value != ""}


def _typed(column: Column | None, value: str) -> Any:
    if column is not None and column.type == "flag" and value in ("true", "false"):
        return value == "true"
    return value


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """The id, numbered where another map has it."""
    known, name, number = set(taken), wanted, 1
    while name in known:
        number += 1
        name = f"{wanted}_{number}"
    return name
