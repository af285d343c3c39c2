"""Facts that organisations announce, in the same transaction; receivers on higher floors listen.

Imports announce nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.dispatch import Signal

from linli.core.actors import Actor

post_ended: Final = Signal()
post_recruited: Final = Signal()
organization_ended: Final = Signal()


@dataclass(frozen=True, slots=True)
class Ended:
    """A post or body that ends on a day, and the post or body that takes over its open work."""

    actor: Actor
    old: int
    on: date
    post: int | None = None
    organization: int | None = None


@dataclass(frozen=True, slots=True)
class Recruited:
    """A post of a kind under unified recruitment that is being given: by a round, or with a reason why by none."""

    actor: Actor
    post: int
    round_id: int | None = None
    exception: str = ""


def announce(signal: Signal, fact: Ended | Recruited) -> None:
    """Tell everyone who listens; a receiver that fails makes the whole operation fail."""
    signal.send(sender=type(fact), fact=fact)
