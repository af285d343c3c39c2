"""What the pages of meetings show: a month, a list, one meeting with its agenda, and what one may choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from linli.core import clock
from linli.core.actors import Actor
from linli.core.calendar import add_months
from linli.core.errors import InvalidInput, NotFound
from linli.core.paging import older
from linli.core.rhythm import Rhythm
from linli.core.workflow import Step
from linli.deliberation import meetings_section
from linli.deliberation.models import (
    AgendaItem,
    Commitment,
    Invitation,
    Meeting,
    MeetingFile,
    MeetingSeries,
    Minutes,
    SessionDue,
    Topic,
)
from linli.deliberation.policies import meetings as policies
from linli.deliberation.policies.topics import topics_visible_to
from linli.deliberation.queries import raised
from linli.deliberation.workflow.meetings import MEETING, UNKEPT
from linli.deliberation.workflow.topics import TOPIC
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.territory.models import Place

PAGE: Final = 50
MOST: Final = 300
PLACES: Final = 200
PRESENT: Final = ("came", "represented")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A session that the calendar proposes: its series, and on which day."""

    due: SessionDue
    on: date


@dataclass(slots=True)
class CalendarDay:
    """One day of a month with its meetings and the sessions that are proposed for it."""

    on: date
    inside: bool
    today: bool
    meetings: list[Meeting] = field(default_factory=list)
    proposed: list[Proposed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Month:
    """A month as whole weeks, and what is behind or overdue beside it."""

    first: date
    before: date
    after: date
    days: tuple[CalendarDay, ...]
    missed: Sequence[MeetingSeries]
    late: Sequence[Commitment]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the list of meetings."""

    words: str = ""
    kind: str = ""
    state: str = ""
    after: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One meeting with everything that its page shows; `verbs` are what the viewer may do now."""

    row: Meeting
    kind: str
    steps: list[Step]
    items: Sequence[AgendaItem]
    invitations: Sequence[Any]
    minutes: Sequence[Minutes]
    files: Sequence[MeetingFile]
    commitments: Sequence[Commitment]
    earlier: Sequence[Commitment]
    waiting: Sequence[AgendaItem]
    verbs: frozenset[str]
    asks_residents: bool
    to_rate: Mapping[int, date]
    lacking: Sequence[str]


def month(actor: Actor, wanted: str) -> Month:
    """A month of meetings that the viewer sees. Raises: list.bad_filter"""
    first = _first(wanted)
    after = add_months(first, 1)
    since, until = first - timedelta(days=first.weekday()), after + timedelta(days=(7 - after.weekday()) % 7)
    today = clock.today()
    days = {
        on: CalendarDay(on, on.month == first.month, on == today)
        for on in (since + timedelta(days=number) for number in range((until - since).days))
    }
    rows = meetings_for(actor).filter(on__gte=since, on__lt=until).exclude(state="cancelled")
    for row in rows.order_by("on", F("starts").asc(nulls_last=True), "pk")[:MOST]:
        days[row.on].meetings.append(row)
    for item in proposals(actor, after):
        if item.on in days:
            days[item.on].proposed.append(item)
    return Month(first, add_months(first, -1), after, tuple(days.values()), missed(actor), late_commitments(actor))


def meetings_for(actor: Actor) -> QuerySet[Meeting]:
    """The meetings that the viewer sees, with what a line tells."""
    return Meeting.objects.filter(policies.meetings_visible_to(actor)).select_related("place", "series")


def proposals(actor: Actor, before: date) -> list[Proposed]:
    """The sessions that are still to be planned in the periods that have begun, each with a day that fits."""
    near = Meeting.objects.filter(series=OuterRef("series")).exclude(state="cancelled")
    planned = near.filter(on__gte=OuterRef("since"), on__lte=OuterRef("until"))
    last = near.filter(on__lt=OuterRef("since")).order_by("-on").values("on")[:1]
    rows = SessionDue.objects.filter(policies.rows_visible_to(actor), state="waiting", since__lt=before)
    found = []
    for due in rows.exclude(Exists(planned)).annotate(last=Subquery(last)).select_related("series", "place")[:MOST]:
        rhythm = Rhythm(due.series.rhythm, due.series.every_days, due.series.since)
        day = rhythm.proposed((due.since, due.until), due.last)
        found.append(Proposed(due, max(day, min(clock.today(), due.until))))
    return found


def missed(actor: Actor) -> list[MeetingSeries]:
    """The series of which sessions were missed within the last half-year, with how many and until when the last."""
    since = clock.today() - timedelta(days=183)
    behind = Q(dues__state="missed", dues__until__gte=since)
    rows = MeetingSeries.objects.filter(policies.rows_visible_to(actor), until=None).select_related("place")
    found = rows.annotate(missed=Count("dues", filter=behind), last=Max("dues__until", filter=behind))
    return list(found.filter(missed__gt=0).order_by("-last", "pk")[:10])


def late_commitments(actor: Actor) -> Sequence[Commitment]:
    """The commitments that are overdue."""
    rows = Commitment.objects.filter(policies.commitments_visible_to(actor), state="late")
    return list(rows.select_related("organization", "place", "meeting").order_by("due", "pk")[:10])


def listed(actor: Actor, wanted: Wanted) -> tuple[list[Meeting], str]:
    """A page of meetings, the newest first, and the key of the next page."""
    rows = meetings_for(actor)
    if wanted.words:
        rows = rows.filter(Q(title__icontains=wanted.words) | Q(number__icontains=wanted.words))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.after:
        rows = rows.filter(older("on", wanted.after))
    found = list(rows.order_by("-on", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.on.isoformat()}_{last.pk}" if last else ""


def meeting(actor: Actor, meeting_id: int) -> Meeting:
    """A meeting that the viewer sees. Raises: not_found"""
    row = meetings_for(actor).select_related("convener").filter(pk=meeting_id).first()
    if row is None:
        raise NotFound
    return row


def meeting_page(actor: Actor, meeting_id: int) -> MeetingPage:
    """One meeting as the viewer sees it. Raises: not_found"""
    row = meeting(actor, meeting_id)
    convenes = policies.may_convene(actor, row.place)
    commitments = Commitment.objects.filter(policies.commitments_visible_to(actor)).select_related("organization")
    earlier = commitments.filter(meeting__series_id=row.series_id or 0, made_on__lte=row.on).exclude(meeting=row)
    waiting = AgendaItem.objects.filter(series_id=row.series_id or 0, meeting=None, result="").order_by("pk")
    minutes = row.minutes_versions.order_by("-number")
    items = list(row.items.select_related("case", "topic").order_by("pk"))
    days = raised.rating_days(row)
    invitations = list(row.invitations.select_related("organization").order_by("organization__name"))
    return MeetingPage(
        row,
        meetings_section.named(row.kind),
        MEETING.line_of_steps(row.state),
        items,
        invitations,
        list(minutes if convenes else minutes.filter(approved__isnull=False)),
        list(row.files.select_related("file").order_by("pk")),
        list(commitments.filter(meeting=row).order_by("due", "pk")),
        list(earlier.filter(state__in=UNKEPT).order_by("due", "pk")),
        list(waiting[:20]) if convenes else [],
        _verbs(row) if convenes else frozenset(),
        days is not None,
        raised.not_rated(items, days) if days else {},
        _lacking(row, invitations),
    )


def _lacking(row: Meeting, invitations: Sequence[Invitation]) -> list[str]:
    """The types of bodies that should all take part and are not invited yet, or did not come; who convenes is there."""
    kind = meetings_section.kinds().get(row.kind)
    if kind is None or not invitations:
        return []
    come = (item for item in invitations if row.state == "planned" or item.attendance in PRESENT)
    here = {item.organization.type for item in come}
    here.add(row.convener.type if row.convener else Organization.Type.OFFICE.value)
    return [str(Organization.Type(code).label) for code in kind.parties if code not in here]


def draft_of(page: MeetingPage) -> str:
    """What the minutes begin with: the agenda with its results, and what was promised."""
    lines = [
        f"{number}. {item.text}" + (f"（{item.get_result_display()}）" if item.result else "") + _after(item.decision)
        for number, item in enumerate(page.items, start=1)
    ]
    lines += [f"{row.organization.name}：{row.text}（{row.due:%Y-%m-%d}）" for row in page.commitments]
    return "\n".join(lines)


def file_of(actor: Actor, meeting_id: int, file_id: int) -> MeetingFile:
    """A file of a meeting that the viewer sees. Raises: not_found"""
    row = meeting(actor, meeting_id)
    found = row.files.select_related("file").filter(pk=file_id).first()
    if found is None:
        raise NotFound
    return found


def item_of(actor: Actor, item_id: int) -> AgendaItem:
    """An agenda item that the viewer sees. Raises: not_found"""
    row = AgendaItem.objects.filter(policies.rows_visible_to(actor), pk=item_id).select_related("place").first()
    if row is None:
        raise NotFound
    return row


def series_for(actor: Actor) -> QuerySet[MeetingSeries]:
    """The series that the viewer sees, with how many sessions were held and missed."""
    rows = MeetingSeries.objects.filter(policies.series_visible_to(actor)).select_related("place", "convener")
    return rows.annotate(
        held=Count("dues", filter=Q(dues__state="held")), missed=Count("dues", filter=Q(dues__state="missed"))
    )


def series_named(actor: Actor, series_id: int) -> MeetingSeries:
    """A series that the viewer sees. Raises: not_found"""
    row = series_for(actor).filter(pk=series_id).first()
    if row is None:
        raise NotFound
    return row


def session_due(actor: Actor, due_id: int) -> SessionDue:
    """A session that is due, where the viewer looks on. Raises: not_found"""
    row = SessionDue.objects.filter(policies.rows_visible_to(actor), pk=due_id).first()
    if row is None:
        raise NotFound
    return row


def place_choices(actor: Actor) -> list[tuple[str, str]]:
    """The places at which the viewer convenes: divisions, compounds and grids, nearest to the top first."""
    kinds = (Place.Type.DIVISION, Place.Type.COMPOUND, Place.Type.GRID)
    rows = Place.objects.filter(policies.convening_places(actor), type__in=kinds, until=None, placeholder=False)
    return [(str(pk), name) for pk, name in rows.order_by("path").values_list("pk", "name")[:PLACES]]


def body_choices(places: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The bodies that stand on the line of the first of these places, or inside it."""
    place = Place.objects.filter(pk=places[0][0]).first() if places else None
    if place is None:
        return []
    above = [int(step) for step in place.path.split("/") if step]
    rows = Organization.objects.filter(held_on(clock.today())).exclude(type__in=("arts_group", "task_force"))
    near = rows.filter(Q(place_id__in=above) | Q(place__path__startswith=place.path))
    return [(str(pk), name) for pk, name in near.order_by("type", "name").values_list("pk", "name")[:MOST]]


def joint_choices(row: Meeting) -> list[tuple[int, str]]:
    """The joint meetings to which an item of a meeting may go: those of its place, above it and inside it."""
    kinds = [item.code for item in meetings_section.kinds_in_use("joint")]
    above = [int(step) for step in row.place.path.split("/") if step]
    rows = MeetingSeries.objects.filter(kind__in=kinds, until=None)
    near = rows.filter(Q(place_id__in=above) | Q(place__path__startswith=row.place.path))
    return [(pk, title) for pk, title in near.order_by("title").values_list("pk", "title")[:PAGE]]


def topic_choices(actor: Actor, row: Meeting) -> list[tuple[int, str]]:
    """The topics under way at the place of a meeting and inside it, which its agenda may take up."""
    rows = Topic.objects.filter(topics_visible_to(actor), state__in=TOPIC.open_states)
    near = rows.filter(place__path__startswith=row.place.path)
    return [(pk, title) for pk, title in near.order_by("-proposed_on", "-pk").values_list("pk", "title")[:PAGE]]


def _verbs(row: Meeting) -> frozenset[str]:
    found = {verb for verb in ("invite", "hold", "minute", "approve", "cancel") if MEETING.can(row.state, verb)}
    if row.on > clock.today():
        found.discard("hold")
    if row.state in ("planned", "invited"):
        found |= {"change"}
    if row.state not in ("approved", "cancelled"):
        found |= {"add", "attach"}
    if row.state == "held":
        found |= {"conclude", "commit"}
    return frozenset(found)


def _after(decision: str) -> str:
    return f"：{decision}" if decision else ""


def _first(wanted: str) -> date:
    if not wanted:
        return clock.today().replace(day=1)
    try:
        found = date.fromisoformat(f"{wanted}-01")
    except ValueError as error:
        raise InvalidInput("list.bad_filter", "month", value=wanted) from error
    if not 1950 <= found.year <= 2150:
        raise InvalidInput("list.bad_filter", "month", value=wanted)
    return found
