"""Ledgers of secondments: taken in with their posts, refused with a code where they make no sense, taken back whole."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from pytest_django import Settings

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.organizations.models import Post
from linli.records.models import Batch
from linli.records.operations.imports import import_take_back
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import table, take_in
from linli.secondments.models import Secondment, SecondmentMonth, SecondmentTransfer
from linli.secondments.operations.ledgers import month_record_many, months_refused, secondments_refused
from linli.secondments.operations.months import month_confirm
from linli.secondments.tests.serving import ruled, served
from linli.secondments.tests.test_months import FEBRUARY, stated

pytestmark = pytest.mark.django_db
HEADERS: Final = ("编号", "姓名", "派出单位", "街道", "社区", "起始", "期满", "状态", "工资关系")
TERM: Final = {
    **{"post": {"record": "post"}, "staff_number": "编号", "name": "姓名", "sender": "派出单位"},
    **{"place.street": "街道", "place.community": "社区", "since": "起始"},
}
POST: Final = {
    "staff_number": "编号",
    "name": "姓名",
    "place.street": "街道",
    "place.community": "社区",
    "since": "起始",
}
PAY: Final = {"from": "工资关系", "values": {"已划转": "made", "办理中": "pending", "已转回": "reversed"}}
PART: Final = {"secondment": {"record": "secondment"}, "state": PAY}


def record(of: str, when: str, columns: dict[str, Any], **constants: str) -> dict[str, Any]:
    return {"type": of, "when": {"状态": when}, "constants": constants, "columns": columns}


TERMS: Final = {
    **{"id": "terms", "label": "选派台账", "signature": {"headers": list(HEADERS)}, "key": ["编号", "起始"]},
    **{"planned": ["期满"], "required": ["编号", "姓名", "社区", "起始", "状态"]},
    "records": [
        record("post", "在岗", POST, kind="first_secretary", state="in_post"),
        record("post", "期满", {**POST, "until": "期满"}, kind="first_secretary", state="left"),
        record("secondment", "在岗", {**TERM, "planned_end": "期满"}, role="first_secretary"),
        record("secondment", "期满", {**TERM, "until": "期满"}, role="first_secretary"),
        record("secondment_transfer", "在岗", PART, kind="payroll"),
        record("secondment_transfer", "期满", {**PART, "until": "期满"}, kind="payroll"),
    ],
}
ROWS: Final = (
    ("A1", "甲一", "清河县水务局", "东风街道", "春晓社区", "2026-01-05", "2027-01-05", "在岗", "已划转"),
    ("A2", "乙二", "县某局", "东风街道", "秋实社区", "2024-01-05", "2025-01-05", "期满", "已转回"),
    ("A3", "丙三", "县某局", "东风街道", "秋实社区", "2024-01-05", "2025-01-05", "期满", "已划转"),
    ("A2", "乙二", "县某局", "东风街道", "春晓社区", "2024-06-01", "2025-06-01", "期满", "已转回"),
    ("A5", "戊五", "县某局", "东风街道", "春晓社区", "2025-01-05", "2024-01-05", "期满", "已转回"),
    ("A2", "乙二", "县某局", "东风街道", "春晓社区", "2025-01-05", "2026-01-05", "期满", "已转回"),
)


@pytest.fixture(autouse=True)
def rules(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    ruled()
    content_apply(actor=SYSTEM, content=lambda held: {**held, "imports": {"maps": [TERMS]}})


def test_terms_come_with_their_posts_and_what_makes_no_sense_stays_out(cast: Cast, tmp_path: Path) -> None:
    (report,) = take_in(table(tmp_path / "选派.csv", HEADERS, ROWS))
    assert {remark.row: remark.code for remark in report.rejected} == {
        4: "secondment.transfers_open",
        5: "secondment.overlap",
        6: "date.order",
    }
    assert (report.created, len(report.rejected)) == (3, 3)
    now = Secondment.objects.get(person__staff_number="A1")
    assert (now.state, now.sender_id, now.planned_end) == (
        "serving", cast.bodies["other_department"].pk, date(2027, 1, 5)
    )  # fmt: skip
    assert now.post
    assert (now.post.person_id, now.post.confirmed) == (now.person_id, False)
    former = Secondment.objects.filter(person__staff_number="A2").order_by("since")
    assert [(row.state, str(row.until)) for row in former] == [("over", "2025-01-05"), ("over", "2026-01-05")]
    assert (Post.objects.filter(kind="first_secretary").count(), SecondmentTransfer.objects.count()) == (3, 3)
    (again,) = take_in(tmp_path / "选派.csv")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    import_take_back(actor=SYSTEM, batch_id=Batch.objects.earliest("pk").pk)
    assert not Secondment.objects.exists()
    assert not Post.objects.filter(kind="first_secretary").exists()


# What a row of a ledger of months says beside the term of PZ001 in the community, and why it is refused.
MONTHS: Final[list[tuple[dict[str, Any], str]]] = [
    ({}, ""),
    ({"month": date(2025, 10, 1), "days": 20}, "secondment_month.days"),
    ({"month": date(2026, 3, 1)}, "secondment_month.not_over"),
    ({"month": date(2026, 9, 1)}, "secondment_month.not_over"),
    ({"month": date(2025, 9, 1)}, "secondment.unknown"),
    ({"days": 29}, "secondment_month.days"),
    ({"secondment": "PZ002"}, "secondment.unknown"),
    ({"name": "别人"}, "secondment.other_name"),
    ({"place": -1}, "secondment_month.elsewhere"),
    ({"confirmed_on": date(2026, 1, 31)}, "secondment_month.confirmed_early"),
]


def test_months_that_make_no_sense_stay_out(cast: Cast) -> None:
    served(cast)
    row = {"secondment": "PZ001", "name": "严派驻", "place": cast.places["community"].pk, "month": FEBRUARY, "days": 22}
    found = months_refused(rows=[{**row, **more} for more, _code in MONTHS])
    assert found == {at: code for at, (_more, code) in enumerate(MONTHS) if code}


def test_what_was_stated_here_stays_whatever_a_ledger_says(cast: Cast) -> None:
    row = served(cast)
    given = stated(row, days=20)
    month_confirm(actor=cast.secretary, month_id=given.pk)
    ledger = {"secondment": "PZ001", "month": FEBRUARY, "days": 25, "confirmed_on": date(2026, 3, 1)}
    other = {"secondment": "PZ001", "month": date(2026, 1, 1), "days": 23, "confirmed_on": date(2026, 2, 1)}
    month_record_many(actor=SYSTEM, rows=[ledger, other])
    months = SecondmentMonth.objects.order_by("month").values_list("days", "possible", "state")
    assert list(months) == [(23, 22, "confirmed"), (20, 20, "confirmed")]


def test_a_second_term_of_somebody_who_serves_is_refused(cast: Cast) -> None:
    served(cast)
    row = {"staff_number": "PZ001", "name": "严派驻", "role": "first_secretary", "place": 1, "since": date(2026, 2, 1)}
    rows = [row, {**row, "name": "同号别人"}, {**row, "since": date(2025, 1, 1), "until": date(2025, 10, 13)}]
    assert secondments_refused(rows=rows) == {0: "secondment.overlap"}
