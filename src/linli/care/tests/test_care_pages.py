"""The pages of care: at the desk, for the body that is asked, for those above; few questions, nothing typed is lost."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.care.models import CareClient, CareService
from linli.care.operations.giving import service_give
from linli.care.tests.cared import ELDER, GUARDIAN, HOME, asked, cared, meal
from linli.organizations.tests.test_pages import enter

pytestmark = pytest.mark.django_db


def test_from_an_agreement_to_help_that_was_given(cast: Cast) -> None:
    desk, department = enter(cast, "community_worker"), enter(cast, "department_handler")
    filled = {"place": cast.places["community"].pk, "group": "child", "name": ELDER, "helps": ["meals"]}
    filled |= {"agreed_by": "self", "means": "paper", "agreed_on": "2026-03-01", "guardian": GUARDIAN}
    refused = desk.post("/care/new/", filled)
    assert (refused.status_code, refused.context["form"]["name"].value()) == (409, ELDER)
    assert desk.post("/care/new/", filled | {"agreed_by": "guardian"}).status_code == 302
    page = f"/care/{CareClient.objects.get().pk}/"
    assert ELDER not in desk.get(page).content.decode()
    assert desk.post(f"{page}look/", {"reason": ""}).status_code == 400
    looked = desk.post(f"{page}look/", {"reason": "上门送餐"}).content.decode()
    assert ELDER in looked
    assert GUARDIAN in looked
    body = cast.bodies["department"].pk
    wanted = {"kind": "meals", "mode": "home", "on": "2026-03-02", "provider": ""}
    kept = desk.post(f"{page}ask/", wanted)
    assert (kept.status_code, kept.context["help"]["mode"].value()) == (400, "home")
    assert desk.post(f"{page}ask/", wanted | {"provider": body}).status_code == 302
    row = CareService.objects.get()
    text = department.get("/care/services/?view=asked").content.decode()
    assert f"/care/services/{row.pk}/give/" in text
    assert department.get(page).status_code == 404
    assert ELDER not in text
    assert ELDER in department.post(f"/care/services/{row.pk}/look/").content.decode()
    assert department.post(f"/care/services/{row.pk}/cancel/", {"reason": ""}).status_code == 400
    assert department.post(f"/care/services/{row.pk}/give/").status_code == 302
    assert department.post(f"/care/services/{row.pk}/give/").status_code == 409
    assert desk.get(page).context["page"].total == 1
    assert desk.post(f"{page}give/", wanted).status_code == 302
    assert desk.post(f"{page}nothing/").status_code == 404


@pytest.mark.parametrize("role", ["resident", "outsider", "property_handler", ""])
def test_what_is_elsewhere_is_missing(cast: Cast, role: str) -> None:
    client = cared(cast)
    row = asked(cast, client)
    who = enter(cast, role) if role else Client()
    assert who.get(f"/care/{client.pk}/").status_code == 404
    assert who.post(f"/care/services/{row.pk}/give/").status_code == 404


def test_lists_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    desk, above = enter(cast, "community_worker"), enter(cast, "leader")
    for _number in range(52):
        client = cared(cast)
        service_give(actor=cast.actors["community_worker"], client_id=client.pk, given=meal())
    for who, address in ((desk, "/care/"), (above, "/care/"), (desk, "/care/services/"), (desk, f"/care/{client.pk}/")):
        who.get(address)
        with django_assert_max_num_queries(14):
            assert who.get(address).status_code == 200
    page = desk.get("/care/")
    assert (len(page.context["lines"]), page.context["lines"][0].many) == (50, 1)
    assert len(desk.get(f"/care/?before={page.context['more']}").context["lines"]) == 2
    given = desk.get("/care/services/?kind=meals")
    assert len(given.context["lines"]) == 50
    assert len(desk.get(f"/care/services/?before={given.context['more']}").context["lines"]) == 2
    assert desk.get("/care/services/?before=x").status_code == 400
    assert [len(desk.get(f"/care/?{query}").context["lines"]) for query in ("group=child", "state=ended")] == [0, 0]


def test_a_resident_asks_changes_and_wants_no_more(cast: Cast) -> None:
    resident = enter(cast, "resident")
    wish = {"place": cast.places["community"].pk, "group": "child", "name": ELDER, "helps": ["meals"]}
    wish |= {"guardian": "", "contact": HOME}
    kept = resident.post("/care/mine/", wish)
    assert (kept.status_code, kept.context["form"]["contact"].value()) == (409, HOME)
    assert resident.post("/care/mine/", wish | {"guardian": GUARDIAN}).status_code == 302
    client = CareClient.objects.get()
    assert (client.agreed_by, client.means, client.guardian) == ("guardian", "account", GUARDIAN)
    assert ELDER in resident.get("/care/mine/").content.decode()
    page = f"/care/mine/{client.pk}/"
    stale = resident.post(f"{page}agree/", {"name": ELDER, "contact": HOME, "guardian": GUARDIAN})
    assert (stale.status_code, stale.context["changed"]) == (400, client.pk)
    assert resident.post(f"{page}agree/", {**wish, "guardian": GUARDIAN, "helps": ["homework"]}).status_code == 302
    client.refresh_from_db()
    assert client.helps == ["homework"]
    assert enter(cast, "grid_worker").post(f"{page}end/").status_code == 404
    assert resident.post(f"{page}nothing/").status_code == 404
    assert HOME in enter(cast, "community_worker").post(f"/care/{client.pk}/look/", {"reason": "联系"}).content.decode()
    assert resident.post(f"{page}end/").status_code == 302
    assert ELDER not in resident.get("/care/mine/").content.decode()
    assert Client().get("/care/mine/").status_code == 302
