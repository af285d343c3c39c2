"""Works at venues (FAC-01): planned, begun, put off, finished with the rooms put right, or dropped with a reason.

Whoever writes one holds the lock of its facility, as whoever closes days does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import at_most, said
from linli.territory.models import Facility
from linli.venues import policies
from linli.venues.models import Closure, Room, VenueWork
from linli.venues.operations.rooms import Sketch, closed, facility_locked, room_change
from linli.venues.queries.space import divided
from linli.venues.queries.works import what_of
from linli.venues.sections import better_names
from linli.venues.workflow import KEEP, WORKS, WORKS_OWED

KIND: Final = "venue_work"
LONGEST: Final = 160
LONGEST_REASON: Final = 200
DAY: Final = timedelta(days=1)
USES: Final = ("service", "office", "idle")
KEPT: Final = ("name", "capacity", "accessible", "booked_by", "buffer", "longest", "notice", "ahead")


@dataclass(frozen=True, slots=True)
class Works:
    """What is planned: what is made better, the first and the last day, and whether the venue is closed meanwhile."""

    first: date
    last: date
    better: Sequence[str] = ()
    text: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class RoomNow:
    """A room as it is after works; `version` is that of what was shown."""

    room_id: int
    version: int
    use: str
    area_m2: Decimal


@dataclass(frozen=True, slots=True)
class Days:
    """To which days works are put off; the first day of works that are under way stays."""

    first: date | None
    last: date


@transaction.atomic
def work_plan(*, actor: Actor, facility_id: int, works: Works) -> VenueWork:
    """Plan works; where the venue is closed meanwhile, what is booked on these days is called off and told.

    Raises: not_found, venue.not_yours, venue_work.days, venue_work.what, venue_work.twice
    """
    facility = facility_locked(actor, facility_id)
    row = VenueWork(facility=facility, better=list(works.better), text=at_most(works.text, LONGEST, "venue_work.what"))
    _set_days(row, Days(works.first, works.last))
    if not set(row.better) <= set(better_names()) or not (row.better or row.text):
        raise InvalidInput("venue_work.what", _("Tick what is made better, or write it."))
    same = VenueWork.objects.filter(facility=facility, better=row.better, text=row.text, state__in=WORKS.open_states)
    if same.exists():
        raise RuleBroken("venue_work.twice", _("These works are planned already; put them off or drop them there."))
    if works.closed:
        reason = str(_("Works: %(what)s") % {"what": what_of(row)})[:LONGEST_REASON]
        row.closure = closed(actor, Closure(facility=facility, since=row.first, last=row.last, reason=reason))
    row.save(force_insert=True)
    _owe(row)
    _done(actor, "plan", row)
    return row


@transaction.atomic
def work_begin(*, actor: Actor, work_id: int) -> VenueWork:
    """Begin works today; the areas of the rooms are kept as they are before. Closed days begin today at the latest.

    Raises: not_found, venue.not_yours, venue_work.state, venue_work.days
    """
    row = _locked(actor, work_id)
    row.state, row.begun = WORKS.step(row.state, "begin"), clock.today()
    if row.last < row.begun:
        raise RuleBroken("venue_work.days", _("Their last day has passed; put the works off first."))
    _areas(row, "before")
    if (closure := _closed_days(row)) and closure.since > row.begun:
        closure.since = row.begun
        closed(actor, closure)
    return _stepped(actor, "begin", row)


@transaction.atomic
def work_put_off(*, actor: Actor, work_id: int, version: int, days: Days) -> VenueWork:
    """Give works other days, and the closed days with them.

    Raises: not_found, venue.not_yours, venue_work.state, venue_work.stale, venue_work.days
    """
    row = _locked(actor, work_id)
    WORKS.step(row.state, "put_off")
    if row.version != version:
        raise Stale("venue_work.stale", _("Somebody changed this meanwhile; look at it again."))
    _set_days(row, days)
    if closure := _closed_days(row):
        closure.since, closure.last = closure.since if row.begun else row.first, row.last
        closed(actor, closure)
    return _stepped(actor, "put_off", row)


@transaction.atomic
def work_finish(*, actor: Actor, work_id: int, rooms: Sequence[RoomNow]) -> VenueWork:
    """End works, with the rooms as they are now: those that differ are put right. The venue is open again.

    Raises: not_found, venue.not_yours, venue_work.state, room.stale, room.area, room.parts_area, room.use
    """
    row = _locked(actor, work_id)
    row.state, row.ended = WORKS.step(row.state, "finish"), clock.today()
    _put_right(actor, row.facility_id, rooms)
    _areas(row, "after")
    _reopen(row)
    return _stepped(actor, "finish", row)


@transaction.atomic
def work_drop(*, actor: Actor, work_id: int, reason: str) -> VenueWork:
    """Drop works, with the reason. The venue is open again.

    Raises: not_found, venue.not_yours, venue_work.state, venue_work.reason
    """
    row = _locked(actor, work_id)
    row.state, row.ended = WORKS.step(row.state, "drop"), clock.today()
    row.reason = said(reason, LONGEST_REASON, "venue_work.reason")
    _reopen(row)
    return _stepped(actor, "drop", row)


def _locked(actor: Actor, work_id: int) -> VenueWork:
    seen = VenueWork.objects.filter(policies.works_visible_to(actor), pk=work_id)
    found = seen.values_list("facility_id", flat=True).first()
    if found is None:
        raise NotFound
    facility = facility_locked(actor, found)
    row = VenueWork.objects.select_for_update().get(pk=work_id)
    row.facility = facility
    return row


def _set_days(row: VenueWork, days: Days) -> None:
    """Raises: venue_work.days"""
    if not row.begun:
        row.first = days.first or clock.today()
    row.last = days.last
    since = clock.today() if row.begun else row.first
    if not clock.today() <= since <= row.last:
        raise InvalidInput("venue_work.days", _("Works begin today or later, and end on that day or after it."))


def _put_right(actor: Actor, facility_id: int, rooms: Sequence[RoomNow]) -> None:
    """Change the rooms that differ; parts shrink before their room does, and grow after it."""
    there = {room.pk: room for room in Room.objects.filter(facility_id=facility_id, until=None)}
    changed = []
    for now in rooms:
        room = there.get(now.room_id)
        if room is None:
            raise NotFound
        if (now.use, now.area_m2) != (room.use, room.area_m2):
            order = 1 if room.part_of_id is None else 0 if now.area_m2 < room.area_m2 else 2
            changed.append((order, room.pk, room, now))
    for _order, pk, room, now in sorted(changed, key=lambda item: item[:2]):
        sketch = Sketch(**{name: getattr(room, name) for name in KEPT}, use=now.use, area_m2=now.area_m2)
        room_change(actor=actor, room_id=pk, version=now.version, sketch=sketch)


def _areas(row: VenueWork, when: str) -> None:
    """Keep the areas of all rooms by use, parts within their wholes."""
    found = divided(Facility.objects.filter(pk=row.facility_id)).get()
    for use in USES:
        setattr(row, f"{use}_{when}", getattr(found, use) or Decimal(0))


def _closed_days(row: VenueWork) -> Closure | None:
    """The closed days of works, none where they were taken back."""
    found = Closure.objects.filter(works=row, void=False).first()
    if found is not None:
        found.facility = row.facility
    return found


def _reopen(row: VenueWork) -> None:
    """Let closed days end before today; take them back where none has passed."""
    closure, today = _closed_days(row), clock.today()
    if closure is None or closure.last < today:
        return
    if closure.since >= today:
        closure.void = True
    else:
        closure.last = today - DAY
    closure.save()


def _stepped(actor: Actor, verb: str, row: VenueWork) -> VenueWork:
    row.version += 1
    row.save()
    settle(WORKS_OWED, (KIND, row.pk))
    if row.state in WORKS.open_states:
        _owe(row)
    _done(actor, verb, row)
    return row


def _owe(row: VenueWork) -> None:
    """What is planned is to begin on its first day, what is under way to end on its last."""
    place = row.facility.place
    days = calendar_of(place)
    due = days.close_of(row.last if row.begun else row.first)
    title = f"{row.facility.name}：{what_of(row)}"
    owe(WORKS_OWED, (KIND, row.pk), title, place.pk, post_at(place.path, KEEP), due, days)


def _done(actor: Actor, verb: str, row: VenueWork) -> None:
    facts: dict[str, Any] = {"facility": row.facility_id, "first": f"{row.first}", "last": f"{row.last}"}
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.facility.place_id, facts=facts)
