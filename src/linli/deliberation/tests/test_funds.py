"""Accounts and their entries: two persons, no money that is not there, what was approved never changes, quarters."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.deliberation import money
from linli.deliberation.models import FundAccount, FundEntry, FundQuarter
from linli.deliberation.operations import fund_quarters, funds
from linli.deliberation.policies.funds import HELD_BY
from linli.deliberation.tests.funds import FIRST, START, approved, closed, entered, opened, quarter
from linli.deliberation.workflow.funds import ENTRY, QUARTER
from linli.organizations.models import Organization
from linli.organizations.operations.bodies import Sketch as BodySketch
from linli.organizations.operations.bodies import organization_create
from linli.publishing.models import DisclosureDue, Publication
from linli.publishing.operations.due import disclosure_check
from linli.publishing.operations.publications import publication_withdraw
from linli.publishing.operations.questions import question_ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(db: None) -> Any:
    with clock.frozen(START) as held:
        yield held


def refused(call: Callable[..., Any], *args: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as error, transaction.atomic():
        call(*args, **values)
    return error.value.code


def fresh(account: FundAccount) -> FundAccount:
    account.refresh_from_db()
    return account


def owed(kind: str) -> int:
    return WorkItem.objects.filter(kind=kind, ended=None).count()


@pytest.mark.parametrize(
    ("amount", "fen"),
    [("0.01", 1), ("1234.50", 123450), ("0.005", None), ("1e12", None), ("NaN", None), ("Infinity", None)],
)
def test_money_is_whole_fen(amount: str, fen: int | None) -> None:
    assert money.fen_of(Decimal(amount)) == fen
    assert (money.yuan(123456789), money.yuan(-5), money.yuan(None)) == ("1,234,567.89", "-0.05", "")


@pytest.mark.parametrize("flow", [ENTRY, QUARTER], ids=lambda flow: flow.name)
def test_the_tables_are_sound(flow: Any) -> None:
    assert flow.check() == []


def test_an_entry_counts_once_a_second_person_approves(cast: Cast) -> None:
    account = opened(cast)
    row = entered(cast, account, "120.50")
    assert (row.state, row.direction, row.receipts, fresh(account).balance) == ("entered", "spending", 1, "1,000.00")
    assert owed("fund.approve") == 1
    assert refused(funds.fund_approve, actor=cast.community_worker, entry_id=row.pk) == "fund_entry.same_person"
    assert refused(funds.fund_refuse, actor=cast.community_worker, entry_id=row.pk, reason="x") == (
        "fund_entry.same_person"
    )
    funds.fund_approve(actor=cast.second_worker, entry_id=row.pk)
    assert (fresh(account).balance_fen, account.balance_yuan, owed("fund.approve")) == (87950, Decimal("879.50"), 0)
    for again in (funds.fund_approve, lambda **values: funds.fund_refuse(**values, reason="x")):
        assert refused(again, actor=cast.second_worker, entry_id=row.pk) == "fund_entry.state"
    # The journal tells the sum and nothing that was written.
    facts = Entry.objects.get(operation="fund.approve", subject_id=row.pk).facts
    assert (facts["amount_fen"], "修楼道灯" in str(facts), "五金" in str(facts)) == (12050, False, False)


def test_who_may_not(cast: Cast) -> None:
    account = opened(cast)
    row = entered(cast, account)
    for who, code in (
        ("outsider", "not_found"),
        ("visitor", "not_found"),
        ("grid_worker", "not_found"),
        ("leader", "fund_account.not_yours"),
        ("street_officer", "fund_account.not_yours"),
        ("auditor", "fund_account.not_yours"),
    ):
        assert refused(funds.fund_approve, actor=cast.actors[who], entry_id=row.pk) == code, who
        assert refused(funds.locked_account, cast.actors[who], account.pk) == code, who
    assert refused(opened, cast, "x", "far_compound") == "fund_account.not_yours_to_open"


def test_the_desk_of_a_community_keeps_the_accounts_of_bodies_without_one(cast: Cast) -> None:
    sketch = BodySketch("self_government_body", "幸福小区自管委", place_id=cast.places["compound"].pk)
    body = organization_create(actor=SYSTEM, sketch=sketch)
    account = opened(cast, organization_id=body.pk)
    row = entered(cast, account)
    # It stands on the list of another post of the desk than that of whoever entered it.
    item = WorkItem.objects.get(kind="fund.approve", ended=None)
    assert item.post_id in {cast.posts["second_worker"].pk, cast.posts["secretary"].pk}
    assert refused(funds.fund_approve, actor=cast.street_officer, entry_id=row.pk) == "fund_account.not_yours"
    assert funds.fund_approve(actor=cast.second_worker, entry_id=row.pk).state == "approved"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "fund_account.name"),
        ({"opens_on": date(2026, 1, 2)}, "fund_account.opens_on"),
        ({"opens_on": date(2026, 7, 1)}, "fund_account.opens_on"),
        ({"opening": Decimal("-1")}, "fund_account.opening"),
        ({"opening": Decimal("0.001")}, "fund_account.opening"),
        ({"place": "building"}, "fund_account.place"),
        ({"place": "street"}, "not_found"),
    ],
)
def test_what_is_refused_of_accounts(cast: Cast, values: dict[str, Any], code: str) -> None:
    if values.get("place") == "street":
        code = "fund_account.not_yours_to_open"
    assert refused(opened, cast, **values) == code


def test_accounts_are_of_bodies_of_the_community_and_opened_once(cast: Cast) -> None:
    for body in ("property_company", "far_office", "street_office"):
        assert refused(opened, cast, organization_id=cast.bodies[body].pk) == "fund_account.body"
    opened(cast)
    assert refused(opened, cast) == "fund_account.twice"
    assert set(HELD_BY) <= set(Organization.Type.values)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kind": "nothing"}, "fund_entry.kind"),
        ({"amount": "0"}, "fund_entry.amount"),
        ({"amount": "1.001"}, "fund_entry.amount"),
        ({"purpose": ""}, "fund_entry.purpose"),
        ({"party": "王小二"}, "fund_entry.party"),
        ({"day": date(2026, 4, 4)}, "fund_entry.future"),
        ({"day": date(2025, 12, 31)}, "fund_entry.closed"),
        ({"bare": True}, "fund_entry.receipt"),
    ],
)
def test_what_is_refused_of_entries(cast: Cast, values: dict[str, Any], code: str) -> None:
    assert refused(entered, cast, opened(cast), **values) == code
    assert not FundEntry.objects.exists()


def test_income_needs_no_receipt_and_a_refusal_says_why(cast: Cast) -> None:
    account = opened(cast)
    row = entered(cast, account, "60", "parking", bare=True, party="")
    assert refused(funds.fund_refuse, actor=cast.second_worker, entry_id=row.pk, reason=" ") == "fund_entry.reason"
    funds.fund_refuse(actor=cast.second_worker, entry_id=row.pk, reason="金额写错")
    assert fresh(account).balance_fen == 100000
    assert refused(funds.fund_reverse, actor=cast.second_worker, entry_id=row.pk, reason="x") == (
        "fund_entry.not_approved"
    )


def test_nothing_is_spent_that_is_not_there_when_its_quarter_ends(cast: Cast) -> None:
    account = opened(cast)
    # Income of the next quarter does not pay for what was spent before.
    approved(cast, account, "500", "parking", day=date(2026, 4, 2))
    late = entered(cast, account, "1000.01")
    assert refused(funds.fund_approve, actor=cast.second_worker, entry_id=late.pk) == "fund_entry.balance"
    approved(cast, account, "1000")
    more = entered(cast, account, "500.01", day=date(2026, 4, 3))
    assert refused(funds.fund_approve, actor=cast.second_worker, entry_id=more.pk) == "fund_entry.balance"
    approved(cast, account, "500", day=date(2026, 4, 3))
    assert fresh(account).balance_fen == 0


def test_an_approved_entry_is_reversed_once_by_two(cast: Cast) -> None:
    account = opened(cast)
    row = approved(cast, account, "300")
    back = funds.fund_reverse(actor=cast.second_worker, entry_id=row.pk, reason="付错了户")
    assert (back.amount_fen, back.day, fresh(account).balance_fen) == (-30000, clock.today(), 70000)
    reverse = {"actor": cast.community_worker, "reason": "再冲"}
    assert refused(funds.fund_reverse, entry_id=row.pk, **reverse) == "fund_entry.reversed"
    assert refused(funds.fund_approve, actor=cast.second_worker, entry_id=back.pk) == "fund_entry.same_person"
    funds.fund_refuse(actor=cast.community_worker, entry_id=back.pk, reason="没有付错")
    back = funds.fund_reverse(actor=cast.second_worker, entry_id=row.pk, reason="还是付错了")
    funds.fund_approve(actor=cast.community_worker, entry_id=back.pk)
    assert fresh(account).balance_fen == 100000
    assert refused(funds.fund_reverse, entry_id=back.pk, **reverse) == "fund_entry.reversal"
    assert refused(funds.fund_reverse, entry_id=row.pk, **reverse) == "fund_entry.reversed"


def test_the_database_itself_keeps_the_rules(cast: Cast) -> None:
    account = opened(cast)
    row, waiting = approved(cast, account, kind="parking", bare=True), entered(cast, account, "7")
    rows = FundEntry.objects.filter(pk=row.pk)
    for change in (
        lambda: rows.update(amount_fen=1),
        lambda: rows.update(purpose="别的"),
        rows.delete,
        lambda: FundEntry.objects.filter(pk=waiting.pk).update(
            state="approved", decided=clock.now(), decided_by=waiting.entered_by
        ),
        lambda: FundAccount.objects.filter(pk=account.pk).update(balance_fen=-1),
        lambda: FundEntry.objects.filter(pk=waiting.pk).update(amount_fen=-5),
    ):
        with pytest.raises(IntegrityError, match=r"never changes|check constraint"), transaction.atomic():
            change()
    rows.update(extra={"note": "x"})
    assert FundEntry.objects.get(pk=row.pk).amount_yuan == Decimal("100.00")


def test_a_quarter_is_owed_closed_and_made_public(cast: Cast) -> None:
    account = opened(cast)
    approved(cast, account, "250")
    approved(cast, account, "90", "parking")
    waiting = entered(cast, account, "5", "parking")
    row = quarter(account)
    assert (row.state, row.due, owed("fund.quarter")) == ("open", date(2026, 4, 15), 1)
    assert fund_quarters.fund_quarters_check() == 0
    close = fund_quarters.fund_quarter_close
    assert refused(close, actor=cast.second_worker, quarter_id=row.pk) == "fund_quarter.undecided"
    assert refused(close, actor=cast.leader, quarter_id=row.pk) == "fund_account.not_yours"
    assert refused(close, actor=cast.outsider, quarter_id=row.pk) == "not_found"
    funds.fund_refuse(actor=cast.second_worker, entry_id=waiting.pk, reason="重复")
    done = close(actor=cast.second_worker, quarter_id=row.pk)
    assert (done.opening, done.income, done.spending, done.closing) == ("1,000.00", "90.00", "250.00", "840.00")
    assert (done.in_time, done.receipts, owed("fund.quarter")) == (True, 2, 0)
    assert [(line["kind"], line["fen"]) for line in done.by_kind] == [("parking", 9000), ("repairs", 25000)]
    notice = Publication.objects.get(pk=done.publication_id or 0)
    assert (notice.place_id, notice.since, notice.until) == (cast.places["community"].pk, *FIRST)
    assert ("840.00" in notice.text, notice.author) == (True, cast.bodies["community_office"].name)
    assert question_ask(actor=cast.visitor, publication_id=notice.pk, text="修了什么?").state == "waiting"
    assert refused(close, actor=cast.second_worker, quarter_id=row.pk) == "fund_quarter.state"


def test_nothing_is_entered_into_a_closed_quarter(cast: Cast) -> None:
    account = opened(cast)
    row = approved(cast, account)
    closed(cast, account)
    assert refused(entered, cast, account) == "fund_entry.closed"
    with pytest.raises(IntegrityError, match="is closed"), transaction.atomic():
        FundEntry.objects.create(
            account=account,
            place_id=account.place_id,
            day=FIRST[1],
            direction="income",
            kind="parking",
            amount_fen=1,
            purpose="x",
            entered=clock.now(),
            entered_by="user:1",
        )
    # What was wrong in it is put right in the next one.
    back = funds.fund_reverse(actor=cast.community_worker, entry_id=row.pk, reason="付错")
    funds.fund_approve(actor=cast.second_worker, entry_id=back.pk)
    assert (back.day, fresh(account).balance_fen) == (clock.today(), 100000)


def test_quarters_are_closed_in_their_order_and_late_ones_are_late(cast: Cast, now: Any) -> None:
    account = opened(cast)
    now.move(timedelta(days=100))
    second = quarter(account, date(2026, 6, 30))
    close = fund_quarters.fund_quarter_close
    assert refused(close, actor=cast.second_worker, quarter_id=second.pk) == "fund_quarter.order"
    assert closed(cast, account).in_time is False
    assert close(actor=cast.second_worker, quarter_id=second.pk).in_time is True


def test_the_account_of_a_community_meets_what_the_rule_asks_for(cast: Cast) -> None:
    account = opened(cast, "社区公共收益", "community")
    disclosure_check()
    row = closed(cast, account)
    due = DisclosureDue.objects.get(place=cast.places["community"], item="accounts", until=FIRST[1])
    assert (due.state, due.publication_id) == ("in_time", row.publication_id)
    # A second account of the same place and quarter is public beside it.
    second = closed(cast, opened(cast, "第二本账", "community"))
    assert Publication.objects.get(pk=second.publication_id or 0).item == ""


def test_a_withdrawn_notice_is_made_public_again(cast: Cast) -> None:
    row = closed(cast, opened(cast))
    publish = fund_quarters.fund_quarter_publish
    assert refused(publish, actor=cast.community_worker, quarter_id=row.pk) == "fund_quarter.public"
    publication_withdraw(actor=cast.secretary, publication_id=row.publication_id or 0, reason="误发")
    assert refused(publish, actor=cast.leader, quarter_id=row.pk) == "fund_account.not_yours"
    again = publish(actor=cast.community_worker, quarter_id=row.pk)
    assert (again.publication_id != row.publication_id, again.closing_fen) == (True, row.closing_fen)


booked = st.tuples(
    st.integers(min_value=0, max_value=180), st.sampled_from(["parking", "donations", "repairs"]), st.integers(1, 90000)
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(booked, max_size=12))
def test_every_quarter_adds_up_whatever_was_entered(cast: Cast, entries: list[tuple[int, str, int]]) -> None:
    with transaction.atomic(), clock.frozen("2026-07-02T10:00"):
        account = opened(cast)
        taken: list[tuple[date, int]] = []
        for days, kind, fen in entries:
            day = FIRST[0] + timedelta(days=days)
            row = entered(cast, account, str(Decimal(fen) / 100), kind, day=day)
            change = fen if kind != "repairs" else -fen
            ends = [end for end in (FIRST[1], date(2026, 6, 30)) if end >= day]
            left = min(100000 + sum(other for on, other in taken if on <= end) for end in ends)
            if left + change >= 0:
                funds.fund_approve(actor=cast.second_worker, entry_id=row.pk)
                taken.append((day, change))
            else:
                assert refused(funds.fund_approve, actor=cast.second_worker, entry_id=row.pk) == "fund_entry.balance"
                funds.fund_refuse(actor=cast.second_worker, entry_id=row.pk, reason="余额不足")
        before = 100000
        for until in (FIRST[1], date(2026, 6, 30)):
            done = closed(cast, account, until)
            moved = [fen for day, fen in taken if done.since <= day <= until]
            assert (done.opening_fen, done.closing_fen) == (before, before + sum(moved))
            assert done.income_fen == sum(fen for fen in moved if fen > 0)
            before = done.closing_fen or 0
        assert fresh(account).balance_fen == before >= 0
        assert FundQuarter.objects.filter(account=account, state="published").count() == 2
        transaction.set_rollback(True)
