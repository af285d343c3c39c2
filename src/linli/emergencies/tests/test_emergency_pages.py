"""The pages of emergencies: from a plan to its review, what everybody reads, a help card; few questions."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.core import clock
from linli.emergencies.models import Activation, EmergencyPlan, HelpCard
from linli.emergencies.operations.cards import card_take
from linli.emergencies.operations.plans import Sketch, plan_add
from linli.emergencies.tests.alarmed import PERSON, PHONE, active, card, kept, planned
from linli.organizations.tests.test_pages import enter
from linli.territory.models import Facility

pytestmark = pytest.mark.django_db


def test_from_a_plan_to_its_review(cast: Cast) -> None:
    desk, officer, worker = (enter(cast, role) for role in ("community_worker", "secretary", "grid_worker"))
    community, hall = (
        cast.places["community"].pk,
        Facility.objects.create(name="体育馆", place=cast.places["community"]),
    )
    assert desk.post("/emergencies/", {"place": community, "kind": "flood", "title": ""}).status_code == 400
    assert desk.post("/emergencies/", {"place": community, "kind": "flood", "title": "防汛"}).status_code == 302
    page = f"/emergencies/plans/{EmergencyPlan.objects.get().pk}/"
    said = {"version": 1, "title": "防汛", "kind": "flood", "advice": "不要下地库", "phones": "消防 119"}
    said |= {"calls": ["grid_worker"], "shelters": [hall.pk]}
    assert desk.post(f"{page}save/", said).status_code == 302
    assert desk.post(f"{page}save/", said).status_code == 409
    step = {"text": "查看低洼处", "minutes": "x", "doer": "post:grid_worker"}
    kept_form = desk.post(f"{page}step/", step)
    assert (kept_form.status_code, kept_form.context["step_form"]["text"].value()) == (400, "查看低洼处")
    assert desk.post(f"{page}step/", step | {"minutes": "20"}).status_code == 302
    ends = f"{clock.now() + timedelta(hours=5):%Y-%m-%dT%H:%M}"
    begin = {"level": "3", "reason": "暴雨", "ends": ends, "areas": [community]}
    assert desk.post(f"{page}start/", begin).status_code == 403
    assert officer.post(f"{page}start/", begin).status_code == 302
    row = Activation.objects.get()
    address = f"/emergencies/{row.pk}/"
    assert address in worker.get("/").content.decode()
    shown = Client().get("/public/emergencies/").content.decode()
    assert all(word in shown for word in ("暴雨", "体育馆", "不要下地库", "消防 119", "春晓社区"))
    assert worker.post(f"{address}answer/", {"answer": "here"}).status_code == 302
    assert worker.post(f"{address}answer/", {"answer": "home"}).status_code == 400
    assert worker.get(f"/emergencies/steps/{row.steps.get().pk}/").headers["Location"] == address
    assert worker.post(f"/emergencies/steps/{row.steps.get().pk}/").status_code == 302
    assert worker.post(f"/emergencies/steps/{row.steps.get().pk}/").status_code == 409
    assert worker.post(f"{address}end/").status_code == 403
    assert officer.post(f"{address}extend/", {"ends": ends, "reason": ""}).status_code == 400
    assert officer.post(f"{address}extend/", {"ends": ends, "reason": "雨小了"}).status_code == 302
    assert officer.post(f"{address}nothing/").status_code == 404
    assert officer.post(f"{address}end/").status_code == 302
    assert address not in worker.get("/").content.decode()
    assert "暴雨" not in Client().get("/public/emergencies/").content.decode()
    assert officer.post(f"{address}review/", {"text": "沙袋早到"}).status_code == 302
    assert "沙袋早到" in officer.get(address).content.decode()


def test_a_card_is_on_the_page_of_the_duty_post_while_it_lasts(cast: Cast) -> None:
    resident, desk, officer = (enter(cast, role) for role in ("resident", "community_worker", "secretary"))
    mine = {"place": cast.places["community"].pk, "name": PERSON, "phone": PHONE, "needs": ["stairs"]}
    refused = resident.post("/emergencies/card/", mine)
    assert (refused.status_code, refused.context["form"]["name"].value()) == (400, PERSON)
    assert resident.post("/emergencies/card/", mine | {"agreed": "on"}).status_code == 302
    row = active(cast)
    address = f"/emergencies/{row.pk}/"
    assert PERSON not in officer.get(address).content.decode()
    assert PERSON in officer.post(f"{address}cards/").content.decode()
    assert desk.post(f"{address}cards/").status_code == 403
    assert PERSON not in desk.get("/emergencies/card/").content.decode()
    assert "暴雨" in resident.get("/emergencies/card/").content.decode()
    assert officer.post(f"{address}end/").status_code == 302
    after = officer.post(f"{address}cards/")
    assert after.status_code == 403
    assert PERSON not in after.content.decode()
    assert resident.post("/emergencies/card/", {"withdraw": "1"}).status_code == 302
    assert desk.post("/emergencies/card/", mine | {"agreed": "on", "means": "paper"}).status_code == 302
    assert HelpCard.objects.get().means == "paper"
    assert desk.post("/emergencies/card/", {"withdraw": "1", "phone": PHONE}).status_code == 302
    assert desk.post("/emergencies/card/", {"withdraw": "1"}).status_code == 404
    assert not HelpCard.objects.exists()
    # Whoever works at the desk keeps, sees and withdraws a card of their own too.
    own = "/emergencies/card/?own=1"
    assert desk.post(own, mine | {"agreed": "on"}).headers["Location"] == own
    assert HelpCard.objects.get().user_id == cast.users["community_worker"].pk
    assert PERSON in desk.get(own).content.decode()
    assert desk.post(own, {"withdraw": "1"}).headers["Location"] == own
    assert not HelpCard.objects.exists()


@pytest.mark.parametrize("role", ["resident", "outsider", "property_handler", "system_administrator", ""])
def test_what_is_elsewhere_is_missing(cast: Cast, role: str) -> None:
    row = active(cast)
    kept(cast)
    who = enter(cast, role) if role else Client()
    missing = 404 if role else 302
    assert who.get(f"/emergencies/{row.pk}/").status_code == missing
    assert who.post(f"/emergencies/{row.pk}/cards/").status_code == missing
    assert who.get(f"/emergencies/steps/{row.steps.values_list('pk', flat=True)[0]}/").status_code == missing
    assert who.get(f"/emergencies/plans/{row.plan_id}/").status_code == 404


def test_lists_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    desk, officer = enter(cast, "community_worker"), enter(cast, "secretary")
    place = cast.places["community"].pk
    for number in range(51):
        plan_add(actor=cast.actors["secretary"], place_id=place, sketch=Sketch(f"预案{number}", "fire"))
    row = active(cast)
    for who, address in (
        *((desk, address) for address in ("/emergencies/", f"/emergencies/plans/{row.plan_id}/")),
        *((officer, address) for address in (f"/emergencies/{row.pk}/", "/public/emergencies/")),
    ):
        who.get(address)
        with django_assert_max_num_queries(24):
            assert who.get(address).status_code == 200
    for number in range(8):
        told = card(cast, phone=f"1000000770{number}", means="paper")
        card_take(actor=cast.actors["community_worker"], card=told)
    with django_assert_max_num_queries(36):
        shown = officer.post(f"/emergencies/{row.pk}/cards/").context
    assert (len(shown["cards"]), shown["row"].looks) == (8, 1)
    page = desk.get("/emergencies/")
    assert len(desk.get(f"/emergencies/?before={page.context['more']}").context["lines"]) == 2
    assert len(desk.get("/emergencies/?kind=flood").context["lines"]) == 1
    planned(cast, title="另一预案")
