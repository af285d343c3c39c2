"""What places owe of each period: raised once, met by what is posted, owed again when that goes; questions likewise."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.models import Entry, WorkItem
from linli.publishing import periods
from linli.publishing.models import DisclosureDue
from linli.publishing.operations.due import disclosure_check
from linli.publishing.operations.publications import (
    Correction,
    publication_correct,
    publication_withdraw,
)
from linli.publishing.operations.questions import question_answer, question_ask, question_hide
from linli.publishing.queries import disclosure
from linli.publishing.tests.rules import FIGURES, MAJOR, PLACE, quarterly, ruled
from linli.publishing.tests.test_publications import posted, refused
from linli.publishing.workflow.disclosure import DUE, QUESTION
from linli.records.figures import compute
from linli.territory.models import Place
from linli.web.queries import owed

pytestmark = pytest.mark.django_db
CODE = "990901001001"


@pytest.fixture(autouse=True)
def now(db: None) -> Any:
    with clock.frozen("2026-01-10T10:00") as held:
        yield held


@pytest.fixture
def here(cast: Cast) -> Cast:
    ruled()
    return cast


def due_here(cast: Cast) -> DisclosureDue:
    return DisclosureDue.objects.get(place=cast.places["community"], until=date(2025, 12, 31), item="accounts")


def on_list(cast: Cast, who: str = "community_worker") -> list[str]:
    """The pages of what somebody owes today."""
    return [item.url for group in owed(cast.actors[who]).groups for item in group.items]


def gone_by(held: Any, days: int) -> None:
    held.move(timedelta(days=days))
    disclosure_check()


@pytest.mark.parametrize(
    ("every", "day", "ended"),
    [
        ("month", "2026-03-01", ("2026-02-01", "2026-02-28")),
        ("quarter", "2026-01-01", ("2025-10-01", "2025-12-31")),
        ("half_year", "2026-06-30", ("2025-07-01", "2025-12-31")),
        ("year", "2026-12-31", ("2025-01-01", "2025-12-31")),
    ],
)
def test_periods(every: str, day: str, ended: tuple[str, str]) -> None:
    found = periods.last_ended(every, date.fromisoformat(day))
    assert tuple(item.isoformat() for item in found) == ended
    assert periods.following(every, found[1])[0] == found[1] + periods.DAY


def test_what_is_owed_stands_on_the_list_once_and_ends_when_it_is_posted(here: Cast, now: Any) -> None:
    done = disclosure_check()
    # Three communities owe the quarter; two streets owe the year, each is due on the fifteenth of January.
    assert (done.raised, done.open) == (5, 5)
    assert disclosure_check().raised == 0
    row = due_here(here)
    assert (row.state, row.due) == ("waiting", date(2026, 1, 15))
    item = WorkItem.objects.get(subject_type="disclosure_due", subject_id=row.pk)
    assert item.organization_id == here.bodies["community_office"].pk
    assert clock.day_of(item.due) == row.due if item.due else False
    assert on_list(here) == [f"/disclosure/due/{row.pk}/"]
    notice = posted(here)
    row.refresh_from_db()
    assert (row.state, row.publication_id, row.posted_on) == ("in_time", notice.pk, date(2026, 1, 10))
    assert on_list(here) == []
    gone_by(now, 90)
    assert sorted(DisclosureDue.objects.filter(place=here.places["community"]).values_list("until", "state")) == [
        (date(2025, 12, 31), "in_time"),
        (date(2026, 3, 31), "waiting"),
    ]


def test_the_life_of_what_is_owed(here: Cast, now: Any) -> None:
    disclosure_check()
    states = [due_here(here).state]
    gone_by(now, 6)
    states.append(due_here(here).state)
    first = posted(here)
    states.append(due_here(here).state)
    publication_withdraw(actor=here.secretary, publication_id=first.pk, reason="含姓名")
    states.append(due_here(here).state)
    assert len(on_list(here)) == 1
    second = posted(here)
    states.append(due_here(here).state)
    other = quarterly(here, since=date(2025, 7, 1), until=date(2025, 9, 30))
    publication_correct(
        actor=here.secretary, publication_id=second.pk, correction=Correction(other, "期间写错", second.version)
    )
    states.append(due_here(here).state)
    assert states == ["waiting", "missing", "late", "missing", "late", "missing"]
    ruled(disclosure={"items": [MAJOR]})
    disclosure_check()
    assert due_here(here).state == "dropped"
    assert on_list(here) == []


def test_a_correction_in_words_leaves_what_was_in_time_in_time(here: Cast, now: Any) -> None:
    disclosure_check()
    row = posted(here)
    now.move(timedelta(days=30))
    correction = Correction(quarterly(here, text="改"), "错字", row.version)
    publication_correct(actor=here.secretary, publication_id=row.pk, correction=correction)
    assert due_here(here).state == "in_time"


def test_who_is_new_owes_nothing_of_before_and_what_was_posted_counts(here: Cast, now: Any) -> None:
    posted(here)
    disclosure_check()
    assert due_here(here).state == "in_time"
    DisclosureDue.objects.all().delete()
    now.move(timedelta(days=20))
    assert disclosure_check().raised == 0
    page = disclosure.public_page(here.visitor, None, CODE)
    assert page.owing[0].next == (periods.words(date(2026, 1, 1), date(2026, 3, 31)), date(2026, 4, 15))


def test_a_place_that_is_gone_owes_nothing(here: Cast) -> None:
    disclosure_check()
    Place.objects.filter(pk=here.places["community"].pk).update(until=clock.today())
    disclosure_check()
    assert due_here(here).state == "dropped"


def test_the_share_in_time_is_a_figure_like_others(here: Cast, now: Any) -> None:
    figures = [
        {"id": "due", "of": "disclosure_due", "period": "year_to_date", "measure": "count"},
        {"id": "share", "share": {"of": "due", "where": {"state": "in_time"}}},
    ]
    ruled(figures={"figures": [*FIGURES, *figures]}, place=PLACE)
    disclosure_check()
    posted(here)
    now.move(timedelta(days=10))
    disclosure_check()
    value = compute.compute("share", clock.today(), compute.scope_of(CODE[:9]))
    # The street's own yearly list and the other community's quarter are missing.
    assert (value.numerator, value.denominator) == (Decimal(1), Decimal(3))


def test_a_question_is_work_until_it_is_answered(here: Cast) -> None:
    row = posted(here)
    asked = question_ask(actor=here.visitor, publication_id=row.pk, text=" 两万元买了什么? ")
    assert (asked.text, clock.day_of(asked.due)) == ("两万元买了什么?", date(2026, 1, 14))
    assert on_list(here) == [f"/disclosure/questions/{asked.pk}/"]
    page = disclosure.public_page(here.visitor, None, CODE)
    assert (page.waiting, page.answered) == (1, ())
    question_answer(actor=here.community_worker, question_id=asked.pk, text="换楼道灯。")
    page = disclosure.public_page(here.visitor, None, CODE)
    assert (page.waiting, [item.answer for item in page.answered]) == (0, ["换楼道灯。"])
    assert on_list(here) == []
    question_hide(actor=here.secretary, question_id=asked.pk, reason="提到住户")
    page = disclosure.public_page(here.visitor, None, CODE)
    assert (page.private, page.answered) == (1, ())


def test_an_answer_to_the_asker_alone_is_not_published(here: Cast) -> None:
    row = posted(here)
    asked = question_ask(actor=here.visitor, publication_id=row.pk, text="我家的补助呢?")
    question_answer(actor=here.secretary, question_id=asked.pk, text="已发放。", private_reason="涉及个人")
    assert disclosure.notice_page(here.visitor, None, row.pk).answered == ()
    asked.refresh_from_db()
    assert (asked.state, asked.in_time) == ("private", True)


def test_what_is_refused_of_questions(here: Cast) -> None:
    row = posted(here, audience="residents")

    def ask(who: str = "visitor", text: str = "为什么?", home: int | None = None) -> str:
        return refused(question_ask, actor=here.actors[who], publication_id=row.pk, text=text, home=home)

    home = here.places["community"].pk
    assert ask() == "not_found"
    assert ask("resident", " ", home) == "question.text"
    assert ask("resident", "长" * 501, home) == "question.text"
    asked = question_ask(actor=here.resident, publication_id=row.pk, text="为什么?", home=home)
    assert Entry.objects.get(operation="question.ask", subject_id=asked.pk).actor == "visitor", "nobody learns who asks"
    assert ask("resident", home=home) == "question.twice"

    def answer(who: str, text: str = "因为") -> str:
        return refused(question_answer, actor=here.actors[who], question_id=asked.pk, text=text)

    assert [answer(who) for who in ("outsider", "resident", "leader", "visitor")] == ["not_found"] * 4
    assert answer("secretary", " ") == "question.answer"
    question_answer(actor=here.secretary, question_id=asked.pk, text="因为")
    assert answer("secretary") == "publication_question.state"
    publication_withdraw(actor=here.secretary, publication_id=row.pk, reason="误发")
    assert ask("resident", "再问?", home) == "question.withdrawn"


@pytest.mark.parametrize("flow", [DUE, QUESTION], ids=lambda flow: flow.name)
def test_the_tables_are_sound(flow: Any) -> None:
    assert flow.check() == []
