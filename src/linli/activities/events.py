"""What activities announce, in the same transaction: that hours of service were attested, or are so no more."""

from dataclasses import dataclass
from typing import Final

from django.dispatch import Signal

from linli.activities.models import ServiceRecord
from linli.core.actors import Actor

service_attested: Final = Signal()
service_withdrawn: Final = Signal()


@dataclass(frozen=True, slots=True)
class Attested:
    """A record that was attested, and the one that it corrects, if any."""

    actor: Actor
    row: ServiceRecord
    corrected: ServiceRecord | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A record that is attested no more, and no other stands in its stead."""

    actor: Actor
    row: ServiceRecord


def announce_attested(actor: Actor, row: ServiceRecord, corrected: ServiceRecord | None = None) -> None:
    """Tell everyone who listens; a receiver that fails makes the whole operation fail."""
    service_attested.send(sender=ServiceRecord, fact=Attested(actor, row, corrected))


def announce_withdrawn(actor: Actor, row: ServiceRecord) -> None:
    """Tell everyone who listens that nothing of this record counts any more."""
    service_withdrawn.send(sender=ServiceRecord, fact=Withdrawn(actor, row))
