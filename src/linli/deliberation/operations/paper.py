"""Paper ballots: two people enter each independently, a third looks where they differ; corrections are added.

By name each ballot is entered; of a secret vote bundles are counted, and who voted on paper is marked apart.
"""

from collections.abc import Collection, Sequence
from typing import Final, Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.deliberation.looks import rounds, settled
from linli.deliberation.models import Elector, NamedBallot, PaperEntry, Poll, PollMark
from linli.deliberation.operations.ballots import held_open, mark, require_choices
from linli.deliberation.operations.polls import done
from linli.deliberation.policies import polls as policies

Standing = Literal["first", "differs", "settled"]
LARGEST: Final = 100_000


@transaction.atomic
def paper_enter(*, actor: Actor, poll_id: int, number: int, choices: Collection[int]) -> Standing:
    """Enter what a paper ballot says, without seeing what another entered. It counts once two agree.

    Raises: not_found, poll.not_yours, poll.not_open, poll.channels, poll.choices, poll.voted, poll.paper_again,
    poll.paper_third
    """
    poll, elector = _ballot(actor, poll_id, number)
    require_choices(poll, choices, none=True)
    entries = _latest(elector.paper_entries.all())
    if PollMark.objects.filter(elector=elector).exists() and (not entries or settled(entries)):
        raise RuleBroken("poll.voted", _("This vote has been given already."), number=number)
    return _settle_ballot(actor, poll, elector, entries, sorted(set(choices)))


@transaction.atomic
def paper_correct(*, actor: Actor, poll_id: int, number: int, choices: Collection[int], reason: str) -> Standing:
    """Enter a paper ballot anew that was entered wrongly: another person must agree. What stood there stays.

    Raises: as `paper_enter`, and poll.reason, poll.paper_settled
    """
    poll, elector = _ballot(actor, poll_id, number)
    require_choices(poll, choices, none=True)
    entries = _latest(elector.paper_entries.all())
    if not entries or not settled(entries):
        raise RuleBroken("poll.paper_settled", _("Only a paper ballot that counts is corrected."))
    _require_reason(reason)
    standing = _settle_ballot(actor, poll, elector, [], sorted(set(choices)), entries[0].round + 1)
    done(actor, "paper_correct", poll, {"number": number, "reason": reason.strip()[:300]})
    return standing


@transaction.atomic
def bundle_enter(
    *, actor: Actor, poll_id: int, bundle: int, counts: Sequence[int], ballots: int, reason: str = ""
) -> Standing:
    """Enter what a bundle of secret paper ballots comes to; it counts once two agree.

    With a reason a bundle that counts already is entered anew.
    Raises: not_found, poll.not_yours, poll.not_open, poll.not_secret, poll.channels, poll.counts, poll.paper_again,
    poll.paper_third, poll.paper_settled
    """
    poll = _paper_poll(actor, poll_id, secret=True)
    Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)
    _require_counts(poll, bundle, counts, ballots)
    entries = _latest(poll.paper_entries.filter(bundle=bundle))
    anew = bool(entries) and settled(entries)
    if anew and len(reason.strip()) < 2:
        raise RuleBroken("poll.paper_settled", _("This bundle counts already; say why it is entered anew."))
    entry = PaperEntry(bundle=bundle, round=entries[0].round + 1 if anew else 0)
    standing = _add(actor, poll, entry, [] if anew else entries, [*counts, ballots])
    done(actor, "paper_correct" if anew else "paper_enter", poll, {"bundle": bundle, "reason": reason.strip()[:300]})
    return standing


@transaction.atomic
def paper_mark(*, actor: Actor, poll_id: int, number: int) -> None:
    """Mark that an elector has put a secret ballot into the box.

    Raises: not_found, poll.not_yours, poll.not_open, poll.not_secret, poll.channels, poll.voted
    """
    poll = _paper_poll(actor, poll_id, secret=True)
    mark(poll, _elector(poll, number), "paper")
    done(actor, "paper_mark", poll, {"number": number})


@transaction.atomic
def paper_unmark(*, actor: Actor, poll_id: int, number: int, reason: str) -> None:
    """Take a mark back that was set for the wrong person.

    Raises: not_found, poll.not_yours, poll.not_open, poll.not_secret, poll.channels, poll.reason
    """
    poll = _paper_poll(actor, poll_id, secret=True)
    _require_reason(reason)
    deleted, _rows = PollMark.objects.filter(elector=_elector(poll, number), channel="paper").delete()
    if not deleted:
        raise NotFound
    done(actor, "paper_unmark", poll, {"number": number, "reason": reason.strip()[:300]})


def _latest(rows: Collection[PaperEntry]) -> list[PaperEntry]:
    found = rounds(rows)
    return found[max(found)] if found else []


def _ballot(actor: Actor, poll_id: int, number: int) -> tuple[Poll, Elector]:
    poll = _paper_poll(actor, poll_id, secret=False)
    return poll, _elector(poll, number)


def _paper_poll(actor: Actor, poll_id: int, *, secret: bool) -> Poll:
    if not Poll.objects.filter(policies.polls_visible_to(actor), pk=poll_id).exists():
        raise NotFound
    poll = held_open(poll_id)
    policies.require_run(actor, poll.place)
    if not poll.paper:
        raise RuleBroken("poll.channels", _("This vote is online only."))
    if poll.secret != secret:
        raise RuleBroken("poll.not_secret", _("Secret ballots come in bundles, others one by one."))
    return poll


def _elector(poll: Poll, number: int) -> Elector:
    found = Elector.objects.select_for_update().filter(poll=poll, number=number).first()
    if found is None:
        raise NotFound
    return found


def _settle_ballot(
    actor: Actor, poll: Poll, elector: Elector, entries: list[PaperEntry], choices: list[int], round_: int = 0
) -> Standing:
    entry = PaperEntry(elector=elector, round=entries[0].round if entries else round_)
    standing = _add(actor, poll, entry, entries, choices)
    if standing == "settled":
        if entry.round == 0:
            mark(poll, elector, "paper")
        NamedBallot.objects.create(
            poll=poll, elector=elector, round=entry.round, choices=choices, channel="paper", at=clock.now()
        )
    done(actor, "paper_enter", poll, {"number": elector.number, "standing": standing})
    return standing


def _add(actor: Actor, poll: Poll, entry: PaperEntry, before: list[PaperEntry], numbers: list[int]) -> Standing:
    """Add an entry to those of its round. Raises: poll.paper_again, poll.paper_third"""
    if any(other.by == actor.key for other in before):
        raise RuleBroken("poll.paper_again", _("You entered this already; another person enters it independently."))
    if len(before) == 2 and numbers not in [other.numbers for other in before]:
        message = _("What you entered is neither of the two entries. Look at the paper again, all three of you.")
        raise RuleBroken("poll.paper_third", message)
    entry.poll, entry.position, entry.numbers = poll, len(before) + 1, numbers
    if before:
        entry.round = before[0].round
    entry.by, entry.at = actor.key, clock.now()
    entry.save(force_insert=True)
    if len(before) == 0:
        return "first"
    return "settled" if settled([*before, entry]) else "differs"


def _require_counts(poll: Poll, bundle: int, counts: Sequence[int], ballots: int) -> None:
    sound = len(counts) == len(poll.options) and 0 < bundle <= LARGEST and 0 < ballots <= LARGEST
    if not sound or min(counts) < 0 or max(counts) > ballots or sum(counts) > ballots * poll.most:
        raise InvalidInput("poll.counts", _("More was counted than there are ballots in the bundle."))


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < 2:
        raise InvalidInput("poll.reason", _("Say why."))
