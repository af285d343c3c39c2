"""The only writers of honours: nominated, reviewed, in public notice, objected to, awarded, taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.activities import stars_section
from linli.activities.queries.stars import minutes_of
from linli.cases.operations.clocks import after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations.models import Organization
from linli.points.operations.earning import earn_corrected, earn_many
from linli.points.operations.posting import LONGEST_REASON as LONGEST_OF_POINTS
from linli.points.values import Contribution, Source
from linli.territory.models import Place
from linli.volunteering.honours_section import HonourKind, kinds, section
from linli.volunteering.models import Honour, HonourObjection, ServiceProject, Volunteer
from linli.volunteering.operations.neighbours import offers_end
from linli.volunteering.policies import honours as policies
from linli.volunteering.workflow import (
    HONOUR,
    HONOUR_AWARD_OWED,
    HONOUR_OBJECTION_OWED,
    HONOUR_REVIEW_OWED,
    HONOURS,
    KEEP,
)

LONGEST: Final = 1000
LONGEST_NAME: Final = 160
LONGEST_REASON: Final = 300
LONGEST_CONTACT: Final = 100
MOST_OBJECTIONS: Final = 200


@dataclass(frozen=True, slots=True)
class Nomination:
    """Who is nominated for what, and why. A volunteer is named by number, a team or project by id; others in words."""

    kind: str
    place_id: int
    ground: str
    name: str = ""
    volunteer_number: str = ""
    organization_id: int | None = None
    project_id: int | None = None
    star: str = ""
    consented: bool = False


@dataclass(frozen=True, slots=True)
class NeighbourProposal:
    """A household or merchant whom a neighbour names, and why."""

    kind: str
    name: str
    ground: str


@transaction.atomic
def honour_propose(*, actor: Actor, place_id: int, proposal: NeighbourProposal) -> Honour:
    """Nominate a good neighbour of a community, as anybody may; the desk reviews it, and asks them (SVC-06).

    Whoever nominates again is not told that somebody did before. Raises: not_found, honour.kind, honour.name,
    honour.ground, honour.too_many
    """
    place = Place.objects.select_for_update().filter(pk=place_id, until=None, community_id=place_id).first()
    if place is None:
        raise NotFound
    kind = kinds().get(proposal.kind)
    if kind is None or kind.recipient not in ("household", "merchant"):
        raise InvalidInput("honour.kind", _("Choose one of the honours of this place."))
    row = Honour(kind=kind.code, recipient=kind.recipient, place=place)
    row.name = _said(proposal.name, "honour.name", LONGEST_NAME)
    row.ground = _said(proposal.ground, "honour.ground", LONGEST)
    waiting = Honour.objects.filter(place=place, state__in=("nominated", "notice"))
    before = waiting.filter(kind=row.kind, name=row.name).first()
    if before:
        return before
    if waiting.count() >= MOST_OBJECTIONS:
        raise RuleBroken("honour.too_many", _("So many nominations wait that no more are taken in here now."))
    row.nominated_on, row.nominated_by = clock.today(), actor.key
    row.save()
    _owe(HONOUR_REVIEW_OWED, row, after(calendar_of(place), clock.now(), Period(amount=section().review_days)))
    return _done(actor, "propose", row, kind=row.kind)


@transaction.atomic
def honour_nominate(*, actor: Actor, nomination: Nomination) -> Honour:
    """Nominate for an honour (ASM-07). Who nominates does not review; a star needs the attested hours of its level.

    Raises: not_found, honour.not_yours, honour.kind, honour.name, honour.ground, honour.volunteer, honour.star,
    honour.hours, honour.twice, honour.self
    """
    place = Place.objects.filter(policies.nominating_places(actor), pk=nomination.place_id).first()
    if place is None:
        raise NotFound
    policies.require_keep(actor, place)
    kind = kinds().get(nomination.kind)
    if kind is None:
        raise InvalidInput("honour.kind", _("Choose one of the honours of this place."))
    row = Honour(kind=kind.code, recipient=kind.recipient, place=place, consented=nomination.consented)
    row.ground = _said(nomination.ground, "honour.ground", LONGEST)
    _name(row, nomination)
    if row.person_id is not None and row.person_id == actor.person_id:
        raise RuleBroken("honour.self", _("Nobody nominates themselves: somebody else does."))
    if kind.by_stars:
        _star(row, kind, nomination)
    same = Honour.objects.filter(kind=row.kind, place=place, name=row.name, star=row.star)
    if same.filter(person=row.person, state__in=("nominated", "notice")).exists():
        raise RuleBroken("honour.twice", _("This nomination is on its way already."))
    row.nominated_on, row.nominated_by = clock.today(), actor.key
    row.save()
    _owe(HONOUR_REVIEW_OWED, row, after(calendar_of(place), clock.now(), Period(amount=section().review_days)))
    return _done(actor, "nominate", row, kind=row.kind)


def _name(row: Honour, given: Nomination) -> None:
    """Who is honoured. Raises: honour.volunteer, honour.name"""
    row.name = given.name.strip()
    if row.recipient == "person" and given.volunteer_number.strip():
        volunteers = Volunteer.objects.filter(
            number=given.volunteer_number.strip(), place__path__startswith=row.place.path
        )
        found = volunteers.exclude(state="ended").select_related("person").first()
        if found is None:
            raise InvalidInput("honour.volunteer", _("No volunteer with this number lives here."))
        row.person, row.name = found.person, found.person.name
    if row.recipient == "team" and given.organization_id:
        near = Organization.objects.filter(pk=given.organization_id, place__path__startswith=row.place.path)
        row.organization = near.filter(type=Organization.Type.VOLUNTEER).first()
        row.name = row.organization.name if row.organization else ""
    if row.recipient == "project" and given.project_id:
        row.project = ServiceProject.objects.filter(pk=given.project_id, place__path__startswith=row.place.path).first()
        row.name = row.project.name if row.project else ""
    row.name = _said(row.name, "honour.name", LONGEST_NAME)


def _star(row: Honour, kind: HonourKind, given: Nomination) -> None:
    """The level, and the hours behind it. Raises: honour.volunteer, honour.star, honour.hours"""
    if row.person is None:
        raise InvalidInput("honour.volunteer", _("A star is for a volunteer: write the volunteer's number."))
    level = next((item for item in stars_section.section().levels if item.code == given.star), None)
    if level is None:
        raise InvalidInput("honour.star", _("Choose the star."))
    row.star, row.minutes = level.code, minutes_of(row.person.pk)
    if row.minutes < level.hours * 60:
        message = _("“%(star)s” needs %(hours)s attested hours.")
        raise RuleBroken("honour.hours", message, star=level.named, hours=level.hours)


@transaction.atomic
def honour_accept(*, actor: Actor, honour_id: int) -> Honour:
    """Put a nomination into public notice, for the working days of the profile from tomorrow on.

    Raises: not_found, honour.not_yours, honour.own, honour.state
    """
    row = _deciding(actor, honour_id, "accept")
    days = max(section().notice_days, stars_section.section().notice_days if row.star else 0)
    until = after(calendar_of(row.place), clock.now(), Period(amount=days))
    row.reviewed_by = actor.key
    row.notice_from, row.notice_until = clock.today(), until.astimezone(clock.SHANGHAI).date()
    settle(HONOUR_REVIEW_OWED, (HONOUR, row.pk))
    _owe(HONOUR_AWARD_OWED, row, after(calendar_of(row.place), until, Period(amount=section().review_days)))
    return _saved(actor, "accept", row, until=row.notice_until.isoformat())


@transaction.atomic
def honour_decline(*, actor: Actor, honour_id: int, reason: str) -> Honour:
    """Take a nomination no further. Raises: not_found, honour.not_yours, honour.own, honour.state, honour.reason"""
    row = _deciding(actor, honour_id, "decline")
    row.reason, row.reviewed_by = _said(reason, "honour.reason", LONGEST_REASON), actor.key
    return _ended(actor, "decline", row)


@transaction.atomic
def honour_object(*, actor: Actor, honour_id: int, text: str, contact: str = "") -> HonourObjection:
    """Object to an honour while it stands in public notice; anybody may, with or without saying who they are.

    Raises: not_found, honour.notice_over, honour.objection, honour.contact, honour.too_many
    """
    row = Honour.objects.select_for_update(of=("self",)).select_related("place").filter(pk=honour_id).first()
    if row is None or row.state != "notice" or row.notice_until is None:
        raise NotFound
    if clock.today() > row.notice_until:
        raise RuleBroken("honour.notice_over", _("The public notice is over."))
    if row.objections.count() >= MOST_OBJECTIONS:
        raise RuleBroken("honour.too_many", _("So many objections were received that no more are taken in here."))
    words = _said(text, "honour.objection", LONGEST)
    if len(contact.strip()) > LONGEST_CONTACT:
        raise InvalidInput("honour.contact", _("Write something, at most %(most)s characters."), most=LONGEST_CONTACT)
    made = HonourObjection.objects.create(honour=row, text=words, contact=contact.strip(), received=clock.now())
    _owe(HONOUR_OBJECTION_OWED, row, after(calendar_of(row.place), clock.now(), Period(amount=section().review_days)))
    _done(actor, "object", row, objection=made.pk)
    return made


@transaction.atomic
def objection_answer(*, actor: Actor, objection_id: int, upheld: bool, answer: str) -> HonourObjection:
    """Answer an objection. One that is upheld ends the nomination without award.

    Raises: not_found, honour.not_yours, honour.own, honour.state, honour.answered, honour.answer
    """
    found = HonourObjection.objects.filter(pk=objection_id).first()
    if found is None:
        raise NotFound
    row = _locked(actor, found.honour_id)
    policies.require_decide(actor, row)
    after_that = HONOURS.step(row.state, "uphold")
    found = HonourObjection.objects.get(pk=objection_id)
    if found.answered:
        raise RuleBroken("honour.answered", _("This objection was answered already."))
    found.answer = _said(answer, "honour.answer", LONGEST)
    found.upheld, found.answered, found.answered_by = upheld, clock.now(), actor.key
    found.save()
    if not row.objections.filter(answered=None).exists():
        settle(HONOUR_OBJECTION_OWED, (HONOUR, row.pk))
    if upheld:
        row.state = after_that
        _ended(actor, "uphold", row, objection=found.pk)
    else:
        _done(actor, "dismiss", row, objection=found.pk)
    return found


@transaction.atomic
def honour_award(*, actor: Actor, honour_id: int, awarded_by: str, document: str = "") -> Honour:
    """Award an honour, once its public notice is over and every objection is answered; a person earns its points.

    Raises: not_found, honour.not_yours, honour.own, honour.state, honour.notice, honour.objections, honour.body
    """
    row = _deciding(actor, honour_id, "award")
    if row.notice_until is None or clock.today() <= row.notice_until:
        message = _("It stands in public notice until %(day)s.")
        raise RuleBroken("honour.notice", message, day=row.notice_until.isoformat() if row.notice_until else "")
    if row.objections.filter(answered=None).exists():
        raise RuleBroken("honour.objections", _("Answer the objections first."))
    row.awarded_by = _said(awarded_by, "honour.body", LONGEST_NAME)
    row.document = _said(document, "honour.body", LONGEST_NAME) if document.strip() else ""
    row.awarded_on = clock.today()
    kind = kinds().get(row.kind)
    if kind is not None and kind.earns and row.person_id is not None:
        given = Contribution(kind.earns, row.person_id, Source(HONOUR, row.pk), row.awarded_on, row.place_id, 0)
        earn_many(actor=actor, contributions=[given])
    return _ended(actor, "award", row)


@transaction.atomic
def honour_withdraw(*, actor: Actor, honour_id: int, reason: str) -> Honour:
    """Withdraw a nomination. Raises: not_found, honour.not_yours, honour.state, honour.reason"""
    row = _locked(actor, honour_id)
    row.state = HONOURS.step(row.state, "withdraw")
    row.reason = _said(reason, "honour.reason", LONGEST_REASON)
    return _ended(actor, "withdraw", row)


@transaction.atomic
def honour_take_back(*, actor: Actor, honour_id: int, reason: str) -> Honour:
    """Take an honour and its points back that rested on what was not so.

    Raises: not_found, honour.not_yours, honour.state, honour.reason
    """
    row = _locked(actor, honour_id)
    row.state = HONOURS.step(row.state, "take_back")
    row.reason = _said(reason, "honour.reason", LONGEST_REASON)
    offers_end(actor=actor, row=row)
    earn_corrected(actor=actor, source=Source(HONOUR, row.pk), minutes=0, reason=row.reason[:LONGEST_OF_POINTS])
    return _ended(actor, "take_back", row)


def _locked(actor: Actor, honour_id: int) -> Honour:
    """An honour that one keeps, locked. Raises: not_found, honour.not_yours"""
    rows = Honour.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.honours_visible_to(actor), pk=honour_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place)
    return row


def _deciding(actor: Actor, honour_id: int, verb: str) -> Honour:
    row = _locked(actor, honour_id)
    policies.require_decide(actor, row)
    row.state = HONOURS.step(row.state, verb)
    return row


def _said(text: str, code: str, most: int) -> str:
    words = " ".join(text.split())
    if not 1 < len(words) <= most:
        raise InvalidInput(code, _("Write something, at most %(most)s characters."), most=most)
    return words


def _owe(kind: str, row: Honour, due: datetime) -> None:
    """Put a step on the list of the desk above the one that nominates, else of the nearest."""
    near = row.place.street if row.place.street_id else row.place
    title = kinds()[row.kind].label if row.kind in kinds() else row.kind
    holder = post_at((near or row.place).path, KEEP)
    settle(kind, (HONOUR, row.pk))
    owe(kind, (HONOUR, row.pk), title, row.place_id, holder, due, calendar_of(row.place))


def _ended(actor: Actor, verb: str, row: Honour, **facts: Any) -> Honour:
    settle("honour.", (HONOUR, row.pk))
    return _saved(actor, verb, row, **facts)


def _saved(actor: Actor, verb: str, row: Honour, **facts: Any) -> Honour:
    row.version += 1
    row.save()
    return _done(actor, verb, row, **facts)


def _done(actor: Actor, verb: str, row: Honour, **facts: Any) -> Honour:
    journal.write(actor, f"honour.{verb}", (HONOUR, row.pk), place_id=row.place_id, facts=facts)
    return row
