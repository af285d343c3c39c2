"""What residents raised at a meeting and where it stands: deliberated, rated by residents (民事民议、民评)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import Max

from linli.core import clock, secrets
from linli.core.models import Entry
from linli.deliberation import meetings_section
from linli.deliberation.models import AgendaItem, Meeting
from linli.deliberation.workflow.meetings import RATINGS

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


def open_to_rating(item: AgendaItem) -> bool:
    """Whether residents rate an item now: something came of it here, and the minutes are not approved yet."""
    held = item.meeting is not None and item.meeting.state == "held"
    return held and bool(item.result) and item.result not in GOES_ON


def rater_key(item_id: int, rater: str) -> bytes:
    """By what it is known that somebody rated an item; nobody is found by it."""
    return secrets.keyed_hash(f"{item_id}:{rater}", "agenda-rater")


def middle_of(ratings: Mapping[str, int]) -> str:
    """The rating in the middle of all, of two in the middle the worse; empty where nobody rated."""
    place, passed = sum(ratings.values()) // 2, 0
    for code, _label in RATINGS:
        passed += ratings.get(code, 0)
        if passed > place:
            return code
    return ""


def counted(item: AgendaItem) -> list[tuple[str, int]]:
    """How many residents rated an item how, in words."""
    return [(str(label), item.ratings.get(code, 0)) for code, label in RATINGS] if item.ratings else []
