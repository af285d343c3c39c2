"""The pages of the shop: from an empty shelf to a settlement on paper, the counter, a member's phone, prices."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.core import clock, printing
from linli.organizations.models import Person
from linli.points.tests.ledger import given, member_made
from linli.records.tests.test_import_pages import signed_in
from linli.shop.models import PartnerShop, Redemption, RewardItem, Settlement
from linli.shop.tests import stocked


@pytest.fixture
def today(db: None) -> Iterator[Any]:
    with clock.frozen("2026-04-02T10:00") as held:
        yield held


@pytest.fixture
def desk(cast: Cast, today: Any) -> Client:
    return signed_in(cast, Client(), "community_worker")


def test_from_an_empty_shelf_to_a_settlement_on_paper(
    cast: Cast, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "pdf", lambda html: b"%PDF-" + html.encode())
    told = {"place": cast.places["community"].pk, "kind": "neighbour", "name": "春晓好邻居店", "address": "春晓路6号"}
    told |= {"hours": "每天 8:00—20:00", "since": "2026-01-01", "settles": "on"}
    again = desk.post("/shop/new/", told)
    assert (again.status_code, "春晓路6号" in again.content.decode()) == (400, True)
    page = desk.post("/shop/new/", {**told, "organization": cast.bodies["property_company"].pk})["Location"]
    shop = PartnerShop.objects.get()
    goods = {"name": "毛巾", "unit": "条", "low": "2", "points": "8", "value": "7.50"}
    assert desk.post(f"{page}items/new/", {**goods, "points": "0"}).status_code == 400
    assert desk.post(f"{page}items/new/", goods)["Location"] == page
    item = RewardItem.objects.get()
    paper = {"number": "进货1", "day": "2026-04-02", f"item_{item.pk}": "5"}
    assert desk.post(f"{page}stock/delivery/", paper)["Location"] == page
    assert desk.post(f"{page}stock/delivery/", paper).status_code == 409
    row = stocked.member(cast)[1]
    with clock.frozen("2026-03-20T10:00"):
        stocked.at_counter(row, item)
    settled = desk.post(f"{page}settle/", {"month": "2026-03"})["Location"]
    assert desk.post(f"{page}settle/", {"month": "2026-03"}).status_code == 409
    assert desk.post(f"{settled}check/").status_code == 403
    second = signed_in(cast, Client(), "secretary")
    assert second.post(f"{settled}check/").status_code == 302
    assert second.post(f"{settled}pay/", {"on": "2026-04-02"}).status_code == 400
    assert second.post(f"{settled}pay/", {"on": "2026-04-02", "voucher": "凭证1"}).status_code == 302
    assert Settlement.objects.get().state == "paid"
    text = desk.get(f"{settled}print/").content.decode()
    assert [word in text for word in ("春晓好邻居店", "毛巾", "7.50")] == [True] * 3
    price = f"/shop/items/{item.pk}/price/"
    assert desk.post(price, {"points": "9", "value": "9", "since": "2026-04-01"}).status_code == 400
    assert desk.post(price, {"points": "9", "value": "9", "since": "2026-04-10"}).status_code == 302
    shown = Client().get(f"/public/shops/{shop.pk}/shop/").content.decode()
    assert [word in shown for word in ("毛巾", "2026-04-10", "每天 8:00—20:00")] == [True] * 3
    changed = {**told, "organization": shop.organization_id, "hours": "周末 9:00—17:00"}
    assert desk.post(f"{page}edit/", {**changed, "version": "9"}).status_code == 409
    assert desk.post(f"{page}edit/", {**changed, "version": "1"}).status_code == 302
    assert "周末" in Client().get("/public/shops/990901001001/").content.decode()
    about = {"name": "纯棉毛巾", "low": "1", "month_limit": "2"}
    version = RewardItem.objects.get().version
    assert desk.post(f"/shop/items/{item.pk}/edit/", {**about, "version": version}).status_code == 302
    assert desk.post(f"/shop/items/{item.pk}/end/").status_code == 302
    assert desk.post(f"/shop/items/{item.pk}/end/").status_code == 409
    assert desk.post(f"{page}end/").status_code == 302


def test_a_member_reserves_and_the_counter_hands_over(cast: Cast, desk: Client) -> None:
    shop = stocked.shop_made(cast)
    item = stocked.item_made(shop)
    user = cast.users["resident"]
    user.person = Person.objects.create(name="金秀英", created=clock.now())
    user.save()
    given(member_made(cast.places["community"], user.person), 20)
    phone = signed_in(cast, Client(), "resident")
    page = f"/public/shops/{shop.pk}/shop/"
    assert f"items/{item.pk}/reserve/" in phone.get(page).content.decode()
    reserve = f"/public/shops/items/{item.pk}/reserve/"
    assert phone.post(reserve, {"quantity": "0", "key": "k"}).status_code == 400
    assert phone.post(reserve, {"quantity": "3", "key": "k"}).status_code == 409
    for _time in range(2):
        assert phone.post(reserve, {"quantity": "1", "key": "k"})["Location"] == "/shop/mine/"
    row = Redemption.objects.get()
    code = f"{(row.code or '')[:4]} {(row.code or '')[4:]}"
    assert code in phone.get("/shop/mine/").content.decode()
    counter = f"/shop/{shop.pk}/counter/"
    assert desk.post(counter, {"code": "00000000" if row.code != "00000000" else "1"}).status_code == 400
    found = desk.post(counter, {"code": code}).content.decode()
    assert [word in found for word in ("毛巾", "金秀英")] == [True, False]
    after = desk.post(counter, {"code": code, "sure": "1"})["Location"]
    assert row.number in desk.get(f"/shop/{shop.pk}/redemptions/").content.decode()
    assert "毛巾" in desk.get(after).content.decode()
    assert desk.post(counter, {"code": code, "sure": "1"}).status_code == 409
    assert code not in phone.get("/shop/mine/").content.decode()
    one = f"/shop/redemptions/{row.pk}/"
    assert desk.post(f"{one}return/").status_code == 400
    assert desk.post(f"{one}return/", {"reason": "质量问题", "restock": "1"}).status_code == 302
    phone.post(reserve, {"quantity": "2", "key": "k2"})
    waiting = Redemption.objects.get(state="reserved")
    assert phone.post(f"/shop/mine/{waiting.pk}/cancel/").status_code == 302
    assert phone.post(f"/shop/mine/{waiting.pk}/cancel/").status_code == 409


def test_a_member_without_a_phone(cast: Cast, desk: Client) -> None:
    shop = stocked.shop_made(cast)
    item, (_who, member) = stocked.item_made(shop), stocked.member(cast)
    told = {"number": member.number, "item": item.pk, "quantity": "1", "key": "k1"}
    page = f"/shop/{shop.pk}/behalf/"
    assert desk.post(page, {**told, "number": "无此人"}).status_code == 400
    assert {desk.post(page, told).status_code for _time in range(2)} == {302}
    assert Redemption.objects.get().source == "counter"


@pytest.mark.parametrize("role", ["outsider", "resident", "leader", "grid_worker"])
def test_who_does_not_serve_sees_no_redemption(cast: Cast, today: Any, role: str) -> None:
    item = stocked.item_made(stocked.shop_made(cast))
    row = stocked.reserved(stocked.member(cast)[0], item)
    other = signed_in(cast, Client(), role)
    paths = (f"/shop/{item.shop_id}/", f"/shop/{item.shop_id}/counter/", f"/shop/redemptions/{row.pk}/")
    assert {other.get(path).status_code for path in paths} == {404}
    assert other.post(f"/shop/mine/{row.pk}/cancel/").status_code == 404


def test_lists_cost_the_same_for_many(
    cast: Cast, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    shop = stocked.partner_made(cast)
    items = [stocked.item_made(shop, name=f"商品{number}") for number in range(5)]
    for item in items:
        stocked.reserved(stocked.member(cast)[0], item)
    desk.get("/shop/")
    for path in ("/shop/", f"/shop/{shop.pk}/", f"/shop/{shop.pk}/redemptions/", "/shop/settlements/"):
        with django_assert_max_num_queries(14):
            assert desk.get(path).status_code == 200
    with django_assert_max_num_queries(12):
        assert Client().get(f"/public/shops/{shop.pk}/shop/").status_code == 200
    assert desk.get(f"/shop/{shop.pk}/redemptions/?before=nonsense").status_code == 400
