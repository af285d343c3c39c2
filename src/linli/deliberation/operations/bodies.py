"""The only writers of self-government bodies: proposed, registered with evidence, filed, ended; terms that run out."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.operations.looking import look_record
from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal, masks
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.deliberation import bodies_section
from linli.deliberation.models import BodyFounding
from linli.deliberation.operations.body_evidence import Evidence, decide
from linli.deliberation.policies import bodies as policies
from linli.deliberation.workflow.bodies import (
    ANSWER_OWED,
    ELECT_OWED,
    ELECTION,
    FILE_OWED,
    FOUNDING,
    KEEP,
    PROPOSERS,
    SUBJECT,
)
from linli.organizations.models import Organization, Post
from linli.organizations.operations.bodies import Sketch as BodySketch
from linli.organizations.operations.bodies import organization_create, organization_end
from linli.organizations.operations.posts import post_end
from linli.organizations.policies import held_on
from linli.territory.models import Place

LONGEST_NAME: Final = 100
LONGEST: Final = 500
LONGEST_NUMBER: Final = 60
LONGEST_CONTACT: Final = 60
# So many proposals may wait at one place; more are somebody's game.
MOST_WAITING: Final = 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """A body that somebody wants: of which kind, what it is called and for, who proposes it.

    `contact` is how residents may be reached about it, with their consent.
    """

    kind: str
    name: str
    purpose: str = ""
    proposed_by: str = "residents"
    contact: str = ""
    consent: bool = False


@transaction.atomic
def body_propose(*, actor: Actor, place_id: int, proposal: Proposal) -> BodyFounding:
    """Note that a body is proposed for a compound, building or grid: by everybody as residents, or at the desk.

    The community owes residents an answer. Neither the row nor the journal is told which resident proposes.
    Raises: not_found, body.not_yours, body.kind, body.name, body.purpose, body.proposer, body.contact, body.personal,
    body.twice, body.too_many
    """
    place = Place.objects.select_related("street").filter(policies.bodies_at(), pk=place_id).first()
    if place is None:
        raise NotFound
    keeps = policies.may_keep(actor, place)
    if not keeps:
        _require_residents(actor, place, proposal)
    by = actor if keeps else VISITOR
    row = BodyFounding(place=place, proposed_on=clock.today(), recorded=clock.now(), recorder=by.key)
    _fill(row, proposal)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "body_founding_once" not in str(error):
            raise
        raise RuleBroken("body.twice", _("This place has a body of this name already.")) from error
    if not keeps:
        days = calendar_of(place)
        due = after(days, clock.now(), Period(amount=bodies_section.section().answer_days))
        owe(ANSWER_OWED, (SUBJECT, row.pk), row.name, row.place_id, holder_at(place), due, days)
    done(by, "propose", row, kind=row.kind)
    return row


def _require_residents(actor: Actor, place: Place, proposal: Proposal) -> None:
    """Refuse who speaks for anybody but residents, and more than a place can answer. Raises: body.not_yours,
    body.personal, body.too_many
    """
    if proposal.proposed_by != "residents":
        policies.require_keep(actor, place)
    for text in (proposal.name, proposal.purpose):
        if masks.phone_numbers(text) or masks.identity_numbers(text):
            message = _("Please take phone numbers and identity numbers out: everybody can read this.")
            raise InvalidInput("body.personal", message)
    if BodyFounding.objects.filter(place=place, state="proposed").count() >= MOST_WAITING:
        raise RuleBroken("body.too_many", _("Several bodies are proposed here already; please ask the community."))


def _fill(row: BodyFounding, proposal: Proposal) -> None:
    if proposal.kind not in bodies_section.kinds():
        raise InvalidInput("body.kind", _("Choose what kind of body it is."))
    if proposal.proposed_by not in dict(PROPOSERS):
        raise InvalidInput("body.proposer", _("Say who proposes it."))
    if len(proposal.purpose) > LONGEST:
        raise InvalidInput("body.purpose", _("At most %(most)s characters."), most=LONGEST)
    row.kind, row.name = proposal.kind, said(" ".join(proposal.name.split()), LONGEST_NAME, "body.name")
    row.purpose, row.proposed_by = proposal.purpose.strip(), proposal.proposed_by
    row.contact = proposal.contact.strip()
    if len(row.contact) > LONGEST_CONTACT or (row.contact and not proposal.consent):
        message = _("We keep how to reach you only if you agree to it; otherwise leave the field empty.")
        raise InvalidInput("body.contact", message)


@transaction.atomic
def body_register(*, actor: Actor, founding_id: int, evidence: Evidence, branch_led: bool = False) -> BodyFounding:
    """Register a body that residents decided to found: it is an organisation from then on, and its election is owed.

    Raises: not_found, body.not_yours_to_register, body_founding.state, body.*, organization.*
    """
    row = seen(actor, founding_id)
    policies.require_register(actor, row.place)
    row.state = FOUNDING.step(row.state, "register")
    rules = bodies_section.rules_of(row.kind)
    decide(row, evidence, owners=rules.owners)
    row.branch_led, row.contact = branch_led, None
    settle(ANSWER_OWED, (SUBJECT, row.pk))
    sketch = BodySketch(
        Organization.Type.SELF_GOVERNMENT, row.name, row.place_id, kind=rules.label, since=row.decided_on
    )
    row.organization = organization_create(actor=actor, sketch=sketch)
    owe_election(row, clock.today() + timedelta(days=bodies_section.section().first_days))
    saved(actor, "register", row, way=row.decided_by, organization=row.organization_id)
    return row


@transaction.atomic
def body_drop(*, actor: Actor, founding_id: int, reason: str) -> BodyFounding:
    """Note that a proposed body is not founded. Raises: not_found, body.not_yours, body_founding.state, body.reason"""
    row = locked(actor, founding_id)
    row.state = FOUNDING.step(row.state, "drop")
    row.reason, row.ended_on, row.contact = said(reason, LONGEST, "body.reason"), clock.today(), None
    settle(ANSWER_OWED, (SUBJECT, row.pk))
    saved(actor, "drop", row, reason=row.reason)
    return row


@transaction.atomic
def body_contact(*, actor: Actor, founding_id: int, reason: str) -> str:
    """Show how residents who proposed a body may be reached, with a reason that the access log keeps.

    Raises: not_found, body.not_yours, look.reason_missing
    """
    row = locked(actor, founding_id)
    look_record(actor=actor, subject=(SUBJECT, row.pk), field="contact", reason=reason)
    done(actor, "look", row)
    return row.contact or ""


@transaction.atomic
def body_end(*, actor: Actor, founding_id: int, reason: str, successor_id: int | None = None) -> BodyFounding:
    """End a body with a reason: dissolved, or merged into another of its community. Its members' posts end with it.

    Raises: not_found, body.not_yours_to_register, body_founding.state, body.reason, body.successor, organization.*
    """
    row = seen(actor, founding_id)
    policies.require_register(actor, row.place)
    row.state = FOUNDING.step(row.state, "end")
    row.reason, row.ended_on = said(reason, LONGEST, "body.reason"), clock.today()
    assert row.organization_id is not None, "what is registered has a body"
    other = _successor(row, successor_id) if successor_id else None
    for post in Post.objects.filter(held_on(clock.today()), organization_id=row.organization_id).order_by("pk"):
        post_end(actor=actor, post_id=post.pk, reason=row.reason[:200])
    for election in row.elections.filter(state="called"):
        election.state, election.reason = ELECTION.step(election.state, "void"), row.reason
        election.version += 1
        election.candidates.all().delete()
        election.save()
    organization_end(
        actor=actor, organization_id=row.organization_id, successor_id=other.pk if other else None, reason=row.reason
    )
    settle("body.", (SUBJECT, row.pk))
    saved(actor, "end", row, reason=row.reason)
    return row


def _successor(row: BodyFounding, successor_id: int) -> Organization:
    rows = Organization.objects.filter(held_on(clock.today()), type=Organization.Type.SELF_GOVERNMENT, pk=successor_id)
    found = rows.filter(place__community_id=row.place.community_id).exclude(pk=row.organization_id or 0).first()
    if found is None:
        raise InvalidInput("body.successor", _("Choose another self-government body of the same community."))
    return found


@transaction.atomic
def body_file(*, actor: Actor, founding_id: int, number: str, day: date) -> BodyFounding:
    """File an elected body, by the street. Raises: not_found, body.not_yours_to_receive, body.not_owed, body.number,
    body.day
    """
    row = seen(actor, founding_id)
    policies.require_receive(actor, row.place)
    FOUNDING.step(row.state, "file")
    if row.file_by is None or row.filed_on is not None:
        raise RuleBroken("body.not_owed", _("Nothing has to be filed for this body now."))
    held = row.elections.filter(kind="term", state="held").order_by("-term").values_list("decided_on", flat=True)
    earliest = held.first()
    if day > clock.today() or (earliest is not None and day < earliest):
        raise InvalidInput("body.day", _("The day of filing lies between the election and today."))
    row.filed_number, row.filed_on = said(number, LONGEST_NUMBER, "body.number"), day
    settle(FILE_OWED, (SUBJECT, row.pk))
    saved(actor, "file", row, number=row.filed_number)
    return row


@transaction.atomic
def bodies_check() -> int:
    """Look at every term that ends soon or is over, and owe its election; returns at how many something changed."""
    today, changed = clock.today(), 0
    due = BodyFounding.objects.select_for_update(of=("self",)).select_related("place__street")
    soon = due.filter(state="registered", until__lte=today + timedelta(days=bodies_section.section().notice_days))
    for row in soon.exclude(term="over").order_by("pk"):
        was, row.term = row.term, term_of(row.until)
        if row.term == was:
            continue
        row.version += 1
        row.save(update_fields=["term", "version"])
        if row.until is not None and not row.elections.filter(state="called").exists():
            owe_election(row, row.until)
        done(SYSTEM, "check", row, term=row.term)
        changed += 1
    return changed


def term_of(until: date | None) -> str:
    """How a term that ends on a day stands today."""
    if until is None:
        return "none"
    today = clock.today()
    if until <= today:
        return "over"
    return "ending" if until <= today + timedelta(days=bodies_section.section().notice_days) else "running"


def owe_election(row: BodyFounding, by: date) -> None:
    """Put on the list of the community that a body is to be elected by a day."""
    _owe(ELECT_OWED, row, by)


def owe_filing(row: BodyFounding, by: date) -> None:
    """Put on the list of the community that a body that was elected is to be filed with the street."""
    _owe(FILE_OWED, row, by)


def _owe(kind: str, row: BodyFounding, by: date) -> None:
    days = calendar_of(row.place)
    owe(kind, (SUBJECT, row.pk), row.name, row.place_id, holder_at(row.place), days.close_of(by), days)


def holder_at(place: Place) -> Holder:
    """The body of whoever keeps the self-government bodies of a place."""
    found = post_at(place.path, KEEP)
    body = Post.objects.filter(pk=found.post_id or 0).values_list("organization_id", flat=True).first()
    return Holder(organization_id=body) if body else found


def locked(actor: Actor, founding_id: int) -> BodyFounding:
    """A body that one keeps, locked. Raises: not_found, body.not_yours"""
    row = seen(actor, founding_id)
    policies.require_keep(actor, row.place)
    return row


def seen(actor: Actor, founding_id: int) -> BodyFounding:
    """A body that one sees, locked. Raises: not_found"""
    rows = BodyFounding.objects.select_for_update(of=("self",)).select_related("place__street")
    row = rows.filter(policies.foundings_visible_to(actor), pk=founding_id).first()
    if row is None:
        raise NotFound
    return row


def saved(actor: Actor, verb: str, row: BodyFounding, **facts: Any) -> None:
    """Save a body as its next version, and write what was done."""
    row.version += 1
    row.save()
    done(actor, verb, row, **facts)


def done(actor: Actor, verb: str, row: BodyFounding, **facts: Any) -> None:
    """Write to the journal what was done to a body."""
    journal.write(actor, f"{SUBJECT}.{verb}", (SUBJECT, row.pk), place_id=row.place_id, facts=facts)
