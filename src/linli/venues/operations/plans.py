"""Idle space put to use (FAC-05): proposed by whoever keeps it, decided on by somebody else, in use from a day on."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import NotFound, RuleBroken
from linli.core.words import said
from linli.venues import policies
from linli.venues.models import Room, UsePlan
from linli.venues.operations.rooms import room_locked
from linli.venues.workflow import DECIDE, PLAN, USE_OWED

KIND: Final = "use_plan"
LONGEST: Final = 200
DAYS: Final = 5


@transaction.atomic
def plan_propose(*, actor: Actor, room_id: int, text: str) -> UsePlan:
    """Propose a use for an idle room; who decides owes an answer within five working days.

    Raises: not_found, venue.not_yours, use_plan.not_idle, use_plan.one, use_plan.text
    """
    room = room_locked(actor, room_id)
    if room.use != "idle":
        raise RuleBroken("use_plan.not_idle", _("This room is in use; only idle space is put to use."))
    if UsePlan.objects.filter(room=room, state__in=PLAN.open_states).exists():
        raise RuleBroken("use_plan.one", _("A use of this room is proposed already; end that one first."))
    row = UsePlan(room=room, text=said(text, LONGEST, "use_plan.text"), proposed=clock.today(), proposed_by=actor.key)
    row.save(force_insert=True)
    place = room.facility.place
    days = calendar_of(place)
    due = after(days, clock.now(), Period(amount=DAYS))
    title = f"{room.facility.name} {room.name}：{row.text}"[:LONGEST]
    owe(USE_OWED, (KIND, row.pk), title, place.pk, post_at(place.path, DECIDE), due, days)
    _done(actor, "propose", row)
    return row


@transaction.atomic
def plan_step(*, actor: Actor, plan_id: int, verb: str, reason: str = "") -> UsePlan:
    """Approve or refuse a use, put it to use, end it. In use the room serves residents, afterwards it is idle again.

    Raises: not_found, venue.not_yours, use_plan.own, use_plan.state, use_plan.reason
    """
    room_id = UsePlan.objects.filter(policies.plans_visible_to(actor), pk=plan_id).values_list("room_id", flat=True)
    found = room_id.first()
    if found is None:
        raise NotFound
    room = Room.objects.select_for_update(of=("self",)).select_related("facility__place").get(pk=found)
    row = UsePlan.objects.select_for_update().get(pk=plan_id)
    row.room = room
    if verb in ("approve", "refuse"):
        policies.require_decide(actor, row)
        row.decided = clock.today()
    else:
        policies.require_keep(actor, room.facility)
    before, row.state = row.state, PLAN.step(row.state, verb)
    if verb == "refuse":
        row.reason = said(reason, LONGEST, "use_plan.reason")
    if verb == "begin":
        row.since = clock.today()
        _use(room, "service")
    elif verb == "end":
        row.until = clock.today()
        if before == "in_use":
            _use(room, "idle")
    row.version += 1
    row.save()
    settle(USE_OWED, (KIND, row.pk))
    _done(actor, verb, row)
    return row


def _use(room: Room, use: str) -> None:
    room.use = use
    room.version += 1
    room.save()


def _done(actor: Actor, verb: str, row: UsePlan) -> None:
    facts = {"room": row.room_id}
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.room.facility.place_id, facts=facts)
