"""The pages of activities: from the plan over the sign-up and the code to confirmed hours; lists; who sees what."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.activities import codes
from linli.activities.models import Activity, ActivityProgramme, ServiceRecord, SignUp
from linli.activities.tests.held import NAME, activity_made, held_made, programme_made, shift_of, signed
from linli.core import clock
from linli.records.tests.test_import_pages import signed_in

FORM = {"content": NAME, "day": "2026-03-02", "line": "volunteering", "venue": "三号楼", "audience": "all"}
SHIFT = {"s0-starts": "09:00", "s0-ends": "11:00", "s0-capacity": "1"}


@pytest.fixture
def today(db: None) -> Iterator[Any]:
    with clock.frozen("2026-03-02T08:30") as held:
        yield held


@pytest.fixture
def desk(cast: Cast, today: Any) -> Client:
    return signed_in(cast, Client(), "community_worker")


def test_from_the_plan_to_confirmed_hours(cast: Cast, desk: Client, today: Any) -> None:
    form = {**FORM, "place": cast.places["community"].pk, "joinable": "on"}
    assert desk.post("/activities/new/", form).status_code == 400
    half = desk.post("/activities/new/", {**form, **SHIFT, "s0-ends": ""})
    assert (half.status_code, NAME in half.content.decode()) == (400, True)
    page = desk.post("/activities/new/", {**form, **SHIFT})["Location"]
    row = Activity.objects.get()
    shift = shift_of(row).pk
    resident, other = signed_in(cast, Client(), "resident"), signed_in(cast, Client(), "grid_worker")
    public = f"/public/activities/{row.pk}/"
    assert NAME in Client().get("/public/activities/").content.decode()
    assert NAME in Client().get(f"/public/activities/?place={cast.places['community'].code}").content.decode()
    assert "/accounts/login/" in Client().get(public).content.decode()
    assert Client().post(f"/activities/shifts/{shift}/sign-up/")["Location"].startswith("/accounts/login/")
    assert resident.post(f"/activities/shifts/{shift}/sign-up/", {"name": ""}).status_code == 400
    assert resident.post(f"/activities/shifts/{shift}/sign-up/", {"name": "连城璧"})["Location"] == public
    assert other.post(f"/activities/shifts/{shift}/sign-up/").status_code == 302
    assert list(SignUp.objects.order_by("pk").values_list("state", flat=True)) == ["signed", "waiting"]
    # Nobody reads the names of others.
    assert "连城璧" not in other.get(public).content.decode()
    assert "连城璧" not in signed_in(cast, Client(), "outsider").get(page).content.decode()
    assert "连城璧" in desk.get(page).content.decode()

    day = desk.get(f"{page}day/").content.decode()
    assert re.search(r'hx-trigger="every 30s"', day)
    assert resident.get(f"{page}day/").status_code == 404
    scanned = f"{page}in/"
    assert resident.post(scanned, {"code": "x"}).status_code == 400
    assert resident.post(scanned, {"code": codes.code_of(row.pk)}).status_code == 200
    assert SignUp.objects.get(state="signed").way == "code"
    assert desk.post(f"{page}hold/", {"served": "20", "attended": "8"}).status_code == 302
    record = ServiceRecord.objects.get()
    sent = {"record": [record.pk], f"minutes_{record.pk}": "0"}
    assert desk.post(f"{page}attest/", sent).status_code == 400
    assert desk.post(f"{page}attest/", {**sent, f"minutes_{record.pk}": "110"}).status_code == 302
    mine = resident.get("/activities/mine/").content.decode()
    assert "110" in mine
    assert "1.8" in mine
    own = f"/activities/service/{record.pk}/"
    assert resident.post(f"{own}ask/", {"minutes": "120", "reason": "还收拾了场地"}).status_code == 302
    assert resident.post(f"{own}correct/", {"minutes": "120", "reason": "是"}).status_code == 409
    assert "还收拾了场地" in desk.get(own).content.decode()
    corrected = desk.post(f"{own}correct/", {"minutes": "120", "reason": "签到表属实"})["Location"]
    assert corrected != own
    assert other.get(own).status_code == 404
    assert "120" in resident.get("/activities/mine/").content.decode()


def test_a_programme_is_opened_planned_and_ended(cast: Cast, desk: Client) -> None:
    form = {"title": "每月红色星期天", "place": cast.places["community"].pk, "line": "volunteering", "minutes": "90"}
    form |= {"rhythm": "month", "starts": "09:00"}
    assert desk.post("/activities/programmes/new/", {**form, "rhythm": "days"}).status_code == 400
    page = desk.post("/activities/programmes/new/", form)["Location"]
    programme = ActivityProgramme.objects.get()
    plan = f"/activities/new/?programme={programme.pk}"
    shown = desk.get(plan).content.decode()
    assert 'value="10:30"' in shown
    assert desk.post(plan, {**FORM, **SHIFT, "place": form["place"]}).status_code == 302
    assert Activity.objects.get().programme == programme
    change = {**form, "title": "红色星期天", "version": "1"}
    assert desk.post(f"{page}change/", {**change, "version": "9"}).status_code == 409
    assert desk.post(f"{page}change/", change).status_code == 302
    assert "红色星期天" in desk.get("/activities/programmes/").content.decode()
    assert desk.post(f"{page}end/", {"reason": ""}).status_code == 400
    assert desk.post(f"{page}end/", {"reason": "换了办法"}).status_code == 302
    assert desk.get("/activities/new/?programme=987654321").status_code == 404


def test_an_activity_is_changed_and_called_off(cast: Cast, desk: Client) -> None:
    row = activity_made(cast)
    waits = signed(cast, row)
    page = f"/activities/{row.pk}/"
    other = signed_in(cast, Client(), "outsider")
    assert other.get(f"{page}change/").status_code == 403
    assert other.post(f"{page}cancel/", {"reason": "雨"}).status_code == 404
    assert (
        desk.post(f"{page}change/", {**FORM, "joinable": "on", "venue": "四号楼", "version": row.version}).status_code
        == 302
    )
    assert desk.post(f"/activities/shifts/{shift_of(row).pk}/places/", {"capacity": "0"}).status_code == 400
    named = {"name": "柳梦梅", "phone": "10033330011"}
    assert desk.post(f"/activities/shifts/{shift_of(row).pk}/for/", named).status_code == 302
    assert desk.post(f"/activities/sign-ups/{waits.pk}/withdraw/").status_code == 302
    assert desk.post(f"{page}shift/", {"starts": "13:00", "ends": "14:00", "capacity": "5"}).status_code == 302
    assert desk.post(f"{page}cancel/", {"reason": ""}).status_code == 400
    assert desk.post(f"{page}cancel/", {"reason": "大雨"}).status_code == 302
    assert "大雨" in Client().get(f"/public/activities/{row.pk}/").content.decode()


def test_lists_cost_the_same_for_many(
    cast: Cast, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    programme_made(cast)
    for number in range(4):
        activity_made(cast, content=f"活动{number}", day=clock.today() + timedelta(days=number))
    held_made(cast, "grid_worker", content="已经办过")
    desk.get("/activities/")
    with django_assert_max_num_queries(13):
        shown = desk.get("/activities/?state=planned").content.decode()
    assert [f"活动{number}" in shown for number in range(4)] == [True] * 4
    assert "已经办过" not in shown
    with django_assert_max_num_queries(8):
        Client().get("/public/activities/")
    with django_assert_max_num_queries(13):
        desk.get("/activities/programmes/")
    worker = signed_in(cast, Client(), "grid_worker")
    worker.get("/activities/mine/")
    with django_assert_max_num_queries(13):
        assert "已经办过" in worker.get("/activities/mine/").content.decode()
    for address in ("/activities/?before=nonsense", "/activities/mine/?before=x", "/public/activities/?after=x.y"):
        assert desk.get(address).status_code == 400
    assert desk.get("/public/activities/?place=000").status_code == 404
