"""Facts that matters announce, in the same transaction; receivers on higher floors listen.

Silent set forms (imports) announce nothing.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.dispatch import Signal

from linli.core.actors import Actor

case_moved: Final = Signal()
whistle_moved: Final = Signal()


@dataclass(frozen=True, slots=True)
class Moved:
    """A matter or whistle after one operation: what was done by whom, and where it stands now."""

    verb: str
    actor: Actor
    row: Any
    was: str


def announce(signal: Signal, fact: Moved) -> None:
    """Tell everyone who listens; a receiver that fails makes the whole operation fail."""
    signal.send(sender=type(fact.row), fact=fact)
