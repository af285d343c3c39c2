"""Days on site: stated by whoever was there, confirmed once by the community, corrected with a trace; work lists."""

from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.calendar import WorkingCalendar
from linli.core.models import Entry, WorkItem
from linli.records.operations.profiles import content_apply
from linli.secondments.models import Secondment, SecondmentMonth, WorkListItem
from linli.secondments.operations import months, terms, work_lists
from linli.secondments.queries.pages import months_to_confirm
from linli.secondments.queries.short import falls_short
from linli.secondments.queries.terms import months_over, short_of, span_of
from linli.secondments.tests.serving import actor_for, ruled, served
from linli.secondments.tests.test_terms import code_of

pytestmark = pytest.mark.django_db
FEBRUARY = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def rules(cast: Cast) -> None:
    ruled()


def stated(row: Secondment, month: date = FEBRUARY, days: int = 22) -> SecondmentMonth:
    return months.month_state(actor=actor_for(row), secondment_id=row.pk, month=month, days=days)


def owed(kind: str, subject_id: int) -> list[int | None]:
    items = WorkItem.objects.filter(kind=kind, subject_id=subject_id, ended=None)
    return list(items.values_list("post_id", flat=True))


def test_a_month_is_asked_for_stated_and_confirmed_once(cast: Cast) -> None:
    row = served(cast)
    assert months.secondments_check() == 1
    assert owed("secondment.state", row.pk) == [row.post_id]
    given = stated(row)
    assert (given.possible, given.state, owed("secondment.state", row.pk)) == (20, "stated", [])
    assert owed("secondment.confirm", given.pk) == [cast.posts["secretary"].pk]
    assert months.secondments_check() == 0
    confirm = partial(months.month_confirm, month_id=given.pk)
    assert code_of(confirm, actor=actor_for(row)) == "secondment_month.own"
    assert code_of(confirm, actor=cast.other_handler) == "secondment_month.not_yours"
    assert code_of(confirm, actor=cast.outsider) == "not_found"
    assert code_of(confirm, actor=cast.community_worker) == ""
    assert code_of(confirm, actor=cast.secretary) == "secondment_month.state"
    given.refresh_from_db()
    assert (given.state, given.confirmed_on, owed("secondment.confirm", given.pk)) == ("confirmed", clock.today(), [])
    assert Entry.objects.filter(operation="secondment_month.confirm", subject_id=given.pk).count() == 1


@pytest.mark.parametrize(
    ("month", "days", "code"),
    [
        (FEBRUARY, 28, ""),
        (FEBRUARY, 29, "secondment_month.days"),
        (FEBRUARY, -1, "secondment_month.days"),
        (date(2025, 10, 1), 19, ""),
        (date(2025, 10, 1), 20, "secondment_month.days"),
        (date(2025, 9, 1), 5, "secondment_month.outside"),
        (date(2026, 3, 1), 5, "secondment_month.not_over"),
        (date(2026, 7, 1), 5, "secondment_month.not_over"),
    ],
)
def test_what_can_be_stated(cast: Cast, month: date, days: int, code: str) -> None:
    row = served(cast)
    assert code_of(stated, row=row, month=month, days=days) == code


def test_nobody_states_for_another_and_nobody_twice(cast: Cast) -> None:
    row = served(cast)
    other = partial(months.month_state, secondment_id=row.pk, month=FEBRUARY, days=22)
    assert code_of(other, actor=cast.street_officer) == "secondment_month.not_yours"
    assert code_of(other, actor=cast.outsider) == "not_found"
    assert [code_of(stated, row=row), code_of(stated, row=row)] == ["", "secondment_month.stated_already"]


def test_whoever_works_in_the_host_community_does_not_confirm_their_own_days(cast: Cast) -> None:
    row = served(cast, named=None, person_id=cast.posts["community_worker"].person_id)
    given = stated(row)
    assert row.person_id == cast.community_worker.person_id
    assert code_of(months.month_confirm, actor=actor_for(row), month_id=given.pk) == "secondment_month.own"
    assert [len(months_to_confirm(actor)) for actor in (actor_for(row), cast.second_worker)] == [0, 1]


def test_a_correction_leaves_a_trace_and_is_confirmed_anew(cast: Cast) -> None:
    row = served(cast)
    given = stated(row, days=24)
    months.month_confirm(actor=cast.secretary, month_id=given.pk)
    correct = partial(months.month_correct, month_id=given.pk, actor=actor_for(row), version=2, reason="多记了两天")
    assert code_of(correct, days=24) == "secondment_month.same"
    assert code_of(correct, days=30) == "secondment_month.days"
    assert code_of(correct, days=22, reason="") == "secondment_month.reason"
    assert code_of(correct, days=22, version=1) == "secondment_month.stale"
    assert code_of(correct, days=22, actor=cast.secretary) == "secondment_month.not_yours"
    assert code_of(correct, days=22) == ""
    given.refresh_from_db()
    assert (given.days, given.state, given.confirmed_on) == (22, "stated", None)
    assert [(item["days"], item["confirmed"], item["reason"]) for item in given.corrections] == [
        (24, True, "多记了两天")
    ]
    assert owed("secondment.confirm", given.pk) == [cast.posts["secretary"].pk]


def test_the_last_month_is_stated_after_the_end(cast: Cast) -> None:
    row = served(cast)
    terms.secondment_recall(actor=SYSTEM, secondment_id=row.pk, on=date(2026, 3, 11), reason="调整")
    march = date(2026, 3, 1)
    assert code_of(stated, row=row, month=march, days=11) == "secondment_month.days"
    assert (stated(row, march, 8).possible, code_of(stated, row=row, month=date(2026, 4, 1))) == (
        7, "secondment_month.outside"
    )  # fmt: skip


# Days, the rule, the working days of the month: how many are short.
SHORT = [(22, 22, 23, 0), (20, 22, 23, 2), (18, 22, 18, 0), (17, 22, 18, 1), (25, 22, 18, 0), (0, 22, 0, 0)]


@pytest.mark.parametrize(("days", "rule", "possible", "short"), SHORT)
def test_nobody_is_held_to_more_days_than_a_month_has(days: int, rule: int, possible: int, short: int) -> None:
    assert short_of(days, rule, possible) == short


def test_the_page_of_shortfalls_says_by_how_much(cast: Cast) -> None:
    row = served(cast)
    for month, days in ((date(2026, 1, 1), 22), (FEBRUARY, 17)):
        months.month_confirm(actor=SYSTEM, month_id=stated(row, month, days).pk)
    (short,) = falls_short(cast.secretary)
    told = [gap.short for gap in short.gaps if gap.code == "days"]
    # February has 20 working days, and 17 were there; October to December are not stated.
    assert told == [3, 22, 22, 22]


@given(
    since=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    length=st.integers(1, 900),
    day=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
)
def test_the_months_of_a_term_hold_each_of_its_days_once(since: date, length: int, day: date) -> None:
    term = Secondment(since=since, until=date.fromordinal(since.toordinal() + length))
    calendar = WorkingCalendar({})
    spans = [span_of(term, month, calendar) for month in months_over(term, day)]
    assert all(0 < span.days <= 31 and 0 <= span.possible <= span.days for span in spans)
    assert all(earlier.last < later.first for later, earlier in pairwise(spans))
    if term.until and term.until <= day:
        assert sum(span.days for span in spans) == length
    else:
        assert all(span.last < day for span in spans)


def issue(cast: Cast, place: str = "street", **more: Any) -> work_lists.Issue:
    given: dict[str, Any] = {
        **{"title": "三月工作清单", "since": date(2026, 3, 1), "until": date(2026, 3, 31)},
        **{"due": date(2026, 3, 20), "tasks": ["走访十户", "开一次议事会"]},
    }
    return work_lists.Issue(place_id=cast.places[place].pk, **{**given, **more})


def test_a_work_list_is_owed_by_everybody_sent_there_and_followed(cast: Cast) -> None:
    issued = partial(work_lists.work_list_issue, actor=cast.street_officer)
    assert code_of(issued, issue=issue(cast)) == "work_list.nobody"
    row = served(cast)
    for more, code in (
        ({"tasks": []}, "work_list.tasks"),
        ({"tasks": ["x"] * 21}, "work_list.tasks"),
        ({"due": date(2026, 4, 1)}, "work_list.period"),
        ({"due": date(2026, 3, 10)}, "work_list.period"),
        ({"title": " "}, "work_list.words"),
        ({"place": "far_street"}, "not_found"),
        ({"role": "young"}, "work_list.nobody"),
        ({"duty": "help"}, "work_list.duty"),
    ):
        assert code_of(issued, issue=issue(cast, **more)) == code
    duties = [{"code": "help", "label": "帮困难群众"}]
    content_apply(actor=SYSTEM, content=lambda held: {**held, "secondments": {"duties": duties}})
    made = work_lists.work_list_issue(actor=cast.street_officer, issue=issue(cast, duty="help"))
    assert set(made.items.values_list("duty", flat=True)) == {"help"}
    assert owed("secondment.work_list", made.pk) == [row.post_id]
    first, second = WorkListItem.objects.filter(work_list=made).order_by("pk")
    done = partial(work_lists.work_list_done, actor=actor_for(row), item_id=first.pk, result="走访十二户")
    assert code_of(done, actor=cast.street_officer) == "work_list_item.not_yours"
    assert code_of(done, actor=cast.outsider) == "not_found"
    assert code_of(done, result=" ") == "work_list_item.result"
    assert [code_of(done), code_of(done)] == ["", "work_list_item.done"]
    assert owed("secondment.work_list", made.pk) == [row.post_id]
    assert code_of(done, item_id=second.pk) == ""
    assert owed("secondment.work_list", made.pk) == []
