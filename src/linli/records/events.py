"""Facts that the spine announces; receivers on higher floors listen."""

from dataclasses import dataclass
from typing import Final

from django.dispatch import Signal

from linli.core.actors import Actor

exported: Final = Signal()


@dataclass(frozen=True, slots=True)
class Exported:
    """Rows that left as a file: by whom, which list, by which filters (nothing personal), how many, in which format."""

    actor: Actor
    what: str
    filters: str
    rows: int
    form: str


def announce(fact: Exported) -> int:
    """Tell everyone who listens; returns the number under which the access log holds the export."""
    return next(int(number) for _receiver, number in exported.send(sender=Exported, fact=fact) if number)
