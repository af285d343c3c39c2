"""Who refers to a policy document: apps above say so, publishing asks. Each says only what the reader may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from linli.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing that names a document as its ground: what it is, its address and its state in words."""

    kind: Any
    label: str
    url: str
    state: Any = ""


Finder = Callable[[Actor, int], list[Reference]]
_finders: Final[list[Finder]] = []


def register_references(finder: Finder) -> None:
    """Let an app say what of it refers to a document; called when the app is ready."""
    if finder not in _finders:
        _finders.append(finder)


def references_to(actor: Actor, document_id: int) -> list[Reference]:
    """What refers to a document, as far as the actor may open it."""
    return [reference for finder in _finders for reference in finder(actor, document_id)]
