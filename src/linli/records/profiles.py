"""Place profiles: everything that differs between two places, as data checked by typed schemas.

A profile is a folder of YAML files, one per section. Domains register their section's schema; errors name
file, line and key. Applying a profile stores an immutable, dated version (operations.py); this module reads.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from linli.core.composed import composed
from linli.core.errors import InvalidInput, NotFound
from linli.records import loading
from linli.records.models import ProfileVersion


class Part(BaseModel):
    """The base of everything in a profile: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Labelled(Part):
    """A code with its names: Chinese first, English where known, and other spellings that ledgers use."""

    code: str
    label: str
    label_en: str = ""
    also: tuple[str, ...] = ()
    retired: bool = False

    @property
    def named(self) -> str:
        """The name in the active language."""
        return (self.label_en if (get_language() or "").startswith("en") else "") or self.label


SectionT = TypeVar("SectionT", bound=Part)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a profile: where it stands and what is wrong."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.message}"


@dataclass(frozen=True, slots=True)
class SectionInfo:
    """A section for people: its name, the words for its keys, and what holds where the place writes none.

    `words` names the keys of a mapping by `<its key>.*`; `choices` are the codes that a key may hold, with their words.
    """

    name: str
    label: Any
    words: Mapping[str, Any]
    built_in: Callable[[], dict[str, Any]] = dict
    choices: Mapping[str, Callable[[], Mapping[str, Any]]] = field(default_factory=dict)


_sections: dict[str, type[Part]] = {}
_infos: dict[str, SectionInfo] = {}


def register_section(name: str, schema: type[Part]) -> None:
    """Let an app own the section `<name>.yaml` (or the folder `<name>/` of lists)."""
    _sections[name] = schema


def describe_section(
    name: str,
    label: Any,
    words: Mapping[str, Any],
    built_in: Callable[[], dict[str, Any]] = dict,
    choices: Mapping[str, Callable[[], Mapping[str, Any]]] | None = None,
) -> None:
    """Say in words what a section and its keys are, for the administration's pages (`<app>/profile_words.py`)."""
    _infos[name] = SectionInfo(name, label, words, built_in, choices or {})


def section_info(name: str) -> SectionInfo:
    """The section of this name. Raises: profile.unknown_section."""
    if name not in _sections:
        raise NotFound("profile.unknown_section", _("The profile has no section “%(name)s”."), name=name)
    return _infos.get(name) or SectionInfo(name, name, {})


def sections() -> dict[str, type[Part]]:
    """The registered sections by name."""
    return dict(_sections)


def read_folder(folder: Path) -> tuple[dict[str, Any], list[Fault]]:
    """A profile folder as plain data by section, with every fault found."""
    if not folder.is_dir():
        raise InvalidInput("profile.missing", _("There is no profile folder %(path)s."), path=str(folder))
    data: dict[str, Any] = {}
    faults: list[Fault] = []
    for path, name in _files(folder):
        loaded, found = _loaded(path.relative_to(folder).as_posix(), name, path.read_bytes())
        faults += found
        _merge(data, name, loaded)
    return data, faults


def read_section(name: str, text: str) -> tuple[dict[str, Any], list[Fault]]:
    """One section written as YAML as plain data, with every fault by its line and key."""
    loaded, faults = _loaded(f"{name}.yaml", name, text.encode())
    return loaded if isinstance(loaded, dict) else {}, faults


def _loaded(file: str, name: str, content: bytes) -> tuple[Any, list[Fault]]:
    try:
        loaded = loading.load(content)
        data = loading.plain(loaded)
    except (YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        text = getattr(error, "problem", None) or str(error)
        return None, [Fault(file, mark.line + 1 if mark else 1, "", text)]
    if name not in _sections:
        return None, [Fault(file, 1, name, str(_("There is no section of this name.")))]
    if loaded is not None and not isinstance(loaded, dict):
        return None, [Fault(file, 1, "", str(_("A section is keys with values.")))]
    return data, _check(file, name, loaded, data)


def parse(data: dict[str, Any]) -> dict[str, Part]:
    """Plain data as typed sections; sections that are absent have their defaults."""
    return {name: schema.model_validate(data.get(name) or {}) for name, schema in _sections.items()}


def content_in_force() -> dict[str, Any]:
    """The plain data of the profile in force; empty before the first."""
    latest = ProfileVersion.objects.order_by("-id").values_list("content", flat=True).first()
    return dict(latest or {})


def digest(data: dict[str, Any]) -> str:
    """A hash of a profile's content: the same content is the same version."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*.yaml")):
        inside = path.relative_to(folder)
        yield path, inside.parts[0].removesuffix(".yaml")


def _merge(data: dict[str, Any], name: str, loaded: Any) -> None:
    """A section split over several files is the union of its lists and keys."""
    if not isinstance(loaded, dict):
        return
    held = data.setdefault(name, {})
    for key, value in loaded.items():
        if isinstance(value, list) and isinstance(held.get(key), list):
            held[key] = held[key] + value
        elif isinstance(value, dict) and isinstance(held.get(key), dict):
            held[key] = {**held[key], **value}
        else:
            held[key] = value


def _check(file: str, name: str, loaded: Any, data: Any) -> list[Fault]:
    try:
        _sections[name].model_validate(data or {})
    except ValidationError as error:
        return [
            Fault(file, _line(loaded, item["loc"]), ".".join(str(step) for step in item["loc"]), item["msg"])
            for item in error.errors()
        ]
    return []


def located(fault: Fault, text: str) -> Fault:
    """A fault at the line of the file at which its key stands."""
    steps = tuple(int(step) if step.isdecimal() else step for step in fault.key.split("."))
    return replace(fault, line=_line(YAML(typ="rt").load(text), steps))


def _line(node: Any, steps: tuple[int | str, ...]) -> int:
    """The line of the deepest key on the way that is really in the file."""
    line = 1
    for step in steps:
        if isinstance(node, CommentedMap) and step in node:
            line = node.lc.key(step)[0] + 1
        elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            line = node.lc.item(step)[0] + 1
        else:
            break
        node = node[step]
    return int(line)


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile in force: its version and its typed sections."""

    version: int
    parts: dict[str, Part]

    def section(self, schema: type[SectionT]) -> SectionT:
        """The section that this schema describes."""
        name = next(name for name, known in _sections.items() if known is schema)
        part = self.parts[name]
        assert isinstance(part, schema)
        return part


# The profile read last, with the database that it is of: each numbers its versions from 1.
_cached: tuple[str, Profile] | None = None
# The profile that one request or operation keeps to, so that it is asked for once and never changes half-way.
_pinned: ContextVar[Profile | None] = ContextVar("pinned_profile", default=None)


@contextmanager
def pinned() -> Iterator[Profile]:
    """Keep to the profile in force now for as long as the block lasts; one query instead of many."""
    token = _pinned.set(current())
    try:
        yield current()
    finally:
        _pinned.reset(token)


@contextmanager
def tried(data: dict[str, Any]) -> Iterator[Profile]:
    """Look at content as if it were in force, for as long as the block lasts; nothing is written or asked for."""
    token = _pinned.set(Profile(0, parse(data)))
    try:
        yield current()
    finally:
        _pinned.reset(token)


def unpin() -> None:
    """Forget the pinned profile: another version has just been applied."""
    _pinned.set(None)


@composed(planned=True)
def newest() -> QuerySet[ProfileVersion, int]:
    """The number of the version that was applied last."""
    return ProfileVersion.objects.order_by("-id").values_list("id", flat=True)[:1]


def current() -> Profile:
    """The profile in force, read anew only when another version has been applied."""
    global _cached
    kept = _pinned.get()
    if kept is not None:
        return kept
    number, database = newest.one() or 0, connection.settings_dict["NAME"]
    if _cached is None or (_cached[0], _cached[1].version) != (database, number):
        row = ProfileVersion.objects.filter(pk=number).first()
        _cached = database, Profile(number, parse(row.content if row else {}))
    return _cached[1]
