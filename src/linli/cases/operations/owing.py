"""Work items beside the clocks of matters: what a body or post owes by an instant, with its colours."""

from datetime import datetime
from typing import Final

from linli.cases.operations.clocks import Holder
from linli.core import clock
from linli.core.calendar import WorkingCalendar
from linli.core.models import WorkItem

TITLE: Final = 200


def owe(
    kind: str, subject: tuple[str, int], title: str, place_id: int, holder: Holder, due: datetime, days: WorkingCalendar
) -> None:
    """Note that a holder owes something by an instant; one that is owed already gets the new instant."""
    now = clock.now()
    held = {"post_id": holder.post_id, "organization_id": holder.organization_id}
    colours = {"due": due, "yellow_at": now + (due - now) * 0.75, "red_at": days.add_working(due, days.day_minutes)}
    named = {"kind": kind, "subject_type": subject[0], "subject_id": subject[1], **held, "ended": None}
    if not WorkItem.objects.filter(**named).update(**colours):
        WorkItem.objects.create(**named, **colours, title=title[:TITLE], place_id=place_id, raised=now)


def settle(kind: str, subject: tuple[str, int], holder: Holder | None = None) -> None:
    """End what is owed of a kind, by a holder or by all; every kind that begins so, where none is named in full."""
    items = WorkItem.objects.filter(kind__startswith=kind, subject_type=subject[0], subject_id=subject[1], ended=None)
    if holder is not None:
        items = items.filter(post_id=holder.post_id, organization_id=holder.organization_id)
    items.update(ended=clock.now())
