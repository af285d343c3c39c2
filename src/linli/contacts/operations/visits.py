"""Visits: planned or written down once, with what was raised there; several who come together are one visit there."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import calendar_of
from linli.cases.operations.intake import Report, case_register
from linli.cases.operations.owing import owe, settle
from linli.contacts import policies
from linli.contacts.models import Contact, ContactMatter, Visit
from linli.contacts.operations.owed import holder_of, of, year_follow
from linli.contacts.queries.levels import level_of
from linli.contacts.workflow import KIND, SAY_OWED, VISIT
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import at_most, said
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.territory.models import Place

LONGEST: Final = 300
LONGEST_NAME: Final = 60
BACK: Final = 366
MOST_HOUSEHOLDS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Trip:
    """A visit: of whom, where, when, about what.

    By a contact of the visitor (`contact_id`), or, to another place, of the actor or of a body of the actor.
    `visitor` is who comes for a body, `together` another visit to the same place on the same day.
    `households` is at how many that agreed to it somebody called (RSP-14).
    """

    on: date
    subject: str
    contact_id: int | None = None
    place_id: int | None = None
    organization_id: int | None = None
    visitor: str = ""
    together: int | None = None
    households: int | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """Something that came up: in whose words, of what kind; it becomes a matter with a life of its own."""

    text: str
    voiced: str = "resident"
    kind: str = "problem"
    category: str = ""


@transaction.atomic
def visit_record(*, actor: Actor, trip: Trip) -> Visit:
    """Write down a visit, or plan one for a day to come (RSP-04, RSP-09, RSP-15).

    Raises: not_found, visit.not_yours, visit.who, visit.on, visit.subject, visit.visitor, visit.households,
    visit.together, visit.twice
    """
    row = _visit(actor, trip)
    policies.require_record(actor, row)
    if row.on < clock.today() and (clock.today() - row.on).days > BACK:
        raise InvalidInput("visit.on", _("A visit is written down within a year."))
    row.state = "planned" if row.on > clock.today() else "made"
    row.subject = said(trip.subject, LONGEST, "visit.subject")
    row.visitor = at_most(trip.visitor, LONGEST_NAME, "visit.visitor")
    if row.organization_id and not row.visitor:
        raise InvalidInput("visit.visitor", _("Say who comes for the body."))
    if trip.households is not None and not 0 < trip.households <= MOST_HOUSEHOLDS:
        raise InvalidInput("visit.households", _("Write how many households, or leave it empty."))
    row.households = trip.households
    row.together = _together(row, trip.together)
    # Of two at the same moment the second waits here, and is told.
    Place.objects.select_for_update().get(pk=row.place_id)
    same = Visit.objects.filter(place_id=row.place_id, on=row.on, person=row.person, organization=row.organization)
    if same.exclude(state="dropped").exists():
        raise RuleBroken("visit.twice", _("This visit is written down already."))
    row.save(force_insert=True)
    _follow(row)
    _done(actor, "plan" if row.state == "planned" else "record", row)
    return row


@transaction.atomic
def visit_step(*, actor: Actor, visit_id: int, verb: str) -> Visit:
    """Say that a planned visit took place (`make`) or did not (`drop`).

    Raises: not_found, visit.not_yours, visit.state, visit.not_yet
    """
    row = _locked(actor, visit_id)
    policies.require_record(actor, row)
    state = VISIT.step(row.state, verb)
    if state == "made" and row.on > clock.today():
        raise RuleBroken("visit.not_yet", _("Its day is still to come."))
    row.state = state
    row.version += 1
    row.save()
    _follow(row)
    _done(actor, verb, row)
    return row


@transaction.atomic
def visit_raise(*, actor: Actor, visit_id: int, raised: Raised) -> ContactMatter:
    """Take down what came up on a visit, as a matter with a life of its own (RSP-04).

    Raises: not_found, visit.not_yours, visit.not_made, visit.voiced, and what registering a matter raises
    """
    row = _locked(actor, visit_id)
    policies.require_record(actor, row)
    if row.state != "made":
        raise RuleBroken("visit.not_made", _("Something comes up on a visit that took place."))
    if raised.voiced not in dict(ContactMatter._meta.get_field("voiced").flatchoices):
        raise InvalidInput("visit.voiced", _("Say whose words these are."))
    report = Report(raised.text, place_id=row.place_id, kind=raised.kind, category=raised.category, source="contact")
    receipt = case_register(actor=actor, report=report, door="desk")
    matter = ContactMatter.objects.create(
        case_id=receipt.case_id,
        visit=row,
        person=row.person,
        organization=row.organization,
        place=row.place,
        voiced=raised.voiced,
        raised_on=row.on,
    )
    _done(actor, "raise", row, case=receipt.case_id)
    return matter


def matter_follow(*, case: Any) -> None:
    """Keep in step with a matter: solved counts from the day on which others verified it, as long as it stays so."""
    matter = ContactMatter.objects.select_for_update().filter(case_id=case.pk).first()
    if matter is None:
        return
    holds = case.outcome == "resolved" and case.verified is not None and case.state in ("verified", "closed", "rated")
    solved_on = (matter.solved_on or clock.day_of(case.verified)) if holds else None
    if solved_on != matter.solved_on:
        matter.solved_on = solved_on
        matter.save(update_fields=["solved_on"])
        year_follow(of(matter))


def _visit(actor: Actor, trip: Trip) -> Visit:
    """The visit that is meant, not yet written. Raises: not_found, visit.who"""
    row = Visit(on=trip.on, recorded=clock.now(), recorded_by=actor.key)
    if trip.contact_id is not None:
        contacts = Contact.objects.filter(policies.contacts_visible_to(actor), held_on(clock.today()))
        contact = contacts.select_related("place").filter(pk=trip.contact_id).first()
        if contact is None:
            raise NotFound
        row.place, row.tier = contact.place, contact.tier
        row.person_id, row.organization_id = contact.person_id, contact.organization_id
        return row
    place = Place.objects.filter(pk=trip.place_id or 0, until=None, placeholder=False).first()
    if place is None or level_of(place) is None:
        raise InvalidInput("visit.place", _("Say which street, community, grid or building was visited."))
    row.place = place
    if trip.organization_id is not None:
        row.organization = Organization.objects.filter(pk=trip.organization_id).first()
    else:
        row.person_id = actor.person_id
    if row.person_id is None and row.organization is None:
        raise InvalidInput("visit.who", _("Say whose visit it was."))
    return row


def _together(row: Visit, pk: int | None) -> Visit | None:
    """The visit that this one joins: the first there on the day. Raises: visit.together"""
    if pk is None:
        return None
    first = Visit.objects.filter(pk=pk, place_id=row.place_id, on=row.on).exclude(state="dropped").first()
    if first is None:
        raise InvalidInput("visit.together", _("One joins a visit to the same place on the same day."))
    return first.together or first


def _locked(actor: Actor, visit_id: int) -> Visit:
    rows = Visit.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.visits_visible_to(actor), pk=visit_id).first()
    if row is None:
        raise NotFound
    return row


def _follow(row: Visit) -> None:
    """What is owed after a change: a planned visit is to be spoken of on its day, the year counts anew."""
    if row.state == "planned":
        holder = holder_of(row.person_id, row.organization_id)
        if holder is not None:
            due = clock.day_end(row.on)
            owe(SAY_OWED, (KIND, row.pk), row.place.name, row.place_id, holder, due, calendar_of(row.place))
        return
    settle(SAY_OWED, (KIND, row.pk))
    year_follow(of(row))


def _done(actor: Actor, verb: str, row: Visit, **facts: Any) -> None:
    facts |= {"person": row.person_id, "organization": row.organization_id, "on": f"{row.on}"}
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
