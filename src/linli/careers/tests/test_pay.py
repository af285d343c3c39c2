"""Pay: within the bands, once a month, and for the worker and the clerk only."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.careers.models import AllowanceRule, PayGrade, PayStatement
from linli.careers.operations import pay as operations
from linli.careers.operations.ledgers import allowances_refused, statement_record_many, statements_refused
from linli.careers.policies import statements_visible_to
from linli.careers.queries.pay import statement
from linli.careers.records import STATEMENT_TYPE
from linli.careers.tests.climbing import MONTH, clerk, paid, pay_of, rules_made, verified
from linli.careers.tests.test_careers import code_of
from linli.core.actors import SYSTEM
from linli.core.models import Entry
from linli.records import lists

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "monthly", "code"),
    [
        ("credential", "100", ""),
        ("credential", "300", ""),
        ("credential", "99.99", "allowance.outside_band"),
        ("credential", "300.01", "allowance.outside_band"),
        ("education", "500", ""),
        ("education", "501", "allowance.outside_band"),
        ("education", "99", "allowance.outside_band"),
        ("education", "-100", "pay.amount"),
        ("education", "100.001", "pay.amount"),
        ("parking", "100", "allowance.kind"),
    ],
)
def test_allowances_lie_within_their_bands(cast: Cast, kind: str, monthly: str, code: str) -> None:
    rule = {"kind": kind, "condition": "初级", "monthly": Decimal(monthly), "since": date(2026, 1, 1)}
    county = cast.places["county"].pk
    assert code_of(operations.allowance_add, actor=SYSTEM, place_id=county, **rule) == code
    assert AllowanceRule.objects.count() == (code == "")
    if code != "pay.amount":
        assert (allowances_refused(rows=[{"kind": kind, "amount": float(monthly)}]) == {}) == (code == "")


def test_a_statement_is_written_once_a_month_by_the_clerk(cast: Cast) -> None:
    actor = clerk(cast)
    rules_made(cast)
    grade = PayGrade.objects.get()
    given: dict[str, Any] = {"actor": actor, "credential_level": "初级", "grade_id": grade.pk}
    assert code_of(paid, cast=cast, **given) == "pay.base_differs"
    verified(cast)
    given["amounts"] = {"performance": Decimal("412.35")}
    row = paid(cast, **given)
    read = statement(row)
    assert (row.base, row.credential, read.total) == (Decimal(2600), Decimal(100), Decimal("3112.35"))
    assert code_of(paid, cast=cast, **given) == "pay.twice"
    assert code_of(paid, cast=cast, **{**given, "month": date(2026, 4, 1)}) == "pay.month"
    assert code_of(paid, cast=cast, **{**given, "month": date(2024, 2, 1)}) == "allowance.no_rule"
    assert code_of(paid, cast=cast, **{**given, "amounts": {"credential": Decimal(300)}}) == "pay.component"
    assert code_of(paid, cast=cast, actor=cast.street_officer) == "pay.not_yours"
    assert code_of(paid, cast=cast, actor=cast.leader) == "pay.not_yours"
    own = {"pay": pay_of(cast, amounts={"base": Decimal(1)})}
    correct = operations.statement_correct
    assert code_of(correct, actor=cast.community_worker, statement_id=row.pk, version=1, **own) == "pay.not_yours"
    assert code_of(correct, actor=actor, statement_id=row.pk, version=9, **own) == "pay.stale"
    assert correct(actor=actor, statement_id=row.pk, version=1, **own).base == Decimal(1)
    # What somebody is paid stands in no journal.
    facts = Entry.objects.filter(operation__startswith="pay_statement").values_list("facts", flat=True)
    assert list(facts) == [{}, {}]


# A credential of whom, since when, until when, in which state; what the clerk is told who writes February's allowance.
@pytest.mark.parametrize(
    ("role", "issued", "expires", "state", "code"),
    [
        ("community_worker", date(2026, 2, 28), None, "verified", ""),
        ("community_worker", date(2026, 3, 1), None, "verified", "allowance.not_verified"),
        ("community_worker", date(2025, 6, 1), date(2026, 1, 31), "verified", "allowance.not_verified"),
        ("community_worker", date(2025, 6, 1), None, "entered", "allowance.not_verified"),
        ("second_worker", date(2025, 6, 1), None, "verified", "allowance.not_verified"),
    ],
)
def test_an_allowance_needs_a_verified_credential(
    cast: Cast, role: str, issued: date, expires: date | None, state: str, code: str
) -> None:
    rules_made(cast)
    verified(cast, role, issued, expires=expires, state=state)
    assert code_of(paid, cast=cast, credential_level="初级") == code
    assert code_of(paid, cast=cast, role="grid_lead") == ""


def test_nobody_writes_their_own_pay(cast: Cast) -> None:
    actor = clerk(cast)
    own = operations.Pay(actor.person_id or 0, cast.places["county"].pk, MONTH)
    assert code_of(operations.statement_write, actor=actor, pay=own) == "pay.own"


def test_only_the_worker_and_the_clerk_see_it(cast: Cast) -> None:
    paid(cast)
    actors = {role: cast.actors[role] for role in ("community_worker", "second_worker", "secretary", "street_officer")}
    actors |= {"leader": cast.leader, "outsider": cast.outsider, "clerk": clerk(cast), "auditor": cast.auditor}
    seen = {
        role for role, actor in actors.items() if PayStatement.objects.filter(statements_visible_to(actor)).exists()
    }
    assert seen == {"community_worker", "clerk"}
    # Amounts are nothing that figures add up and nothing that leaves in a list.
    assert {item.code for item in STATEMENT_TYPE.measures} == {"person", "place"}
    assert {item.code for item in STATEMENT_TYPE.dimensions} == {"place"}
    left = {item.code for item in lists.exported_columns(STATEMENT_TYPE)}
    assert not left & {"base", "performance", "credential", "education", "tenure"}


def test_pay_sheets_hold_allowances_within_their_bands(cast: Cast) -> None:
    row = {"name": "甲", "staff_number": "QH0004", "base": 2300.0, "paid": date(2026, 2, 10)}
    rows = [row, {**row, "credential": 0}, {**row, "credential": 301}, {**row, "education": 99}, {**row, "paid": None}]
    assert statements_refused(rows=rows) == {
        2: "allowance.outside_band",
        3: "allowance.outside_band",
        4: "pay.month",
    }
    given = {**row, "name": "林晓梅", "credential": 200.0}
    (pk,) = statement_record_many(actor=SYSTEM, rows=[given])
    (again,) = statement_record_many(actor=SYSTEM, rows=[{**given, "base": 9999.0}])
    held = PayStatement.objects.get()
    assert (pk, again, held.base, held.month, held.person_id) == (
        held.pk,
        held.pk,
        Decimal(2300),
        MONTH,
        cast.posts["community_worker"].person_id,
    )
    assert code_of(statement_record_many, actor=cast.street_officer, rows=[given]) == "pay.not_yours"
