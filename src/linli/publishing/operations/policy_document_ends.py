"""How policy documents end: replaced, repealed, their time over; and the work of whoever keeps them, before they do."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.models import WorkItem
from linli.organizations.models import Post
from linli.organizations.policies import held_on
from linli.publishing.models import PolicyDocument
from linli.publishing.operations.policy_documents import Sketch, done, ends_on, locked, policy_document_publish
from linli.publishing.policies import policy_documents as policies
from linli.publishing.workflow.policy_documents import DOCUMENT, KEEP, NOTICE_DAYS, RENEW_OWED, SUBJECT

LONGEST: Final = 300
BATCH: Final = 200
# A chain of successors longer than this is none that offices wrote.
CHAIN: Final = 100


@transaction.atomic
def policy_document_replace(
    *, actor: Actor, document_id: int, version: int, successor_id: int, reason: str = ""
) -> PolicyDocument:
    """Let another document of the library take the place of one, from the day on which that one holds.

    Raises: not_found, policy_document.not_yours, policy_document.stale, policy_document.state,
    policy_document.successor_over, policy_document.circle
    """
    document = locked(actor, document_id, version)
    document.state = DOCUMENT.step(document.state, "replace")
    rows = PolicyDocument.objects.filter(policies.documents_visible_to(actor)).select_for_update(of=("self",))
    successor = rows.filter(pk=successor_id).first()
    if successor is None:
        raise NotFound
    if successor.pk in {document.pk} or document.pk in successors_of(successor):
        raise RuleBroken("policy_document.circle", _("A document cannot be replaced by itself or one it replaced."))
    if successor.state != "in_force":
        raise RuleBroken("policy_document.successor_over", _("What replaces a document is in force itself."))
    document.replaced_by, document.reason = successor, reason.strip()[:LONGEST]
    facts = {"by": successor.pk, "number": successor.number, "title": successor.title}
    return _ended(actor, "replace", document, facts)


@transaction.atomic
def policy_document_succeed(*, actor: Actor, document_id: int, version: int, sketch: Sketch) -> PolicyDocument:
    """Record a document that takes the place of another; gives the new one.

    Raises: as `policy_document_publish` and `policy_document_replace`
    """
    locked(actor, document_id, version)
    successor = policy_document_publish(actor=actor, sketch=sketch)
    policy_document_replace(actor=actor, document_id=document_id, version=version, successor_id=successor.pk)
    return successor


@transaction.atomic
def policy_document_repeal(
    *, actor: Actor, document_id: int, version: int, reason: str, on: date | None = None
) -> PolicyDocument:
    """Repeal a document from a day on, with a reason.

    Raises: not_found, policy_document.not_yours, policy_document.stale, policy_document.state,
    policy_document.reason, policy_document.dates
    """
    document = locked(actor, document_id, version)
    document.state = DOCUMENT.step(document.state, "repeal")
    if not 2 <= len(reason.strip()) <= LONGEST:
        raise InvalidInput("policy_document.reason", _("Say why, in at most %(most)s characters."), most=LONGEST)
    day = on or clock.today()
    if day < document.issued or day > clock.today() + timedelta(days=366):
        message = _("It is repealed on a day after it was issued, at most a year ahead.")
        raise InvalidInput("policy_document.dates", message)
    document.repealed_on, document.reason = day, reason.strip()
    return _ended(actor, "repeal", document, {"on": day.isoformat(), "reason": document.reason})


@transaction.atomic
def policy_document_reinstate(*, actor: Actor, document_id: int, version: int, reason: str) -> PolicyDocument:
    """Take back a replacement or repeal that was wrong.

    Raises: not_found, policy_document.not_yours, policy_document.stale, policy_document.state, policy_document.reason
    """
    document = locked(actor, document_id, version)
    document.state = DOCUMENT.step(document.state, "reinstate")
    if not 2 <= len(reason.strip()) <= LONGEST:
        raise InvalidInput("policy_document.reason", _("Say why, in at most %(most)s characters."), most=LONGEST)
    document.replaced_by, document.repealed_on, document.reason = None, None, ""
    if document.valid_until is not None and document.valid_until < clock.today():
        document.state = DOCUMENT.step(document.state, "expire")
    return _ended(actor, "reinstate", document, {"reason": reason.strip()})


def policy_documents_check() -> int:
    """Let documents run out whose last day is over, and tell who keeps those that soon will.

    Returns how many it touched. Doing it twice on one day changes nothing.
    """
    total = 0
    while count := _expire():
        total += count
    return total + _tell()


def successors_of(document: PolicyDocument) -> list[int]:
    """The ids of what replaced a document, and what replaced that."""
    found: list[int] = []
    following = document.replaced_by_id
    while following and following not in found and len(found) < CHAIN:
        found.append(following)
        following = PolicyDocument.objects.filter(pk=following).values_list("replaced_by_id", flat=True).first()
    return found


@transaction.atomic
def _expire() -> int:
    rows = PolicyDocument.objects.select_for_update(skip_locked=True, of=("self",)).defer("search")
    over = list(rows.filter(state="in_force", valid_until__lt=clock.today()).order_by("pk")[:BATCH])
    for document in over:
        document.state = DOCUMENT.step(document.state, "expire")
        document.version += 1
        document.save(update_fields=["state", "version"])
        done(SYSTEM, "expire", document, {"valid_until": str(document.valid_until)})
    return len(over)


@transaction.atomic
def _tell() -> int:
    """Put each document that runs out soon on the list of whoever keeps it, unless it stands on one."""
    today = clock.today()
    soon = Q(valid_until__gte=today, valid_until__lte=today + timedelta(days=NOTICE_DAYS))
    owed = WorkItem.objects.filter(kind=RENEW_OWED, subject_type=SUBJECT, ended=None).values("subject_id")
    rows = PolicyDocument.objects.select_for_update(skip_locked=True, of=("self",)).defer("search")
    waiting = rows.filter(soon, state="in_force").exclude(pk__in=owed)
    told = list(waiting.select_related("place__county", "place__street", "place__community").order_by("pk")[:BATCH])
    for document in told:
        assert document.valid_until is not None
        calendar = calendar_of(document.place)
        due = calendar.close_of(document.valid_until)
        owe(RENEW_OWED, (SUBJECT, document.pk), str(document), document.place_id, _keeper(document), due, calendar)
        items = WorkItem.objects.filter(kind=RENEW_OWED, subject_type=SUBJECT, subject_id=document.pk, ended=None)
        items.update(yellow_at=clock.now())
    return len(told)


def _keeper(document: PolicyDocument) -> Holder:
    """Who keeps a document: the body that issued it where people work in it, else the nearest post that may."""
    if document.organization_id is not None:
        held = Post.objects.filter(held_on(clock.today()), organization_id=document.organization_id)
        if held.filter(confirmed=True, person__isnull=False).exists():
            return Holder(organization_id=document.organization_id)
    return post_at(document.place.path, KEEP)


def _ended(actor: Actor, verb: str, document: PolicyDocument, facts: dict[str, object]) -> PolicyDocument:
    document.until = ends_on(document)
    document.version += 1
    document.save()
    settle(RENEW_OWED, (SUBJECT, document.pk))
    done(actor, verb, document, facts)
    return document
