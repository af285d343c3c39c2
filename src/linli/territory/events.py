"""Facts that the territory announces, in the same transaction; receivers on higher floors listen.

Whoever keeps work, posts or bodies at a place moves them when it is succeeded. Imports announce nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.dispatch import Signal

from linli.core.actors import Actor

How = Literal["redrawn", "merged", "split", "ended"]
place_succeeded: Final = Signal()


@dataclass(frozen=True, slots=True)
class Succeeded:
    """A place that ends on a day, and what takes its place: nothing, one, or several (the first is the main one)."""

    actor: Actor
    old: int
    new: tuple[int, ...]
    on: date
    how: How


def announce(fact: Succeeded) -> None:
    """Tell everyone who listens; a receiver that fails makes the whole operation fail."""
    place_succeeded.send(sender=Succeeded, fact=fact)
