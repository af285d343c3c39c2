"""Terms: begun with the post that they give, supported by the sending body, transferred with, ended and taken back.

A post of the roster is written by the roster's own operations; who may send somebody is decided here (decision 0059).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder
from linli.cases.operations.owing import settle
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.calendar import add_months
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import said
from linli.organizations.models import Organization, Person, Post
from linli.organizations.operations.people import Named, person_found
from linli.organizations.operations.posts import Appointment, kind_known, post_appoint, post_end
from linli.organizations.policies import people_visible_to
from linli.secondments import policies
from linli.secondments.models import Secondment, SecondmentTransfer, SelectionRound
from linli.secondments.sections import Role, roles
from linli.secondments.workflow import (
    CATEGORIES,
    END_OWED,
    KIND,
    LIST,
    LIST_OWED,
    SECONDMENT,
    STATE_OWED,
    TRANSFERS,
)
from linli.territory.models import Place

LONGEST: Final = 300
LONGEST_REASON: Final = 200
LONGEST_UNIT: Final = 160
MOST: Final = Decimal(100_000_000)


@dataclass(frozen=True, slots=True)
class Sending:
    """Who is sent where, by whom, in which role and for how long. The person is known by id, else found or made."""

    role: str
    place_id: int
    since: date
    planned_end: date | None = None
    person_id: int | None = None
    named: Named | None = None
    sender_id: int | None = None
    unit: str = ""
    category: str = ""
    target: str = ""
    duty: str = ""
    selection_id: int | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """What the sending body pays for: the cover of an insurance and a work fund, in yuan, each with its day."""

    cover: Decimal | None = None
    cover_on: date | None = None
    fund: Decimal | None = None
    fund_on: date | None = None


@transaction.atomic
def secondment_begin(*, actor: Actor, sending: Sending) -> Secondment:
    """Send somebody to a community for a term (RSP-06, RSP-10, PPL-19); where the role gives a post, it begins too.

    Nobody is sent to two places at once, and nobody sends themselves.
    Raises: not_found, secondment.role, secondment.own, secondment.span, secondment.category, secondment.sender,
    secondment.fixed, secondment.overlap, secondment.post, selection_round.state, selection_round.role,
    selection_round.full, person.*, post.*
    """
    place = Place.objects.select_for_update(of=("self",)).filter(policies.hosts(actor), pk=sending.place_id).first()
    if place is None:
        raise NotFound
    role = _role(sending.role)
    policies.require_not_own(actor, sending.person_id)
    row = Secondment(role=role.code, place=place, since=sending.since, planned_end=_planned(role, sending))
    row.person = _person(actor, sending)
    policies.require_not_own(actor, row.person_id)
    row.category = sending.category
    if row.category and row.category not in dict(CATEGORIES):
        raise InvalidInput("secondment.category", _("The sending body is of the county or of the street."))
    row.sender, row.unit = _sender(sending)
    row.target, row.duty = _fixed(role, sending.target), _fixed(role, sending.duty)
    _require_free(row)
    row.selection = _selection(actor, sending, role)
    row.post = _post(role, row)
    row.save(force_insert=True)
    made = [SecondmentTransfer(secondment=row, place=place, kind=kind) for kind in role.transfers]
    SecondmentTransfer.objects.bulk_create(made)
    _done(actor, "begin", row, role=row.role, person=row.person_id, post=row.post_id)
    return row


@transaction.atomic
def secondment_support(*, actor: Actor, secondment_id: int, version: int, support: Support) -> Secondment:
    """Write down what the sending body pays for (RSP-09): insurance and work fund, each with its day.

    Raises: not_found, secondment.own, secondment.not_yours, secondment.stale, secondment.state, secondment.support
    """
    row = locked(actor, secondment_id)
    policies.require_support(actor, row)
    _require_version(row, version)
    _require_serving(row)
    for amount, on in ((support.cover, support.cover_on), (support.fund, support.fund_on)):
        if (amount is None) != (on is None) or (amount is not None and not 0 < amount < MOST):
            raise InvalidInput("secondment.support", _("Give each amount in yuan together with its day."))
        if on is not None and on > clock.today():
            raise InvalidInput("secondment.support", _("What is paid for lies in the past, not in the future."))
    row.cover, row.cover_on = support.cover, support.cover_on
    row.fund, row.fund_on = support.fund, support.fund_on
    row.version += 1
    row.save()
    amounts = {name: str(getattr(row, name) or "") for name in ("cover", "fund")}
    _done(actor, "support", row, **amounts)
    return row


@transaction.atomic
def transfer_make(*, actor: Actor, secondment_id: int, kind: str, on: date, to: str) -> SecondmentTransfer:
    """Tick one of the transfers to the host (RSP-11), with its day and who received it.

    Raises: not_found, secondment.own, secondment.not_yours, secondment.state, secondment_transfer.kind,
    secondment_transfer.made, secondment_transfer.day, secondment_transfer.to
    """
    row = locked(actor, secondment_id)
    _require_decides(actor, row)
    _require_serving(row)
    part = _part(row, kind)
    if part.state != "pending":
        raise RuleBroken("secondment_transfer.made", _("This was transferred already."))
    part.on, part.to, part.state = _past(on), said(to, LONGEST_UNIT, "secondment_transfer.to"), "made"
    part.save()
    _done(actor, "transfer", row, kind=kind, on=on.isoformat())
    return part


@transaction.atomic
def transfer_reverse(*, actor: Actor, secondment_id: int, kind: str, on: date) -> SecondmentTransfer:
    """Tick that something is transferred back; a term does not end before everything is.

    Raises: not_found, secondment.own, secondment.not_yours, secondment_transfer.kind, secondment_transfer.not_made,
    secondment_transfer.day
    """
    row = locked(actor, secondment_id)
    _require_decides(actor, row)
    part = _part(row, kind)
    if part.state != "made":
        raise RuleBroken("secondment_transfer.not_made", _("Only what was transferred goes back."))
    part.reversed_on, part.state = _past(on), "reversed"
    if part.on and part.reversed_on < part.on:
        raise InvalidInput("secondment_transfer.day", _("It goes back after it was transferred."))
    part.save()
    _done(actor, "transfer_back", row, kind=kind, on=on.isoformat())
    return part


def secondment_end(*, actor: Actor, secondment_id: int, on: date) -> Secondment:
    """End a term that is over; `on` is the first day without it. Everything transferred must be back.

    Raises: not_found, secondment.own, secondment.not_yours, secondment.state, secondment.span, secondment.early,
    secondment.transfers_open, post.no_inbox
    """

    def not_early(row: Secondment) -> None:
        if row.planned_end and on < row.planned_end:
            message = _("The term is planned until %(day)s. Return early instead, with the reason.")
            raise RuleBroken("secondment.early", message, day=f"{row.planned_end:%Y-%m-%d}")

    return _end(actor, secondment_id, on, "end", not_early)


def secondment_recall(*, actor: Actor, secondment_id: int, on: date, reason: str) -> Secondment:
    """End a term before it is over, with a reason.

    Raises: not_found, secondment.own, secondment.not_yours, secondment.state, secondment.span, secondment.reason,
    secondment.transfers_open, post.no_inbox
    """

    def with_reason(row: Secondment) -> None:
        row.reason = said(reason, LONGEST_REASON, "secondment.reason")

    return _end(actor, secondment_id, on, "recall", with_reason)


@transaction.atomic
def _end(actor: Actor, secondment_id: int, on: date, verb: str, check: Callable[[Secondment], None]) -> Secondment:
    row = locked(actor, secondment_id)
    _require_decides(actor, row)
    row.state = SECONDMENT.step(row.state, verb)
    if not row.since < on <= clock.today():
        raise InvalidInput("secondment.span", _("A term ends after it begins, and not in the future."))
    check(row)
    left = list(row.transfers.filter(state="made").values_list("kind", flat=True))
    if left:
        names = "、".join(str(label) for kind, label in TRANSFERS if kind in left)
        message = _("Not yet transferred back: %(names)s. Write down when each went back, then end the term.")
        raise RuleBroken("secondment.transfers_open", message, names=names)
    row.until, row.version = on, row.version + 1
    row.save()
    for kind in (END_OWED, STATE_OWED):
        settle(kind, (KIND, row.pk))
    for list_id in row.items.filter(done_on=None).values_list("work_list_id", flat=True).distinct():
        settle(LIST_OWED, (LIST, list_id), Holder(post_id=row.post_id))
    post = Post.objects.filter(pk=row.post_id or 0).filter(Q(until=None) | Q(until__gt=clock.today())).first()
    if post is not None:
        post_end(actor=SYSTEM, post_id=post.pk, on=on, reason=row.reason)
    _done(actor, verb, row, on=on.isoformat())
    return row


def locked(actor: Actor, secondment_id: int) -> Secondment:
    """A secondment that the actor sees, locked. Raises: not_found"""
    rows = Secondment.objects.select_for_update(of=("self",)).select_related("place", "person")
    row = rows.filter(policies.secondments_visible_to(actor), pk=secondment_id).first()
    if row is None:
        raise NotFound
    return row


def _require_decides(actor: Actor, row: Secondment) -> None:
    policies.require_not_own(actor, row.person_id)
    policies.require_keep(actor, row.place)


def _require_serving(row: Secondment) -> None:
    if row.state != "serving":
        raise RuleBroken("secondment.state", _("This term has ended."))


def _require_version(row: Secondment, version: int) -> None:
    if row.version != version:
        raise Stale("secondment.stale", _("Somebody changed this term since you read it."), version=row.version)


def _require_free(row: Secondment) -> None:
    """Refuse a second term at the same time. Raises: secondment.overlap"""
    # Two who send the same person wait for each other; the database holds the rule once more.
    Person.objects.select_for_update().get(pk=row.person_id)
    others = Secondment.objects.filter(Q(until=None) | Q(until__gt=row.since), person_id=row.person_id)
    other = others.select_related("place").first()
    if other is not None:
        message = _("This person is sent to %(place)s since %(day)s already; that term must end first.")
        raise RuleBroken("secondment.overlap", message, place=other.place.name, day=f"{other.since:%Y-%m-%d}")


def _role(code: str) -> Role:
    role = roles().get(code)
    if role is None or role.retired:
        raise InvalidInput("secondment.role", _("Nobody is sent in this role here."))
    return role


def _planned(role: Role, sending: Sending) -> date | None:
    planned = sending.planned_end or (add_months(sending.since, role.term_months) if role.term_months else None)
    if planned is not None and planned <= sending.since:
        raise InvalidInput("secondment.span", _("A term ends after it begins, and not in the future."))
    return planned


def _person(actor: Actor, sending: Sending) -> Person:
    if sending.person_id is not None:
        person = Person.objects.filter(people_visible_to(actor), pk=sending.person_id).first()
        if person is None:
            raise NotFound
        return person
    return person_found(sending.named or Named(""))


def _sender(sending: Sending) -> tuple[Organization | None, str]:
    """The sending body, or its name. Raises: secondment.sender"""
    bodies = Organization.objects.filter(until=None)
    body = bodies.filter(pk=sending.sender_id or 0).first()
    if body is not None:
        return body, body.name
    unit = said(sending.unit, LONGEST_UNIT, "secondment.sender")
    # A name that two bodies bear says neither.
    named = list(bodies.filter(name=unit)[:2])
    return (named[0] if len(named) == 1 else None), unit


def _fixed(role: Role, text: str) -> str:
    """Target or duty, which a role may want fixed at the beginning. Raises: secondment.fixed"""
    return said(text, LONGEST, "secondment.fixed") if role.fixed or text.strip() else ""


def _selection(actor: Actor, sending: Sending, role: Role) -> SelectionRound | None:
    if sending.selection_id is None:
        return None
    rows = SelectionRound.objects.select_for_update(of=("self",)).filter(policies.rounds_visible_to(actor))
    found = rows.filter(pk=sending.selection_id).first()
    if found is None:
        raise NotFound
    if found.state != "decided":
        raise RuleBroken("selection_round.state", _("The selection must be decided first."))
    if found.role != role.code:
        raise RuleBroken("selection_round.role", _("The selection was for another role."))
    if found.secondments.count() >= found.wanted:
        raise RuleBroken("selection_round.full", _("As many were sent as the selection asked for."))
    return found


def _post(role: Role, row: Secondment) -> Post | None:
    """The post that the role gives. Raises: secondment.post, post.*"""
    if not role.post:
        return None
    if kind_known(role.post).administers:
        raise RuleBroken("secondment.post", _("No secondment makes an administrator; correct the profile."))
    given = Appointment(
        kind=role.post,
        place_id=row.place_id,
        person_id=row.person_id,
        since=row.since,
        until=row.planned_end,
        unit=row.unit,
    )
    return post_appoint(actor=SYSTEM, appointment=given)


def _part(row: Secondment, kind: str) -> SecondmentTransfer:
    """A transfer of a secondment, made where a ledger brought none. Raises: secondment_transfer.kind"""
    if kind not in dict(TRANSFERS):
        raise InvalidInput("secondment_transfer.kind", _("There is no such transfer."))
    found: SecondmentTransfer | None = row.transfers.filter(kind=kind).first()
    return found or SecondmentTransfer(secondment=row, place=row.place, kind=kind)


def _past(on: date) -> date:
    if on > clock.today():
        raise InvalidInput("secondment_transfer.day", _("This day lies in the future."))
    return on


def _done(actor: Actor, verb: str, row: Secondment, **facts: Any) -> None:
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
