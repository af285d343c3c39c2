"""Which joint assessment a term ends with: told by the floor that keeps assessments, shown on the page of the term."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from linli.core.actors import Actor
from linli.secondments.models import Secondment


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment at the end of a term: what it is called, when it is due, how it stands, where one opens it."""

    label: str
    due: date | None
    state: Any = ""
    url: str = ""


Teller = Callable[[Actor, Secondment], Sequence[Assessment]]
_tellers: Final[list[Teller]] = []


def register_assessments(teller: Teller) -> None:
    """Let the floor that keeps assessments tell of them; called when its app is ready."""
    if teller not in _tellers:
        _tellers.append(teller)


def assessments_of(viewer: Actor, secondment: Secondment) -> list[Assessment]:
    """What a term is assessed by at its end."""
    return [item for teller in _tellers for item in teller(viewer, secondment)]
