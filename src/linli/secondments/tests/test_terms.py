"""Terms as operations: begun with their post, supported, transferred with, ended; who may, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.testing import Cast
from linli.contacts.models import Visit
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.organizations.operations.people import Named
from linli.secondments.models import Secondment, SelectionRound
from linli.secondments.operations import selections, terms
from linli.secondments.operations.months import secondments_check
from linli.secondments.operations.terms import Support
from linli.secondments.policies import secondments_visible_to
from linli.secondments.queries.short import falls_short
from linli.secondments.tests.serving import FOUR, SINCE, actor_for, ruled, sending, served
from linli.secondments.workflow import SECONDMENT, SELECTION, STATEMENT

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 11)


@pytest.fixture(autouse=True)
def rules(cast: Cast) -> None:
    ruled()


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def test_the_lives_of_terms_months_and_selections_are_these_and_no_others() -> None:
    assert [(move.verb, move.frm, move.to) for flow in (SECONDMENT, STATEMENT, SELECTION) for move in flow.moves] == [
        ("end", ("serving",), "over"),
        ("recall", ("serving",), "recalled"),
        ("confirm", ("stated",), "confirmed"),
        ("correct", ("stated", "confirmed"), "stated"),
        ("decide", ("open",), "decided"),
        ("drop", ("open",), "dropped"),
    ]


def test_whoever_is_sent_gets_the_post_for_the_term_and_loses_it_at_its_end(cast: Cast) -> None:
    row = served(cast, actor=cast.street_officer)
    assert (row.planned_end, row.unit, row.sender_id) == (
        date(2026, 10, 13), "清河县水务局", cast.bodies["other_department"].pk
    )  # fmt: skip
    assert row.post
    assert (row.post.kind, row.post.confirmed, row.post.until) == ("first_secretary", True, date(2026, 10, 13))
    assert set(row.transfers.values_list("kind", "state")) == {(kind, "pending") for kind in FOUR}
    assert actor_for(row).can("secondments.serve")
    assert Entry.objects.filter(operation="secondment.begin", subject_id=row.pk).count() == 1
    end = partial(terms.secondment_end, actor=cast.street_officer, secondment_id=row.pk, on=TODAY)
    assert code_of(end) == "secondment.early"
    recall = partial(terms.secondment_recall, actor=cast.street_officer, secondment_id=row.pk, on=TODAY)
    assert code_of(recall, reason=" ") == "secondment.reason"
    assert code_of(recall, reason="单位工作需要") == ""
    assert code_of(recall, reason="再来一次") == "secondment.state"
    row.refresh_from_db()
    row.post.refresh_from_db()
    assert (row.state, row.until, row.post.until) == ("recalled", TODAY, TODAY)
    assert not actor_for(row).can("secondments.serve")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"role": "unknown"}, "secondment.role"),
        ({"planned_end": SINCE}, "secondment.span"),
        ({"category": "city"}, "secondment.category"),
        ({"sender_id": None, "unit": " "}, "secondment.sender"),
        ({"target": ""}, "secondment.fixed"),
        ({"duty": " "}, "secondment.fixed"),
        ({"named": Named("")}, "person.bad_name"),
        ({"selection_id": 987654321}, "not_found"),
        ({"place_id": -1}, "not_found"),
    ],
)
def test_terms_that_do_not_begin(cast: Cast, more: dict[str, Any], code: str) -> None:
    given = replace(sending(cast), **more)
    assert code_of(terms.secondment_begin, actor=SYSTEM, sending=given) == code
    assert not Secondment.objects.exists()


def test_nobody_is_sent_to_two_places_at_once(cast: Cast) -> None:
    row = served(cast)
    assert code_of(served, cast=cast, place="second_community") == "secondment.overlap"
    assert code_of(served, cast=cast, place="second_community", since=date(2027, 1, 1)) == "secondment.overlap"
    # Before it is no overlap only once there is an end.
    assert code_of(served, cast=cast, place="second_community", since=date(2020, 1, 1)) == "secondment.overlap"
    terms.secondment_recall(actor=SYSTEM, secondment_id=row.pk, on=TODAY, reason="调整")
    assert code_of(served, cast=cast, place="second_community", since=date(2026, 3, 10)) == "secondment.overlap"
    other = served(cast, "second_community", since=TODAY)
    assert other.person_id == row.person_id
    with pytest.raises(IntegrityError, match="secondment_one_at_a_time"), transaction.atomic():
        Secondment.objects.filter(pk=other.pk).update(since=date(2026, 3, 1))


def test_who_sends_and_who_does_not(cast: Cast) -> None:
    may = {role: code_of(served, cast=cast, actor=cast.actors[role]) for role in ("secretary", "outsider", "leader")}
    assert set(may.values()) == {"not_found"}
    # A street officer sends to communities of the street, and never themselves.
    assert code_of(served, cast=cast, place="far_community", actor=cast.street_officer) == "not_found"
    own = cast.street_officer.person_id
    assert code_of(served, cast=cast, actor=cast.street_officer, person_id=own) == "secondment.own"
    row = served(cast, actor=cast.street_officer)
    seen = {
        role
        for role, actor in cast.actors.items()
        if Secondment.objects.filter(secondments_visible_to(actor), pk=row.pk).exists()
    }
    assert seen == {"community_worker", "second_worker", "secretary", "street_officer", "other_handler"}
    assert Secondment.objects.filter(secondments_visible_to(actor_for(row))).count() == 1


def test_the_sending_body_writes_down_what_it_pays_for(cast: Cast) -> None:
    row = served(cast)
    support = partial(terms.secondment_support, secondment_id=row.pk, version=1)
    paid = Support(Decimal(1_000_000), date(2025, 10, 20), Decimal(12_000), date(2025, 11, 1))
    assert code_of(support, actor=cast.community_worker, support=paid) == "secondment.not_yours"
    assert code_of(support, actor=cast.department_handler, support=paid) == "not_found"
    assert code_of(support, actor=actor_for(row), support=paid) == "secondment.own"
    for wrong in (
        replace(paid, cover=Decimal(0)),
        replace(paid, fund_on=None),
        replace(paid, fund=None),
        replace(paid, cover_on=date(2026, 3, 12)),
    ):
        assert code_of(support, actor=cast.other_handler, support=wrong) == "secondment.support"
    assert code_of(support, actor=cast.other_handler, support=paid) == ""
    assert code_of(support, actor=cast.other_handler, support=paid) == "secondment.stale"
    row.refresh_from_db()
    assert (row.cover, row.fund_on, row.version) == (Decimal(1_000_000), date(2025, 11, 1), 2)


def test_a_term_ends_only_when_everything_is_transferred_back(cast: Cast) -> None:
    row = served(cast)
    officer = cast.street_officer
    make = partial(terms.transfer_make, actor=officer, secondment_id=row.pk, on=date(2025, 10, 20), to="东风街道")
    back = partial(terms.transfer_reverse, actor=officer, secondment_id=row.pk)
    assert code_of(make, kind="salary") == "secondment_transfer.kind"
    assert code_of(make, kind="payroll", on=date(2026, 3, 12)) == "secondment_transfer.day"
    assert code_of(make, kind="payroll", to=" ") == "secondment_transfer.to"
    assert code_of(make, kind="payroll", actor=actor_for(row)) == "secondment.own"
    assert code_of(make, kind="payroll", actor=cast.community_worker) == "secondment.not_yours"
    assert code_of(back, kind="payroll", on=TODAY) == "secondment_transfer.not_made"
    assert [code_of(make, kind=kind) for kind in ("payroll", "management", "payroll")] == [
        "", "", "secondment_transfer.made"
    ]  # fmt: skip
    with clock.frozen("2026-10-14"):
        end = partial(terms.secondment_end, actor=officer, secondment_id=row.pk)
        assert code_of(end, on=date(2026, 10, 15)) == "secondment.span"
        assert code_of(end, on=date(2026, 10, 13)) == "secondment.transfers_open"
        assert code_of(back, kind="payroll", on=date(2025, 10, 1)) == "secondment_transfer.day"
        assert [code_of(back, kind=kind, on=date(2026, 10, 13)) for kind in ("payroll", "management")] == ["", ""]
        assert code_of(end, on=date(2026, 10, 13)) == ""
        assert code_of(make, kind="assessment") == "secondment.state"
    row.refresh_from_db()
    assert (row.state, row.until) == ("over", date(2026, 10, 13))


# What a role asks for, what there is, and which rules are short of it.
GAPS: list[tuple[dict[str, Any], set[str]]] = [
    ({}, {"insurance", "fund", "transfers", "days"}),
    ({"cover": 999_999, "fund": 9_999}, {"insurance", "fund", "transfers", "days"}),
    ({"cover": 1_000_000, "fund": 10_000}, {"transfers", "days"}),
    ({"cover": 1_200_000, "fund": 15_000, "made": 4}, {"days"}),
    ({"cover": 1_200_000, "fund": 15_000, "made": 3, "target": ""}, {"transfers", "days", "fixed"}),
]


@pytest.mark.parametrize(("there", "gaps"), GAPS)
def test_who_falls_short_of_which_rule(cast: Cast, there: dict[str, Any], gaps: set[str]) -> None:
    row = served(cast)
    kinds = FOUR[: there.pop("made", 0)]
    row.transfers.filter(kind__in=kinds).update(state="made")
    Secondment.objects.filter(pk=row.pk).update(**there)
    (short,) = falls_short(cast.secretary)
    assert {gap.code for gap in short.gaps} == gaps
    assert not falls_short(cast.outsider)
    least = {"cover": 1_000_000, "fund": 10_000}
    missing = {gap.code: gap.short for gap in short.gaps}
    for code, name in (("insurance", "cover"), ("fund", "fund")):
        assert missing.get(code, 0) == max(0, least[name] - there.get(name, 0))


# Days on which the sending body came; how many visits are lacking in the last two quarters that are over.
VISITS: list[tuple[list[date], list[int]]] = [
    ([], [1, 1]),
    ([date(2026, 5, 6)], [1]),
    ([date(2026, 3, 31), date(2026, 4, 1)], []),
    # Two in one quarter do not stand for another, nor does one in the quarter that is running.
    ([date(2026, 4, 2), date(2026, 6, 30), date(2026, 7, 2)], [1]),
]


@pytest.mark.parametrize(("days", "lacking"), VISITS)
def test_the_sending_body_comes_every_quarter(cast: Cast, days: list[date], lacking: list[int]) -> None:
    row = served(cast)
    given = {"place": row.place, "subject": "调研", "recorded": clock.now(), "visitor": "王某"}
    for on in days:
        Visit.objects.create(organization=row.sender, on=on, **given)
    # What others did there, what did not take place and what was elsewhere does not count.
    Visit.objects.create(organization=cast.bodies["department"], on=date(2026, 2, 2), **given)
    Visit.objects.create(organization=row.sender, on=date(2026, 2, 3), state="dropped", **given)
    elsewhere = {**given, "place": cast.places["far_community"]}
    Visit.objects.create(organization=row.sender, on=date(2026, 2, 4), **elsewhere)
    with clock.frozen("2026-07-10"):
        (short,) = falls_short(cast.secretary)
    assert [gap.short for gap in short.gaps if gap.code == "visits"] == lacking


def test_a_selection_is_decided_by_people_and_gives_as_many_as_it_asked_for(cast: Cast) -> None:
    call = selections.Call(cast.places["street"].pk, "选派", "first_secretary", 1, "政治素质过硬", "东街发〔2026〕1号")
    opened = partial(selections.selection_open, actor=cast.street_officer)
    assert code_of(opened, call=replace(call, wanted=0)) == "selection_round.wanted"
    assert code_of(opened, call=replace(call, standards=" ")) == "selection_round.words"
    assert code_of(opened, call=replace(call, role="x")) == "secondment.role"
    assert code_of(opened, call=replace(call, place_id=cast.places["far_street"].pk)) == "not_found"
    row = selections.selection_open(actor=cast.street_officer, call=call)
    begin = partial(served, cast=cast, actor=cast.street_officer, selection_id=row.pk)
    assert code_of(begin) == "selection_round.state"
    decide = partial(selections.selection_decide, actor=cast.street_officer, selection_id=row.pk, by="党工委会议")
    assert code_of(decide, considered=0, on=TODAY) == "selection_round.considered"
    assert code_of(decide, considered=3, on=date(2026, 3, 12)) == "selection_round.day"
    assert code_of(decide, considered=3, on=TODAY) == ""
    assert code_of(decide, considered=3, on=TODAY) == "selection_round.state"
    assert code_of(begin, role="young") == "selection_round.role"
    assert code_of(begin) == ""
    assert code_of(begin, named=Named("另一人", "10000007009")) == "selection_round.full"
    drop = partial(selections.selection_drop, actor=cast.street_officer, selection_id=row.pk, reason="x")
    assert code_of(drop) == "selection_round.state"
    assert {field.name for field in SelectionRound._meta.fields} & {"candidates", "applicants", "files"} == set()


def test_whoever_keeps_secondments_is_told_before_a_term_ends(cast: Cast) -> None:
    row = served(cast)
    secondments_check()
    owed = WorkItem.objects.filter(kind="secondment.end", subject_id=row.pk, ended=None)
    assert not owed.exists()
    with clock.frozen("2026-09-20"):
        secondments_check()
        secondments_check()
        assert owed.get().post_id == cast.posts["street_officer"].pk
        terms.secondment_recall(actor=SYSTEM, secondment_id=row.pk, on=date(2026, 9, 20), reason="调整")
    assert not owed.exists()
