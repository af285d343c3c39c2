"""The verbs of asks: proposed, approved or refused, sent to those who answer, ended, expired."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accountability.ask_section import section
from linli.accountability.models import Ask, AskAnswer
from linli.accountability.operations import ask_telling, ask_work
from linli.accountability.policies import asks as policies
from linli.accountability.queries.asks import bodies_answering
from linli.accountability.queries.filling import spans
from linli.accountability.queries.filling.forms import Paper, is_personal, labels_of, read
from linli.accountability.workflow.asks import ASK
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.calendar_table import calendar_for
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.publishing.models import PolicyDocument
from linli.publishing.policies.policy_documents import documents_visible_to
from linli.records.ledgers import safety
from linli.territory.models import Place

LONGEST_NAME: Final = 120
FORM_LIMIT: Final = 4 * 1024 * 1024
MOST_PLACES: Final = 500
BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Sketch:
    """What an office wants to ask: name, ground, how often, by when, how long it is valid, whom, and the form."""

    name: str
    place_id: int
    level: str
    due: date
    valid_from: date
    valid_until: date
    office_id: int | None = None
    ground: str = ""
    document_id: int | None = None
    period: str = Ask.Period.ONCE
    emergency: str = ""
    retention_days: int = 0
    place_ids: Sequence[int] = ()
    body_ids: Sequence[int] = ()
    fields: Sequence[str] = ()
    paper: Paper | None = field(default=None, repr=False)


@transaction.atomic
def ask_propose(*, actor: Actor, sketch: Sketch) -> Ask:
    """Propose an ask in the name of one's office; somebody else approves it.

    Raises: not_found, ask.not_yours, ask.name, ask.ground, ask.document, ask.ground_over, ask.dates, ask.retention,
    ask.lead, ask.places, ask.nobody, ask.nothing, ask.form_type, ask.form_broken, file.too_large, file.forbidden_ledger
    """
    place = _place(sketch.place_id)
    policies.require_propose(actor, place, sketch.office_id)
    document = _document(actor, sketch.document_id)
    if document is None and len(sketch.ground.strip()) < 2:
        raise InvalidInput("ask.ground", _("Say on what legal ground this is asked."))
    ask = _made(actor, sketch, place)
    ask.document, ask.ground = document, ask.ground or str(document)[:300]
    places, bodies = _places(place, sketch.place_ids), _bodies(place, sketch.body_ids)
    if not (places or bodies):
        raise InvalidInput("ask.places", _("Choose who is to answer, within the area of the office."))
    ask.short = _require_lead(ask, sketch.due, sketch.emergency)
    ask.save(force_insert=True)
    ask.places.set(places)
    ask.bodies.set(bodies)
    ask_work.decision_owed(ask)
    asked = {"places": len(places), "bodies": len(bodies)}
    _done(actor, "ask.propose", ask, {"level": ask.level, "short": ask.short, **asked})
    return ask


@transaction.atomic
def ask_receive(*, actor: Actor, sketch: Sketch, asker: str) -> AskAnswer:
    """Take in a form that came past the registry, to be filled in for one's own place; it is counted as such.

    Raises: as `ask_propose`, and ask.asker
    """
    place = _place(sketch.place_id)
    if not policies.own_place(actor, place):
        raise NotFound
    if not 2 <= len(asker.strip()) <= LONGEST_NAME:
        raise InvalidInput("ask.asker", _("Say which office wants this form."))
    if sketch.paper is None:
        raise InvalidInput("ask.nothing", _("Choose the form that came."))
    ask = _made(actor, sketch, place)
    ask.asker, ask.state, ask.since = asker.strip(), "outside", ask.valid_from
    ask.short = _days_left(sketch.due) < section().lead_days
    ask.save(force_insert=True)
    ask.places.set([place])
    call = ask_work.Call(spans.of_period(ask.period, clock.today()), _close(sketch.due), ask.short)
    answer = ask_work.place_asked(ask, place, call)
    _done(actor, "ask.receive", ask, {"level": ask.level, "short": ask.short})
    return answer


def _document(actor: Actor, document_id: int | None) -> PolicyDocument | None:
    """The document that an ask is grounded on. Raises: ask.document, ask.ground_over"""
    if document_id is None:
        return None
    rows = PolicyDocument.objects.filter(documents_visible_to(actor), pk=document_id)
    document = rows.defer("search").first()
    if document is None:
        raise InvalidInput("ask.document", _("There is no such document in the library."))
    if not document.holds_on(clock.today()):
        message = _("“%(title)s” is not in force; an ask stands on a document that holds.")
        raise RuleBroken("ask.ground_over", message, title=document.title)
    return document


def _made(actor: Actor, sketch: Sketch, place: Place) -> Ask:
    """A new ask, every rule of its own checked, not yet written."""
    office = Organization.objects.filter(pk=sketch.office_id).first() if sketch.office_id else None
    _require_sense(sketch)
    ask = Ask(
        name=sketch.name.strip(),
        office=office,
        asker=office.name if office else place.name,
        level=sketch.level,
        ground=sketch.ground.strip(),
        period=sketch.period,
        due=sketch.due,
        emergency=sketch.emergency.strip(),
        valid_from=sketch.valid_from,
        valid_until=sketch.valid_until,
        until=sketch.valid_until + timedelta(days=1),
        retention_days=sketch.retention_days or section().retention_days,
        fields=[label.strip()[:80] for label in sketch.fields if label.strip()][:300],
        place=place,
        proposed=clock.now(),
        proposer=actor.key,
        proposer_person_id=actor.person_id,
    )
    if sketch.paper is not None:
        _enter_form(ask, sketch.paper)
    for text in (ask.name, *ask.fields):
        if code := safety.refused_titles(text):
            raise InvalidInput(code, safety.REFUSAL, title=text)
    return ask


def _enter_form(ask: Ask, paper: Paper) -> None:
    """Keep the form as it came, sealed, and what it asks."""
    if len(paper.content) > FORM_LIMIT:
        megabytes = FORM_LIMIT >> 20
        message = _("The file is larger than %(megabytes)s MB.")
        raise InvalidInput("file.too_large", message, megabytes=megabytes, limit=FORM_LIMIT)
    form = read(paper)
    ask.personal = is_personal(form)
    ask.fields = ask.fields or labels_of(form)
    ask.form = base64.b64encode(paper.content).decode()
    ask.form_name, ask.media_type = paper.name[:160], paper.media_type


def _require_sense(sketch: Sketch) -> None:
    if not 2 <= len(sketch.name.strip()) <= LONGEST_NAME:
        raise InvalidInput("ask.name", _("An ask has a name of at most %(most)s characters."), most=LONGEST_NAME)
    if sketch.level not in Ask.Level.values or sketch.period not in Ask.Period.values:
        raise InvalidInput("ask.level", _("There is no such level or period."))
    if not sketch.valid_from <= sketch.due <= sketch.valid_until:
        raise InvalidInput("ask.dates", _("The due date lies within the time for which the ask is valid."))
    if not 0 <= sketch.retention_days <= section().longest:
        most = section().longest
        raise InvalidInput("ask.retention", _("Answers are kept for at most %(most)s days."), most=most)
    if sketch.paper is None and not any(label.strip() for label in sketch.fields):
        raise InvalidInput("ask.nothing", _("Upload the form, or write down what is asked, a line for each."))


def _require_lead(ask: Ask, due: date, emergency: str) -> bool:
    """Whether the notice is short; then there is a reason. Raises: ask.past, ask.lead"""
    if due < clock.today():
        raise InvalidInput("ask.past", _("This due date is over."))
    short = _days_left(due) < section().lead_days
    if short and len(emergency.strip()) < 2:
        days = section().lead_days
        message = _("It is due in fewer than %(days)s working days: give the reason of the emergency. It is counted.")
        raise RuleBroken("ask.lead", message, days=days)
    return short


def unreadable_day() -> InvalidInput:
    """What is said of a due date that nobody can read."""
    return InvalidInput("ask.day", _("Say by which day it is due."))


def _days_left(due: date) -> int:
    return calendar_for().working_days_between(clock.today(), due)


@transaction.atomic
def ask_approve(*, actor: Actor, ask_id: int, version: int | None = None) -> Ask:
    """Approve an ask, never one's own. Raises: not_found, ask.not_yours, ask.own, ask.state, ask.expired"""
    ask = _locked(actor, ask_id, version)
    policies.require_decide(actor, ask)
    ask.state = ASK.step(ask.state, "approve")
    if ask.valid_until < clock.today():
        raise RuleBroken("ask.expired", _("The time for which it was to be valid is over."))
    ask.since = max(ask.valid_from, clock.today())
    return _decided(actor, ask, "ask.approve")


@transaction.atomic
def ask_refuse(*, actor: Actor, ask_id: int, reason: str, version: int | None = None) -> Ask:
    """Refuse an ask with a reason. Raises: not_found, ask.not_yours, ask.own, ask.state, ask.reason"""
    ask = _locked(actor, ask_id, version)
    policies.require_decide(actor, ask)
    if len(reason.strip()) < 2:
        raise InvalidInput("ask.reason", _("Say why."))
    ask.state = ASK.step(ask.state, "refuse")
    ask.reason = reason.strip()[:300]
    return _decided(actor, ask, "ask.refuse")


def _decided(actor: Actor, ask: Ask, operation: str) -> Ask:
    ask.decided, ask.decider = clock.now(), actor.key
    ask.version += 1
    ask.save()
    ask_work.decision_made(ask)
    ask_telling.proposer_tell(actor=actor, ask=ask, verb=ask.state)
    _done(actor, operation, ask, {"state": ask.state})
    return ask


@transaction.atomic
def ask_send(
    *, actor: Actor, ask_id: int, due: date, emergency: str = "", version: int | None = None
) -> list[AskAnswer]:
    """Send an approved ask, or its next period, to everybody who answers: each gets a work item with the due date.

    Raises: not_found, ask.not_yours, ask.state (not approved), ask.expired, ask.sent_already, ask.past, ask.lead
    """
    ask = _locked(actor, ask_id, version)
    policies.require_send(actor, ask)
    ask.state = ASK.step(ask.state, "send")
    if not ask.valid_from <= clock.today() <= ask.valid_until or due > ask.valid_until:
        message = _("It is valid from %(first)s to %(last)s; outside these days it cannot be sent.")
        raise RuleBroken("ask.expired", message, first=ask.valid_from, last=ask.valid_until)
    short = _require_lead(ask, due, emergency)
    period = spans.of_period(ask.period, clock.today())
    if ask.answers.filter(period=period).exists():
        raise RuleBroken("ask.sent_already", _("It was sent for this period already."))
    answers = _called(ask, ask_work.Call(period, _close(due), short))
    ask.due, ask.short, ask.emergency = due, ask.short or short, emergency.strip() or ask.emergency
    ask.version += 1
    ask.save()
    ask_telling.answerers_tell(actor=actor, ask=ask, answers=[answer.pk for answer in answers], verb="sent")
    _done(actor, "ask.send", ask, {"period": period, "answers": len(answers), "short": short}, count=len(answers) or 1)
    return answers


def _called(ask: Ask, call: ask_work.Call) -> list[AskAnswer]:
    """What all who are asked owe now; a body that ended meanwhile owes nothing."""
    bodies = ask.bodies.filter(held_on(clock.today())).select_related("place").order_by("path")
    return [
        *(ask_work.place_asked(ask, place, call) for place in ask.places.order_by("path")),
        *(ask_work.body_asked(ask, body, call) for body in bodies),
    ]


@transaction.atomic
def ask_end(*, actor: Actor, ask_id: int, reason: str = "", version: int | None = None) -> Ask:
    """End an ask: what is still owed is owed no more. Raises: not_found, ask.not_yours, ask.state"""
    ask = _locked(actor, ask_id, version)
    if not (ask.state == "outside" and policies.own_place(actor, ask.place)):
        policies.require_send(actor, ask)
    ask.state = ASK.step(ask.state, "end")
    ask.reason = reason.strip()[:300] or ask.reason
    return _over(actor, ask, "ask.end", clock.today())


@transaction.atomic
def asks_expire() -> int:
    """Let asks expire whose time is over; returns how many. Doing it twice changes nothing."""
    over = Ask.objects.select_for_update(skip_locked=True).filter(valid_until__lt=clock.today())
    rows = list(over.filter(state__in=[state for state in ASK.open_states if ASK.can(state, "expire")])[:BATCH])
    for ask in rows:
        ask.state = ASK.step(ask.state, "expire")
        _over(SYSTEM, ask, "ask.expire", ask.valid_until + timedelta(days=1))
    return len(rows)


def _over(actor: Actor, ask: Ask, operation: str, until: date) -> Ask:
    ask.until = max(until, ask.since or until)
    ask.version += 1
    ask.save()
    if ask.state == "ended":
        owed = list(ask.answers.filter(answered=None).values_list("pk", flat=True))
        ask_telling.answerers_tell(actor=actor, ask=ask, answers=owed, verb="ended")
    ask_work.nothing_owed(ask)
    _done(actor, operation, ask, {"state": ask.state})
    return ask


def _locked(actor: Actor, ask_id: int, version: int | None) -> Ask:
    seen = Ask.objects.filter(policies.asks_visible_to(actor), pk=ask_id).values("pk")
    ask = Ask.objects.select_for_update(of=("self",)).select_related("place").filter(pk__in=seen).first()
    if ask is None:
        raise NotFound
    if version is not None and ask.version != version:
        raise Stale("ask.stale", _("Somebody changed this ask meanwhile."), version=ask.version)
    return ask


def _place(place_id: int) -> Place:
    place = Place.objects.filter(pk=place_id, placeholder=False, until=None).first()
    if place is None:
        raise NotFound
    return place


def _places(within: Place, ids: Iterable[int]) -> list[Place]:
    """Those who answer, as far as they lie within the area of the office."""
    rows = Place.objects.filter(pk__in=list(ids)[:MOST_PLACES], path__startswith=within.path, until=None)
    return list(rows.filter(type=Place.Type.DIVISION))


def _bodies(within: Place, ids: Sequence[int]) -> list[Organization]:
    """The units that answer, as far as they lie within the area of the office. Raises: ask.nobody"""
    near = Organization.objects.filter(pk__in=list(ids)[:MOST_PLACES], place__path__startswith=within.path)
    chosen = list(near)
    able = set(bodies_answering().values_list("pk", flat=True)) if chosen else set()
    for body in chosen:
        if body.pk not in able:
            raise RuleBroken("ask.nobody", _("Nobody in “%(name)s” can answer: no post there may."), name=body.name)
    return chosen


def _close(day: date) -> datetime:
    return calendar_for().close_of(day)


def _done(actor: Actor, operation: str, ask: Ask, facts: dict[str, Any], count: int = 1) -> None:
    journal.write(actor, operation, ("ask", ask.pk), place_id=ask.place_id, facts=facts, count=count)
