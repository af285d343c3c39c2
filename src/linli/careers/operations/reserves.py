"""The only writers of reserves (PPL-04): a community nominates, the street decides, and what falls short is owed."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.careers import policies
from linli.careers.models import ReserveCandidate
from linli.careers.queries.reserves import held_at
from linli.careers.sections import section
from linli.careers.workflow import APPROVAL_OWED, GAP, GAP_OWED, MANAGE, NOMINATE, RESERVE, RESERVES, TARGETS
from linli.cases.operations.clocks import after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.models import WorkItem
from linli.core.words import said
from linli.organizations.operations.people import Named, person_found
from linli.territory.models import Place

LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Nomination:
    """Who is nominated for which reserve, and where they come from."""

    named: Named
    place_id: int
    target: str
    source: str = ""


@transaction.atomic
def reserve_nominate(*, actor: Actor, nomination: Nomination) -> ReserveCandidate:
    """Nominate somebody for the reserve of a community; the street owes a decision.

    Raises: not_found, careers.not_yours, reserve.target, reserve.twice, person.bad_name, person.bad_phone,
    person.number_of_another
    """
    place = Place.objects.filter(policies.communities_of(actor), pk=nomination.place_id).first()
    if place is None:
        raise NotFound
    policies.require_nominate(actor, place)
    if nomination.target not in dict(TARGETS):
        raise InvalidInput("reserve.target", _("Say for which post the reserve is."))
    row = ReserveCandidate(place=place, target=nomination.target, source=nomination.source.strip()[:64])
    row.person = person_found(nomination.named)
    row.nominated, row.nominated_by = clock.now(), actor.key
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "reserve_candidate_once" not in str(error):
            raise
        message = _("This person is nominated or in reserve for this post already.")
        raise RuleBroken("reserve.twice", message) from error
    days = calendar_of(place)
    due = after(days, clock.now(), Period(amount=section().reserves.approve_days))
    title = f"{place.name} {row.person.name}"
    owe(APPROVAL_OWED, (RESERVE, row.pk), title, place.pk, post_at(place.path, MANAGE), due, days)
    _done(actor, "nominate", row)
    return row


@transaction.atomic
def reserve_approve(*, actor: Actor, reserve_id: int) -> ReserveCandidate:
    """Take a nominated candidate into the reserve. Nobody approves whom they nominated themselves.

    Raises: not_found, careers.not_yours, reserve.own, reserve_candidate.state
    """
    row = _decided(actor, reserve_id, "approve")
    row.since = clock.today()
    return _step(actor, row, "approve")


@transaction.atomic
def reserve_refuse(*, actor: Actor, reserve_id: int, reason: str) -> ReserveCandidate:
    """Not take a candidate into the reserve, with a reason.

    Raises: not_found, careers.not_yours, reserve.own, reserve_candidate.state, reserve.reason
    """
    row = _decided(actor, reserve_id, "refuse")
    row.reason = said(reason, LONGEST, "reserve.reason")
    return _step(actor, row, "refuse")


@transaction.atomic
def reserve_leave(*, actor: Actor, reserve_id: int, reason: str) -> ReserveCandidate:
    """End a nomination or reserve, with a reason; what the community then lacks is owed at once.

    Raises: not_found, careers.not_yours, reserve_candidate.state, reserve.reason
    """
    row = _locked(actor, reserve_id)
    policies.require_nominate(actor, row.place)
    RESERVES.step(row.state, "leave")
    row.reason = said(reason, LONGEST, "reserve.reason")
    row.until = clock.today() if row.since else None
    return _step(actor, row, "leave")


@transaction.atomic
def reserve_appoint(*, actor: Actor, reserve_id: int) -> ReserveCandidate:
    """Note that somebody in reserve was appointed; what the community then lacks is owed at once.

    Raises: not_found, careers.not_yours, reserve_candidate.state
    """
    row = _locked(actor, reserve_id)
    policies.require_manage(actor, row.place)
    return _appointed(actor, row)


def reserves_used(actor: Actor, person_id: int, target: str, on: date) -> None:
    """End the reserves of somebody who was appointed to such a post, in the caller's transaction."""
    rows = ReserveCandidate.objects.select_for_update(of=("self",)).select_related("place", "person")
    for row in rows.filter(person_id=person_id, target=target, state="held").order_by("pk"):
        _appointed(actor, row, on)


@transaction.atomic
def gaps_check() -> int:
    """Owe what communities lack that have somebody to nominate; gives how many fall short. Nothing twice."""
    found = 0
    for place in Place.objects.filter(policies.communities_of(SYSTEM)).select_related("county", "street", "community"):
        found += bool(_gap(place))
    return found


def _appointed(actor: Actor, row: ReserveCandidate, on: date | None = None) -> ReserveCandidate:
    RESERVES.step(row.state, "appoint")
    row.until = max(on or clock.today(), row.since or date.min)
    return _step(actor, row, "appoint")


def _decided(actor: Actor, reserve_id: int, verb: str) -> ReserveCandidate:
    row = _locked(actor, reserve_id)
    policies.require_manage(actor, row.place)
    RESERVES.step(row.state, verb)
    if row.nominated_by == actor.key and actor.key != "system":
        raise RuleBroken("reserve.own", _("Nobody decides on whom they nominated; ask a colleague."))
    return row


def _step(actor: Actor, row: ReserveCandidate, verb: str) -> ReserveCandidate:
    row.state = RESERVES.step(row.state, verb)
    row.version += 1
    row.save()
    settle(APPROVAL_OWED, (RESERVE, row.pk))
    _gap(row.place)
    _done(actor, verb, row)
    return row


def _gap(place: Place) -> int:
    """Owe what a community lacks, or note that it lacks nothing any more; gives how many are missing."""
    held = held_at(place.pk)
    lacking = sum(max(0, section().wanted(target) - held.get(target, 0)) for target, _label in TARGETS)
    if not lacking:
        settle(GAP_OWED, (GAP, place.pk))
        return 0
    owed = WorkItem.objects.filter(kind=GAP_OWED, subject_type=GAP, subject_id=place.pk, ended=None)
    holder = post_at(place.path, NOMINATE)
    if holder.post_id and not owed.exists():
        days = calendar_of(place)
        due = after(days, clock.now(), Period(amount=section().reserves.fill_days))
        owe(GAP_OWED, (GAP, place.pk), place.name, place.pk, holder, due, days)
    return lacking


def _locked(actor: Actor, reserve_id: int) -> ReserveCandidate:
    rows = ReserveCandidate.objects.select_for_update(of=("self",)).select_related("place", "person")
    row = rows.filter(policies.reserves_visible_to(actor), pk=reserve_id).first()
    if row is None:
        raise NotFound
    return row


def _done(actor: Actor, verb: str, row: ReserveCandidate, **facts: Any) -> None:
    journal.write(actor, f"reserve.{verb}", (RESERVE, row.pk), place_id=row.place_id, facts=facts)
