"""What everybody sees of meetings: public forums of a place, their next sessions, what came of those that are over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from linli.core import clock
from linli.core.errors import NotFound
from linli.deliberation import meetings_section
from linli.deliberation.models import AgendaItem, Meeting, MeetingSeries
from linli.deliberation.models.meetings import ItemRater
from linli.deliberation.queries import raised
from linli.publishing.queries.divisions import PublicDivision, public_division

SHOWN: Final = 20
# Folded lines of a calendar hold at most so many bytes.
FOLD: Final = 73


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """The forums of a place and inside it, with the sessions ahead and the results of those before."""

    division: PublicDivision
    forums: Sequence[tuple[MeetingSeries, str]]
    ahead: Sequence[tuple[Meeting, str]]
    over: Sequence[tuple[Meeting, str]]


@dataclass(frozen=True, slots=True)
class Forum:
    """One forum: what waits, the sessions ahead and those before, and those whose results residents rate now."""

    row: MeetingSeries
    kind: str
    waiting: int
    ahead: Sequence[Meeting]
    over: Sequence[Meeting]
    rated: Sequence[Meeting]


@dataclass(frozen=True, slots=True)
class RatingPage:
    """What residents rate of a meeting: each item with what came of it, and whether it was rated from here."""

    row: Meeting
    items: Sequence[tuple[AgendaItem, bool]]


def place_page(code: str) -> PublicPlace:
    """The public meetings of a place. Raises: not_found"""
    division = public_division(code)
    forums = MeetingSeries.objects.filter(public=True, until=None, place__path__startswith=division.place.path)
    return PublicPlace(
        division,
        [(row, meetings_section.named(row.kind)) for row in forums.select_related("place").order_by("title")[:SHOWN]],
        _named(_ahead(_of(division))),
        _named(_over(_of(division))),
    )


def forum_page(series_id: int) -> Forum:
    """A public forum. Raises: not_found"""
    row = MeetingSeries.objects.select_related("place").filter(pk=series_id, public=True, until=None).first()
    if row is None:
        raise NotFound
    rows = Meeting.objects.filter(series=row, public=True)
    waiting = row.items.filter(meeting=None, result="").count()
    kind = meetings_section.kinds().get(row.kind)
    # Where the minutes wait for the rating of residents, everybody finds it; else it is for those who were told of it.
    held = rows.filter(state="held").order_by("-on", "-pk")[:SHOWN] if kind and kind.rating_days else ()
    return Forum(row, meetings_section.named(row.kind), waiting, _ahead(rows), _over(rows), list(held))


def rating_page(meeting_id: int, rater: str) -> RatingPage:
    """What came of a meeting, for the residents who rate it. Raises: not_found"""
    row = Meeting.objects.filter(pk=meeting_id).select_related("place").first()
    if row is None:
        raise NotFound
    items = [item for item in row.items.select_related("meeting").order_by("pk") if raised.open_to_rating(item)]
    keys = {raised.rater_key(item.pk, rater) for item in items} if rater else set()
    found = ItemRater.objects.filter(item__in=items, key_hash__in=keys).values_list("item_id", flat=True)
    done = set(found) if keys else set()
    return RatingPage(row, [(item, item.pk in done) for item in items])


def proposal(item_id: int) -> AgendaItem:
    """A proposal, for whoever made it. Raises: not_found"""
    row = AgendaItem.objects.filter(pk=item_id, source="resident").select_related("series", "meeting").first()
    if row is None:
        raise NotFound
    return row


def calendar_of(code: str) -> str:
    """The public sessions of a place as an iCalendar, of the last month and all that are ahead. Raises: not_found"""
    division = public_division(code)
    since = clock.today() - timedelta(days=31)
    rows = _of(division).filter(on__gte=since).order_by("on", "pk")[:500]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Linli//Meetings//ZH", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{_escaped(division.place.name)}"]
    for row in rows:
        lines += _event(row)
    return "\r\n".join(folded for line in [*lines, "END:VCALENDAR"] for folded in _folded(line)) + "\r\n"


def _of(division: PublicDivision) -> QuerySet[Meeting]:
    return Meeting.objects.filter(public=True, place__path__startswith=division.place.path)


def _ahead(rows: QuerySet[Meeting]) -> list[Meeting]:
    found = rows.filter(on__gte=clock.today(), state__in=("planned", "invited")).select_related("place", "series")
    return list(found.order_by("on", "starts", "pk")[:SHOWN])


def _over(rows: QuerySet[Meeting]) -> list[Meeting]:
    """What came of meetings is public once their minutes are approved."""
    items = Prefetch("items", AgendaItem.objects.exclude(result="").order_by("pk"), "concluded")
    found = rows.filter(state="approved").select_related("place", "series").prefetch_related(items)
    return list(found.order_by("-on", "-pk")[:SHOWN])


def _named(rows: Sequence[Meeting]) -> list[tuple[Meeting, str]]:
    return [(row, meetings_section.named(row.kind)) for row in rows]


def _event(row: Meeting) -> list[str]:
    status = "CANCELLED" if row.state == "cancelled" else "CONFIRMED"
    head = ["BEGIN:VEVENT", f"UID:meeting-{row.pk}@linli", f"DTSTAMP:{_stamp(row.recorded)}", f"SEQUENCE:{row.version}"]
    return [
        *head,
        *_times(row),
        f"SUMMARY:{_escaped(row.title)}",
        *([f"LOCATION:{_escaped(row.venue)}"] if row.venue else []),
        f"STATUS:{status}",
        "END:VEVENT",
    ]


def _times(row: Meeting) -> list[str]:
    if row.starts is None:
        return [f"DTSTART;VALUE=DATE:{row.on:%Y%m%d}"]
    lines = [f"DTSTART:{_stamp(_moment(row.on, row.starts))}"]
    return [*lines, f"DTEND:{_stamp(_moment(row.on, row.ends))}"] if row.ends else lines


def _moment(on: date, at: time) -> datetime:
    return datetime.combine(on, at, clock.SHANGHAI)


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: Any) -> str:
    plain = str(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of few enough bytes, none of which breaks a character."""
    piece, size, first = "", 0, True
    for sign in line:
        width = len(sign.encode())
        if size + width > FOLD:
            yield piece if first else f" {piece}"
            piece, size, first = "", 0, False
        piece, size = piece + sign, size + width
    yield piece if first else f" {piece}"
