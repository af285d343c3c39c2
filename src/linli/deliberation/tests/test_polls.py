"""A poll from its setting up to its result: what each step does and refuses, and what the database itself keeps."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.core.models import Entry, WorkItem
from linli.deliberation import sealing, verifying
from linli.deliberation.models import Elector, NamedBallot, PaperEntry, Poll, PollMark, SealedBallot
from linli.deliberation.operations import electorates, paper, poll_steps, polls
from linli.deliberation.operations.counting import poll_close
from linli.deliberation.polls_section import PollsSection
from linli.deliberation.queries.polls import tally_document
from linli.deliberation.tests.topics import begun, current, hold
from linli.deliberation.tests.voting import (
    ANNOUNCED,
    CLOSES,
    DAY,
    OPENS,
    announced,
    closed,
    code_of,
    codes,
    opened,
    people,
    secret,
    sketch,
    units,
    vote,
    when_over,
    while_open,
)
from linli.records.operations.profiles import content_apply

pytestmark = pytest.mark.django_db


def enter(cast: Cast, poll: Poll, number: int, *choices: int) -> None:
    for actor in (cast.community_worker, cast.second_worker):
        paper.paper_enter(actor=actor, poll_id=poll.pk, number=number, choices=choices)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "x"}, "poll.title"),
        ({"secrecy": "secret"}, "poll.secret_area"),
        ({"online": False, "paper": False}, "poll.channels"),
        ({"closes": OPENS}, "poll.days"),
        ({"binding": True}, "poll.binding"),
        ({"rule": "own", "quorum": "3/2", "passing": "1/2"}, "poll.thresholds"),
        ({"rule": "own", "quorum": "1/2", "passing": "1"}, "poll.thresholds"),
        ({"rule": "own", "quorum": "1/0", "passing": "1/2"}, "poll.thresholds"),
        ({"kind": "choice", "options": ("红", "红")}, "poll.options"),
        ({"kind": "choice", "options": ("红", "绿"), "most": 2}, "poll.options"),
        ({"place_id": 0}, "not_found"),
    ],
)
def test_what_contradicts_itself_is_refused(cast: Cast, changes: dict[str, Any], code: str) -> None:
    asked = sketch(cast, **changes)
    assert code_of(lambda: polls.poll_create(actor=cast.community_worker, sketch=asked)) == code
    assert not Poll.objects.exists()


def test_votes_bind_only_where_the_place_says_on_what_ground(cast: Cast) -> None:
    content_apply(actor=SYSTEM, content={"polls": {"binding": True, "binding_ground": "某市电子投票规则第三条"}})
    poll = polls.poll_create(actor=cast.community_worker, sketch=sketch(cast, binding=True))
    assert (poll.binding, poll.ground) == (True, "某市电子投票规则第三条")
    with pytest.raises(ValueError, match="legal ground"):
        PollsSection(binding=True)


def test_notice_is_given_in_time_and_the_vote_opens_not_before(cast: Cast) -> None:
    worker = cast.community_worker
    with clock.frozen(ANNOUNCED):
        soon = polls.poll_create(actor=worker, sketch=sketch(cast, opens=OPENS - DAY))
        nobody = code_of(lambda: polls.poll_announce(actor=worker, poll_id=soon.pk, version=1))
        electorates.electorate_enter(actor=worker, poll_id=soon.pk, rights=units(3))
        short = code_of(lambda: polls.poll_announce(actor=worker, poll_id=soon.pk, version=2))
        stale = code_of(lambda: polls.poll_announce(actor=worker, poll_id=soon.pk, version=1))
        early = code_of(lambda: polls.poll_open(actor=worker, poll_id=soon.pk, version=2))
    assert (nobody, short, stale, early) == ("poll.electorate_empty", "poll.notice", "poll.stale", "poll.state")
    poll = announced(cast, sketch(cast), units(3))
    for at, code in ((OPENS - timedelta(minutes=1), "poll.early"), (CLOSES, "poll.over")):
        with clock.frozen(at):
            assert code_of(lambda: polls.poll_open(actor=worker, poll_id=poll.pk, version=poll.version)) == code
    change = code_of(
        lambda: polls.poll_change(actor=worker, poll_id=poll.pk, version=poll.version, sketch=sketch(cast))
    )
    again = code_of(lambda: electorates.electorate_enter(actor=worker, poll_id=poll.pk, rights=units(1)))
    assert (change, again) == ("poll.state", "poll.state")


def test_the_database_itself_keeps_what_is_open(cast: Cast) -> None:
    poll, _keys = opened(cast, sketch(cast), units(3))
    with while_open():
        vote(poll, codes(cast, poll)[0], 0)
    elector = poll.electors.last()
    assert elector is not None
    forbidden: list[Callable[[], object]] = [
        lambda: Poll.objects.filter(pk=poll.pk).update(options=["是", "否"]),
        lambda: Poll.objects.filter(pk=poll.pk).update(terms={}),
        lambda: Poll.objects.filter(pk=poll.pk).update(closes=CLOSES + DAY),
        lambda: Poll.objects.filter(pk=poll.pk).update(state="draft"),
        lambda: Poll.objects.filter(pk=poll.pk).delete(),
        lambda: poll.electors.update(area=1),
        lambda: poll.rights.all().delete(),
        lambda: Elector.objects.create(poll=poll, number=9, kind="owner", name="甲", key_hash=b"9"),
        lambda: NamedBallot.objects.update(choices=[1]),
        lambda: NamedBallot.objects.all().delete(),
        lambda: PollMark.objects.all().delete(),
        lambda: PollMark.objects.update(channel="paper"),
    ]
    for act in forbidden:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    closed(cast, poll)
    late: list[Callable[[], object]] = [
        lambda: PollMark.objects.create(poll=poll, elector=elector, channel="online"),
        lambda: Poll.objects.filter(pk=poll.pk).update(votes_for=3),
        lambda: Poll.objects.filter(pk=poll.pk).update(met=True),
    ]
    for act in late:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_online_and_paper_ballots_are_counted_together_once(cast: Cast) -> None:
    poll, _keys = opened(cast, sketch(cast), units(6, "80.5"))
    printed = codes(cast, poll)
    with while_open():
        for number in range(3):
            vote(poll, printed[number], 0)
        assert code_of(lambda: vote(poll, printed[0], 1)) == "poll.voted"
        assert code_of(lambda: vote(poll, "22222ZZZZZ", 0)) == "poll.code"
        assert code_of(lambda: vote(poll, printed[5])) == "poll.choices"
        assert code_of(lambda: vote(poll, printed[5], 0, 1)) == "poll.choices"
        assert code_of(lambda: vote(poll, printed[5], 3)) == "poll.choices"
        enter(cast, poll, 4, 1)
        enter(cast, poll, 5)
        assert code_of(lambda: vote(poll, printed[3], 0)) == "poll.voted"
        assert code_of(lambda: enter(cast, poll, 1, 0)) == "poll.voted"
        assert code_of(lambda: enter(cast, poll, 7, 0)) == "not_found"
        early = code_of(lambda: poll_close(actor=cast.community_worker, poll_id=poll.pk))
    with when_over():
        assert code_of(lambda: vote(poll, printed[5], 0)) == "poll.over"
    counted = closed(cast, poll)
    assert early == "poll.too_early"
    assert (counted.present, counted.votes_for, counted.votes_against, counted.abstained) == (5, 3, 1, 0)
    assert counted.met is True
    assert counted.result["channels"]["paper"] == {"marked": 2, "ballots": 2}
    assert counted.result["due"] == {"heads": 6, "area": "483"}
    assert counted.result["options"][0] == {"label": str(poll.options[0]), "heads": 3, "area": "241.5"}
    with when_over():
        again = poll_close(actor=cast.second_worker, poll_id=poll.pk)
    assert (again.result, again.version) == (counted.result, counted.version)
    assert verifying.faults(tally_document(again)) == []
    falsified = tally_document(again)
    falsified["result"]["options"][0]["heads"] = 2
    assert verifying.faults(falsified) == ["passing", "met"]


def test_everybody_has_voted_and_the_count_need_not_wait(cast: Cast) -> None:
    poll, _keys = opened(cast, sketch(cast), units(2))
    with while_open():
        for code in codes(cast, poll):
            vote(poll, code, 0)
        assert poll_close(actor=cast.community_worker, poll_id=poll.pk).state == "closed"
        assert code_of(lambda: vote(poll, "ABCDEFGHJK", 0)) == "poll.not_open"


def test_an_unreturned_ballot_counts_only_by_the_owners_own_rule_and_both_are_told(cast: Cast) -> None:
    asked = sketch(cast, unreturned_ground="《管理规约》第十二条")
    poll, _keys = opened(cast, asked, units(6))
    with while_open():
        for code in codes(cast, poll)[:3]:
            vote(poll, code, 0)
    counted = closed(cast, poll)
    assert (counted.met, counted.result["unreturned"]["met"]) == (False, True)
    assert counted.result["unreturned"]["options"][0]["heads"] == 6
    assert verifying.faults(tally_document(counted)) == []


def test_where_two_differ_a_third_looks_and_a_correction_is_added(cast: Cast) -> None:
    poll, _keys = opened(cast, sketch(cast), units(4))
    one, two, three = cast.community_worker, cast.second_worker, cast.secretary

    def given(actor: Any, *choices: int) -> str:
        return paper.paper_enter(actor=actor, poll_id=poll.pk, number=1, choices=choices)

    def corrected(actor: Any, *choices: int) -> str:
        return paper.paper_correct(actor=actor, poll_id=poll.pk, number=1, choices=choices, reason="看错一行")

    with while_open():
        assert code_of(lambda: corrected(one, 0)) == "poll.paper_settled"
        assert (given(one, 0), code_of(lambda: given(one, 0)), given(two, 1)) == (
            "first",
            "poll.paper_again",
            "differs",
        )
        assert not NamedBallot.objects.exists()
    assert code_of(lambda: closed(cast, poll)) == "poll.paper_unsettled"
    with while_open():
        assert (code_of(lambda: given(two, 1)), code_of(lambda: given(three, 2))) == (
            "poll.paper_again",
            "poll.paper_third",
        )
        assert (given(three, 1), code_of(lambda: given(three, 1))) == ("settled", "poll.voted")
        assert corrected(three, 2) == "first"
    assert code_of(lambda: closed(cast, poll)) == "poll.paper_unsettled"
    with while_open():
        assert given(one, 2) == "settled"
    counted = closed(cast, poll)
    assert (counted.votes_for, counted.votes_against, counted.abstained) == (0, 0, 1)
    assert (NamedBallot.objects.count(), PaperEntry.objects.count(), PollMark.objects.count()) == (2, 5, 1)


def test_a_paper_that_waits_does_not_hold_up_one_who_votes_online_after_all(cast: Cast) -> None:
    poll, _keys = opened(cast, sketch(cast), units(3))
    printed = codes(cast, poll)
    with while_open():
        paper.paper_enter(actor=cast.community_worker, poll_id=poll.pk, number=1, choices=[1])
        vote(poll, printed[0], 0)
        second = lambda: paper.paper_enter(actor=cast.second_worker, poll_id=poll.pk, number=1, choices=[1])  # noqa: E731
        assert code_of(second) == "poll.voted"
    assert closed(cast, poll).votes_for == 1


def test_a_secret_vote_is_opened_by_both_keys_and_only_by_them(cast: Cast) -> None:
    poll, keys = opened(cast, secret(cast), people(12))
    printed = codes(cast, poll)
    with while_open():
        receipts = [vote(poll, code, 0 if number < 4 else 1) for number, code in enumerate(printed[:6])]
        for number in range(7, 13):
            paper.paper_mark(actor=cast.community_worker, poll_id=poll.pk, number=number)
        assert code_of(lambda: vote(poll, printed[6], 0)) == "poll.voted"
        assert code_of(lambda: enter(cast, poll, 8, 0)) == "poll.not_secret"
        for actor in (cast.community_worker, cast.second_worker):
            paper.bundle_enter(actor=actor, poll_id=poll.pk, bundle=1, counts=[3, 1, 1], ballots=6)
    wrong = sealing.new_key().words
    mistyped = keys[1][:-1] + ("B" if keys[1].endswith("A") else "A")
    for words, code in (
        ((), "poll.keys_wrong"),
        ((keys[0],), "poll.keys_wrong"),
        ((keys[0], keys[0]), "poll.keys_wrong"),
        ((keys[0], wrong), "poll.keys_wrong"),
        ((keys[0], mistyped), "poll.key"),
    ):
        assert code_of(lambda words=words: closed(cast, poll, *words)) == code  # type: ignore[misc]
    counted = closed(cast, poll, keys[1].lower().replace(" ", ""), keys[0])
    assert (counted.votes_for, counted.votes_against, counted.abstained) == (7, 3, 1)
    assert (counted.present, counted.met, counted.result["withheld"]) == (12, True, False)
    assert set(SealedBallot.objects.values_list("receipt", flat=True)) == set(receipts)
    assert not SealedBallot.objects.exclude(sealed=None).exists()
    document = tally_document(counted)
    assert verifying.faults(document) == []
    assert verifying.faults({**document, "receipts": document["receipts"][1:]}) == ["receipts.number"]


def test_ballots_and_marks_that_differ_count_for_nothing_until_they_agree(cast: Cast) -> None:
    poll, keys = opened(cast, secret(cast), people(12))
    with while_open():
        for number in range(1, 7):
            paper.paper_mark(actor=cast.community_worker, poll_id=poll.pk, number=number)
        for actor in (cast.community_worker, cast.second_worker):
            paper.bundle_enter(actor=actor, poll_id=poll.pk, bundle=1, counts=[5, 0, 0], ballots=5)
    assert code_of(lambda: closed(cast, poll, *keys)) == "poll.unequal"
    with while_open():
        unmark = paper.paper_unmark
        assert code_of(lambda: unmark(actor=cast.secretary, poll_id=poll.pk, number=6, reason="")) == "poll.reason"
        unmark(actor=cast.secretary, poll_id=poll.pk, number=6, reason="点错人")
    assert closed(cast, poll, *keys).votes_for == 5


def test_few_secret_ballots_are_not_told_apart(cast: Cast) -> None:
    poll, keys = opened(cast, secret(cast), people(8))
    printed = codes(cast, poll)
    with while_open():
        for code in printed[:4]:
            vote(poll, code, 1)
        for number in (5, 6, 7):
            paper.paper_mark(actor=cast.community_worker, poll_id=poll.pk, number=number)
        for actor in (cast.community_worker, cast.second_worker):
            paper.bundle_enter(actor=actor, poll_id=poll.pk, bundle=1, counts=[3, 0, 0], ballots=3)
    counted = closed(cast, poll, *keys)
    assert (counted.votes_for, counted.result["withheld"], counted.met) == (None, True, False)
    assert "options" not in counted.result
    few, keys = opened(cast, secret(cast), people(8))
    with while_open():
        vote(few, codes(cast, few)[0], 0)
    assert (closed(cast, few, *keys).met, few.votes_for) == (None, None)


def _opened_by(actor: Actor, poll: Poll) -> Poll:
    return polls.poll_open(actor=actor, poll_id=poll.pk, version=poll.version)


def test_a_secret_vote_needs_two_counters_and_enough_people(cast: Cast) -> None:
    poll = announced(cast, secret(cast), people(6))
    few = announced(cast, secret(cast), people(4))
    make, one, two = polls.poll_key_make, cast.community_worker, cast.second_worker
    with clock.frozen(OPENS):
        first = make(actor=one, poll_id=poll.pk)
        assert make(actor=one, poll_id=poll.pk) != first
        poll.refresh_from_db()
        open_it = partial(_opened_by, one)
        assert code_of(lambda: open_it(poll)) == "poll.keys_missing"
        make(actor=two, poll_id=poll.pk)
        assert code_of(lambda: make(actor=cast.secretary, poll_id=poll.pk)) == "poll.keys_held"
        assert open_it(poll).state == "open"
        assert code_of(lambda: make(actor=one, poll_id=poll.pk)) == "poll.state"
        for actor in (one, two):
            make(actor=actor, poll_id=few.pk)
        assert code_of(lambda: open_it(few)) == "poll.electorate_small"
        lost = polls.poll_void(actor=one, poll_id=poll.pk, version=poll.version + 1, reason="一把钥匙遗失")
    assert lost.state == "void"
    named = announced(cast, sketch(cast), units(3))
    assert code_of(lambda: make(actor=one, poll_id=named.pk)) == "poll.not_secret"


def test_other_posts_and_other_places_run_nothing(cast: Cast) -> None:
    poll, _keys = opened(cast, sketch(cast), units(3))
    calls: dict[str, Callable[[Any], object]] = {
        "create": lambda actor: polls.poll_create(actor=actor, sketch=sketch(cast)),
        "void": lambda actor: polls.poll_void(actor=actor, poll_id=poll.pk, version=poll.version, reason="理由"),
        "codes": lambda actor: electorates.codes_issue(actor=actor, poll_id=poll.pk),
        "paper": lambda actor: paper.paper_enter(actor=actor, poll_id=poll.pk, number=1, choices=[0]),
        "close": lambda actor: poll_close(actor=actor, poll_id=poll.pk),
    }
    for actor, hidden in ((cast.outsider, True), (cast.resident, True), (VISITOR, True), (cast.leader, False)):
        for name, call in calls.items():
            with while_open():
                code = code_of(lambda call=call, actor=actor: call(actor))  # type: ignore[misc]
            assert code == ("not_found" if hidden and name != "create" else "poll.not_yours"), (actor.key, name)


def test_the_journal_never_says_what_somebody_chose(cast: Cast) -> None:
    poll, _keys = opened(cast, sketch(cast), units(3))
    with while_open():
        vote(poll, codes(cast, poll)[0], 1)
        enter(cast, poll, 2, 2)
    closed(cast, poll)
    entries = Entry.objects.filter(subject_type="poll", subject_id=poll.pk)
    assert entries.filter(operation="poll.ballot").get().facts == {"number": 1, "by": 1, "channel": "online"}
    words = {name for entry in entries for name in entry.facts}
    assert not words & {"choices", "choice", "numbers", "options", "counts"}


def test_a_vote_gives_the_step_of_a_topic_its_numbers_once(cast: Cast) -> None:
    worker = cast.community_worker
    with clock.frozen("2026-11-01"):
        topic = begun(cast, "owners_ordinary")
        hold(cast, topic)
        row = current(topic)
    with clock.frozen(ANNOUNCED):
        poll = polls.poll_create(actor=worker, sketch=sketch(cast))
        poll = electorates.electorate_enter(actor=worker, poll_id=poll.pk, rights=units(3))
        choose = partial(poll_steps.poll_step_choose, actor=worker, poll_id=poll.pk)
        assert code_of(lambda: choose(version=poll.version, step_id=0)) == "poll.step"
        poll = choose(version=poll.version, step_id=row.pk)
        poll = polls.poll_announce(actor=worker, poll_id=poll.pk, version=poll.version)
        assert code_of(lambda: choose(version=poll.version, step_id=None)) == "poll.state"
    decide = partial(poll_steps.poll_step_decide, actor=worker, poll_id=poll.pk)
    with clock.frozen(OPENS):
        poll = polls.poll_open(actor=worker, poll_id=poll.pk, version=poll.version)
    with while_open():
        for code in codes(cast, poll):
            vote(poll, code, 0)
        assert code_of(decide) == "poll.state"
    closed(cast, poll)
    with when_over():
        held = decide().holding
        assert code_of(decide) == "poll.step"
    assert held is not None
    row.refresh_from_db()
    assert (held.due, held.came, held.votes_for, held.area_for, held.met) == (3, 3, 3, Decimal(300), True)
    assert row.state == "done"


def test_what_comes_next_is_owed_by_its_day_until_the_result_is_published(cast: Cast) -> None:
    poll, _keys = opened(cast, sketch(cast), units(3))

    def owed() -> list[datetime | None]:
        items = WorkItem.objects.filter(subject_type="poll", subject_id=poll.pk, ended=None)
        return list(items.values_list("due", flat=True))

    assert owed() == [CLOSES]
    counted = closed(cast, poll)
    assert owed() == [CLOSES + 3 * DAY]
    with when_over():
        polls.poll_publish(actor=cast.community_worker, poll_id=poll.pk, version=counted.version)
    assert owed() == []
