"""Polls for the tests, brought to a state by the operations that people use."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import VISITOR
from linli.core.errors import DomainError
from linli.deliberation.models import Poll
from linli.deliberation.operations import electorates, polls
from linli.deliberation.operations.ballots import ballot_cast
from linli.deliberation.operations.counting import poll_close
from linli.deliberation.operations.electorates import Right

DAY: Final = timedelta(days=1)
# The day on which the vote of the tests was announced; it opens when the owners' notice is over.
ANNOUNCED: Final = "2026-11-02"
OPENS: Final = datetime(2026, 11, 17, 9, tzinfo=clock.SHANGHAI)
CLOSES: Final = OPENS + 7 * DAY


def sketch(cast: Cast, **changes: Any) -> polls.Sketch:
    """An owners' vote by name, online and on paper."""
    base = polls.Sketch(
        title="更换电梯使用维修资金",
        place_id=cast.places["compound"].pk,
        text="是否同意使用专项维修资金更换1号楼电梯?",
        rule="owners_ordinary",
        opens=OPENS,
        closes=CLOSES,
    )
    return replace(base, **changes)


def secret(cast: Cast, **changes: Any) -> polls.Sketch:
    """A secret vote of heads."""
    return sketch(cast, **{"rule": "majority", "secrecy": "secret", "title": "推选业委会筹备组", **changes})


def units(count: int, area: str = "100.00") -> list[Right]:
    """So many units, each with an owner of its own."""
    return [
        Right(row=number + 1, name=f"业主{number}", unit=f"1-{number}", area=Decimal(area), key=f"Y{number}")
        for number in range(1, count + 1)
    ]


def people(count: int) -> list[Right]:
    """So many residents, who have no units."""
    return [Right(row=number + 1, name=f"居民{number}", key=f"J{number}") for number in range(1, count + 1)]


def announced(cast: Cast, asked: polls.Sketch, rights: list[Right]) -> Poll:
    """A poll that was announced in time."""
    worker = cast.community_worker
    with clock.frozen(ANNOUNCED):
        poll = polls.poll_create(actor=worker, sketch=asked)
        poll = electorates.electorate_enter(actor=worker, poll_id=poll.pk, rights=rights)
        return polls.poll_announce(actor=worker, poll_id=poll.pk, version=poll.version)


def opened(cast: Cast, asked: polls.Sketch, rights: list[Right]) -> tuple[Poll, list[str]]:
    """A poll that is open, with the counters' keys where it is secret."""
    return begun(cast, announced(cast, asked, rights))


def begun(cast: Cast, poll: Poll) -> tuple[Poll, list[str]]:
    """A poll that was announced, opened with its counters' keys."""
    with clock.frozen(OPENS):
        keys = []
        if poll.secret:
            counters = (cast.community_worker, cast.second_worker)
            keys = [polls.poll_key_make(actor=counter, poll_id=poll.pk) for counter in counters]
        poll.refresh_from_db()
        poll = polls.poll_open(actor=cast.community_worker, poll_id=poll.pk, version=poll.version)
    return poll, keys


def codes(cast: Cast, poll: Poll) -> list[str]:
    """The codes of all electors in their order."""
    return [code for _elector, code in electorates.codes_issue(actor=cast.community_worker, poll_id=poll.pk)]


def vote(poll: Poll, code: str, *choices: int) -> str:
    """Vote online with a code; the receipt of a secret ballot."""
    return ballot_cast(actor=VISITOR, poll_id=poll.pk, code=code, choices=choices)


@contextmanager
def while_open() -> Iterator[None]:
    """While the vote of the tests goes on."""
    with clock.frozen(OPENS + DAY):
        yield


@contextmanager
def when_over() -> Iterator[None]:
    """When the vote of the tests is over."""
    with clock.frozen(CLOSES):
        yield


def code_of(call: Callable[[], Any]) -> str:
    """The code with which something is refused."""
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def closed(cast: Cast, poll: Poll, *words: str) -> Poll:
    """A poll that is counted when its time is over."""
    with when_over():
        return poll_close(actor=cast.community_worker, poll_id=poll.pk, words=words)
