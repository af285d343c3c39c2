"""Votes at the same moment, in real threads on a database of their own: none is lost, none is counted twice."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from linli.accounts.neighbourhood import neighbourhood
from linli.core import clock
from linli.core.errors import DomainError
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.models import NamedBallot, PaperEntry, Poll, PollMark, SealedBallot
from linli.deliberation.operations import paper
from linli.deliberation.operations.counting import poll_close
from linli.deliberation.tests.voting import CLOSES, codes, opened, people, secret, sketch, units, vote, while_open

AT_ONCE = 20


def answers(found: list[Any]) -> Counter[str]:
    """What threads got: the code of a refusal, or that all went well; a fault of the programme is raised."""
    for item in found:
        if isinstance(item, Exception) and not isinstance(item, DomainError):
            raise item
    return Counter(item.code if isinstance(item, DomainError) else "ok" for item in found)


def in_waves(database: OwnDatabase, calls: Sequence[Callable[[], Any]]) -> Counter[str]:
    """All calls, so many at a time as the database has connections for."""
    found = Counter[str]()
    for start in range(0, len(calls), AT_ONCE):
        found += answers(database.together(*calls[start : start + AT_ONCE]))
    return found


def test_a_hundred_secret_ballots_and_as_many_double_votes(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    poll, keys = opened(cast, secret(cast), people(100))
    printed = codes(cast, poll)
    with while_open():
        # Everybody sends twice at the same moment, with different choices.
        calls = [partial(vote, poll, code, choice) for code in printed for choice in (0, 1)]
        assert in_waves(own_database, calls) == {"ok": 100, "poll.voted": 100}
        assert PollMark.objects.count() == SealedBallot.objects.count() == 100
    with clock.frozen(CLOSES):
        counted = poll_close(actor=cast.community_worker, poll_id=poll.pk, words=keys)
    assert (counted.present, counted.votes_for or 0, counted.abstained) == (100, 100 - (counted.votes_against or 0), 0)


def test_votes_that_race_the_close_are_counted_or_refused(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    poll, _keys = opened(cast, sketch(cast), units(16))
    printed = codes(cast, poll)
    close = partial(poll_close, actor=cast.community_worker, poll_id=poll.pk)
    with while_open():
        # All but one have voted; the last vote lets the poll be closed before its time, and more closes wait for it.
        for code in printed[:-1]:
            vote(poll, code, 0)
        found = own_database.together(partial(vote, poll, printed[-1], 0), *[close] * 8)
    said = answers(found)
    assert set(said) <= {"ok", "poll.too_early"}
    with clock.frozen(CLOSES):
        counted = close()
    assert not isinstance(found[0], DomainError)
    assert (counted.present, counted.votes_for) == (16, 16)


def test_a_close_at_the_end_takes_all_paper_that_came_before_it(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    poll, _keys = opened(cast, sketch(cast), units(12))
    with while_open():
        for number in range(1, 13):
            paper.paper_enter(actor=cast.community_worker, poll_id=poll.pk, number=number, choices=[0])
    second = [
        partial(paper.paper_enter, actor=cast.second_worker, poll_id=poll.pk, number=number, choices=[0])
        for number in range(1, 13)
    ]
    close = partial(poll_close, actor=cast.secretary, poll_id=poll.pk)
    with clock.frozen(CLOSES):
        found = answers(own_database.together(*second, close, close))
        # As long as one paper waits nothing is closed, so that all twelve are taken whatever the order.
        assert set(found) <= {"ok", "poll.paper_unsettled"}
        counted, again = close(), close()
    assert found["ok"] >= 12
    assert (counted.present, PollMark.objects.count(), NamedBallot.objects.count()) == (12, 12, 12)
    assert (again.result, again.version) == (counted.result, counted.version)


def test_two_who_enter_one_paper_at_once_are_its_two_entries(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    poll, _keys = opened(cast, sketch(cast), units(3))
    with while_open():
        found = own_database.together(
            *[
                partial(paper.paper_enter, actor=actor, poll_id=poll.pk, number=1, choices=[0])
                for actor in (cast.community_worker, cast.second_worker, cast.community_worker)
            ]
        )
    assert sorted(map(str, answers(found).elements())) in (
        ["ok", "ok", "poll.paper_again"],
        ["ok", "ok", "poll.voted"],
    )
    assert list(PaperEntry.objects.order_by("position").values_list("position", flat=True)) == [1, 2]
    assert (PollMark.objects.count(), NamedBallot.objects.count()) == (1, 1)


def test_closing_twice_at_once_counts_once(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    poll, keys = opened(cast, secret(cast), people(8))
    with while_open():
        for code in codes(cast, poll)[:6]:
            vote(poll, code, 0)
    close = partial(poll_close, poll_id=poll.pk, words=keys)
    with clock.frozen(CLOSES):
        found = own_database.together(
            partial(close, actor=cast.community_worker), partial(close, actor=cast.second_worker)
        )
    assert answers(found) == {"ok": 2}
    assert found[0].result == found[1].result
    assert Poll.objects.get().version == poll.version + 1
