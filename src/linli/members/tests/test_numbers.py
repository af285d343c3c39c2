"""Selections of new members and counts by mode: what works, each refusal, who is not let in, and what a ledger says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.members import queries
from linli.members.models import MembershipRound, ParticipationCount
from linli.members.operations import number_ledgers
from linli.members.operations.counting import Counted, participation_count_record
from linli.members.operations.rounds import (
    Opening,
    Outcome,
    membership_round_decide,
    membership_round_drop,
    membership_round_open,
)
from linli.members.tests.registered import DAY
from linli.organizations.tests.test_pages import enter

pytestmark = pytest.mark.django_db
TODAY: Final = date(2026, 3, 16)
DECIDED: Final = Outcome(considered=9, chosen=4, on=TODAY, by="支部委员会", young=3, educated=2)


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses."""
    with pytest.raises(DomainError) as refused:
        operation(**values)
    return refused.value.code


def opening(cast: Cast, place: str = "community", **more: Any) -> Opening:
    """Five new members of a community this year."""
    return Opening(cast.places[place].pk, **{"year": 2026, "quota": 5, "criteria": "有为青年、高知群体", **more})


def opened(cast: Cast, **more: Any) -> MembershipRound:
    return membership_round_open(actor=cast.community_worker, opening=opening(cast, **more))


def test_a_selection_is_opened_and_decided_once_in_numbers(cast: Cast) -> None:
    row = opened(cast, organization_id=cast.bodies["party"].pk)
    assert (row.state, row.organization, row.opened_on) == ("open", cast.bodies["party"], TODAY)
    decide: dict[str, Any] = {"round_id": row.pk, "version": 1, "outcome": DECIDED}
    assert code_of(membership_round_decide, actor=cast.outsider, **decide) == "not_found"
    assert code_of(membership_round_decide, actor=cast.resident, **decide) == "not_found"
    assert code_of(membership_round_decide, actor=cast.leader, **decide) == "members.not_yours"
    done = membership_round_decide(actor=cast.community_worker, **decide)
    assert (done.state, done.considered, done.chosen, done.young, done.educated) == ("decided", 9, 4, 3, 2)
    assert code_of(membership_round_decide, actor=cast.secretary, **decide) == "membership_round.stale"
    again = decide | {"version": 2}
    assert code_of(membership_round_decide, actor=cast.secretary, **again) == "membership_round.state"
    drop: dict[str, Any] = {"actor": cast.secretary, "round_id": row.pk, "version": 2, "reason": "推迟"}
    assert code_of(membership_round_drop, **drop) == "membership_round.state"
    assert Entry.objects.filter(operation="membership_round.decide").count() == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"chosen": 5, "considered": 9}, ""),
        ({"chosen": 6}, "membership_round.numbers"),
        ({"chosen": 4, "considered": 3, "young": 0}, "membership_round.numbers"),
        ({"young": 5}, "membership_round.numbers"),
        ({"educated": 5}, "membership_round.numbers"),
        ({"educated": -1}, "membership_round.numbers"),
        ({"chosen": 0, "young": 0, "educated": 0}, ""),
        ({"on": TODAY + DAY}, "membership_round.day"),
        ({"by": " "}, "membership_round.words"),
    ],
)
def test_what_a_decision_may_say(cast: Cast, values: dict[str, Any], code: str) -> None:
    row = opened(cast)
    given: dict[str, Any] = {"actor": cast.community_worker, "round_id": row.pk, "version": 1}
    outcome = replace(DECIDED, **values)
    if code:
        assert code_of(membership_round_decide, outcome=outcome, **given) == code
        row.refresh_from_db()
        assert (row.state, row.version) == ("open", 1)
    else:
        assert membership_round_decide(outcome=outcome, **given).chosen == outcome.chosen


def test_a_selection_is_refused_or_dropped(cast: Cast) -> None:
    for values, code in (
        ({"year": 1999}, "membership_round.year"),
        ({"quota": 0}, "membership_round.quota"),
        ({"criteria": "长" * 501}, "membership_round.words"),
        ({"organization_id": cast.bodies["department"].pk}, "membership_round.body"),
        ({"place": "far_community"}, "not_found"),
        ({"place": "street"}, "not_found"),
    ):
        assert code_of(opened, cast=cast, **values) == code
    for role in ("outsider", "resident", "leader"):
        assert code_of(membership_round_open, actor=cast.actors[role], opening=opening(cast)) == "not_found"
    row = opened(cast)
    assert code_of(opened, cast=cast) == "membership_round.twice"
    assert opened(cast, organization_id=cast.bodies["party"].pk).pk
    drop: dict[str, Any] = {"actor": cast.community_worker, "round_id": row.pk, "version": 1}
    assert code_of(membership_round_drop, reason=" ", **drop) == "membership_round.words"
    assert membership_round_drop(reason="指标收回", **drop).state == "dropped"
    assert opened(cast).state == "open"


def counted(cast: Cast, on: date = TODAY, place: str = "community", **numbers: int) -> list[ParticipationCount]:
    given = Counted(cast.places[place].pk, on, numbers or {"resident": 30, "mobile": 4})
    return participation_count_record(actor=cast.community_worker, counted=given)


def test_a_later_day_takes_the_place_of_the_picture_which_stays(cast: Cast) -> None:
    counted(cast, TODAY - 2 * DAY, resident=30, mobile=4)
    counted(cast, TODAY, resident=31, elderly=9)
    counted(cast, TODAY, resident=32, elderly=9)
    held = ParticipationCount.objects.order_by("since", "mode").values_list("mode", "number", "since", "until")
    before = TODAY - 2 * DAY
    assert list(held) == [
        ("mobile", 4, before, TODAY),
        ("resident", 30, before, TODAY),
        ("elderly", 9, TODAY, None),
        ("resident", 32, TODAY, None),
    ]
    _names, (picture,) = queries.pictures(cast.community_worker)
    assert (picture.since, picture.numbers) == (TODAY, (32, None, 9))
    assert queries.pictures(cast.outsider)[1] == []
    for values, code in (
        ({"on": TODAY - DAY}, "participation_count.older"),
        ({"on": TODAY + DAY}, "participation_count.day"),
        ({"flying": 1}, "participation_count.numbers"),
        ({"resident": -1}, "participation_count.numbers"),
        ({"place": "far_community"}, "not_found"),
    ):
        assert code_of(counted, cast=cast, **values) == code
    place = cast.places["community"].pk
    foreign = Counted(place, TODAY, {"resident": 1}, cast.bodies["department"].pk)
    assert code_of(participation_count_record, actor=cast.secretary, counted=foreign) == "participation_count.body"
    for role in ("outsider", "resident", "leader"):
        mine = Counted(place, TODAY, {"resident": 1})
        assert code_of(participation_count_record, actor=cast.actors[role], counted=mine) == "not_found"


def test_a_ledger_says_numbers_that_can_be(cast: Cast) -> None:
    place = cast.places["community"].pk
    row = {"place": place, "year": 2025, "quota": 5, "considered": 9, "chosen": 4, "decided_on": TODAY}
    rows: list[dict[str, Any]] = [
        row,
        row | {"chosen": 6},
        row | {"year": 25},
        row | {"decided_on": None},
        row | {"state": "dropped"},
        row | {"criteria": "长" * 501},
        {"place": place, "year": 2025, "quota": 5},
    ]
    assert number_ledgers.rounds_refused(rows=rows) == {
        1: "membership_round.numbers",
        2: "membership_round.year",
        3: "membership_round.undecided",
        4: "membership_round.undecided",
        5: "membership_round.too_long",
    }
    number_ledgers.round_record_many(actor=SYSTEM, rows=[rows[0], rows[6]])
    assert list(MembershipRound.objects.order_by("pk").values_list("state", "chosen")) == [
        ("decided", 4),
        ("open", None),
    ]


def test_a_ledger_of_counts_is_in_line_with_the_pictures_and_is_taken_back(cast: Cast) -> None:
    counted(cast, TODAY, resident=31)
    place = cast.places["community"].pk
    row = {"place": place, "mode": "常住党员", "number": 28, "since": TODAY - 5 * DAY}
    same = row | {"since": TODAY, "number": 33}
    (old, now) = number_ledgers.count_record_many(actor=SYSTEM, rows=[row, same])
    held = ParticipationCount.objects.order_by("since").values_list("pk", "mode", "number", "until")
    assert list(held) == [(old, "resident", 28, TODAY), (now, "resident", 33, None)]
    number_ledgers.counts_remove(actor=SYSTEM, ids=[now])
    assert ParticipationCount.objects.get().until is None


def test_pages_of_numbers(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    desk = enter(cast, "community_worker")
    place = cast.places["community"].pk
    assert desk.post("/members/rounds/new/", {"place": place, "year": 2026, "quota": 5}).status_code == 302
    row = MembershipRound.objects.get()
    sent = {"version": 1, "considered": 9, "chosen": 6, "young": 1, "educated": 1, "on": "2026-03-16", "by": "党员大会"}
    assert desk.post(f"/members/rounds/{row.pk}/decide/", sent).status_code == 400
    assert desk.post(f"/members/rounds/{row.pk}/decide/", sent | {"chosen": ""}).status_code == 400
    assert desk.post(f"/members/rounds/{row.pk}/decide/", sent | {"chosen": 4}).status_code == 302
    assert desk.post(f"/members/rounds/{row.pk}/drop/", {"version": 2, "reason": "x"}).status_code == 409
    counts = {"place": place, "on": "2026-03-16", "mode_resident": 30, "mode_mobile": 0}
    assert desk.post("/members/numbers/counts/", counts).status_code == 302
    assert desk.post("/members/numbers/counts/", {"place": place, "on": "2026-03-16"}).status_code == 400
    assert list(ParticipationCount.objects.values_list("mode", "number")) == [("resident", 30), ("mobile", 0)]
    given: dict[str, Any] = {"place": row.place, "quota": 1, "opened_on": clock.today(), "recorder": "someone"}
    MembershipRound.objects.bulk_create(MembershipRound(year=2000 + at, **given) for at in range(52))
    desk.get("/members/numbers/")
    with django_assert_max_num_queries(14):
        page = desk.get("/members/numbers/").context
    assert (len(page["rows"]), len(page["pictures"])) == (50, 1)
    assert len(desk.get(f"/members/numbers/?before={page['more']}").context["rows"]) == 3
    # Whoever looks at the roster reads the numbers and changes none; everybody else is not let in.
    leader = enter(cast, "leader")
    assert leader.get(f"/members/rounds/{row.pk}/").status_code == 200
    assert leader.get("/members/rounds/new/").status_code == 404
    for role in ("resident", "outsider"):
        assert enter(cast, role).get(f"/members/rounds/{row.pk}/").status_code == 404
