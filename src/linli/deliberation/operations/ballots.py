"""Voting online: the mark of having voted and the ballot, both or neither, while the poll is held open.

No journal entry is written for a secret ballot, nor anything that holds a time: the mark alone says that somebody
voted. What is chosen goes into no entry, key or log.
"""

from collections.abc import Collection

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, secrets
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.deliberation import sealing
from linli.deliberation.models import Elector, NamedBallot, Poll, PollMark, SealedBallot
from linli.deliberation.operations.polls import done


@transaction.atomic
def ballot_cast(
    *, actor: Actor, poll_id: int, code: str = "", elector_id: int | None = None, choices: Collection[int]
) -> str:
    """Vote, by the code on paper or, by name, as who is signed in; for oneself or for whom one holds a proxy.

    The answer is the receipt of a secret ballot, by which the voter finds it in the published list; empty by name.
    Raises: not_found, poll.code, poll.not_open, poll.over, poll.channels, poll.choices, poll.voted
    """
    poll = held_open(poll_id)
    require_time(poll)
    voter = voter_of(actor, poll, code)
    elector = _for_whom(voter, elector_id)
    require_choices(poll, choices)
    mark(poll, elector, "online")
    if poll.secret:
        return _sealed(poll, choices)
    NamedBallot.objects.create(
        poll=poll, elector=elector, choices=sorted(set(choices)), channel="online", at=clock.now()
    )
    done(actor, "ballot", poll, {"number": elector.number, "by": voter.number, "channel": "online"})
    return ""


def held_open(poll_id: int) -> Poll:
    """A poll that cannot be closed before this transaction ends; others may vote meanwhile.

    Raises: not_found, poll.not_open
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM deliberation_poll WHERE id = %s FOR SHARE", [poll_id])
        found = cursor.fetchone()
    if found is None:
        raise NotFound
    if found[0] != "open":
        raise RuleBroken("poll.not_open", _("This vote is not open."))
    return Poll.objects.select_related("place").get(pk=poll_id)


def require_time(poll: Poll) -> None:
    """Refuse online votes after the time or where one votes on paper only. Raises: poll.over, poll.channels"""
    if poll.closes is None or clock.now() >= poll.closes:
        raise RuleBroken("poll.over", _("The time of this vote is over."))
    if not poll.online:
        raise RuleBroken("poll.channels", _("This vote is on paper only."))


def voter_of(actor: Actor, poll: Poll, code: str) -> Elector:
    """The elector whose code this is; without a code who is signed in. Raises: poll.code

    A secret vote opens to its code alone: an account is a name, and its sessions and requests hold times.
    """
    found = None
    if code.strip():
        hashed = secrets.match_hash(code, "voting-code")
        found = Elector.objects.filter(poll=poll, code__code_hash=hashed).first()
    elif actor.person_id and not poll.secret:
        found = Elector.objects.filter(poll=poll, person_id=actor.person_id).first()
    if found is None:
        raise NotAllowed("poll.code", _("This code is not known for this vote. Type it as it is printed."))
    return found


def require_choices(poll: Poll, choices: Collection[int], *, none: bool = False) -> None:
    """Refuse what is no vote; on paper one may have chosen nothing that counts. Raises: poll.choices"""
    chosen = set(choices)
    if not (none or chosen) or len(chosen) > poll.most or not chosen <= set(range(len(poll.options))):
        raise InvalidInput("poll.choices", _("Choose at least one and at most %(most)s."), most=poll.most)


def mark(poll: Poll, elector: Elector, channel: str) -> None:
    """Mark an elector as having voted, once. Raises: poll.voted"""
    try:
        with transaction.atomic():
            PollMark.objects.create(elector=elector, poll=poll, channel=channel)
    except IntegrityError as error:
        if "deliberation_pollmark_pkey" not in str(error):
            raise
        raise RuleBroken("poll.voted", _("This vote has been given already."), number=elector.number) from error


def _for_whom(voter: Elector, elector_id: int | None) -> Elector:
    if elector_id is None or elector_id == voter.pk:
        if hasattr(voter, "proxy"):
            raise RuleBroken("poll.proxy", _("Somebody else holds a proxy for this vote."))
        return voter
    found = Elector.objects.filter(pk=elector_id, proxy__holder=voter).first()
    if found is None:
        raise NotFound
    return found


def _sealed(poll: Poll, choices: Collection[int]) -> str:
    keys = [bytes(key) for key in poll.keys.order_by("position").values_list("public", flat=True)]
    sealed = sealing.seal(choices, str(poll.pk), keys)
    row = SealedBallot(poll=poll, sealed=sealed, receipt=sealing.receipt_of(sealed))
    row.save(force_insert=True)
    return row.receipt
