"""When a paper ballot counts: once two who entered it agree, or a third has looked at what two read differently."""

from collections.abc import Iterable, Sequence
from typing import Final

from linli.deliberation.models import PaperEntry

LOOKS: Final = 3


def settled(entries: Sequence[PaperEntry]) -> bool:
    """Whether the entries of one round count: two that agree, or a third that looked."""
    return len(entries) == LOOKS or (len(entries) == 2 and entries[0].numbers == entries[1].numbers)


def rounds(entries: Iterable[PaperEntry]) -> dict[int, list[PaperEntry]]:
    """Entries of one ballot or bundle by their rounds, each in the order in which they came."""
    found: dict[int, list[PaperEntry]] = {}
    for entry in sorted(entries, key=lambda item: (item.round, item.position)):
        found.setdefault(entry.round, []).append(entry)
    return found
