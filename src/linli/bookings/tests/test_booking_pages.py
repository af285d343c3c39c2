"""The pages of bookings: booked and answered in the browser, missing for others, few queries, nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.bookings.models import Booking
from linli.bookings.tests.booked import DAY, booked, shared
from linli.core import clock
from linli.organizations.models import ResourceOffer
from linli.organizations.tests.test_pages import enter

pytestmark = pytest.mark.django_db


def filled(cast: Cast, **more: Any) -> dict[str, Any]:
    """A morning of tomorrow."""
    day = clock.today() + DAY
    place = cast.places["community"].pk
    return {
        **{"wanted_for": f"place-{place}", "amount": "2", "on": f"{day}", "starts": "09:00", "ends": "11:30"},
        **{"last": "", "purpose": "义诊停车", **more},
    }


def test_a_body_shares_a_community_books_and_the_body_promises(cast: Cast) -> None:
    company, desk = enter(cast, "property_handler"), enter(cast, "community_worker")
    form = {"title": "共享车位", "organization": cast.bodies["property_company"].pk, "quantity": "3个车位"}
    chosen = company.get("/organizations/offers/new/").context["form"].fields["organization"].choices
    assert [pk for pk, _name in chosen] == ["", str(cast.bodies["property_company"].pk)]
    assert company.post("/organizations/offers/new/", {**form, "lending": "time"}).status_code == 400
    given = {**form, "lending": "time", "amount": "3", "terms": "晚八点前离开"}
    assert company.post("/organizations/offers/new/", given).status_code == 302
    offer = ResourceOffer.objects.get()
    assert "晚八点前离开" in desk.get(f"/bookings/offers/{offer.pk}/").content.decode()
    refused = desk.post(f"/bookings/offers/{offer.pk}/", filled(cast, amount="4"))
    assert (refused.status_code, "义诊停车" in refused.content.decode()) == (409, True)
    assert desk.post(f"/bookings/offers/{offer.pk}/", filled(cast, on="")).status_code == 400
    assert desk.post(f"/bookings/offers/{offer.pk}/", filled(cast)).status_code == 302
    row = Booking.objects.get()
    assert (int(row.amount), row.starts.astimezone(clock.SHANGHAI).hour) == (2, 9)
    page = f"/bookings/{row.pk}/"
    assert f"{page}approve/" not in desk.get(page).content.decode()
    assert company.post(f"{page}approve/").status_code == 302
    assert company.post(f"{page}approve/").status_code == 409
    empty = desk.post(f"{page}withdraw/", {"reason": " "})
    assert empty.status_code == 400
    assert desk.post(f"{page}withdraw/", {"reason": "改期"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reason) == ("withdrawn", "改期")
    assert company.post(f"/organizations/offers/{offer.pk}/lend/", {"version": "1", "lending": ""}).status_code == 302
    assert desk.get(f"/bookings/offers/{offer.pk}/").status_code == 404
    assert desk.get(page).status_code == 200


def test_money_is_booked_by_a_day(cast: Cast) -> None:
    fund = shared(cast, lending="used", amount=5000, title="共建资金")
    desk = enter(cast, "community_worker")
    shown = desk.get(f"/bookings/offers/{fund.pk}/").context["form"].fields
    assert "starts" not in shown
    given = {name: value for name, value in filled(cast, amount="800.50").items() if name not in ("starts", "ends")}
    assert desk.post(f"/bookings/offers/{fund.pk}/", given).status_code == 302
    row = Booking.objects.get()
    assert (str(row.amount), clock.day_of(row.starts)) == ("800.50", clock.today() + DAY)


@pytest.mark.parametrize("role", ["resident", "building_head", "auditor", "leader"])
@pytest.mark.parametrize("address", ["", "offers/", "offers/{offer}/", "{booking}/"])
def test_who_neither_books_nor_shares_finds_no_pages(cast: Cast, role: str, address: str) -> None:
    offer = shared(cast)
    where = address.format(offer=offer.pk, booking=booked(cast, offer).pk)
    assert enter(cast, role).get(f"/bookings/{where}").status_code == 404
    assert Client().get(f"/bookings/{where}").status_code == 404


def test_elsewhere_it_is_booked_but_not_looked_at(cast: Cast) -> None:
    offer = shared(cast)
    row = booked(cast, offer)
    outsider = enter(cast, "outsider")
    assert outsider.get(f"/bookings/offers/{offer.pk}/").status_code == 200
    assert outsider.get(f"/bookings/{row.pk}/").status_code == 404
    assert outsider.post(f"/bookings/{row.pk}/withdraw/", {"reason": "x"}).status_code == 404
    assert outsider.get(f"/organizations/offers/{offer.pk}/lend/").status_code == 404


def test_lists_cost_the_same_for_many_and_are_filtered(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    offer = shared(cast, amount=99)
    for _number in range(55):
        booked(cast, offer)
    desk, company = enter(cast, "community_worker"), enter(cast, "property_handler")
    for address in ("", "offers/", f"offers/{offer.pk}/"):
        desk.get(f"/bookings/{address}")
        with django_assert_max_num_queries(12):
            assert desk.get(f"/bookings/{address}").status_code == 200
    first = desk.get("/bookings/").context
    assert (len(first["lines"]), first["more"] != "") == (50, True)
    assert len(desk.get(f"/bookings/?before={first['more']}").context["lines"]) == 5
    assert len(company.get("/bookings/?view=answer&state=asked").context["lines"]) == 50
    assert [len(desk.get(f"/bookings/?view={view}").context["lines"]) for view in ("answer", "ours")] == [0, 50]
    assert desk.get("/bookings/?before=nonsense").status_code == 400
    assert [len(desk.get(f"/bookings/offers/?q={words}").context["page"]) for words in ("车位", "会议")] == [1, 0]
