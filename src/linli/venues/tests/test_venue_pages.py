"""The pages of venues: booked in the browser, what others see, few queries, nothing that was typed is lost."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.activities.tests.held import activity_made
from linli.cases.models import Case
from linli.core import clock
from linli.organizations.tests.test_pages import enter
from linli.territory.models import MEDIATION_STUDIO, Facility
from linli.venues.models import Opening, Room, RoomBooking, SupplyItem, UsePlan
from linli.venues.tests.opened import DAY, WEEK, booked, hall, room, venue, venues_made

pytestmark = pytest.mark.django_db


def filled(**more: Any) -> dict[str, Any]:
    """Two hours of tomorrow afternoon."""
    return {"on": f"{clock.today() + DAY}", "starts": "14:00", "ends": "16:00", "weekly_until": "", **more}


def test_a_resident_finds_a_room_holds_it_and_books_it(cast: Cast) -> None:
    row = room(venue(cast))
    address, visitor, resident = f"/public/venues/rooms/{row.pk}/", Client(), enter(cast, "resident")
    assert row.facility.name in visitor.get("/public/venues/?q=春晓").content.decode()
    assert row.name in visitor.get(f"/public/venues/{row.facility_id}/").content.decode()
    assert "form" in visitor.get(address).context
    assert visitor.post(address, filled()).headers["Location"].startswith("/accounts/login/")
    assert resident.post(address, filled(starts="")).status_code == 400
    sent = resident.post(address, filled(weekly_until=f"{clock.today() + 8 * DAY}"))
    first = RoomBooking.objects.earliest("pk")
    page = f"/venues/bookings/{first.pk}/"
    assert (sent.headers["Location"], first.state) == (page, "held")
    assert "用后关灯" in resident.get(page).content.decode()
    empty = resident.post(f"{page}confirm/", {"purpose": " "})
    assert empty.status_code == 400
    assert resident.post(f"{page}confirm/", {"purpose": "读书会"}).status_code == 302
    assert set(RoomBooking.objects.values_list("state", flat=True)) == {"booked"}
    # Who comes later keeps what they typed, and learns when it is free and not who has it.
    late = enter(cast, "second_worker").post(address, filled(starts="15:00"))
    assert (late.status_code, "15:00" in late.content.decode(), "读书会" in late.content.decode()) == (409, True, False)
    days = {day.day: day.free for day in visitor.get(address).context["page"].days}
    assert days[clock.today() + DAY] == "09:00–12:00、16:00–20:00"
    calendar = visitor.get(f"{address}bookings.ics").content.decode()
    assert (calendar.count("BEGIN:VEVENT"), "20260303T060000Z" in calendar, "读书会" in calendar) == (2, True, False)
    assert len(resident.get("/venues/mine/").context["lines"]) == 2
    assert resident.post(f"{page}return/", {"whole": "1"}).status_code == 302
    assert set(RoomBooking.objects.values_list("state", flat=True)) == {"returned"}


def test_what_happens_at_a_venue_stands_on_its_page(cast: Cast) -> None:
    there = venue(cast)
    shown, _far, _elsewhere = (
        activity_made(cast, place, joinable=True, venue=name)
        for place, name in (("community", there.name), ("far_community", there.name), ("community", "别处"))
    )
    assert Client().get(f"/public/venues/{there.pk}/").context["page"].programme == [shown]


def test_a_resident_asks_a_studio_for_mediation_without_an_account(cast: Cast) -> None:
    plain, studio = venue(cast), venue(cast, name="和事佬工作室")
    Facility.objects.filter(pk=studio.pk).update(kind=MEDIATION_STUDIO)
    visitor = Client()
    pages = [visitor.get(f"/public/venues/{row.pk}/") for row in (plain, studio)]
    assert [bool(page.context["page"].asking) for page in pages] == [False, True]
    assert "调解工作室" in pages[1].content.decode()
    address = pages[1].context["page"].asking
    form = visitor.get(address)
    assert (form.context["place"], "/public/report/similar/" in form.content.decode()) == (studio.place, False)
    told = {"key": "once-only", "text": "楼上夜里拍球", "place": f"{studio.place_id}", "address": studio.name}
    assert visitor.post(address, {**told, "text": ""}).status_code == 400
    # What else a form says does not make it another kind of matter.
    assert visitor.post(address, {**told, "kind": "problem"}).status_code == 302
    case = Case.objects.get()
    assert (case.kind, case.confidential, case.place, case.address) == ("dispute", True, studio.place, studio.name)
    assert visitor.get("/public/report/?asks=anything").context["dispute"] is False


def test_a_half_is_taken_in_the_calendar_of_the_hall(cast: Cast) -> None:
    whole, east, west = hall(cast)
    booked(cast, east)
    found = [
        Client().get(f"/public/venues/rooms/{each.pk}/bookings.ics").content.decode().count("BEGIN:VEVENT")
        for each in (whole, east, west)
    ]
    assert found == [1, 1, 0]


def test_the_house_posts_its_hours_makes_rooms_and_keeps_its_day(cast: Cast) -> None:
    there = venue(cast, posted=False)
    desk, page = enter(cast, "community_worker"), f"/venues/{there.pk}/"
    assert Client().get(f"/public/venues/{there.pk}/").status_code == 404
    hours = {f"day{number}": " ".join(spans) for number, spans in enumerate(WEEK)}
    given = {**hours, "access": "yes", "services": "打印", "rules": "", "phone": "", "version": "0"}
    assert desk.post(f"{page}opening/", {**given, "day0": "12:00-09:00"}).status_code == 400
    assert desk.post(f"{page}opening/", given).status_code == 302
    assert desk.post(f"{page}opening/", given).status_code == 409
    assert Opening.objects.get().hours == WEEK
    sketch = {"name": "大厅", "area_m2": "100", "use": "service", "capacity": "60", "booked_by": "residents"}
    sketch |= {"longest": "120", "buffer": "0", "notice": "0", "ahead": "30", "version": "0"}
    assert desk.post(f"{page}room/", sketch).status_code == 302
    assert desk.post(f"{page}room/", sketch).status_code == 409
    hall_pk = Room.objects.get().pk
    part = {**sketch, "name": "半厅", "area_m2": "101"}
    assert desk.post(f"{page}room/?of={hall_pk}", part).status_code == 409
    assert desk.post(f"{page}room/?of={hall_pk}", {**part, "area_m2": "50"}).status_code == 302
    assert desk.post(f"{page}room/?of={Room.objects.get(name='半厅').pk}", {**part, "name": "x"}).status_code == 409
    changed = {**sketch, "name": "大会议厅", "version": "1"}
    assert desk.post(f"{page}room/?room={hall_pk}", changed).status_code == 302
    assert desk.post(f"{page}room/?room={hall_pk}", changed).status_code == 409
    booked(cast, Room.objects.get(pk=hall_pk))
    shown = desk.get(f"{page}?day={clock.today() + DAY}").context["page"].bookings
    assert [line.row.purpose for line in shown] == ["合唱队排练"]
    day = f"{clock.today() + DAY}"
    assert desk.post(f"{page}close/", {"since": day, "last": "", "reason": "消毒"}).status_code == 400
    assert desk.post(f"{page}close/", {"since": day, "last": day, "reason": "消毒"}).status_code == 302
    assert RoomBooking.objects.get().state == "cancelled"


def test_what_lies_there_and_what_becomes_of_idle_space_is_said_on_its_page(cast: Cast) -> None:
    there = venue(cast)
    idle = room(there, "旧会议室", 20, use="idle", booked_by="")
    desk, chief, page = enter(cast, "community_worker"), enter(cast, "secretary"), f"/venues/{there.pk}/"
    assert desk.post(f"{page}supply/", {"name": "碘伏", "kind": "medicine", "amount": "x"}).status_code == 400
    assert desk.post(f"{page}supply/", {"name": "碘伏", "kind": "medicine", "amount": "3"}).status_code == 302
    supply = {"supply": f"{SupplyItem.objects.get().pk}", "version": "1", "amount": "9", "expires": ""}
    assert [desk.post(f"{page}restock/", supply).status_code for _twice in range(2)] == [302, 409]
    assert desk.post(f"{page}propose/", {"room": f"{idle.pk}", "text": "儿童之家"}).status_code == 302
    plan = {"plan": f"{UsePlan.objects.get().pk}"}
    assert desk.post(f"{page}approve/", plan).status_code == 403
    assert chief.post(f"{page}refuse/", plan).status_code == 400
    assert chief.post(f"{page}approve/", plan).status_code == 302
    assert desk.post(f"{page}begin/", plan).status_code == 302
    idle.refresh_from_db()
    assert idle.use == "service"
    assert desk.post(f"{page}clear/", {"kind": "desk", "text": ""}).status_code == 400
    assert desk.post(f"{page}nothing/", {}).status_code == 404


@pytest.mark.parametrize("role", ["resident", "grid_worker", "property_handler", "outsider"])
def test_who_keeps_no_venue_here_finds_no_pages_of_it(cast: Cast, role: str) -> None:
    row = booked(cast, room(venue(cast)), "community_worker")
    there, client = row.room.facility_id, enter(cast, role)
    for address in (f"/venues/{there}/", f"/venues/{there}/room/", f"/venues/bookings/{row.pk}/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/venues/bookings/{row.pk}/cancel/", {"reason": "x"}).status_code == 404
    assert client.post(f"/venues/{there}/clear/", {"kind": "desk", "text": "x"}).status_code == 404


def test_pages_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    venues_made(cast)
    there = Facility.objects.get(place=cast.places["community"])
    first = Room.objects.get(facility=there, use="service")
    for number in range(20):
        room(there, f"活动室{number}", 10)
    desk = enter(cast, "community_worker")
    budgets = {"/venues/": 12, f"/venues/{there.pk}/": 18, f"/public/venues/{there.pk}/": 12, "/public/venues/": 10}
    for address, most in {**budgets, f"/public/venues/rooms/{first.pk}/": 16, "/venues/mine/": 8}.items():
        desk.get(address)
        with django_assert_max_num_queries(most):
            assert desk.get(address).status_code == 200
    assert desk.get("/public/venues/rooms/1/?day=nonsense").status_code in (400, 404)
    assert desk.get(f"/venues/{there.pk}/?day=nonsense").status_code == 400
