"""The pages of safety: from a round to a re-check, a patrol, an event; few questions, nothing typed is lost."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.organizations.tests.test_pages import enter
from linli.safety.models import EventPlan, Hazard, InspectionRound, PatrolShift
from linli.safety.tests.secured import CAME, event, planned, post_of, put_right, unsafe, walked
from linli.territory.models import Place

pytestmark = pytest.mark.django_db


def test_from_a_round_to_the_re_check(cast: Cast) -> None:
    desk, grid = enter(cast, "community_worker"), enter(cast, "grid_worker")
    filled = {"name": "春季检查", "kind": "fire_safety", "place": cast.places["community"].pk, "office": ""}
    refused = desk.post("/safety/new/round/", filled | {"until": "2026-02-01"})
    assert (refused.status_code, refused.context["form"]["name"].value()) == (400, "春季检查")
    assert desk.post("/safety/new/round/", filled | {"until": "2026-04-01"}).status_code == 302
    row = InspectionRound.objects.get()
    page = f"/safety/targets/{row.targets.get().pk}/"
    assert grid.get(page).status_code == 404
    # A building of one's own grid is one's own to inspect.
    Place.objects.filter(pk=cast.places["building"].pk).update(grid_path=cast.places["grid"].grid_path)
    assert grid.get(page).status_code == 200
    # So it is for the head of the building (SAF-11).
    assert enter(cast, "building_head").get(page).context["page"].goes
    codes = ("exits", "stairs", "extinguishers", "charging", "lights")
    sent = {f"result-{code}": "good" for code in codes} | {"result-stairs": "hazard", "text-stairs": "三楼堆纸箱"}
    kept = grid.post(page, {**sent, "result-exits": ""})
    assert (kept.status_code, "三楼堆纸箱" in kept.content.decode()) == (400, True)
    assert grid.post(page, sent).status_code == 302
    hazard = Hazard.objects.get()
    assert "三楼堆纸箱" in hazard.text
    assert desk.get(f"/safety/rounds/{row.pk}/").context["page"].open == 1
    put_right(cast, hazard)
    here = f"/safety/hazards/{hazard.pk}/"
    assert desk.get(here).context["page"].checks
    assert not grid.get(here).context["page"].checks
    assert desk.post(here, {"verb": "again", "note": ""}).status_code == 400
    assert desk.post(here, {"verb": "remove", "note": ""}).status_code == 302
    assert desk.get("/safety/?part=hazards&state=removed").context["lines"][0].row == hazard
    assert desk.get(f"/cases/{hazard.case_id}/").status_code == 200
    assert desk.post(here, {"verb": "nothing"}).status_code == 404


def test_a_patrol_is_planned_and_written_down(cast: Cast) -> None:
    desk = enter(cast, "community_worker")
    sent = {"place": cast.places["community"].pk, "stops": [cast.places["compound"].pk], "on": "2026-03-02"}
    sent |= {"starts": "19:00", "ends": "20:00", "weeks": "2", "lead": cast.posts["secretary"].pk, "team": ""}
    assert desk.post("/safety/new/patrol/", sent).status_code == 302
    row = PatrolShift.objects.earliest("on")
    page = f"/safety/patrols/{row.pk}/"
    kept = desk.post(page, {"verb": "report", **CAME, "grid": "", "found": "灯不亮"})
    assert (kept.status_code, kept.context["report"]["found"].value()) == (400, "灯不亮")
    assert desk.post(page, {"verb": "report", **CAME, "found": "灯不亮"}).status_code == 302
    found = {
        "verb": "find",
        "place": cast.places["compound"].pk,
        "severity": "general",
        "category": "",
        "text": "灯不亮",
    }
    assert desk.post(page, found | {"severity": ""}).status_code == 400
    assert desk.post(page, found).status_code == 302
    assert desk.post(page, {"verb": "cancel", "reason": "x"}).status_code == 409
    assert desk.get(page).context["page"].hazards[0].row.shift_id == row.pk


def test_an_event_is_planned_filled_and_approved(cast: Cast) -> None:
    desk, department = enter(cast, "community_worker"), enter(cast, "department_handler")
    sent = {"name": "灯会", "place": cast.places["community"].pk, "venue": "广场", "on": "2026-03-09"}
    sent |= {"starts": "18:00", "ends": "21:00", "visitors": "", "contacts": "值班 10000000001"}
    assert desk.post("/safety/new/event/", sent).status_code == 302
    row = EventPlan.objects.get()
    page = f"/safety/events/{row.pk}/"
    post = {"verb": "post", "title": "东口", "many": "2", "organization": cast.bodies["department"].pk}
    assert desk.post(page, post | {"many": "0"}).status_code == 400
    assert desk.post(page, post).status_code == 302
    assert desk.post(page, {"verb": "approve"}).status_code == 409
    assert department.post(page, {"verb": "fill", "post": row.posts.get().pk, "filled": "2"}).status_code == 302
    assert department.post(page, {"verb": "approve"}).status_code == 403
    assert desk.post(page, {"verb": "approve"}).status_code == 302
    assert desk.post(page, {"verb": "close", "review": "好"}).status_code == 409
    assert desk.post(page, {"verb": "drop", "review": "下雨"}).status_code == 302


@pytest.mark.parametrize("role", ["outsider", "resident", ""])
def test_what_is_elsewhere_is_missing(cast: Cast, role: str) -> None:
    hazard, shift, plan = unsafe(cast), planned(cast), event(cast)
    who = enter(cast, role) if role else Client()
    for page in (
        f"hazards/{hazard.pk}/",
        f"targets/{hazard.target_id}/",
        f"patrols/{shift.pk}/",
        f"events/{plan.pk}/",
    ):
        assert who.get(f"/safety/{page}").status_code == 404
        assert who.post(f"/safety/{page}", {"verb": "remove"}).status_code == 404


def test_lists_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    desk, above, street = (enter(cast, role) for role in ("community_worker", "leader", "street_officer"))
    for number in range(3):
        unsafe(cast)
        walked(cast)
        post_of(cast, event(cast), title=f"入口{number}")
    for who in (desk, above):
        for part in ("rounds", "hazards", "patrols", "events"):
            who.get(f"/safety/?part={part}")
            with django_assert_max_num_queries(12):
                answer = who.get(f"/safety/?part={part}")
            assert (answer.status_code, len(answer.context["lines"])) == (200, 3)
    for what in ("patrol", "round", "event"):
        with django_assert_max_num_queries(14):
            assert street.get(f"/safety/new/{what}/").status_code == 200
    assert desk.get("/safety/?part=people").status_code == 404
    assert desk.get("/safety/?before=x").status_code == 400
