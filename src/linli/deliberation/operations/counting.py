"""Closing a poll: under lock, once, exactly. Every mark has its ballot, by each way of voting, or nothing counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, RuleBroken
from linli.deliberation import polls_section, sealing
from linli.deliberation.counting import Amounts, Rule, Tally, joined, tally
from linli.deliberation.looks import rounds, settled
from linli.deliberation.models import NamedBallot, PaperEntry, Poll, PollMark
from linli.deliberation.operations.polls import done, locked, owe_next
from linli.deliberation.workflow.polls import POLL

CHANNELS: Final = ("online", "paper")
# Where a place has rules, results are posted within three days.
PUBLISHED_WITHIN: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Bundles:
    """What the bundles of secret paper ballots come to."""

    ballots: int
    options: tuple[int, ...]


@transaction.atomic
def poll_close(*, actor: Actor, poll_id: int, words: Sequence[str] = ()) -> Poll:
    """Close and count; for a secret vote with the keys of both counters, which are used here and kept nowhere.

    Before its time only where everybody has voted. Closing again changes nothing.
    Raises: not_found, poll.not_yours, poll.state, poll.too_early, poll.paper_unsettled, poll.key, poll.keys_wrong,
    poll.unequal, poll.ballot_broken
    """
    poll = locked(actor, poll_id)
    if poll.state in ("closed", "published"):
        return poll
    poll.state = POLL.step(poll.state, "close")
    marked = _marked(poll)
    assert poll.closes is not None, "open polls have their days"
    if clock.now() < poll.closes and sum(marked.values()) < (poll.heads or 0):
        raise RuleBroken("poll.too_early", _("The vote goes on until its announced end, unless everybody has voted."))
    _require_settled(poll)
    due = Amounts(poll.heads or 0, Fraction(poll.area or 0))
    if poll.secret:
        counted, ballots = _secret(poll, due, _keys(poll, words))
    else:
        counted, ballots = _named(poll, due)
    if marked != ballots:
        message = _("Nothing is counted: ballots and marks differ (%(marked)s marked, %(ballots)s ballots).")
        raise RuleBroken("poll.unequal", message, marked=str(marked), ballots=str(ballots))
    _keep(poll, counted, marked, ballots)
    if poll.secret:
        poll.sealed_ballots.update(sealed=None)
    poll.held, poll.version = clock.today(), poll.version + 1
    poll.save()
    owe_next(poll, clock.now() + PUBLISHED_WITHIN)
    done(actor, "close", poll, {"present": poll.present, "met": poll.met, "marked": marked})
    return poll


def _marked(poll: Poll) -> dict[str, int]:
    rows = PollMark.objects.filter(poll=poll).order_by().values_list("channel").annotate(Count("pk"))
    return {**dict.fromkeys(CHANNELS, 0), **dict(rows)}


def _require_settled(poll: Poll) -> None:
    """Every paper that somebody entered counts, unless its elector voted online after all."""
    online = set(PollMark.objects.filter(poll=poll, channel="online").values_list("elector_id", flat=True))
    groups: dict[tuple[int | None, int | None], list[PaperEntry]] = {}
    for entry in poll.paper_entries.all():
        if entry.elector_id not in online:
            groups.setdefault((entry.elector_id, entry.bundle), []).append(entry)
    waiting = sum(not settled(found[max(found)]) for found in map(rounds, groups.values()))
    if waiting:
        message = _("%(count)s papers wait for a second entry or a third look.")
        raise RuleBroken("poll.paper_unsettled", message, count=waiting)


def _keys(poll: Poll, words: Sequence[str]) -> list[X25519PrivateKey]:
    """The counters' keys in the order in which ballots were sealed. Raises: poll.key, poll.keys_wrong"""
    given = {sealing.public_of(key): key for key in map(sealing.opened_key, words)}
    wanted = [bytes(public) for public in poll.keys.order_by("position").values_list("public", flat=True)]
    if any(public not in given for public in wanted):
        message = _("Both counters' keys of this vote are needed; one of these is another's.")
        raise InvalidInput("poll.keys_wrong", message)
    return [given[public] for public in wanted]


def _secret(poll: Poll, due: Amounts, keys: Sequence[X25519PrivateKey]) -> tuple[Tally, dict[str, int]]:
    sealed = [bytes(row or b"") for row in poll.sealed_ballots.values_list("sealed", flat=True)]
    opened = [sealing.unseal(item, str(poll.pk), keys) for item in sealed]
    # What opens to more than one may choose was never given by the page.
    if any(len(choices) > poll.most or max(choices, default=0) >= len(poll.options) for choices in opened):
        raise InvalidInput("poll.ballot_broken", _("A ballot cannot be opened with these keys."))
    counted = tally(due, len(poll.options), ((choices, Fraction(0)) for choices in opened))
    paper = _bundles(poll)
    return joined(counted, paper.ballots, paper.options), {"online": len(sealed), "paper": paper.ballots}


def _bundles(poll: Poll) -> Bundles:
    groups: dict[int | None, list[PaperEntry]] = {}
    for entry in poll.paper_entries.exclude(bundle=None):
        groups.setdefault(entry.bundle, []).append(entry)
    latest = [found[max(found)][-1].numbers for found in map(rounds, groups.values())]
    columns = [sum(column) for column in zip(*latest, strict=True)] or [0] * (len(poll.options) + 1)
    return Bundles(columns[-1], tuple(columns[:-1]))


def _named(poll: Poll, due: Amounts) -> tuple[Tally, dict[str, int]]:
    latest: dict[int, NamedBallot] = {}
    for ballot in poll.named_ballots.select_related("elector").defer("elector__name").order_by("round"):
        latest[ballot.elector_id] = ballot
    areas = ((item.choices, Fraction(item.elector.area if poll.by_area else 0)) for item in latest.values())
    channels = [item.channel for item in latest.values()]
    return tally(due, len(poll.options), areas), {name: channels.count(name) for name in CHANNELS}


def _keep(poll: Poll, counted: Tally, marked: dict[str, int], ballots: dict[str, int]) -> None:
    """Put the count into the poll: without the numbers of options where a group is too small to be told."""
    rule = Rule.of(poll.terms)
    least = polls_section.section().smallest_group if poll.secret else 0
    withheld = any(0 < number < least for number in ballots.values())
    unknown = 0 < counted.present.heads < least
    poll.present = counted.present.heads
    poll.met = None if unknown or not poll.terms.get("passing") else any(_decided(poll, counted, rule))
    poll.result = {
        "due": counted.due.as_dict(),
        "channels": {name: {"marked": marked[name], "ballots": ballots[name]} for name in CHANNELS},
        "rule": poll.terms,
        "kind": poll.kind,
        "withheld": withheld,
        **_document(poll, counted, rule, withheld=withheld),
    }
    poll.result["met"] = poll.met
    if poll.unreturned_ground and not withheld:
        poll.result["unreturned"] = _document(poll, counted.with_unreturned(), rule, withheld=False)
    if poll.kind == "decision" and not withheld:
        poll.votes_for, poll.votes_against, poll.abstained = (got.heads for got in counted.options)


def _decided(poll: Poll, counted: Tally, rule: Rule) -> list[bool]:
    asked = range(1) if poll.kind == "decision" else range(len(poll.options))
    return [counted.met(rule, option) for option in asked]


def _document(poll: Poll, counted: Tally, rule: Rule, *, withheld: bool) -> dict[str, Any]:
    decided = _decided(poll, counted, rule)
    document: dict[str, Any] = {
        "present": counted.present.as_dict(),
        "quorum": [item.as_dict() for item in counted.quorum(rule)],
        "met": any(decided) if rule.passing else None,
    }
    if withheld:
        return document
    return document | {
        "options": [
            {"label": label, **got.as_dict()} for label, got in zip(poll.options, counted.options, strict=True)
        ],
        "passing": [[item.as_dict() for item in counted.passing(rule, number)] for number in range(len(decided))],
    }
