"""The pages of orders: from the menu on the phone to the rating, the desk, what was offered, the list."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.models import User
from linli.accounts.testing import Cast
from linli.orders.models import ServiceMenuItem, ServiceOrder
from linli.orders.tests import ordered
from linli.orders.tests.ordered import ADDRESS, NAME, PHONE, TEXT
from linli.records.tests.test_import_pages import BACKEND, signed_in

pytestmark = pytest.mark.django_db


def client_of(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username), backend=BACKEND)
    return client


def test_from_the_menu_to_the_rating(cast: Cast) -> None:
    desk, resident = signed_in(cast, Client(), "community_worker"), signed_in(cast, Client(), "resident")
    place = cast.places["community"]
    sent = {"place": place.pk, "label": "上门维修", "category": "repairs", "per": "week", "capacity": 3}
    assert desk.post("/orders/menu/new/", {**sent, "category": "x"}).status_code == 400
    page = desk.post("/orders/menu/new/", sent)["Location"]
    item = ServiceMenuItem.objects.get()
    public = f"/public/menu/{place.code}/"
    assert "上门维修" not in Client().get(public).content.decode()
    assert desk.post(f"{page}publish/").status_code == 302
    assert desk.post(f"{page}publish/").status_code == 409
    assert "上门维修" in Client().get(public).content.decode()
    assert place.name in Client().get("/public/menu/").content.decode()
    assert Client().get(f"/orders/ask/{place.code}/").status_code == 302
    asking = f"/orders/ask/{place.code}/?item={item.pk}"
    wish = {"place": place.pk, "name": NAME, "phone": PHONE, "address": ADDRESS, "text": TEXT}
    assert resident.post(asking, {**wish, "phone": ""}).status_code == 400
    own = resident.post(asking, wish)["Location"]
    row = ServiceOrder.objects.get()
    assert place.name in resident.get(own).content.decode()
    someone, _actor = ordered.volunteer(cast, "community", skills=["electric"])
    shown = desk.get(f"/orders/{row.pk}/").content.decode()
    assert [word in shown for word in (someone.person.name, NAME, PHONE)] == [True, False, False]
    assert desk.post(f"/orders/{row.pk}/dispatch/", {}).status_code == 400
    people = {"people": [f"{someone.person_id}.volunteer"]}
    assert desk.post(f"/orders/{row.pk}/dispatch/", people).status_code == 302
    taker = client_of(f"v{someone.pk}")
    assert TEXT[:5] in taker.get("/orders/offers/").content.decode()
    offer = f"/orders/offers/{row.offers.get().pk}/"
    assert [word in taker.get(offer).content.decode() for word in (NAME, PHONE, ADDRESS)] == [False] * 3
    assert taker.post(f"{offer}accept/").status_code == 302
    looked = taker.post(f"{offer}contact/").content.decode()
    assert [word in looked for word in (NAME, PHONE, ADDRESS)] == [True] * 3
    assert taker.post(f"{offer}finish/", {"minutes": "0"}).status_code == 400
    assert taker.post(f"{offer}finish/", {"minutes": "45"}).status_code == 302
    assert resident.post(f"{own}rate/", {"rating": "5"}).status_code == 302
    assert resident.post(f"{own}rate/", {"rating": "5"}).status_code == 409
    row.refresh_from_db()
    assert (row.state, row.minutes, row.confirmed_on is None) == ("rated", 45, False)
    assert taker.get(f"/orders/{row.pk}/")["Location"] == offer


def test_the_desk_writes_one_down_and_hands_it_over(cast: Cast) -> None:
    desk = signed_in(cast, Client(), "community_worker")
    wish = {"place": cast.places["compound"].pk, "door": "phone", "category": "repairs", "text": TEXT}
    page = desk.post("/orders/new/", {**wish, "name": NAME, "phone": PHONE})["Location"]
    assert desk.post(f"{page}look/", {"reason": ""}).status_code == 400
    assert PHONE in desk.post(f"{page}look/", {"reason": "约时间"}).content.decode()
    assert desk.post(f"{page}refuse/", {"reason": "属于供水公司", "instead": "case"}).status_code == 302
    row = ServiceOrder.objects.get()
    assert (row.state, row.case_id is None) == ("declined", False)
    assert desk.get(page).status_code == 200


@pytest.mark.parametrize("role", ["leader", "auditor", "outsider", "resident", "department_handler"])
def test_who_keeps_no_orders_sees_none(cast: Cast, role: str) -> None:
    row = ordered.written_down(cast)
    other = signed_in(cast, Client(), role)
    assert other.get(f"/orders/{row.pk}/").status_code == other.get("/orders/999999/").status_code
    assert row.number not in other.get("/orders/").content.decode()
    assert row.number not in other.get("/orders/mine/").content.decode()


def test_lists_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    desk, resident = signed_in(cast, Client(), "community_worker"), signed_in(cast, Client(), "resident")
    item = ordered.on_menu(cast)
    made = [ordered.asked(cast, item_id=item.pk) for _number in range(4)]
    done, actor = ordered.finished(cast)
    desk.get("/orders/")
    with django_assert_max_num_queries(12):
        shown = desk.get("/orders/?state=open&category=repairs").content.decode()
    numbers = set(re.findall(r"/orders/(\d+)/", shown))
    assert [str(row.pk) in numbers for row in (*made, done)] == [True] * 4 + [False]
    with django_assert_max_num_queries(12):
        assert resident.get("/orders/mine/").status_code == 200
    with django_assert_max_num_queries(14):
        assert desk.get("/orders/menu/").status_code == 200
    volunteer = client_of(User.objects.get(pk=actor.user_id or 0).username)
    with django_assert_max_num_queries(12):
        assert volunteer.get("/orders/offers/").status_code == 200
    assert desk.get("/orders/?before=nonsense").status_code in (200, 400)


def test_a_unit_sees_its_totals(cast: Cast) -> None:
    handler = signed_in(cast, Client(), "department_handler")
    ordered.finished(cast)
    assert handler.get("/orders/units/").status_code == 200
    assert handler.get("/orders/units/?first=x&last=y").status_code == 200
    assert signed_in(cast, Client(), "resident").get("/orders/units/").status_code == 404
