"""The only writers of squads: proposed by residents or the desk, agreed, what they ask for, their sessions, the end.

Neither a row nor the journal is told which resident proposes or acts for a squad; its address is enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.operations.looking import look_record
from linli.activities.operations.ledgers import activity_record_many
from linli.cases.operations.clocks import after, calendar_of
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal, masks
from linli.core.actors import VISITOR, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.deliberation import squads_section
from linli.deliberation.models import Squad, SquadNeed
from linli.deliberation.operations.bodies import holder_at
from linli.deliberation.policies import squads as policies
from linli.deliberation.policies.bodies import may_keep
from linli.deliberation.workflow.squads import AGREE_OWED, NEED_OWED, NEEDS, ORIGINS, SQUAD, SQUAD_SUBJECT
from linli.organizations.models import Organization
from linli.organizations.operations.bodies import Sketch as BodySketch
from linli.organizations.operations.bodies import organization_create, organization_end
from linli.territory.models import Place

LONGEST_NAME: Final = 100
LONGEST_TOPIC: Final = 60
LONGEST: Final = 500
LONGEST_NEED: Final = 200
LONGEST_ANSWER: Final = 300
LONGEST_CONTACT: Final = 60
# So many proposals may wait at one place, and so many needs of one squad; more are somebody's game.
MOST_WAITING: Final = 50
MOST_PEOPLE: Final = 9999
MOST_HOURS: Final = 24
# The line of work and the kind by which sessions of squads stand among the activities.
LINE: Final = "outreach"
KIND: Final = "小分队引导"


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a squad is for. `contact` is how whoever proposes may be reached about it, with their consent."""

    name: str
    topic: str
    purpose: str
    people: int | None = None
    kind: str = squads_section.RESIDENTS
    origin: str = "resident"
    forces: Mapping[str, int] = field(default_factory=dict)
    contact: str = ""
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One session: its day, how many of the squad took part, how many people were spoken to, hours. Nobody's name."""

    day: date
    attended: int
    served: int
    hours: Decimal | None = None


@transaction.atomic
def squad_propose(*, actor: Actor, place_id: int, sketch: Sketch) -> Squad:
    """Propose a squad (DEL-10): everybody as residents without a name, whoever keeps squads also for the office.

    Raises: not_found, squad.not_yours, squad.name, squad.topic, squad.purpose, squad.people, squad.kind,
    squad.forces, squad.origin, squad.contact, squad.personal, squad.twice, squad.too_many
    """
    rows = Place.objects.select_related("community", "street", "county")
    place = rows.filter(policies.squads_at(), pk=place_id).first()
    if place is None:
        raise NotFound
    keeps = may_keep(actor, place)
    if sketch.origin != "resident" and not keeps:
        policies.require_keep(actor, place)
    by = actor if keeps else VISITOR
    row = Squad(place=place, proposed_on=clock.today(), recorded=clock.now(), recorder=by.key)
    _fill(row, sketch)
    if Squad.objects.filter(place=place, state="proposed").count() >= MOST_WAITING:
        raise RuleBroken("squad.too_many", _("Very many squads wait for an answer here already."))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "squad_once" not in str(error):
            raise
        raise RuleBroken("squad.twice", _("This place has a squad of this name already.")) from error
    _owe(AGREE_OWED, row)
    _done(by, "propose", row, origin=row.origin)
    return row


def _fill(row: Squad, sketch: Sketch) -> None:
    rules = squads_section.kinds().get(sketch.kind)
    if rules is None:
        raise InvalidInput("squad.kind", _("Choose what kind of squad it is."))
    if sketch.origin not in dict(ORIGINS):
        raise InvalidInput("squad.origin", _("Say who forms it."))
    if sketch.people is not None and not 1 <= sketch.people <= MOST_PEOPLE:
        raise InvalidInput("squad.people", _("Say how many take part."))
    row.kind, row.origin, row.people = sketch.kind, sketch.origin, sketch.people
    row.name = said(" ".join(sketch.name.split()), LONGEST_NAME, "squad.name")
    row.topic = said(" ".join(sketch.topic.split()), LONGEST_TOPIC, "squad.topic")
    row.purpose = said(sketch.purpose, LONGEST, "squad.purpose")
    for text in (row.name, row.topic, row.purpose):
        require_impersonal(text)
    row.forces = _forces(rules, sketch)
    row.contact = _contact(sketch)


def _forces(rules: squads_section.SquadKind, sketch: Sketch) -> dict[str, int]:
    """How many of each force; a kind that joins forces needs every one of them."""
    named = {item.code: item.named for item in rules.forces}
    given = {code: sketch.forces.get(code, 0) for code in named}
    missing = [named[code] for code, number in given.items() if not 1 <= number <= MOST_PEOPLE]
    if missing:
        message = _("Every force takes part in a squad of this kind. Missing: %(missing)s.")
        raise RuleBroken("squad.forces", message, missing="、".join(missing))
    return given


def _contact(sketch: Sketch) -> str:
    contact = sketch.contact.strip()
    if len(contact) > LONGEST_CONTACT or (contact and not sketch.consent):
        message = _("We keep how to reach you only if you agree to it; otherwise leave the field empty.")
        raise InvalidInput("squad.contact", message)
    return contact


def require_impersonal(text: str) -> None:
    """Refuse words that everybody will read with a number of a phone or an identity card. Raises: squad.personal"""
    if masks.phone_numbers(text) or masks.identity_numbers(text):
        message = _("Please take phone numbers and identity numbers out: everybody can read this.")
        raise InvalidInput("squad.personal", message)


@transaction.atomic
def squad_agree(*, actor: Actor, squad_id: int) -> Squad:
    """Agree to a squad: it is a task force of the roster from then on.

    Raises: not_found, squad.not_yours_to_form, squad.state, organization.*
    """
    row = _seen(actor, squad_id)
    policies.require_form(actor, row.place)
    row.state = SQUAD.step(row.state, "agree")
    sketch = BodySketch(
        Organization.Type.TASK_FORCE,
        row.name,
        row.place_id,
        kind=squads_section.rules_of(row.kind).label,
        members=sum(row.forces.values()) or row.people,
        since=clock.today(),
    )
    row.organization = organization_create(actor=actor, sketch=sketch)
    row.agreed_on = clock.today()
    settle(AGREE_OWED, (SQUAD_SUBJECT, row.pk))
    return _saved(actor, "agree", row, organization=row.organization_id)


@transaction.atomic
def squad_decline(*, actor: Actor, squad_id: int, reason: str) -> Squad:
    """Not agree to a squad, with a reason; how to reach who proposed it is forgotten.

    Raises: not_found, squad.not_yours, squad.state, squad.reason
    """
    row = _locked(actor, squad_id)
    row.state = SQUAD.step(row.state, "decline")
    row.reason, row.ended_on, row.contact = said(reason, LONGEST, "squad.reason"), clock.today(), None
    settle(AGREE_OWED, (SQUAD_SUBJECT, row.pk))
    return _saved(actor, "decline", row, reason=row.reason)


@transaction.atomic
def squad_need(*, actor: Actor, squad_id: int, what: str, address: str = "") -> SquadNeed:
    """Ask for materials, for the squad by its address or for whoever keeps squads; the community owes an answer.

    Raises: not_found, squad.not_yours, squad.state, squad.need, squad.personal, squad.needs
    """
    row, by = _acting(actor, squad_id, address)
    SQUAD.step(row.state, "need")
    if row.needs.filter(state="asked").count() >= MOST_WAITING:
        raise RuleBroken("squad.needs", _("Very much waits for an answer already."))
    wanted = said(what, LONGEST_NEED, "squad.need")
    require_impersonal(wanted)
    need = SquadNeed.objects.create(squad=row, what=wanted, asked_on=clock.today())
    _owe(NEED_OWED, row)
    _done(by, "need", row, need=need.pk)
    return need


@transaction.atomic
def need_answer(*, actor: Actor, need_id: int, state: str, answer: str) -> SquadNeed:
    """Answer what a squad asked for: what is given, in part, or why not.

    Raises: not_found, squad.not_yours, squad.need_state, squad.answered, squad.answer, squad.personal
    """
    found = SquadNeed.objects.filter(policies.needs_visible_to(actor), pk=need_id).values_list("squad_id", flat=True)
    squad_id = found.first()
    if squad_id is None:
        raise NotFound
    row = _locked(actor, squad_id)
    need = SquadNeed.objects.select_for_update().get(pk=need_id)
    if need.state != "asked":
        raise RuleBroken("squad.answered", _("This is answered already."))
    if state not in dict(NEEDS) or state == "asked":
        raise InvalidInput("squad.need_state", _("Say whether it is given."))
    need.state, need.answered_on = state, clock.today()
    need.answer = said(answer, LONGEST_ANSWER, "squad.answer")
    require_impersonal(need.answer)
    need.save()
    if not row.needs.filter(state="asked").exists():
        settle(NEED_OWED, (SQUAD_SUBJECT, row.pk))
    _done(actor, "answer", row, need=need.pk, state=state)
    return need


@transaction.atomic
def squad_session(*, actor: Actor, squad_id: int, session: Session, address: str = "") -> Squad:
    """Record a session among the activities, for the squad by its address or for whoever keeps squads: numbers only.

    Raises: not_found, squad.not_yours, squad.state, squad.session
    """
    row, by = _acting(actor, squad_id, address)
    SQUAD.step(row.state, "session")
    _require_sound(row, session)
    values = {
        "line": LINE,
        "kind": KIND,
        "day": session.day,
        "place": row.place_id,
        "organization": row.organization_id,
        "content": row.topic,
        "attended": session.attended,
        "served": session.served,
        "hours": session.hours,
    }
    activity = activity_record_many(actor=by, rows=[values])[0]
    _done(by, "session", row, activity=activity)
    return row


def _require_sound(row: Squad, session: Session) -> None:
    earliest = row.agreed_on or row.proposed_on
    hours = session.hours is None or 0 < session.hours <= MOST_HOURS
    people = 1 <= session.attended <= MOST_PEOPLE and 0 <= session.served <= MOST_PEOPLE
    if not (earliest <= session.day <= clock.today() and hours and people):
        message = _("Give a day from when the squad was agreed until today, how many took part, and at most a day.")
        raise InvalidInput("squad.session", message)


@transaction.atomic
def squad_end(*, actor: Actor, squad_id: int, result: str) -> Squad:
    """End a squad with what came of it; what it still asked for is over, how to reach it is forgotten.

    Raises: not_found, squad.not_yours_to_form, squad.state, squad.result, squad.personal, organization.*
    """
    row = _seen(actor, squad_id)
    policies.require_form(actor, row.place)
    row.state = SQUAD.step(row.state, "end")
    row.result = said(result, LONGEST, "squad.result")
    require_impersonal(row.result)
    row.ended_on, row.contact = clock.today(), None
    assert row.organization_id is not None, "what is at work has a body"
    organization_end(actor=actor, organization_id=row.organization_id, successor_id=None, reason=row.result[:200])
    row.needs.filter(state="asked").update(state="refused", answer=str(_("The squad ended.")), answered_on=row.ended_on)
    settle("squad.", (SQUAD_SUBJECT, row.pk))
    return _saved(actor, "end", row)


@transaction.atomic
def squad_contact(*, actor: Actor, squad_id: int, reason: str) -> str:
    """Show how whoever proposed a squad may be reached, with a reason that the access log keeps.

    Raises: not_found, squad.not_yours, look.reason_missing
    """
    row = _locked(actor, squad_id)
    look_record(actor=actor, subject=(SQUAD_SUBJECT, row.pk), field="contact", reason=reason)
    _done(actor, "look", row)
    return row.contact or ""


def _owe(kind: str, row: Squad) -> None:
    days = calendar_of(row.place)
    due = after(days, clock.now(), Period(amount=squads_section.section().answer_days))
    owe(kind, (SQUAD_SUBJECT, row.pk), row.name, row.place_id, holder_at(row.place), due, days)


def _acting(actor: Actor, squad_id: int, address: str) -> tuple[Squad, Actor]:
    """A squad for which one acts by its address, or that one keeps, locked; and who is written down."""
    if not address:
        return _locked(actor, squad_id), actor
    if policies.squad_of(address) != squad_id:
        raise NotFound
    return _row(squad_id, None), VISITOR


def _locked(actor: Actor, squad_id: int) -> Squad:
    row = _seen(actor, squad_id)
    policies.require_keep(actor, row.place)
    return row


def _seen(actor: Actor, squad_id: int) -> Squad:
    return _row(squad_id, actor)


def _row(squad_id: int, actor: Actor | None) -> Squad:
    rows = Squad.objects.select_for_update(of=("self",)).select_related("place__street", "place__community")
    rows = rows if actor is None else rows.filter(policies.squads_visible_to(actor))
    row = rows.filter(pk=squad_id).first()
    if row is None:
        raise NotFound
    return row


def _saved(actor: Actor, verb: str, row: Squad, **facts: Any) -> Squad:
    row.version += 1
    row.save()
    _done(actor, verb, row, **facts)
    return row


def _done(actor: Actor, verb: str, row: Squad, **facts: Any) -> None:
    journal.write(actor, f"{SQUAD_SUBJECT}.{verb}", (SQUAD_SUBJECT, row.pk), place_id=row.place_id, facts=facts)
