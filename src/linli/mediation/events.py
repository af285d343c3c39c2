"""What mediations announce, in the same transaction: that one has ended."""

from dataclasses import dataclass
from typing import Final

from django.dispatch import Signal

from linli.core.actors import Actor
from linli.mediation.models import Mediation

mediation_ended: Final = Signal()


@dataclass(frozen=True, slots=True)
class Ended:
    """A mediation that ended, and by whom."""

    actor: Actor
    row: Mediation


def announce(actor: Actor, row: Mediation) -> None:
    """Tell everyone who listens; a receiver that fails makes the whole operation fail."""
    mediation_ended.send(sender=Mediation, fact=Ended(actor, row))
