"""The only writers of turn-outs: told by the member or the desk, confirmed several at once, refused with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.models import WorkItem
from linli.core.words import said
from linli.members import policies
from linli.members.models import TEXT, Member, TurnOut
from linli.members.queries import services_to_tell
from linli.members.sections import section, service_names
from linli.members.workflow import CONFIRM_OWED, KEEP, TURN_OUT, TURN_OUT_KIND
from linli.territory.models import Place

MOST: Final = 200
DAY_HOURS: Final = 24
OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Told:
    """That a member turned out: on which day, for what, for how many hours."""

    on: date
    kind: str
    hours: Decimal | None = None
    note: str = ""


@transaction.atomic
def turn_out_tell(*, actor: Actor, member_id: int, told: Told) -> TurnOut:
    """Write down a turn-out. What the desk writes of others is confirmed by that; what members say of themselves waits.

    Raises: not_found, members.not_yours, members.not_registered, turn_out.day, turn_out.kind, turn_out.hours,
    turn_out.note, turn_out.twice
    """
    rows = Member.objects.select_for_update(of=("self",)).select_related("place")
    member = rows.filter(policies.members_visible_to(actor), pk=member_id).first()
    if member is None:
        raise NotFound
    policies.require_self_or_keep(actor, member)
    registered = member.registrations.filter(until=None).select_related("place").first()
    if registered is None:
        raise RuleBroken("members.not_registered", _("Register with the community first."))
    row = TurnOut(member=member, place=registered.place, on=told.on, kind=told.kind, hours=told.hours)
    row.note = said(told.note, TEXT, "turn_out.note") if told.note.strip() else ""
    row.recorded, row.recorder = clock.now(), actor.key
    _require_right(row, registered.since)
    if not policies.is_self(actor, member):
        row.state, row.answerer = TURN_OUT.step(row.state, "confirm"), actor.key
    row.save(force_insert=True)
    if row.state == "told":
        _owe(row.place)
    _done(actor, "tell", row)
    return row


@transaction.atomic
def turn_out_of_service(*, actor: Actor, member_id: int, service_id: int) -> TurnOut:
    """Tell attested service for one's community as a turn-out; whoever attested it has confirmed it (VOL-06).

    Raises: not_found, members.not_registered
    """
    rows = Member.objects.select_for_update(of=("self",)).select_related("place")
    member = rows.filter(policies.members_visible_to(actor), pk=member_id).first()
    if member is None or not policies.is_self(actor, member):
        raise NotFound
    registered = member.registrations.filter(until=None).select_related("place").first()
    if registered is None:
        raise RuleBroken("members.not_registered", _("Register with the community first."))
    served = services_to_tell(registered).select_for_update(of=("self",)).filter(pk=service_id).first()
    if served is None:
        raise NotFound
    row = TurnOut(member=member, place=registered.place, on=served.day, kind=OTHER, service=served)
    row.note, row.hours = served.name[:TEXT], min(served.hours, Decimal(DAY_HOURS)) or None
    row.recorded, row.recorder = clock.now(), actor.key
    row.state = TURN_OUT.step(row.state, "confirm")
    row.answerer = f"user:{served.attested_by_id}" if served.attested_by_id else ""
    row.save(force_insert=True)
    _done(actor, "of_service", row)
    return row


def _require_right(row: TurnOut, since: date) -> None:
    """Refuse what cannot be. Raises: turn_out.day, turn_out.kind, turn_out.hours, turn_out.twice"""
    if not since <= row.on <= clock.today():
        raise InvalidInput("turn_out.day", _("The day lies between the registration and today."))
    if row.kind not in service_names():
        raise InvalidInput("turn_out.kind", _("Choose from the list."))
    if row.hours is not None and not 0 < row.hours <= DAY_HOURS:
        raise InvalidInput("turn_out.hours", _("Hours are more than none and at most %(most)s."), most=DAY_HOURS)
    same = TurnOut.objects.filter(member=row.member, on=row.on, kind=row.kind).exclude(state="refused")
    if same.exists():
        raise RuleBroken("turn_out.twice", _("This turn-out is written down already."))


@transaction.atomic
def turn_outs_confirm(*, actor: Actor, ids: Sequence[int]) -> int:
    """Confirm turn-outs, several in one go; all of them or none. Gives how many.

    Raises: not_found, members.not_yours, turn_out.none, turn_out.own, turn_out.state
    """
    if not 0 < len(set(ids)) <= MOST:
        raise InvalidInput("turn_out.none", _("Choose between 1 and %(most)s turn-outs."), most=MOST)
    rows = _locked(actor, ids)
    for row in rows:
        _answer(actor, row, "confirm")
    return len(rows)


@transaction.atomic
def turn_out_refuse(*, actor: Actor, turn_out_id: int, reason: str) -> TurnOut:
    """Say that a turn-out was not so, and why.

    Raises: not_found, members.not_yours, turn_out.own, turn_out.state, turn_out.reason
    """
    (row,) = _locked(actor, [turn_out_id])
    row.reason = said(reason, TEXT, "turn_out.reason")
    _answer(actor, row, "refuse")
    return row


def _locked(actor: Actor, ids: Sequence[int]) -> list[TurnOut]:
    rows = TurnOut.objects.select_for_update(of=("self",)).select_related("member", "place").order_by("pk")
    found = list(rows.filter(policies.turn_outs_visible_to(actor), pk__in=ids))
    if len(found) != len(set(ids)):
        raise NotFound
    return found


def _answer(actor: Actor, row: TurnOut, verb: str) -> None:
    policies.require_keep(actor, row.place)
    if policies.is_self(actor, row.member):
        raise RuleBroken("turn_out.own", _("Nobody confirms their own turn-out; ask a colleague."))
    row.state = TURN_OUT.step(row.state, verb)
    row.answerer = actor.key
    row.version += 1
    row.save()
    settle_told(row.place)
    _done(actor, verb, row)


def _owe(place: Place) -> None:
    """One work item for the community, however many turn-outs wait: due by the first of them."""
    if WorkItem.objects.filter(kind=CONFIRM_OWED, subject_id=place.pk, ended=None).exists():
        return
    days = calendar_of(place)
    due = after(days, clock.now(), Period(amount=section().confirm_days))
    owe(CONFIRM_OWED, (TURN_OUT_KIND, place.pk), place.name, place.pk, post_at(place.path, KEEP), due, days)


def settle_told(place: Place) -> None:
    """End what the community owes when no turn-out waits any more."""
    if not TurnOut.objects.filter(place=place, state="told").exists():
        settle(CONFIRM_OWED, (TURN_OUT_KIND, place.pk))


def _done(actor: Actor, verb: str, row: TurnOut) -> None:
    journal.write(actor, f"{TURN_OUT_KIND}.{verb}", (TURN_OUT_KIND, row.pk), place_id=row.place_id)
