"""Recording policy documents and putting them right: one by form, many from a list. Ending them has its own file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.owing import settle
from linli.core import clock, journal, search
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.publishing import numbers
from linli.publishing.models import PolicyDocument
from linli.publishing.policies import policy_documents as policies
from linli.publishing.workflow.policy_documents import DOCUMENT, KINDS, RENEW_OWED, SUBJECT, UNNUMBERED
from linli.territory.models import Place

DAY: Final = timedelta(days=1)
LONGEST: Final[Mapping[str, int]] = {"title": 200, "issuer": 120, "keywords": 200, "summary": 4000}
# How much of what stands in files is searched.
SEARCHED: Final = 20_000
CHANGING: Final = ("number", "title", "kind", "issuer", "issued", "since", "valid_until", "keywords", "public")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a document says of itself. `issuer` counts where no body of the roster issued it."""

    title: str
    place_id: int
    issued: date
    kind: str
    number: str = ""
    organization_id: int | None = None
    issuer: str = ""
    since: date | None = None
    valid_until: date | None = None
    keywords: str = ""
    summary: str = ""
    public: bool = False


@transaction.atomic
def policy_document_publish(*, actor: Actor, sketch: Sketch) -> PolicyDocument:
    """Record a document.

    Raises: not_found, policy_document.not_yours, policy_document.number, policy_document.number_missing,
    policy_document.title, policy_document.kind, policy_document.issuer, policy_document.place,
    policy_document.future, policy_document.dates, policy_document.twice
    """
    document = PolicyDocument(recorded=clock.now(), recorder=actor.key)
    _enter(actor, document, sketch)
    document.until = day_after(document.valid_until)
    # One whose last day is over already was never somebody's work.
    if not document.holds_on(max(clock.today(), document.since)):
        document.state = DOCUMENT.step(document.state, "expire")
    _keep(document)
    done(actor, "publish", document, {"number": document.number, "kind": document.kind, "public": document.public})
    return document


@transaction.atomic
def policy_document_correct(*, actor: Actor, document_id: int, version: int, sketch: Sketch) -> PolicyDocument:
    """Put right what was recorded; the journal keeps what stood there.

    Raises: as `policy_document_publish`, and policy_document.stale
    """
    document = locked(actor, document_id, version)
    before = {name: getattr(document, name) for name in CHANGING}
    summary = document.summary
    _enter(actor, document, sketch)
    if document.state == "expired" and (document.valid_until is None or document.valid_until >= clock.today()):
        document.state = DOCUMENT.step(document.state, "renew")
    document.until = ends_on(document)
    document.version += 1
    _keep(document)
    _move_replaced(document)
    if before["valid_until"] != document.valid_until:
        settle(RENEW_OWED, (SUBJECT, document.pk))
    changed = {
        name: [_plain(value), _plain(getattr(document, name))]
        for name, value in before.items()
        if value != getattr(document, name)
    }
    done(actor, "correct", document, {"changed": changed, "summary": summary != document.summary})
    return document


@transaction.atomic
def policy_document_renew(
    *, actor: Actor, document_id: int, version: int, valid_until: date | None, reason: str = ""
) -> PolicyDocument:
    """Let a document hold longer: until a later last day, or without one.

    Raises: not_found, policy_document.not_yours, policy_document.stale, policy_document.state, policy_document.dates
    """
    document = locked(actor, document_id, version)
    document.state = DOCUMENT.step(document.state, "renew")
    former = document.valid_until
    earliest = max(clock.today(), document.since, former or document.since)
    if former is None or (valid_until is not None and valid_until <= earliest):
        raise InvalidInput("policy_document.dates", _("A renewed document holds longer than before."))
    document.valid_until, document.until = valid_until, day_after(valid_until)
    document.version += 1
    document.save()
    settle(RENEW_OWED, (SUBJECT, document.pk))
    facts = {"valid_until": [_plain(former), _plain(valid_until)], "reason": reason.strip()[:300]}
    done(actor, "renew", document, facts)
    return document


def locked(actor: Actor, document_id: int, version: int | None = None) -> PolicyDocument:
    """A document that the actor keeps, locked. Raises: not_found, policy_document.not_yours, policy_document.stale"""
    rows = PolicyDocument.objects.filter(policies.documents_visible_to(actor)).select_for_update(of=("self",))
    document = rows.select_related("place").defer("search").filter(pk=document_id).first()
    if document is None:
        raise NotFound
    policies.require_keep(actor, document.place, document.organization_id)
    if version is not None and document.version != version:
        message = _("Somebody changed this document meanwhile.")
        raise Stale("policy_document.stale", message, version=document.version)
    return document


def done(actor: Actor, verb: str, document: PolicyDocument, facts: Mapping[str, Any]) -> None:
    """Write what was done to a document into the journal."""
    subject = (SUBJECT, document.pk)
    journal.write(actor, f"policy_document.{verb}", subject, place_id=document.place_id, facts=facts)


def day_after(day: date | None) -> date | None:
    """The first day on which something no longer holds whose last day is this."""
    return day + DAY if day else None


def ends_on(document: PolicyDocument) -> date | None:
    """The first day on which a document no longer holds: by its own words, its successor or its repeal."""
    successor = document.replaced_by.since if document.replaced_by_id and document.replaced_by else None
    days = [day for day in (day_after(document.valid_until), successor, document.repealed_on) if day]
    return max(min(days), document.since) if days else None


def searched(document: PolicyDocument, texts: list[str]) -> str:
    """What a document is found by: number, title, keywords, summary, and what stands in its files."""
    return search.vector(document.number, document.title, document.keywords, document.issuer, document.summary, *texts)


def _enter(actor: Actor, document: PolicyDocument, sketch: Sketch) -> None:
    """Take over what a sketch says, every rule checked."""
    sketch = _trimmed(sketch)
    place = Place.objects.filter(pk=sketch.place_id, placeholder=False, until=None).first()
    if place is None:
        raise NotFound
    policies.require_keep(actor, place, sketch.organization_id)
    body = _body(sketch, place)
    number = numbers.read(sketch.number)
    _require_words(sketch, body, number)
    _require_days(sketch)
    document.number, document.prefix, document.year, document.serial = (
        number.text,
        number.prefix,
        number.year,
        number.serial,
    )
    document.organization, document.issuer = body, body.name if body else sketch.issuer
    document.place, document.since = place, sketch.since or sketch.issued
    for name in ("title", "kind", "issued", "valid_until", "keywords", "summary", "public"):
        setattr(document, name, getattr(sketch, name))


def _trimmed(sketch: Sketch) -> Sketch:
    return replace(sketch, **{name: getattr(sketch, name).strip() for name in LONGEST})


def _body(sketch: Sketch, place: Place) -> Organization | None:
    """The body that issued it. Raises: policy_document.issuer, policy_document.place"""
    if sketch.organization_id is None:
        return None
    rows = Organization.objects.filter(held_on(clock.today()), pk=sketch.organization_id)
    body = rows.select_related("place").first()
    if body is None:
        raise InvalidInput("policy_document.issuer", _("There is no such body."))
    if not place.path.startswith(body.place.path):
        message = _("“%(body)s” issues nothing for %(place)s, which lies outside its area.")
        raise InvalidInput("policy_document.place", message, body=body.name, place=place.name)
    return body


def _require_words(sketch: Sketch, body: Organization | None, number: numbers.DocumentNumber) -> None:
    if sketch.kind not in dict(KINDS):
        raise InvalidInput("policy_document.kind", _("There is no such kind of document."))
    if len(sketch.title) < 2:
        raise InvalidInput("policy_document.title", _("A document has a title."))
    if body is None and len(sketch.issuer) < 2:
        raise InvalidInput("policy_document.issuer", _("Say which body issued the document."))
    for name, most in LONGEST.items():
        if len(getattr(sketch, name)) > most:
            message = _("This is longer than %(most)s characters.")
            raise InvalidInput(f"policy_document.{name}", message, most=most)
    if not number.text and sketch.kind not in UNNUMBERED:
        message = _("A document of this kind has a number; only checklists and conventions may lack one.")
        raise InvalidInput("policy_document.number_missing", message)


def _require_days(sketch: Sketch) -> None:
    if sketch.issued > clock.today():
        raise InvalidInput("policy_document.future", _("A document is recorded once it is issued."))
    since = sketch.since or sketch.issued
    if sketch.valid_until is not None and sketch.valid_until < since:
        raise InvalidInput("policy_document.dates", _("It cannot end before it begins to hold."))


def _keep(document: PolicyDocument) -> None:
    """Write a document. Raises: policy_document.twice"""
    texts = list(document.files.filter(taken_out=None).values_list("text", flat=True)) if document.pk else []
    document.search = searched(document, texts)
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError as error:
        if "policy_document_number" not in str(error):
            raise
        message = _("%(issuer)s has a document %(number)s in the library already.")
        raise RuleBroken("policy_document.twice", message, issuer=document.issuer, number=document.number) from error


def _move_replaced(document: PolicyDocument) -> None:
    """Let those that a document replaced hold until the day from which it holds itself."""
    for former in PolicyDocument.objects.select_for_update(of=("self",)).filter(replaced_by=document):
        former.replaced_by = document
        former.until = ends_on(former)
        former.save(update_fields=["until"])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
