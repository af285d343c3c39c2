"""The only writers of series and of what they owe: opening, changing, ending; the nightly check of sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.rhythm import RHYTHMS, Rhythm
from linli.core.words import said
from linli.deliberation import meetings_section
from linli.deliberation.models import Meeting, MeetingSeries, SeriesMember, SessionDue
from linli.deliberation.policies import meetings as policies
from linli.deliberation.workflow.meetings import CONVENE, CONVENE_OWED, SESSION
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.publishing.periods import DAY
from linli.territory.models import Place

KIND: Final = "meeting_series"
DUE: Final = "session_due"
LOCK: Final = 7421
HELD: Final = ("held", "approved")
OPEN: Final = ("waiting", "missed")


@dataclass(frozen=True, slots=True)
class Series:
    """A series as its convener describes it; `member_ids` are the bodies that are invited to its sessions."""

    kind: str
    title: str
    place_id: int
    convener_id: int | None = None
    rhythm: str = ""
    every_days: int | None = None
    starts: time | None = None
    minutes: int = 60
    venue: str = ""
    seats: int | None = None
    public: bool = False
    about: str = ""
    since: date | None = None
    member_ids: Sequence[int] = ()


@transaction.atomic
def series_open(*, actor: Actor, series: Series) -> MeetingSeries:
    """Open a forum or a series of joint meetings; its first session is due in the period that runs.

    Raises: not_found, meeting.not_yours, meeting.title, meeting.kind, meeting.rhythm, series.twice, series.minutes
    """
    row = MeetingSeries(since=series.since or clock.today())
    _enter(actor, row, series)
    _once(row)
    row.save()
    _members(row, series.member_ids)
    journal.write(actor, f"{KIND}.open", (KIND, row.pk), place_id=row.place_id, facts={"kind": row.kind})
    _raise(row, clock.today())
    return row


@transaction.atomic
def series_change(*, actor: Actor, series_id: int, version: int, series: Series) -> MeetingSeries:
    """Change a series; the kind and the place stay, what is owed follows the new rhythm.

    Raises: as `series_open`, and series.stale, series.ended
    """
    row = _locked(actor, series_id)
    if row.version != version:
        raise Stale("series.stale", _("Somebody changed this series meanwhile."), version=row.version)
    kind, place = row.kind, row.place_id
    before = (row.rhythm, row.every_days)
    _enter(actor, row, series)
    row.kind, row.place_id = kind, place
    _once(row)
    row.version += 1
    row.save()
    row.members.all().delete()
    _members(row, series.member_ids)
    if before != (row.rhythm, row.every_days):
        _drop(row)
        _raise(row, clock.today())
    journal.write(actor, f"{KIND}.change", (KIND, row.pk), place_id=row.place_id)
    return row


@transaction.atomic
def series_end(*, actor: Actor, series_id: int, reason: str) -> MeetingSeries:
    """End a series: nothing more is owed of it. Raises: not_found, meeting.not_yours, series.ended, meeting.reason"""
    row = _locked(actor, series_id)
    why = said(reason, 300, "meeting.reason")
    row.until = max(clock.today(), row.since)
    row.version += 1
    row.save()
    _drop(row)
    journal.write(actor, f"{KIND}.end", (KIND, row.pk), place_id=row.place_id, facts={"reason": why})
    return row


@transaction.atomic
def sessions_check(*, at: date | None = None) -> int:
    """Raise what each series owes of the period that runs, and note what was missed. Gives how many were missed now."""
    day = at or clock.today()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    for row in MeetingSeries.objects.filter(until=None).exclude(rhythm="").select_related("place"):
        _raise(row, day)
    missed = SessionDue.objects.select_for_update().filter(state="waiting", until__lt=day)
    rows = list(missed)
    for due in rows:
        due.state = SESSION.step(due.state, "miss")
        due.save(update_fields=["state"])
        journal.write(SYSTEM, f"{DUE}.miss", (DUE, due.pk), place_id=due.place_id)
    return len(rows)


def session_held(*, meeting: Meeting) -> None:
    """Note that a meeting is what its series owed of the period in which it lies. In its transaction."""
    if meeting.series_id is None:
        return
    dues = SessionDue.objects.select_for_update().filter(series_id=meeting.series_id, state__in=OPEN)
    due = dues.filter(since__lte=meeting.on, until__gte=meeting.on).first()
    if due is None:
        return
    due.state, due.meeting = SESSION.step(due.state, "hold"), meeting
    due.save()
    settle(CONVENE_OWED, (DUE, due.pk))


def convener_of(place: Place, body_id: int | None) -> Holder:
    """Who convenes at a place: the body that is named, else that of the post nearest above that may."""
    return Holder(organization_id=body_id) if body_id else post_at(place.path, CONVENE)


def rhythm_of(row: MeetingSeries) -> Rhythm:
    """How often a series sits."""
    return Rhythm(row.rhythm, row.every_days, row.since)


def _raise(row: MeetingSeries, day: date) -> None:
    """Raise what is owed of every period since the last one raised, up to the one that runs."""
    if not row.rhythm or day < row.since:
        return
    rhythm = rhythm_of(row)
    last = row.dues.exclude(state="dropped").order_by("-until").first()
    # Nothing is owed of before a series is known here.
    at = min(last.until + DAY, day) if last else day
    while True:
        since, until = rhythm.period_of(at)
        if last is None or since > last.until:
            _owe(row, since, until)
        if until >= day:
            return
        at = until + DAY


def _owe(row: MeetingSeries, since: date, until: date) -> None:
    due, _made = SessionDue.objects.update_or_create(
        series=row,
        since=since,
        defaults={"place": row.place, "kind": row.kind, "until": until, "state": SESSION.start, "meeting": None},
    )
    journal.write(SYSTEM, f"{DUE}.raise", (DUE, due.pk), place_id=row.place_id, facts={"until": until.isoformat()})
    held = row.meetings.filter(state__in=HELD, on__range=(since, until)).order_by("on", "pk").first()
    if held is not None:
        due.state, due.meeting = SESSION.step(due.state, "hold"), held
        due.save()
        return
    # Of a series the latest session is work; what was missed before stays readable there, and is asked for no more.
    for pk in row.dues.filter(state__in=OPEN, since__lt=since).values_list("pk", flat=True):
        settle(CONVENE_OWED, (DUE, pk))
    days = calendar_of(row.place)
    owe(
        CONVENE_OWED,
        (DUE, due.pk),
        row.title,
        row.place_id,
        convener_of(row.place, row.convener_id),
        days.close_of(until),
        days,
    )


def _drop(row: MeetingSeries) -> None:
    for due in row.dues.select_for_update().filter(state="waiting"):
        due.state = SESSION.step(due.state, "drop")
        due.save(update_fields=["state"])
        settle(CONVENE_OWED, (DUE, due.pk))
    # What was missed stays missed; it is nobody's work any more.
    for pk in row.dues.filter(state="missed").values_list("pk", flat=True):
        settle(CONVENE_OWED, (DUE, pk))


def _locked(actor: Actor, series_id: int) -> MeetingSeries:
    rows = MeetingSeries.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.series_visible_to(actor), pk=series_id).first()
    if row is None:
        raise NotFound
    policies.require_convene(actor, row.place)
    if row.until is not None:
        raise RuleBroken("series.ended", _("This series has ended."))
    return row


def _enter(actor: Actor, row: MeetingSeries, series: Series) -> None:
    place = Place.objects.filter(pk=row.place_id or series.place_id, placeholder=False, until=None).first()
    if place is None:
        raise NotFound
    policies.require_convene(actor, place)
    if series.kind not in meetings_section.kinds():
        raise InvalidInput("meeting.kind", _("There is no such kind of meeting."))
    if series.rhythm not in dict(RHYTHMS) or (series.rhythm == "days") != bool(series.every_days):
        raise InvalidInput("meeting.rhythm", _("Say how often it sits; the number of days only where it sits by days."))
    if not 10 <= series.minutes <= 600:
        raise InvalidInput("series.minutes", _("A session lasts between ten minutes and ten hours."))
    row.place, row.kind, row.title = place, series.kind, said(series.title, 120, "meeting.title")
    row.convener_id = body_at(series.convener_id, place) if series.convener_id else None
    for name in ("rhythm", "every_days", "starts", "minutes", "seats", "public"):
        setattr(row, name, getattr(series, name))
    row.venue, row.about = series.venue.strip()[:120], series.about.strip()[:500]


def body_at(body_id: int, place: Place) -> int:
    """A body that stands today and lies on the line of a place, or anywhere inside it. Raises: not_found"""
    body = Organization.objects.filter(held_on(clock.today()), pk=body_id).select_related("place").first()
    if body is None or not (place.path.startswith(body.place.path) or body.place.path.startswith(place.path)):
        raise NotFound
    return body.pk


def _once(row: MeetingSeries) -> None:
    same = MeetingSeries.objects.filter(place=row.place, title=row.title, until=None).exclude(pk=row.pk)
    if same.exists():
        raise RuleBroken("series.twice", _("There is a series of this name here already."))


def _members(row: MeetingSeries, ids: Sequence[int]) -> None:
    chosen = {body_at(pk, row.place) for pk in ids}
    SeriesMember.objects.bulk_create([SeriesMember(series=row, organization_id=pk) for pk in sorted(chosen)])
