"""Seats of local units in joint committees, held for a term (ORG-08), with what each unit offers."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations import policies
from linli.organizations.models import Organization, Seat
from linli.organizations.operations.bodies import body_locked


@transaction.atomic
def seat_admit(
    *,
    actor: Actor,
    committee_id: int,
    member_id: int,
    representative: str = "",
    resources: str = "",
    since: date | None = None,
) -> Seat:
    """Admit a unit to a joint committee.

    Raises: not_found, organization.not_yours, organization.ended, seat.no_committee, seat.own, seat.taken
    """
    committee, member = body_locked(committee_id), body_locked(member_id)
    policies.require_body_manage(actor, committee)
    if committee.type != Organization.Type.COMMITTEE:
        raise InvalidInput("seat.no_committee", _("Only joint committees have seats."))
    if committee.pk == member.pk:
        raise InvalidInput("seat.own", _("A committee has no seat in itself."))
    if committee.until is not None or member.until is not None:
        raise RuleBroken("organization.ended", _("This body has ended."))
    if Seat.objects.filter(committee=committee, member=member, until=None).exists():
        raise RuleBroken("seat.taken", _("This unit has a seat already."))
    seat = Seat.objects.create(
        committee=committee,
        member=member,
        representative=representative[:60],
        resources=resources[:300],
        since=since or clock.today(),
    )
    _done(actor, "seat.admit", seat, committee)
    return seat


@transaction.atomic
def seat_end(*, actor: Actor, seat_id: int, on: date | None = None) -> Seat:
    """End a seat on a day.

    Raises: not_found, organization.not_yours, seat.ended, seat.span
    """
    found = Seat.objects.select_for_update(of=("self",)).select_related("committee__place").filter(pk=seat_id)
    seat = found.first()
    if seat is None:
        raise NotFound
    policies.require_body_manage(actor, seat.committee)
    if seat.until is not None:
        raise RuleBroken("seat.ended", _("This seat has ended."))
    day = on or clock.today()
    if day < seat.since:
        raise InvalidInput("seat.span", _("A seat ends after it begins."))
    seat.until = day
    seat.save(update_fields=["until"])
    _done(actor, "seat.end", seat, seat.committee)
    return seat


def _done(actor: Actor, operation: str, seat: Seat, committee: Organization) -> None:
    facts = {"member": seat.member_id}
    journal.write(actor, operation, ("organization", committee.pk), place_id=committee.place_id, facts=facts)
