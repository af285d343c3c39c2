"""The registered kinds of work items: what each asks for, and whether it is a decision. Lists know no other.

And the colour of a work item: that of its time, or its own where that is worse.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from linli.core import clock

if TYPE_CHECKING:
    from linli.core.models import WorkItem

COLOURS: Final = ("green", "yellow", "orange", "red")


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A kind of work: its code, what the holder is to do, and whether others wait for a decision."""

    code: str
    label: Any
    decides: bool = False


_kinds: dict[str, WorkKind] = {}


def register_work(*kinds: WorkKind) -> None:
    """Make kinds known; called when an app is ready."""
    _kinds.update({kind.code: kind for kind in kinds})


def work_kind(code: str) -> WorkKind:
    """The kind with this code; one without words where an app no longer registers it."""
    return _kinds.get(code) or WorkKind(code, "")


def known_work(prefix: str) -> bool:
    """Whether a kind begins so."""
    return any(code.startswith(prefix) for code in _kinds)


def deciding_kinds() -> list[str]:
    """The codes of the kinds that are decisions."""
    return [kind.code for kind in _kinds.values() if kind.decides]


def colour_of(item: "WorkItem", now: datetime | None = None) -> str:
    """Green, yellow when due soon, orange when overdue, red when long overdue; the item's own colour where worse."""
    at = now or clock.now()
    edges = (("red", item.red_at), ("orange", item.due), ("yellow", item.yellow_at))
    by_time = next((colour for colour, edge in edges if edge is not None and at >= edge), "green")
    return max(by_time, item.colour or "green", key=COLOURS.index)
