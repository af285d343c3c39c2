"""Accounts that end or change hands: counted by one, confirmed by another; receipts that residents read."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from linli.accounts.neighbourhood import neighbourhood
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.models import FundAccount, FundCount, FundEntry
from linli.deliberation.operations import fund_counts as counts
from linli.deliberation.operations import funds
from linli.deliberation.operations.fund_quarters import fund_quarters_check
from linli.deliberation.operations.fund_receipts import fund_receipt_show
from linli.deliberation.operations.funds import Booking
from linli.deliberation.tests.funds import FIRST, START, approved, closed, counted, entered, opened, photo
from linli.deliberation.tests.test_polls_at_once import answers
from linli.deliberation.workflow.funds import COUNT
from linli.organizations.operations.bodies import Sketch, organization_create
from linli.records.tests.test_import_pages import signed_in as sign_in


@pytest.fixture
def today(db: None) -> Any:
    with clock.frozen(START) as held:
        yield held


def refused(call: Callable[..., Any], **values: Any) -> str:
    with pytest.raises(DomainError) as error, transaction.atomic():
        call(**values)
    return error.value.code


def count(cast: Cast, account: FundAccount, purpose: str = "close", amount: str = "0", **values: Any) -> FundCount:
    """A count by the community worker."""
    return counted(cast.community_worker, account, purpose, amount, **values)


def emptied(cast: Cast) -> FundAccount:
    """An account of which the last quarter is public, and nothing is left."""
    account = opened(cast)
    approved(cast, account, "1000")
    closed(cast, account)
    return account


def test_the_table_is_sound() -> None:
    assert COUNT.check() == []


def test_an_account_is_closed_by_two_once_nothing_is_left(cast: Cast, today: Any) -> None:
    account = opened(cast)
    row = approved(cast, account, "600")
    assert refused(count, cast=cast, account=account, amount="400") == "fund_account.quarter_open"
    waiting = entered(cast, account, "400")
    assert refused(count, cast=cast, account=account, amount="400") == "fund_account.undecided"
    funds.fund_approve(actor=cast.second_worker, entry_id=waiting.pk)
    closed(cast, account)
    for values, code in (
        ({"purpose": "burn"}, "fund_count.purpose"),
        ({"amount": "-1"}, "fund_count.amount"),
        ({"amount": "0.5"}, "fund_count.note"),
        ({"amount": "0.5", "note": "抽屉里多出五角"}, "fund_account.money_left"),
    ):
        assert refused(count, cast=cast, account=account, **values) == code
    made = count(cast, account)
    assert refused(count, cast=cast, account=account) == "fund_count.waits"
    confirm: dict[str, Any] = {"count_id": made.pk}
    assert refused(counts.fund_count_confirm, actor=cast.community_worker, **confirm) == "fund_count.same_person"
    assert refused(counts.fund_count_confirm, actor=cast.leader, **confirm) == "fund_account.not_yours"
    assert refused(counts.fund_count_confirm, actor=cast.outsider, **confirm) == "not_found"
    assert WorkItem.objects.filter(kind="fund.count", ended=None).count() == 1
    counts.fund_count_confirm(actor=cast.second_worker, **confirm)
    account.refresh_from_db()
    assert (account.closed_on, WorkItem.objects.filter(kind="fund.count", ended=None).exists()) == (
        clock.today(),
        False,
    )
    assert Entry.objects.get(operation="fund_count.confirm").facts["purpose"] == "close"
    # Nothing is entered, reversed, counted or owed any more.
    assert refused(counts.fund_count_confirm, actor=cast.second_worker, **confirm) == "fund_count.state"
    assert refused(entered, cast=cast, account=account, day=clock.today()) == "fund_account.closed"
    reverse: dict[str, Any] = {"actor": cast.second_worker, "entry_id": row.pk, "reason": "付错"}
    assert refused(funds.fund_reverse, **reverse) == "fund_account.closed"
    assert refused(count, cast=cast, account=account) == "fund_account.closed"
    today.move(timedelta(days=100))
    assert fund_quarters_check() == 0


def test_what_came_in_this_quarter_is_made_public_before_the_end(cast: Cast, today: Any) -> None:
    account = emptied(cast)
    approved(cast, account, "5", "parking", day=clock.today())
    approved(cast, account, "5", day=clock.today())
    assert refused(count, cast=cast, account=account) == "fund_account.quarter_open"


def test_an_account_is_handed_over_with_its_difference(cast: Cast, today: Any) -> None:
    account = opened(cast)
    closed(cast, account)
    sketch = Sketch("self_government_body", "幸福小区自管委", place_id=cast.places["compound"].pk)
    body = organization_create(actor=SYSTEM, sketch=sketch)
    to: dict[str, Any] = {"cast": cast, "account": account, "purpose": "hand_over", "amount": "990"}
    for name, code in (("community_office", "body"), ("far_office", "body"), ("property_company", "body")):
        found = refused(count, **to, organization_id=cast.bodies[name].pk, note="少十元")
        assert found == f"fund_account.{code}"
    assert refused(count, **to, organization_id=body.pk) == "fund_count.note"
    first = count(**to, organization_id=body.pk, note="少十元，待查")
    assert (first.books, first.counted, first.difference) == ("1,000.00", "990.00", "-10.00")
    assert refused(counts.fund_count_refuse, actor=cast.second_worker, count_id=first.pk, reason=" ") == (
        "fund_entry.reason"
    )
    counts.fund_count_refuse(actor=cast.second_worker, count_id=first.pk, reason="再点一遍")
    second = count(**to | {"amount": "1000"}, organization_id=body.pk)
    approved(cast, account, "1", "parking", day=clock.today())
    confirm: dict[str, Any] = {"actor": cast.second_worker, "count_id": second.pk}
    assert refused(counts.fund_count_confirm, **confirm) == "fund_count.stale"
    counts.fund_count_refuse(**confirm, reason="账上又有收入")
    third = count(**to | {"amount": "1001"}, organization_id=body.pk)
    counts.fund_count_confirm(actor=cast.second_worker, count_id=third.pk)
    account.refresh_from_db()
    assert (account.organization_id, account.closed_on, account.balance) == (body.pk, None, "1,001.00")


def test_the_database_itself_keeps_the_order(cast: Cast, today: Any) -> None:
    account = emptied(cast)
    made = count(cast, account)
    counts.fund_count_confirm(actor=cast.second_worker, count_id=made.pk)
    other = opened(cast, "另一本账")
    waiting = entered(cast, other, "7")
    base: dict[str, Any] = {"place_id": account.place_id, "day": clock.today(), "direction": "income"}
    base |= {"kind": "parking", "amount_fen": 1, "purpose": "x", "entered": clock.now(), "entered_by": "user:1"}
    decided = {"state": "approved", "decided": clock.now(), "decided_by": "user:2"}
    rows = FundEntry.objects.filter(pk=waiting.pk)
    held = FundCount.objects.filter(pk=made.pk)
    again: dict[str, Any] = {"account": other, "place_id": account.place_id, "purpose": "close", "day": clock.today()}
    again |= {"books_fen": 1, "counted_fen": 1, "entered": clock.now(), "entered_by": "user:1"}
    calls: list[Callable[[], Any]] = [
        lambda: FundEntry.objects.create(account=other, **base, **decided),
        lambda: FundEntry.objects.create(account=account, **base),
        lambda: rows.update(amount_fen=1),
        lambda: rows.update(entered_by="user:9"),
        lambda: rows.update(state="approved", decided=clock.now(), decided_by=waiting.entered_by),
        lambda: rows.update(amount_fen=1, state="approved", decided=clock.now(), decided_by="user:2"),
        lambda: held.update(counted_fen=5, note="x"),
        held.delete,
        lambda: FundCount.objects.create(**again, state="confirmed", decided=clock.now(), decided_by="user:2"),
        lambda: FundAccount.objects.filter(pk=account.pk).update(balance_fen=1),
    ]
    for call in calls:
        with pytest.raises(IntegrityError), transaction.atomic():
            call()


def test_a_photo_of_a_receipt_is_read_once_the_desk_shows_it(cast: Cast, today: Any) -> None:
    account = opened(cast)
    booking = Booking(FIRST[1], "repairs", Decimal(20), "换门锁")
    row = funds.fund_enter(
        actor=cast.community_worker, account_id=account.pk, booking=booking, uploads=[photo(), photo()]
    )
    first, second = row.files.order_by("pk")
    paper = approved(cast, account).files.get()
    show: dict[str, Any] = {"actor": cast.community_worker, "shown": True}
    assert refused(fund_receipt_show, receipt_id=first.pk, **show) == "fund_receipt.not_approved"
    funds.fund_approve(actor=cast.second_worker, entry_id=row.pk)
    assert refused(fund_receipt_show, receipt_id=paper.pk, **show) == "fund_receipt.paper"
    for who, code in (("leader", "fund_account.not_yours"), ("outsider", "not_found")):
        assert refused(fund_receipt_show, actor=cast.actors[who], receipt_id=first.pk, shown=True) == code
    fund_receipt_show(receipt_id=first.pk, **show)
    page = f"/public/funds/receipts/{first.pk}/"
    assert Client().get(page).status_code == 404
    quarter = closed(cast, account)
    assert Client().get(page).status_code == 200
    assert Client().get(f"/public/funds/receipts/{second.pk}/").status_code == 404
    shown = Client().get(f"/public/funds/quarters/{quarter.pk}/").content.decode()
    assert ("换门锁" in shown, page in shown, f"receipts/{second.pk}/" in shown) == (True, True, False)
    desk = sign_in(cast, Client(), "second_worker")
    assert desk.post(f"/funds/receipts/{first.pk}/hide/").status_code == 302
    assert desk.post(f"/funds/receipts/{first.pk}/burn/").status_code == 404
    assert Client().get(page).status_code == 404
    assert list(Entry.objects.filter(subject_type="fund_receipt").values_list("operation", flat=True)) == [
        "fund_receipt.show",
        "fund_receipt.hide",
    ]


def test_an_account_is_closed_on_its_pages(cast: Cast, today: Any) -> None:
    account = emptied(cast)
    worker, second = (sign_in(cast, Client(), who) for who in ("community_worker", "second_worker"))
    page = f"/funds/{account.pk}/"
    assert worker.post(f"{page}count/", {"purpose": "close", "counted": ""}).status_code == 400
    assert worker.post(f"{page}count/", {"purpose": "close", "counted": "0"}).status_code == 302
    made = FundCount.objects.get()
    assert worker.post(f"/funds/counts/{made.pk}/confirm/").status_code == 403
    assert second.post(f"/funds/counts/{made.pk}/burn/").status_code == 404
    assert sign_in(cast, Client(), "outsider").post(f"/funds/counts/{made.pk}/confirm/").status_code == 404
    assert f"/funds/counts/{made.pk}/confirm/" in second.get(page).content.decode()
    assert f"/funds/counts/{made.pk}/confirm/" not in worker.get(page).content.decode()
    assert second.post(f"/funds/counts/{made.pk}/refuse/", {"reason": ""}).status_code == 400
    assert second.post(f"/funds/counts/{made.pk}/confirm/").status_code == 302
    shown = second.get(page).content.decode()
    assert (f"{page}enter/" in shown, f"{page}count/" in shown) == (False, False)


def test_closing_and_entering_at_once_leave_nothing_open(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    with clock.frozen(START):
        account = emptied(cast)
        made = count(cast, account)
        confirm = partial(counts.fund_count_confirm, actor=cast.second_worker, count_id=made.pk)
        enter = partial(entered, cast, account, "1", "parking", bare=True, day=clock.today())
        found = answers(own_database.together(confirm, enter, confirm, enter))
    account.refresh_from_db()
    waits = account.entries.filter(state="entered").count()
    # Either it is closed and nothing waits, or something was entered first and it stays open.
    assert (account.closed_on is not None) == (waits == 0), found
    assert set(found) <= {"ok", "fund_account.closed", "fund_account.undecided", "fund_count.state"}
