"""How names in ledgers become places and organisations: resolvers that higher floors register.

A resolver is made anew for each import, holds its index in memory and is refreshed after rows of its types land.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class NamePart:
    """One part of a name of several, such as the street of a place: its code, label and usual headers."""

    code: str
    label: Any
    headers: str = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that leads nowhere: a code, the part at fault (`place.community`), and the nearest names."""

    code: str
    part: str
    name: str
    nearest: "Nearest | None" = None


class Nearest:
    """The known names most like one that leads nowhere; looked for only when somebody reads them."""

    def __init__(self, find: Callable[[], Sequence[str]]) -> None:
        self._find = find

    def __str__(self) -> str:
        return "、".join(self._find()) or "-"


class Resolver(Protocol):
    """Finds the id that names mean. `types` are the record types whose rows make the index stale."""

    types: frozenset[str]

    def resolve(self, parts: Mapping[str, str], ref: str) -> int | Unresolved | None:
        """The id meant by the parts (for a place: level -> name; else {"": name}); None where all are empty."""

    def create(self, names: Sequence[str], ref: str) -> None:
        """Make records for names that are not known, where the map says `unknown: create`."""

    def refresh(self) -> None:
        """Read the index anew."""

    def where(self, found: int | None) -> tuple[str, str] | None:
        """The path and the grid path of what was found, of the root for nothing; None where it lies in no place."""


_factories: dict[str, Callable[[], Resolver]] = {}
_parts: dict[str, tuple[NamePart, ...]] = {}


def register_resolver(value_type: str, factory: Callable[[], Resolver], parts: tuple[NamePart, ...] = ()) -> None:
    """Let an app resolve values of this type (`place`, `organization`), whose names may have several parts."""
    _factories[value_type] = factory
    _parts[value_type] = parts


def parts_of(value_type: str) -> tuple[NamePart, ...]:
    """The parts of which a name of this type may consist."""
    return _parts.get(value_type, ())


def resolvers() -> dict[str, Resolver]:
    """Fresh resolvers for one import."""
    return {value_type: factory() for value_type, factory in _factories.items()}
