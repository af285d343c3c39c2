"""The only writers of conventions from their adoption on: put to it, adopted, published, filed with the street."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.owing import settle
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, RuleBroken
from linli.deliberation import conventions_section
from linli.deliberation.clauses import numbered
from linli.deliberation.models import Convention, Holding
from linli.deliberation.operations.conventions import (
    LONGEST_REASON,
    locked,
    owe_by,
    require_sound,
    saved,
    seen,
)
from linli.deliberation.policies import conventions as policies
from linli.deliberation.queries.adopting import adopting_meetings, adopting_polls, adopting_topics, texts_of
from linli.deliberation.thresholds import more_than
from linli.deliberation.workflow.conventions import (
    ANSWER_OWED,
    CONVENTION,
    DRAFT,
    FILE_OWED,
    IN_FORCE,
    RECEIVE,
    RECEIVE_OWED,
    SUBJECT,
    WAYS,
)
from linli.publishing.operations.publications import Notice, publication_post

# 居委会组织法 10: more than half of those entitled are there, and more than half of those agree.
QUORUM: Final = more_than("1/2", "due")
PASSING: Final = more_than("1/2", "present")
LONGEST_NUMBER: Final = 60


@dataclass(frozen=True, slots=True)
class Adoption:
    """Where a convention was adopted: a vote, a topic or an assembly; of an assembly also its numbers."""

    way: str
    source_id: int
    due: int | None = None
    came: int | None = None
    votes_for: int | None = None


@transaction.atomic
def convention_put(*, actor: Actor, convention_id: int) -> Convention:
    """Put a text to adoption, once comments are over and every one is answered.

    Raises: not_found, convention.not_yours, convention.state, convention.comments_open, convention.unanswered
    """
    row = locked(actor, convention_id)
    row.state = CONVENTION.step(row.state, "put")
    if row.comments_until is None or clock.today() <= row.comments_until:
        raise RuleBroken("convention.comments_open", _("Residents may still comment; it is put to adoption after."))
    if row.comments.filter(state="waiting").exists():
        raise RuleBroken("convention.unanswered", _("Comments wait for their answers; answer them first."))
    settle(ANSWER_OWED, (SUBJECT, row.pk))
    row.put_on = clock.today()
    saved(actor, "put", row)
    return row


@transaction.atomic
def convention_adopt(*, actor: Actor, convention_id: int, adoption: Adoption) -> Convention:
    """Record that a text was adopted, by a decision of its place after it was put to adoption.

    Raises: not_found, convention.not_yours, convention.state, convention.evidence, convention.used,
    convention.numbers, convention.not_met
    """
    row = locked(actor, convention_id)
    row.state = CONVENTION.step(row.state, "adopt")
    if adoption.way not in dict(WAYS):
        raise _no_evidence()
    row.adopted_by = adoption.way
    _EVIDENCE[adoption.way](row, adoption)
    saved(actor, "adopt", row, way=row.adopted_by, source=adoption.source_id)
    return row


def _by_poll(row: Convention, adoption: Adoption) -> None:
    """A vote of the place that was published and met its own rule."""
    poll = adopting_polls(row).select_for_update(of=("self",)).filter(pk=adoption.source_id).first()
    if poll is None:
        raise _no_evidence()
    _require_unused(Convention.objects.filter(poll=poll))
    if poll.met is not True:
        raise RuleBroken("convention.not_met", _("This vote did not reach what its rule asks for."))
    row.poll, row.adopted_on = poll, poll.held
    row.due, row.came, row.votes_for = poll.heads, poll.present, poll.votes_for


def _by_topic(row: Convention, adoption: Adoption) -> None:
    """A topic of the place that ended in a resolution: the numbers are those of its last vote."""
    topic = adopting_topics(row).select_for_update(of=("self",)).filter(pk=adoption.source_id).first()
    if topic is None:
        raise _no_evidence()
    _require_unused(Convention.objects.filter(topic=topic))
    votes = Holding.objects.filter(step__topic=topic, met=True).exclude(votes_for=None)
    last = votes.order_by("-step__position").first()
    if last is None:
        raise InvalidInput("convention.numbers", _("This topic was resolved without a vote in numbers."))
    row.topic, row.adopted_on = topic, topic.decided_on
    row.due, row.came, row.votes_for = last.due, (last.came or 0) + last.represented, last.votes_for


def _by_meeting(row: Convention, adoption: Adoption) -> None:
    """A meeting of the place: more than half of those entitled came, and more than half of those agreed."""
    meeting = adopting_meetings(row).filter(pk=adoption.source_id).first()
    if meeting is None:
        raise _no_evidence()
    due, came, agreed = adoption.due, adoption.came, adoption.votes_for
    if due is None or came is None or agreed is None or not due >= came >= agreed >= 0:
        message = _("Say how many were entitled, how many came and how many agreed.")
        raise InvalidInput("convention.numbers", message)
    if not (QUORUM.met(came, due) and PASSING.met(agreed, came)):
        message = _("More than half of those entitled must come, and more than half of those agree.")
        raise RuleBroken("convention.not_met", message)
    row.meeting, row.adopted_on = meeting, meeting.on
    row.due, row.came, row.votes_for = due, came, agreed


def _no_evidence() -> InvalidInput:
    message = _("Choose the vote, topic or meeting of this place that adopted the text after it was put to adoption.")
    return InvalidInput("convention.evidence", message)


def _require_unused(others: QuerySet[Convention]) -> None:
    """Refuse a decision that adopted another text. Raises: convention.used"""
    if others.exists():
        raise RuleBroken("convention.used", _("This decision adopted another convention."))


_EVIDENCE: Final = {"poll": _by_poll, "topic": _by_topic, "meeting": _by_meeting}


@transaction.atomic
def convention_publish(*, actor: Actor, convention_id: int) -> Convention:
    """Make an adopted convention public at its place: it is in force, the edition before is superseded.

    From then on it is owed to the street.
    Raises: not_found, convention.not_yours, convention.state, publication.*
    """
    row = locked(actor, convention_id)
    row.state = CONVENTION.step(row.state, "publish")
    texts = texts_of(row)
    if texts:
        require_sound(texts)
    _supersede(actor, row)
    title = row.title if row.edition == 1 else _("%(title)s (edition %(edition)s)") % _named(row)
    notice = Notice(row.place_id, str(title), numbered(texts) or row.title)
    row.publication = publication_post(actor=actor, notice=notice)
    row.published_on = clock.today()
    row.file_by = owe_by(FILE_OWED, row, DRAFT, row.place.path, conventions_section.section().file_days)
    saved(actor, "publish", row, file_by=row.file_by.isoformat())
    return row


def _named(row: Convention) -> dict[str, Any]:
    return {"title": row.title, "edition": row.edition}


def _supersede(actor: Actor, row: Convention) -> None:
    former = Convention.objects.select_for_update().filter(place_id=row.place_id, title=row.title, state__in=IN_FORCE)
    for item in former.exclude(pk=row.pk):
        item.state, item.ended_on = CONVENTION.step(item.state, "supersede"), clock.today()
        settle("convention.", (SUBJECT, item.pk))
        saved(actor, "supersede", item, by=row.pk)


@transaction.atomic
def convention_submit(*, actor: Actor, convention_id: int) -> Convention:
    """Submit a published convention to the street for filing.

    Raises: not_found, convention.not_yours, convention.state
    """
    row = locked(actor, convention_id)
    row.state = CONVENTION.step(row.state, "submit")
    settle(FILE_OWED, (SUBJECT, row.pk))
    row.submitted_on, row.reason = clock.today(), ""
    street = row.place.street
    days = conventions_section.section().receive_days
    owe_by(RECEIVE_OWED, row, RECEIVE, street.path if street else row.place.path, days)
    saved(actor, "submit", row)
    return row


@transaction.atomic
def convention_receive(*, actor: Actor, convention_id: int, number: str, day: date) -> Convention:
    """Receive a convention for filing, by the street, with its number and day.

    Raises: not_found, convention.not_yours_to_receive, convention.state, convention.number, convention.day
    """
    row = _with_street(actor, convention_id)
    row.state = CONVENTION.step(row.state, "receive")
    number = number.strip()
    if not 0 < len(number) <= LONGEST_NUMBER:
        message = _("A filing has a number of at most %(most)s characters.")
        raise InvalidInput("convention.number", message, most=LONGEST_NUMBER)
    if row.submitted_on is None or not row.submitted_on <= day <= clock.today():
        raise InvalidInput("convention.day", _("The day of filing lies between its submission and today."))
    row.filed_number, row.filed_on = number, day
    row.in_time = row.file_by is None or row.submitted_on <= row.file_by
    settle(RECEIVE_OWED, (SUBJECT, row.pk))
    saved(actor, "receive", row, number=number, day=day.isoformat())
    return row


@transaction.atomic
def convention_send_back(*, actor: Actor, convention_id: int, reason: str) -> Convention:
    """Send a convention back to its place, by the street, with what has to be put right.

    Raises: not_found, convention.not_yours_to_receive, convention.state, convention.reason
    """
    row = _with_street(actor, convention_id)
    row.state = CONVENTION.step(row.state, "send_back")
    said = reason.strip()
    if not 0 < len(said) <= LONGEST_REASON:
        message = _("Say why, in at most %(most)s characters.")
        raise InvalidInput("convention.reason", message, most=LONGEST_REASON)
    row.reason, row.submitted_on = said, None
    settle(RECEIVE_OWED, (SUBJECT, row.pk))
    owe_by(FILE_OWED, row, DRAFT, row.place.path, conventions_section.section().file_days)
    saved(actor, "send_back", row, reason=said)
    return row


def _with_street(actor: Actor, convention_id: int) -> Convention:
    row = seen(actor, convention_id)
    policies.require_receive(actor, row.place)
    return row
