"""Facts that the spine announces; receivers on higher floors listen."""

from dataclasses import dataclass
from typing import Final

from django.dispatch import Signal

from linli.core.actors import Actor

exported: Final = Signal()
amended: Final = Signal()


@dataclass(frozen=True, slots=True)
class Exported:
    """Rows that left as a file: by whom, which list, by which filters (nothing personal), how many, in which format."""

    actor: Actor
    what: str
    filters: str
    rows: int
    form: str


@dataclass(frozen=True, slots=True)
class Amended:
    """What the profile adds to a record was changed: which record, and which of its dimensions."""

    actor: Actor
    code: str
    pk: int
    changed: tuple[str, ...]


def announce(fact: Exported) -> int:
    """Tell everyone who listens; returns the number under which the access log holds the export."""
    return next(int(number) for _receiver, number in exported.send(sender=Exported, fact=fact) if number)


def announce_amended(fact: Amended) -> None:
    """Tell everyone who listens, in the same transaction."""
    amended.send(sender=Amended, fact=fact)
