"""The only writers of activities: planned, changed, called off, held; and of their shifts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.activities.models import Activity, ActivityProgramme, ActivityShift, ServiceRecord, SignUp
from linli.activities.operations.places import filled
from linli.activities.operations.recording import records_of
from linli.activities.operations.steps import desk_of, done, locked, owed, said, saved, settled, tell
from linli.activities.policies import activities as policies
from linli.activities.sections import kind_choices, section
from linli.activities.workflow import (
    ACTIVITY,
    ATTEST_OWED,
    AUDIENCES,
    HOLD_OWED,
    LINES,
    PROGRAMME,
    SESSION_OWED,
    SUBJECT,
)
from linli.cases.operations.clocks import after, calendar_of
from linli.cases.sections import Period
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.organizations.models import Organization, Person
from linli.organizations.policies import held_on
from linli.territory.models import Place

MOST_SHIFTS: Final = 12
MOST_PLACES: Final = 5000
HOLD_DAYS: Final = 3
YOUNGEST: Final = 99


@dataclass(frozen=True, slots=True)
class ShiftPlan:
    """A stretch of time, and how many it takes."""

    starts: time
    ends: time
    capacity: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An activity as its organiser describes it. `shifts` are read where it is planned; a change leaves them."""

    place_id: int
    content: str
    day: date
    line: str = "volunteering"
    kind: str = ""
    theme: str = ""
    venue: str = ""
    about: str = ""
    organization_id: int | None = None
    leader_id: int | None = None
    joinable: bool = True
    audience: str = "all"
    skills: str = ""
    minimum_age: int | None = None
    dangerous: bool = False
    insurance: str = ""
    training_id: int | None = None
    programme_id: int | None = None
    shifts: Sequence[ShiftPlan] = field(default_factory=tuple)


@transaction.atomic
def activity_plan(*, actor: Actor, plan: Plan) -> Activity:
    """Plan an activity with its shifts (VOL-03, VOL-14, VOL-17 to VOL-19).

    Raises: not_found, activity.not_yours, activity.content, activity.day, activity.choice, activity.insurance,
    activity.body, activity.leader, activity.training, activity.shift
    """
    place = Place.objects.filter(policies.keeping_places(actor), pk=plan.place_id).first()
    if place is None:
        raise NotFound
    row = Activity(place=place, state=ACTIVITY.start)
    _enter(row, plan)
    row.programme = _programme(plan.programme_id, place)
    row.save()
    if not 1 <= len(plan.shifts) <= MOST_SHIFTS:
        message = _("An activity has 1 to %(most)s shifts.")
        raise InvalidInput("activity.shift", message, most=MOST_SHIFTS)
    for item in plan.shifts:
        _shift(row, item).save()
    _owe_holding(row)
    if row.programme_id:
        settled(SESSION_OWED, (PROGRAMME, row.programme_id))
    done(actor, "plan", row, day=row.day.isoformat(), shifts=len(plan.shifts))
    return row


def _programme(programme_id: int | None, place: Place) -> ActivityProgramme | None:
    """The programme of which it is a session. Raises: not_found"""
    if programme_id is None:
        return None
    row = ActivityProgramme.objects.filter(pk=programme_id, until=None).select_related("place").first()
    if row is None or not place.path.startswith(row.place.path):
        raise NotFound
    return row


def _enter(row: Activity, plan: Plan) -> None:
    if plan.day < clock.today():
        raise InvalidInput("activity.day", _("This day is past."))
    kinds = {label for label, _named in kind_choices()} | {"", row.kind}
    if plan.line not in dict(LINES) or plan.audience not in dict(AUDIENCES) or plan.kind not in kinds:
        raise InvalidInput("activity.choice", _("Choose from the list."))
    row.content, row.day = said(plan.content, "activity.content"), plan.day
    for name in ("line", "kind", "audience", "joinable", "dangerous"):
        setattr(row, name, getattr(plan, name))
    for name, most in (("theme", 120), ("venue", 160), ("about", 1000), ("skills", 160), ("insurance", 160)):
        setattr(row, name, getattr(plan, name).strip()[:most])
    row.minimum_age = plan.minimum_age
    if plan.minimum_age is not None and not 1 <= plan.minimum_age <= YOUNGEST:
        raise InvalidInput("activity.choice", _("Choose from the list."))
    if row.dangerous and not row.insurance:
        message = _("Where it may be dangerous, say how the volunteers are insured.")
        raise InvalidInput("activity.insurance", message)
    row.organization_id = body_of(plan.organization_id, row.place)
    if row.audience == "team" and row.organization_id is None:
        raise InvalidInput("activity.body", _("Say which team it is for."))
    row.leader_id = _leader(plan.leader_id, row.place)
    row.training_id = _training(plan.training_id, row)


def body_of(body_id: int | None, place: Place) -> int | None:
    """A body that stands today on the line of a place, or inside it. Raises: activity.body"""
    if body_id is None:
        return None
    body = Organization.objects.filter(held_on(clock.today()), pk=body_id).select_related("place").first()
    if body is None or not (place.path.startswith(body.place.path) or body.place.path.startswith(place.path)):
        raise InvalidInput("activity.body", _("There is no such body here."))
    return body.pk


def _leader(person_id: int | None, place: Place) -> int | None:
    """Who answers for it: somebody who holds a post here. Raises: activity.leader"""
    if person_id is None:
        return None
    if not Person.objects.filter(policies.leaders_at(place), pk=person_id).exists():
        raise InvalidInput("activity.leader", _("Choose somebody who holds a post here."))
    return person_id


def _training(training_id: int | None, row: Activity) -> int | None:
    """The training that comes first. Raises: activity.training"""
    if training_id is None:
        return None
    rows = Activity.objects.filter(pk=training_id, line="training").exclude(pk=row.pk or 0)
    if not rows.exists():
        raise InvalidInput("activity.training", _("There is no such training."))
    return training_id


def _shift(row: Activity, plan: ShiftPlan) -> ActivityShift:
    if plan.ends <= plan.starts or not 1 <= plan.capacity <= MOST_PLACES:
        message = _("A shift ends after it begins, and takes 1 to %(most)s people.")
        raise InvalidInput("activity.shift", message, most=MOST_PLACES)
    named = plan.name.strip()[:60]
    return ActivityShift(activity=row, name=named, starts=plan.starts, ends=plan.ends, capacity=plan.capacity)


def _owe_holding(row: Activity) -> None:
    """Whoever answers for it records it within some working days after its day."""
    days = calendar_of(row.place)
    due = after(days, days.close_of(row.day), Period(amount=HOLD_DAYS))
    title = f"{row.day} {row.content}"
    owed(HOLD_OWED, (SUBJECT, row.pk), title, row.place, desk_of(row.place, row.leader_id), due)


@transaction.atomic
def activity_change(*, actor: Actor, activity_id: int, version: int, plan: Plan) -> Activity:
    """Change an activity that was not held yet; place and shifts stay. Who signed up hears of a new day or venue.

    Raises: as `activity_plan`, and activity.state, activity.stale
    """
    row = locked(actor, activity_id)
    if row.version != version:
        raise Stale("activity.stale", _("Somebody changed this activity meanwhile."), version=row.version)
    ACTIVITY.step(row.state, "change")
    before = (row.day, row.venue)
    _enter(row, plan)
    _owe_holding(row)
    saved(actor, "change", row, day=row.day.isoformat())
    if before != (row.day, row.venue):
        _tell_all(actor, row, "activity.changed")
    return row


def _tell_all(actor: Actor, row: Activity, kind: str, **facts: str) -> None:
    people = row.sign_ups.exclude(state="withdrawn").values_list("person_id", flat=True)
    where = {"day": row.day.isoformat(), "name": row.content, **facts}
    tell(actor, sorted(set(people)), kind, f"/activities/{row.pk}/", **where)


@transaction.atomic
def activity_cancel(*, actor: Actor, activity_id: int, reason: str) -> Activity:
    """Call an activity off, and tell those who signed up.

    Raises: not_found, activity.not_yours, activity.state, activity.reason
    """
    row = locked(actor, activity_id)
    row.state = ACTIVITY.step(row.state, "cancel")
    row.reason = said(reason, "activity.reason")
    # Nobody signs up meanwhile.
    list(ActivityShift.objects.select_for_update().filter(activity=row).order_by("pk"))
    settled(HOLD_OWED, (SUBJECT, row.pk))
    saved(actor, "cancel", row, reason=row.reason)
    _tell_all(actor, row, "activity.cancelled", reason=row.reason)
    return row


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an activity: `served` are person-times, `attended` persons who came beside its volunteers."""

    served: int | None = None
    attended: int | None = None
    content: str = ""


@transaction.atomic
def activity_hold(*, actor: Actor, activity_id: int, outcome: Outcome) -> Activity:
    """Record that an activity was held. Hours of those who came wait to be confirmed, within ten working days.

    Raises: not_found, activity.not_yours, activity.state, activity.future, activity.number
    """
    row = locked(actor, activity_id)
    row.state = ACTIVITY.step(row.state, "hold")
    if row.day > clock.today():
        raise RuleBroken("activity.future", _("This day is still to come."))
    for name in ("served", "attended"):
        value = getattr(outcome, name)
        if value is not None and not 0 <= value <= 1_000_000:
            raise InvalidInput("activity.number", _("These are whole numbers, 0 or more."))
        setattr(row, name, value)
    if outcome.content.strip():
        row.about = outcome.content.strip()[:1000]
    came = row.sign_ups.filter(state="signed", came=True, paid_duty=False)
    row.volunteers = came.values("person").distinct().count()
    row.hours = Decimal(sum(item.minutes for item in row.shifts.all())) / 60
    saved(actor, "hold", row, volunteers=row.volunteers)
    settled(HOLD_OWED, (SUBJECT, row.pk))
    records_of(actor, row)
    owe_attesting(row)
    return row


def owe_attesting(row: Activity) -> None:
    """Put the hours of an activity on the list of who answers for it, while any wait."""
    waiting = ServiceRecord.objects.filter(source_type="activity", source_id=row.pk, state="waiting")
    if not waiting.exists():
        return
    days = calendar_of(row.place)
    due = after(days, days.close_of(row.day), Period(amount=section().attest_days))
    # Who answers for it and came too cannot confirm all of it.
    leader = None if waiting.filter(person_id=row.leader_id or 0).exists() else row.leader_id
    title = f"{row.day} {row.content}"
    owed(ATTEST_OWED, (SUBJECT, row.pk), title, row.place, desk_of(row.place, leader), due)


@transaction.atomic
def shift_add(*, actor: Actor, activity_id: int, plan: ShiftPlan) -> ActivityShift:
    """Add a shift to an activity that was not held yet.

    Raises: not_found, activity.not_yours, activity.state, activity.shift
    """
    row = locked(actor, activity_id)
    ACTIVITY.step(row.state, "change")
    if row.shifts.count() >= MOST_SHIFTS:
        raise InvalidInput("activity.shift", _("An activity has 1 to %(most)s shifts."), most=MOST_SHIFTS)
    shift = _shift(row, plan)
    shift.save()
    done(actor, "shift_add", row, shift=shift.pk)
    return shift


@transaction.atomic
def shift_resize(*, actor: Actor, shift_id: int, capacity: int) -> ActivityShift:
    """Change how many a shift takes; who waits moves up where it takes more. Nobody loses a place.

    Raises: not_found, activity.not_yours, activity.state, activity.shift, activity.taken
    """
    found = ActivityShift.objects.filter(pk=shift_id).first()
    if found is None:
        raise NotFound
    row = locked(actor, found.activity_id)
    ACTIVITY.step(row.state, "change")
    shift = ActivityShift.objects.select_for_update().get(pk=shift_id)
    if not 1 <= capacity <= MOST_PLACES:
        raise InvalidInput("activity.shift", _("A shift takes 1 to %(most)s people."), most=MOST_PLACES)
    if SignUp.objects.filter(shift=shift, state="signed").count() > capacity:
        raise RuleBroken("activity.taken", _("More people than that have a place already."))
    shift.capacity = capacity
    shift.save()
    done(actor, "shift_resize", row, shift=shift.pk, capacity=capacity)
    filled(actor, row, shift)
    return shift
