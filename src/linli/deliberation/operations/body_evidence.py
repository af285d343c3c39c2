"""How residents decided, written into a founding or an election; in the caller's transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.errors import InvalidInput, RuleBroken
from linli.deliberation.models import BodyElection, BodyFounding, Holding
from linli.deliberation.queries.deciding import deciding_meetings, deciding_polls, deciding_topics
from linli.deliberation.thresholds import more_than

# 居委会组织法 10: more than half of those entitled are there, and more than half of those agree.
QUORUM: Final = more_than("1/2", "due")
PASSING: Final = more_than("1/2", "present")
Row = BodyFounding | BodyElection


@dataclass(frozen=True, slots=True)
class Evidence:
    """What decided: a vote, a topic, an assembly, or the residents' own count on a day; of the last two its numbers."""

    way: str
    source_id: int = 0
    on: date | None = None
    due: int | None = None
    came: int | None = None
    votes_for: int | None = None


def decide(row: Row, evidence: Evidence, *, owners: bool) -> None:
    """Write the decision into a row that is not yet saved. Owners decide by a vote that counts heads and area.

    Raises: body.evidence, body.used, body.numbers, body.not_met, body.owners_vote
    """
    if owners and evidence.way != "poll":
        message = _("Owners decide by a vote that counts heads and area (Civil Code 278); choose that vote.")
        raise RuleBroken("body.owners_vote", message)
    write = _WAYS.get(evidence.way)
    if write is None:
        raise _no_evidence()
    row.decided_by = evidence.way
    write(row, evidence, owners)


def _by_poll(row: Row, evidence: Evidence, owners: bool) -> None:
    poll = deciding_polls(row.place, owners).select_for_update(of=("self",)).filter(pk=evidence.source_id).first()
    if poll is None or poll.held is None:
        raise _no_evidence()
    _require_unused(type(row).objects.filter(poll=poll).exists())
    if poll.met is not True:
        raise RuleBroken("body.not_met", _("This vote did not reach what its rule asks for."))
    row.poll, row.decided_on = poll, poll.held
    row.due, row.came, row.votes_for = poll.heads, poll.present, poll.votes_for


def _by_topic(row: Row, evidence: Evidence, _owners: bool) -> None:
    topic = deciding_topics(row.place).select_for_update(of=("self",)).filter(pk=evidence.source_id).first()
    if topic is None or topic.decided_on is None:
        raise _no_evidence()
    _require_unused(type(row).objects.filter(topic=topic).exists())
    votes = Holding.objects.filter(step__topic=topic, met=True).exclude(votes_for=None)
    last = votes.order_by("-step__position").first()
    if last is None:
        raise InvalidInput("body.numbers", _("This topic was resolved without a vote in numbers."))
    row.topic, row.decided_on = topic, topic.decided_on
    row.due, row.came, row.votes_for = last.due, (last.came or 0) + last.represented, last.votes_for


def _by_meeting(row: Row, evidence: Evidence, _owners: bool) -> None:
    meeting = deciding_meetings(row.place).filter(pk=evidence.source_id).first()
    if meeting is None:
        raise _no_evidence()
    row.meeting = meeting
    _count(row, evidence, meeting.on)


def _by_own_count(row: Row, evidence: Evidence, _owners: bool) -> None:
    if evidence.on is None or evidence.on > clock.today():
        raise InvalidInput("body.day", _("Say on which day it was decided; not in the future."))
    _count(row, evidence, evidence.on)


def _count(row: Row, evidence: Evidence, on: date) -> None:
    due, came, agreed = evidence.due, evidence.came, evidence.votes_for
    if due is None or came is None or agreed is None or not due >= came >= agreed >= 0:
        raise InvalidInput("body.numbers", _("Say how many were entitled, how many came and how many agreed."))
    if not (QUORUM.met(came, due) and PASSING.met(agreed, came)):
        message = _("More than half of those entitled must come, and more than half of those agree.")
        raise RuleBroken("body.not_met", message)
    row.decided_on, row.due, row.came, row.votes_for = on, due, came, agreed


def _require_unused(used: bool) -> None:
    if used:
        raise RuleBroken("body.used", _("This decision stands behind another body or election already."))


def _no_evidence() -> InvalidInput:
    message = _("Choose the vote, topic or meeting of this place by which it was decided, or give your own count.")
    return InvalidInput("body.evidence", message)


_WAYS: Final[dict[str, Callable[[Row, Evidence, bool], None]]] = {
    "poll": _by_poll,
    "topic": _by_topic,
    "meeting": _by_meeting,
    "own": _by_own_count,
}
