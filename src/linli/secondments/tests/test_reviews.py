"""Reviews between rounds: written by the office, read by the one reviewed and by nobody else, owed, put right."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.core.models import Entry
from linli.core.periods import days_of, period_code, period_label, span_of
from linli.messaging.models import Message
from linli.organizations.tests.test_pages import enter
from linli.records.operations.profiles import content_apply
from linli.secondments.models import Secondment, SecondmentReview
from linli.secondments.operations.ledgers import review_record_many, reviews_refused
from linli.secondments.operations.months import secondments_check
from linli.secondments.operations.reviews import (
    Review,
    review_answer,
    review_correct,
    review_write,
    reviews_from_round,
)
from linli.secondments.policies import reviews_visible_to
from linli.secondments.queries.short import falls_short, reviews_missing
from linli.secondments.tests.serving import POST, actor_for, served, user_of
from linli.secondments.tests.test_months import owed
from linli.secondments.tests.test_terms import code_of

pytestmark = pytest.mark.django_db
ROLE: Final = {"code": "first_secretary", "label": "第一书记", "post": "first_secretary", "review": "quarter"}
TODAY: Final = date(2026, 3, 11)
LAST: Final = "2025-Q4"
LASTS: Final = (LAST, "2025-Q3")


@pytest.fixture(autouse=True)
def rules(cast: Cast) -> None:
    roles = {"roles": [ROLE]}
    content_apply(actor=SYSTEM, content=lambda held: {**held, "posts": {"kinds": [POST]}, "secondments": roles})


def before(cast: Cast, **more: Any) -> Secondment:
    """A term that has seen the whole last quarter."""
    return served(cast, since=date(2025, 9, 1), **more)


def found(**more: Any) -> Review:
    return Review(**{"on": TODAY, "note": "联系居民多，会议少", **more})


def test_the_office_reviews_and_whoever_was_reviewed_reads_and_answers(cast: Cast) -> None:
    term = before(cast)
    own = actor_for(term)
    write = partial(review_write, secondment_id=term.pk, review=found(period=LAST, grade="good", own=Decimal(90)))
    assert code_of(write, actor=own) == "secondment.own"
    assert code_of(write, actor=cast.secretary) == "secondment.not_yours"
    assert code_of(write, actor=cast.outsider) == "not_found"
    row = write(actor=cast.street_officer)
    assert code_of(write, actor=cast.street_officer) == "review.twice"
    assert Message.objects.filter(kind="secondment.reviewed").count() == 1
    readers = {"own": own, "street": cast.street_officer, "system": SYSTEM}
    others = {name: getattr(cast, name) for name in ("secretary", "community_worker", "other_handler", "outsider")}
    sees = [
        name
        for name, actor in {**readers, **others}.items()
        if SecondmentReview.objects.filter(reviews_visible_to(actor)).exists()
    ]
    assert sees == list(readers)
    answer = partial(review_answer, review_id=row.pk, text="会议已补开")
    assert code_of(answer, actor=cast.street_officer) == "review.not_yours"
    assert code_of(answer, actor=cast.secretary) == "not_found"
    assert code_of(partial(review_answer, review_id=row.pk, text=" "), actor=own) == "review.words"
    assert answer(actor=own).answer == "会议已补开"
    mend = partial(review_correct, review_id=row.pk, review=found(period=LAST, grade="fair"), reason="等次写错")
    assert code_of(mend, actor=cast.street_officer, version=1) == "review.stale"
    assert code_of(partial(mend, reason=""), actor=cast.street_officer, version=2) == "review.reason"
    row = mend(actor=cast.street_officer, version=2)
    assert (row.grade, row.own, row.answer, row.corrections[0]["before"]["grade"]) == (
        "fair",
        None,
        "会议已补开",
        "good",
    )
    verbs = Entry.objects.filter(operation__startswith="review.").order_by("pk").values_list("operation", flat=True)
    assert list(verbs) == ["review.write", "review.answer", "review.correct"]


SAID: Final[list[tuple[dict[str, Any], str]]] = [
    ({}, ""),
    ({"period": "2025-H2"}, ""),
    ({"period": "2026-Q1", "on": date(2026, 3, 1)}, ""),
    ({"period": LAST, "on": date(2025, 9, 30)}, "review.day"),
    ({"period": "2025-Q2"}, "review.period"),
    ({"period": "2025-Q5"}, "review.period"),
    ({"on": date(2025, 8, 31)}, "review.day"),
    ({"on": TODAY + timedelta(days=1)}, "review.day"),
    ({"own": Decimal(101)}, "review.score"),
    ({"bodies": Decimal(-1)}, "review.score"),
    ({"grade": "best"}, "review.grade"),
    ({"note": "很" * 1001}, "review.words"),
    ({"note": " "}, "review.empty"),
]


def test_what_a_review_may_say(cast: Cast) -> None:
    term = before(cast)
    write = partial(review_write, actor=cast.street_officer, secondment_id=term.pk)
    assert [code_of(write, review=found(**more)) for more, _code in SAID] == [code for _more, code in SAID]


# When a term began, which periods are reviewed, and which of the last two are missing on 11 March 2026.
RULE: Final = [
    (date(2025, 9, 1), [], ["2025-Q4"]),
    (date(2025, 7, 1), [], ["2025-Q4", "2025-Q3"]),
    (date(2025, 7, 1), ["2025-Q4"], ["2025-Q3"]),
    (date(2025, 7, 1), ["2025-Q3", "2025-Q4"], []),
    (date(2025, 10, 2), [], []),
]


def test_every_quarter_is_reviewed() -> None:
    told = [
        reviews_missing(Secondment(role="first_secretary", since=since), reviewed) for since, reviewed, _missing in RULE
    ]
    found = [[code for code in LASTS if any(period_label(code) in gap.label for gap in gaps)] for gaps in told]
    assert found == [missing for _since, _reviewed, missing in RULE]


def test_the_office_owes_the_last_period_until_it_is_reviewed(cast: Cast) -> None:
    term = before(cast)
    assert secondments_check() == 1
    assert owed("secondment.review", term.pk) == [cast.posts["street_officer"].pk]
    review_write(actor=SYSTEM, secondment_id=term.pk, review=found())
    assert owed("secondment.review", term.pk)
    review_write(actor=SYSTEM, secondment_id=term.pk, review=found(period=LAST))
    assert (owed("secondment.review", term.pk), secondments_check()) == ([], 0)


def test_a_round_is_kept_once_and_what_the_office_wrote_stays(cast: Cast) -> None:
    term = before(cast)
    assert term.post_id
    secondments_check()
    assert [gap.code for item in falls_short(SYSTEM) for gap in item.gaps] == ["review"]
    result = found(period=LAST, grade="good", own=Decimal(90))
    assert reviews_from_round(actor=SYSTEM, results=[(term.post_id, result), (0, result)]) == 1
    row = SecondmentReview.objects.get()
    assert (row.source, row.grade, owed("secondment.review", term.pk)) == ("round", "good", [])
    mend = partial(review_correct, review_id=row.pk, version=1, review=found(), reason="改")
    assert code_of(mend, actor=cast.street_officer) == "review.round"
    again = found(period=LAST, grade="excellent")
    assert reviews_from_round(actor=SYSTEM, results=[(term.post_id, again)]) == 1
    assert SecondmentReview.objects.get().grade == "excellent"
    SecondmentReview.objects.update(source="written")
    assert reviews_from_round(actor=SYSTEM, results=[(term.post_id, result)]) == 0


LEDGER: Final[list[tuple[dict[str, Any], str]]] = [
    ({}, ""),
    ({"period": ""}, ""),
    ({"period": "2025年第五季度"}, "review.period"),
    ({"period": "2024年第四季度"}, "review.period"),
    ({"secondment": "PZ002"}, "secondment.unknown"),
    ({"on": date(2025, 8, 1)}, "secondment.unknown"),
    ({"name": "别人"}, "secondment.other_name"),
    ({"place": -1}, "review.elsewhere"),
    ({"own": Decimal(101)}, "review.score"),
    ({"on": date(2025, 9, 28)}, "review.day"),
]


def test_a_ledger_of_reviews_is_read_and_leaves_what_was_written_here(cast: Cast) -> None:
    term = before(cast)
    row = {"secondment": "PZ001", "name": "严派驻", "place": term.place_id, "period": "2025年第四季度"}
    row |= {"on": date(2025, 12, 28), "own": Decimal(86), "grade": "excellent"}
    assert reviews_refused(rows=[{**row, **more} for more, _code in LEDGER]) == {
        at: code for at, (_more, code) in enumerate(LEDGER) if code
    }
    (first,) = review_record_many(actor=SYSTEM, rows=[row])
    assert review_record_many(actor=SYSTEM, rows=[{**row, "own": Decimal(87)}]) == [first]
    held = SecondmentReview.objects.get()
    assert (held.period, held.own, held.source) == (LAST, Decimal(87), "ledger")
    mended = review_correct(actor=SYSTEM, review_id=first, version=1, review=found(period=LAST), reason="核对")
    assert mended.source == "written"
    review_record_many(actor=SYSTEM, rows=[row])
    assert SecondmentReview.objects.get().own is None


def test_pages_of_reviews(cast: Cast) -> None:
    term = before(cast)
    officer, own, desk = enter(cast, "street_officer"), Client(), enter(cast, "community_worker")
    own.force_login(user_of(term))
    page, new = f"/secondments/{term.pk}/", f"/secondments/{term.pk}/review/"
    assert [client.get(new).status_code for client in (officer, own, desk)] == [200, 404, 404]
    assert (new in officer.get(page).content.decode(), new in own.get(page).content.decode()) == (True, False)
    given = {"on": f"{TODAY}", "period": LAST, "grade": "good", "own": "90", "residents": "", "bodies": "88.5"}
    assert officer.post(new, {**given, "on": ""}).status_code == 400
    assert officer.post(new, {**given, "period": "2020-Q1"}).status_code == 400
    answer = officer.post(new, given)
    row = SecondmentReview.objects.get()
    here = f"/secondments/reviews/{row.pk}/"
    assert (answer.status_code, answer.headers["Location"]) == (302, here)
    assert [client.get(here).status_code for client in (officer, own, desk)] == [200, 200, 404]
    assert (here in own.get(page).content.decode(), here in desk.get(page).content.decode()) == (True, False)
    assert own.post(f"{here}answer/", {"text": ""}).status_code == 400
    assert officer.post(f"{here}answer/", {"text": "x"}).status_code == 403
    assert own.post(f"{here}answer/", {"text": "谢谢"}).status_code == 302
    assert own.get(f"{here}correct/").status_code == 404
    mended = {**given, "bodies": "90", "reason": "录错", "version": "2"}
    assert officer.post(f"{here}correct/", {**mended, "version": "1"}).status_code == 409
    assert officer.post(f"{here}correct/", mended).status_code == 302
    row.refresh_from_db()
    assert (row.bodies, row.answer, row.version) == (Decimal(90), "谢谢", 3)
    assert "90" not in b"".join(officer.get("/records/review.csv")).decode()


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["quarter", "half_year", "year"]))
def test_a_period_is_known_by_its_code_and_its_words(day: date, kind: str) -> None:
    code, first, last = span_of(kind, day)
    assert days_of(code) == (first, last)
    with override("zh-hans"):
        assert period_code(period_label(code)) == period_code(code) == code
