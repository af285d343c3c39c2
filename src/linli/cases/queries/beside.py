"""Where else a matter is spoken about: what higher floors know of it, told on its pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q

from linli.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing that a higher floor keeps of a matter: what it is, how it stands, and by which route one opens it."""

    kind: Any
    name: str
    route: str
    pk: int
    state: Any
    on: date
    tone: str = "grey"
    icon: str = "clock"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """What the reporter of a matter reads of it; `pk` opens a public page by its route, where there is one."""

    text: str
    route: str = ""
    pk: int = 0


@dataclass(frozen=True, slots=True)
class Teller:
    """How a higher floor tells of matters: to staff, to reporters, and of which matters it knows at all.

    `knows` is asked with the matter itself, so that a matter nobody speaks about costs no further query.
    """

    told: Callable[[Actor, int], Sequence[Beside]]
    public: Callable[[int], Sequence[Word]]
    knows: Callable[[], Q]


_tellers: Final[list[Teller]] = []


def register_teller(teller: Teller) -> None:
    """Let a higher floor tell of matters; called when its app is ready."""
    if teller not in _tellers:
        _tellers.append(teller)


def spoken_of() -> Q:
    """Whether a higher floor knows something of a matter, as a condition on matters."""
    known = Q(pk__in=[])
    for teller in _tellers:
        known |= teller.knows()
    return known


def beside(viewer: Actor, case_id: int) -> list[Beside]:
    """What the viewer may see of what is kept of a matter elsewhere."""
    return [item for teller in _tellers for item in teller.told(viewer, case_id)]


def public_beside(case_id: int) -> list[Word]:
    """What the reporter of a matter may read of it."""
    return [item for teller in _tellers for item in teller.public(case_id)]
