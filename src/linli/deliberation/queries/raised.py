"""What residents raised at a meeting and where it stands: deliberated, rated by residents (民事民议、民评)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Max

from linli.core import clock
from linli.core.models import Entry
from linli.deliberation import meetings_section
from linli.deliberation.models import AgendaItem, Meeting

# What goes on elsewhere is rated there.
GOES_ON = ("back", "joint")


def rating_days(meeting: Meeting) -> int | None:
    """For how many days residents may rate what came of their subjects; nothing where the kind of meeting asks not."""
    kind = meetings_section.kinds().get(meeting.kind)
    return kind.rating_days if kind else None


def not_deliberated(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The residents' subjects of which nothing came yet."""
    return [item for item in items if item.source == "resident" and not item.result]


def not_rated(items: Iterable[AgendaItem], days: int) -> dict[int, date]:
    """The residents' subjects whose rating is still awaited, by id, each with the last day on which it is."""
    awaited = [item.pk for item in items if _to_rate(item)]
    entries = Entry.objects.filter(subject_type="agenda_item", subject_id__in=awaited, operation="agenda_item.conclude")
    came = dict(entries.values_list("subject_id").annotate(Max("at"))) if awaited else {}
    ends = {pk: clock.day_of(at) + timedelta(days=days) for pk, at in came.items()}
    return {pk: last for pk, last in ends.items() if last >= clock.today()}


def _to_rate(item: AgendaItem) -> bool:
    return item.source == "resident" and bool(item.result) and item.result not in GOES_ON and not item.rating
