"""The only writers of meetings: planning, inviting, noting who came, minutes and their approval, cancelling, files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, BinaryIO, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import after, calendar_of
from linli.cases.operations.intake import file_row
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, files, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import said
from linli.deliberation import meetings_section
from linli.deliberation.models import Invitation, Meeting, MeetingFile, MeetingSeries, Minutes
from linli.deliberation.operations.series import body_at, convener_of, session_held
from linli.deliberation.policies import meetings as policies
from linli.deliberation.queries import raised
from linli.deliberation.workflow.meetings import ATTENDANCE, MEETING, MINUTES_OWED
from linli.territory.models import Place

KIND: Final = "meeting"
LONGEST: Final = 20_000
MOST_FILES: Final = 20
# Working days within which the minutes of a meeting are approved.
APPROVE_WITHIN: Final = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting as it is planned. One of a series takes its kind, place, convener and members from there."""

    title: str
    on: date
    series_id: int | None = None
    kind: str = ""
    place_id: int | None = None
    starts: time | None = None
    ends: time | None = None
    venue: str = ""
    expected: int | None = None
    public: bool = False
    body_ids: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who came, in numbers: people who should come, came, sent somebody; those of them not on the register.

    `bodies` says of each body that was invited whether it came.
    """

    came: int
    expected: int | None = None
    represented: int | None = None
    off_register: int | None = None
    bodies: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def meeting_plan(*, actor: Actor, plan: Plan) -> Meeting:
    """Plan a meeting, of a series or by itself.

    Raises: not_found, meeting.not_yours, meeting.title, meeting.kind, meeting.hours, series.ended, meeting.twice
    """
    row = Meeting(recorded=clock.now(), recorder=actor.key)
    series = _series(plan)
    place = series.place if series else _place(plan)
    policies.require_convene(actor, place)
    row.place, row.series = place, series
    row.kind = series.kind if series else plan.kind
    row.convener_id = series.convener_id if series else None
    _enter(row, plan, series)
    if (
        Meeting.objects.filter(place=place, kind=row.kind, title=row.title, on=row.on)
        .exclude(state="cancelled")
        .exists()
    ):
        raise RuleBroken("meeting.twice", _("This meeting is planned already."))
    row.save()
    ids = plan.body_ids
    if ids is None and series is not None:
        ids = list(series.members.values_list("organization_id", flat=True))
    _invite(row, ids or ())
    _done(actor, "plan", row, on=row.on.isoformat())
    return row


@transaction.atomic
def meeting_change(*, actor: Actor, meeting_id: int, version: int, plan: Plan) -> Meeting:
    """Change a meeting before it is held. Raises: as `meeting_plan`, and meeting.state, meeting.stale"""
    row = _locked(actor, meeting_id, version)
    if row.state not in ("planned", "invited"):
        raise RuleBroken("meeting.state", _("What was held is no longer planned otherwise."))
    before = row.on
    _enter(row, plan, row.series)
    if plan.body_ids is not None:
        row.invitations.exclude(organization_id__in=list(plan.body_ids)).delete()
        held = set(row.invitations.values_list("organization_id", flat=True))
        _invite(row, [pk for pk in plan.body_ids if pk not in held])
    _saved(actor, "change", row, on=[before.isoformat(), row.on.isoformat()])
    return row


@transaction.atomic
def meeting_invite(*, actor: Actor, meeting_id: int) -> Meeting:
    """Send the invitations: from now on the invited bodies see the meeting and its agenda.

    Raises: not_found, meeting.not_yours, meeting.state
    """
    row = _locked(actor, meeting_id)
    row.state = MEETING.step(row.state, "invite")
    _saved(actor, "invite", row, bodies=row.invitations.count())
    return row


@transaction.atomic
def meeting_hold(*, actor: Actor, meeting_id: int, attendance: Attendance) -> Meeting:
    """Note that a meeting was held and who came; noted again, it is put right.

    Raises: not_found, meeting.not_yours, meeting.state, meeting.future, meeting.attendance, meeting.off_register
    """
    row = _locked(actor, meeting_id)
    row.state = MEETING.step(row.state, "hold")
    if row.on > clock.today():
        raise InvalidInput("meeting.future", _("This meeting lies ahead; change its day if it was held earlier."))
    _attend(row, attendance)
    _saved(actor, "hold", row, came=row.came)
    session_held(meeting=row)
    days = calendar_of(row.place)
    due = after(days, clock.now(), Period(amount=APPROVE_WITHIN))
    owe(MINUTES_OWED, (KIND, row.pk), row.title, row.place_id, convener_of(row.place, row.convener_id), due, days)
    return row


@transaction.atomic
def minutes_write(*, actor: Actor, meeting_id: int, text: str) -> Minutes:
    """Write the minutes, or a new version of them; those before stay.

    Raises: not_found, meeting.not_yours, meeting.state, minutes.text
    """
    row = _locked(actor, meeting_id)
    MEETING.step(row.state, "minute")
    words = said(text, LONGEST, "minutes.text")
    last = row.minutes_versions.order_by("-number").first()
    if last is not None and last.text == words:
        return last
    minutes = Minutes.objects.create(
        meeting=row, number=last.number + 1 if last else 1, text=words, at=clock.now(), actor=actor.key
    )
    _done(actor, "minute", row, number=minutes.number)
    return minutes


@transaction.atomic
def minutes_approve(*, actor: Actor, meeting_id: int, number: int) -> Meeting:
    """Approve the newest version of the minutes, whose number one has read. Whoever wrote it alone does not approve it.

    Where the kind of meeting asks it, residents' subjects were deliberated and rated before (meetings.yaml).
    Raises: not_found, meeting.not_yours, meeting.state, minutes.none, minutes.stale, minutes.own,
    minutes.not_deliberated, minutes.not_rated
    """
    row = _locked(actor, meeting_id)
    row.state = MEETING.step(row.state, "approve")
    last = row.minutes_versions.order_by("-number").first()
    if last is None:
        raise RuleBroken("minutes.none", _("There are no minutes yet."))
    if last.number != number:
        raise Stale("minutes.stale", _("The minutes were changed meanwhile; read them again."), version=last.number)
    if last.actor == actor.key:
        raise RuleBroken("minutes.own", _("Minutes are approved by somebody who did not write them."))
    _require_residents_heard(row)
    last.approved, last.approved_by = clock.now(), actor.key
    last.save()
    _saved(actor, "approve", row, number=number)
    settle(MINUTES_OWED, (KIND, row.pk))
    return row


@transaction.atomic
def meeting_cancel(*, actor: Actor, meeting_id: int, reason: str) -> Meeting:
    """Cancel a meeting; its agenda waits for the next one of its series.

    Raises: not_found, meeting.not_yours, meeting.state, meeting.reason
    """
    row = _locked(actor, meeting_id)
    row.state = MEETING.step(row.state, "cancel")
    row.reason = said(reason, 300, "meeting.reason")
    row.items.filter(series__isnull=False).update(meeting=None)
    _saved(actor, "cancel", row, reason=row.reason)
    return row


def meeting_attach(*, actor: Actor, meeting_id: int, stream: BinaryIO, name: str) -> MeetingFile:
    """Add a file: a photo, a signed sheet, a paper. Raises: not_found, meeting.not_yours, meeting.files, file.*"""
    stored = files.store(stream, allowed=files.PHOTOS | files.PAPERS)
    with transaction.atomic():
        row = _locked(actor, meeting_id)
        if row.files.count() >= MOST_FILES:
            raise RuleBroken("meeting.files", _("At most %(most)s files."), most=MOST_FILES)
        held = MeetingFile.objects.create(
            meeting=row, file=file_row(stored, name), name=name[:200], at=clock.now(), actor=actor.key
        )
        _done(actor, "attach", row, file=held.pk)
    return held


def meeting_locked(actor: Actor, meeting_id: int) -> Meeting:
    """A meeting that the actor convenes, locked. Raises: not_found, meeting.not_yours"""
    return _locked(actor, meeting_id)


def _series(plan: Plan) -> MeetingSeries | None:
    if plan.series_id is None:
        return None
    series = MeetingSeries.objects.select_related("place").filter(pk=plan.series_id).first()
    if series is None:
        raise NotFound
    if series.until is not None:
        raise RuleBroken("series.ended", _("This series has ended."))
    return series


def _place(plan: Plan) -> Place:
    place = Place.objects.filter(pk=plan.place_id or 0, placeholder=False, until=None).first()
    if place is None:
        raise NotFound
    return place


def _enter(row: Meeting, plan: Plan, series: MeetingSeries | None) -> None:
    if row.kind not in meetings_section.kinds():
        raise InvalidInput("meeting.kind", _("There is no such kind of meeting."))
    row.title = said(plan.title, 200, "meeting.title")
    row.on, row.public = plan.on, plan.public
    row.venue = plan.venue.strip()[:120]
    row.starts = plan.starts or (series.starts if series else None)
    row.ends = plan.ends or _end(plan.on, row.starts, series)
    row.expected = plan.expected if plan.expected is not None or series is None else series.seats
    if row.starts and row.ends and row.ends <= row.starts:
        raise InvalidInput("meeting.hours", _("A meeting ends after it begins, on the same day."))


def _end(on: date, starts: time | None, series: MeetingSeries | None) -> time | None:
    if starts is None or series is None:
        return None
    begin = clock.day_start(on) + timedelta(hours=starts.hour, minutes=starts.minute)
    end = begin + timedelta(minutes=series.minutes)
    return time(end.astimezone(clock.SHANGHAI).hour, end.astimezone(clock.SHANGHAI).minute)


def _invite(row: Meeting, ids: Sequence[int]) -> None:
    chosen = sorted({body_at(pk, row.place) for pk in ids})
    Invitation.objects.bulk_create([Invitation(meeting=row, organization_id=pk) for pk in chosen])


def _attend(row: Meeting, attendance: Attendance) -> None:
    numbers = (attendance.came, attendance.expected or 0, attendance.represented or 0, attendance.off_register or 0)
    if not all(0 <= number <= 1_000_000 for number in numbers):
        raise InvalidInput("meeting.attendance", _("Say how many came."))
    if (attendance.off_register or 0) > attendance.came:
        raise InvalidInput("meeting.off_register", _("More from elsewhere than came at all."))
    row.came, row.represented = attendance.came, attendance.represented
    row.off_register = attendance.off_register
    if attendance.expected is not None:
        row.expected = attendance.expected
    invited = {item.organization_id: item for item in row.invitations.select_for_update()}
    for pk, attended in dict(attendance.bodies).items():
        if pk not in invited or attended not in dict(ATTENDANCE):
            raise InvalidInput("meeting.attendance", _("This body was not invited."))
        invited[pk].attendance = attended
    Invitation.objects.bulk_update(invited.values(), ["attendance"])
    if invited:
        row.units = sum(item.attendance in ("came", "represented") for item in invited.values())


def _require_residents_heard(row: Meeting) -> None:
    days = raised.rating_days(row)
    if days is None:
        return
    items = list(row.items.order_by("pk"))
    for item in raised.not_deliberated(items)[:1]:
        message = _("Say first what came of “%(text)s”, which residents raised.")
        raise RuleBroken("minutes.not_deliberated", message, text=item.text)
    awaited = raised.not_rated(items, days)
    if awaited:
        message = _("Residents may rate what came of their subjects until %(until)s; note their rating, or wait.")
        raise RuleBroken("minutes.not_rated", message, until=f"{max(awaited.values()):%Y-%m-%d}")


def _locked(actor: Actor, meeting_id: int, version: int | None = None) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("place", "series")
    row = rows.filter(policies.meetings_visible_to(actor), pk=meeting_id).first()
    if row is None:
        raise NotFound
    policies.require_convene(actor, row.place)
    if version is not None and row.version != version:
        raise Stale("meeting.stale", _("Somebody changed this meeting meanwhile."), version=row.version)
    return row


def _saved(actor: Actor, verb: str, row: Meeting, **facts: Any) -> None:
    row.version += 1
    row.save()
    _done(actor, verb, row, **facts)


def _done(actor: Actor, verb: str, row: Meeting, **facts: Any) -> None:
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
