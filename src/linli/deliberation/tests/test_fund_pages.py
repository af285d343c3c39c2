"""The pages of accounts: what each person finds there, what is sent from them, old books, and the public page."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.accounts.testing import Cast
from linli.core import clock
from linli.deliberation.models import FundEntry
from linli.deliberation.operations.fund_ledgers import (
    fund_entries_refused,
    fund_entries_remove,
    fund_entry_record_many,
)
from linli.deliberation.tests.funds import FIRST, PDF, START, approved, closed, entered, opened, quarter
from linli.publishing.operations.publications import publication_withdraw
from linli.records.figures import compute
from linli.records.operations.profiles import content_apply
from linli.records.tests.test_import_pages import signed_in as sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(db: None) -> Any:
    with clock.frozen(START) as held:
        yield held


def signed_in(cast: Cast, who: str) -> Client:
    return sign_in(cast, Client(), who)


def test_an_account_is_opened_and_kept_on_its_pages(cast: Cast) -> None:
    client = signed_in(cast, "secretary")
    sent = {"place": cast.places["compound"].pk, "organization": cast.bodies["community_office"].pk, "opening": "12.5"}
    sent |= {"name": "幸福小区公共收益", "opens_on": "2026-01-01"}
    assert client.post("/funds/new/", {**sent, "opens_on": "2026-01-02"}).status_code == 400
    page = client.post("/funds/new/", sent)
    assert page.status_code == 302
    assert client.post("/funds/new/", sent).status_code == 409
    assert signed_in(cast, "community_worker").get("/funds/new/").status_code == 404
    worker, paper = signed_in(cast, "community_worker"), io.BytesIO(PDF)
    paper.name = "收据.pdf"
    entry = {"kind": "repairs", "amount": "12.50", "day": "2026-03-01", "purpose": "换门锁", "party": ""}
    refused = worker.post(f"{page['Location']}enter/", entry)
    assert (refused.status_code, "换门锁" in refused.content.decode()) == (400, True)
    assert worker.post(f"{page['Location']}enter/", {**entry, "files": paper}).status_code == 302
    row = FundEntry.objects.get()
    assert worker.post(f"/funds/entries/{row.pk}/approve/").status_code == 403
    assert client.post(f"/funds/entries/{row.pk}/refuse/", {"reason": ""}).status_code == 400
    assert client.post(f"/funds/entries/{row.pk}/nothing/").status_code == 404
    assert client.post(f"/funds/entries/{row.pk}/approve/").status_code == 302
    assert "0.00" in worker.get(page["Location"]).content.decode()
    assert worker.get(f"/funds/receipts/{row.files.get().pk}/").status_code == 200


def test_who_finds_what(cast: Cast) -> None:
    account = opened(cast)
    row, owed = entered(cast, account), quarter(account)
    pages = (f"{account.pk}/", f"entries/{row.pk}/", f"quarters/{owed.pk}/", f"receipts/{row.files.get().pk}/")
    for who, status in (("secretary", 200), ("leader", 200), ("outsider", 404), ("grid_worker", 404)):
        client = signed_in(cast, who)
        assert {client.get(f"/funds/{page}").status_code for page in pages} == {status}, who
    # Who sees an account without keeping it finds no button.
    shown = signed_in(cast, "leader").get(f"/funds/{account.pk}/").content.decode()
    assert f"/funds/{account.pk}/enter/" not in shown
    assert signed_in(cast, "leader").post(f"/funds/entries/{row.pk}/approve/").status_code == 404


def test_the_list_filters_pages_by_key_and_asks_little(cast: Cast) -> None:
    account = opened(cast)
    for number in range(60):
        entered(
            cast,
            account,
            "1",
            "parking",
            bare=True,
            day=FIRST[0] + timedelta(days=number // 3),
            purpose=f"{number}号位",
        )
    approved(cast, account)
    client = signed_in(cast, "community_worker")
    client.get(f"/funds/{account.pk}/")
    with CaptureQueriesContext(connection) as asked:
        first = client.get(f"/funds/{account.pk}/")
    assert len(asked) <= 14
    with CaptureQueriesContext(connection) as asked:
        client.get("/funds/")
    assert len(asked) <= 10
    second = client.get(f"/funds/{account.pk}/?before={first.context['more']}")
    seen = [line.entry.pk for page in (first, second) for line in page.context["lines"]]
    assert (len(seen), len(set(seen)), second.context["more"]) == (61, 61, "")
    found = client.get(f"/funds/{account.pk}/?q=7号位&direction=income&kind=parking&state=entered")
    assert len(found.context["lines"]) == 6
    assert client.get(f"/funds/{account.pk}/?before=x").status_code == 400


def test_a_quarter_is_closed_on_its_page_and_read_by_everybody(cast: Cast) -> None:
    account = opened(cast)
    approved(cast, account)
    code, row = cast.places["community"].code, quarter(account)
    assert Client().get(f"/public/funds/{account.pk}/account/").status_code == 404
    worker = signed_in(cast, "second_worker")
    assert worker.post(f"/funds/quarters/{row.pk}/publish/").status_code == 409
    assert worker.post(f"/funds/quarters/{row.pk}/close/").status_code == 302
    assert worker.post(f"/funds/quarters/{row.pk}/close/").status_code == 409
    shown = Client().get(f"/public/funds/{account.pk}/account/").content.decode()
    assert ("900.00" in shown, "春晓五金店" in shown, "/receipts/" in shown) == (True, False, False)
    assert account.name in Client().get(f"/public/funds/{code}/").content.decode()
    row.refresh_from_db()
    asked = Client().post(f"/public/disclosure/notices/{row.publication_id}/", {"text": "修了什么?"})
    assert asked.status_code == 302
    publication_withdraw(actor=cast.secretary, publication_id=row.publication_id or 0, reason="误发")
    assert Client().get(f"/public/funds/{account.pk}/account/").status_code == 404
    assert worker.post(f"/funds/quarters/{row.pk}/publish/").status_code == 302


def test_what_is_for_residents_is_withheld_from_others(cast: Cast) -> None:
    rule = {"code": "accounts", "label": "财务收支", "ground": "办法", "every": "quarter", "audience": "residents"}
    place = {"name": "清河县邻里", "name_en": "Qinghe", "root": "990901"}
    content_apply(actor=cast.system_administrator, content={"place": place, "disclosure": {"items": [rule]}})
    account = opened(cast)
    closed(cast, account)
    client, page = signed_in(cast, "resident"), f"/public/funds/{account.pk}/account/"
    assert (Client().get(page).status_code, client.get(page).status_code) == (404, 404)
    client.post(f"/public/disclosure/{cast.places['community'].code}/home/")
    assert client.get(page).status_code == 200


def test_old_books_stand_beside_the_account_and_are_taken_back_whole(cast: Cast) -> None:
    account = opened(cast)
    before = FIRST[0] - timedelta(days=9)
    row: dict[str, Any] = {"place": account.place_id, "account": None, "day": before, "purpose": "停车费"}
    rows = [{**row, "kind": "停车收入", "amount": Decimal("30.5")}, {**row, "direction": "spending", "amount": 8}]
    wrong = [
        {**row, "day": FIRST[0], "amount": 1},
        {**row, "place": 0, "amount": 1},
        {**row, "amount": Decimal("0.001")},
    ]
    assert fund_entries_refused(rows=[*rows, *wrong]) == {
        2: "fund_entry.not_before",
        3: "fund_entry.no_account",
        4: "fund_entry.amount",
    }
    ids = fund_entry_record_many(actor=cast.secretary, rows=rows)
    assert fund_entry_record_many(actor=cast.secretary, rows=rows) == ids
    held = list(FundEntry.objects.order_by("pk").values_list("direction", "kind", "amount_fen", "state"))
    assert held == [("income", "parking", 3050, "book"), ("spending", "other_spending", 800, "book")]
    account.refresh_from_db()
    assert account.balance_fen == 100000
    kept = approved(cast, account)
    fund_entries_remove(actor=cast.secretary, ids=[*ids, kept.pk])
    assert list(FundEntry.objects.values_list("pk", flat=True)) == [kept.pk]


def test_income_spending_and_quarters_in_time_are_figures(cast: Cast) -> None:
    base: dict[str, Any] = {"period": "year_to_date"}
    figures = [
        {
            "id": "spent",
            "of": "fund_entry",
            "where": {"direction": "spending", "state": "approved"},
            "measure": {"sum": "amount"},
            **base,
        },
        {"id": "quarters", "of": "fund_quarter", "measure": "count", **base},
        {"id": "in_time", "share": {"of": "quarters", "where": {"in_time": True}}},
    ]
    place = {"name": "清河县邻里", "name_en": "Qinghe", "root": "990901"}
    content_apply(actor=cast.system_administrator, content={"place": place, "figures": {"figures": figures}})
    account = opened(cast)
    approved(cast, account, "12.34")
    approved(cast, account, "0.66")
    closed(cast, account)
    scope = compute.scope_of(cast.places["street"].code)
    assert compute.compute("spent", clock.today(), scope).value == Decimal("13.00")
    share = compute.compute("in_time", FIRST[1] + timedelta(days=20), scope)
    assert [share.numerator, share.denominator] == [1, 1]
