"""The pages of property management: contracts in the browser, missing for others, few queries, what is computed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accountability.operations.surveys import Counted, survey_record
from linli.accounts.testing import Cast
from linli.cases.models import Case
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.organizations.tests.test_pages import enter
from linli.property.models import Contract
from linli.property.tests.managed import contracted, courtyard, kinds_apply

pytestmark = pytest.mark.django_db


def filled(cast: Cast, *compounds: Any, **more: Any) -> dict[str, Any]:
    """A contract of this year, as the form sends it."""
    chosen = [place.pk for place in compounds]
    return {
        **{"model": "bundled", "company": cast.bodies["property_company"].pk, "number": "HT-1", "phone": "1000000"},
        **{"since": "2026-01-01", "last": "2026-12-31", "compound": chosen, **more},
    }


def test_a_community_bundles_two_compounds_and_ends_it_early(cast: Cast) -> None:
    desk, company = enter(cast, "community_worker"), enter(cast, "property_handler")
    here, there = cast.places["compound"], courtyard(cast)
    new = "/property/contracts/new/"
    assert [place for place, _chosen, _buildings in desk.get(new).context["form"].rows()] == [there, here]
    refused = desk.post(new, filled(cast, here, there, **{f"buildings-{here.pk}": "many"}))
    assert (refused.status_code, refused.context["form"].rows()[1][1:]) == (400, (True, "many"))
    assert desk.post(new, filled(cast, here)).status_code == 400
    buildings = {f"buildings-{here.pk}": "4", f"buildings-{there.pk}": "3"}
    assert desk.post(new, filled(cast, here, there, **buildings)).status_code == 302
    row = Contract.objects.get()
    page = f"/property/contracts/{row.pk}/"
    assert (desk.get(page).context["page"].buildings, company.get(page).status_code) == (7, 200)
    assert f"{page}end/" not in company.get(page).content.decode()
    clash = desk.post(new, filled(cast, here, model="professional", since="2026-12-31", last=""))
    assert (clash.status_code, "HT-1" in clash.content.decode()) == (409, True)
    assert company.post(f"{page}end/", {"on": "2026-03-31", "reason": "x"}).status_code == 404
    assert desk.post(f"{page}end/", {"on": "", "reason": "x"}).status_code == 400
    assert desk.post(f"{page}withdraw/", {"reason": "x"}).status_code == 409
    assert desk.post(f"{page}end/", {"on": "2026-03-31", "reason": "服务不达标"}).status_code == 302
    said = {"mode": "self_run", "since": "2026-03-02", "unit": "居民自管小组"}
    assert desk.post(f"/property/compounds/{here.pk}/", said).status_code == 409


def test_a_compound_tells_how_its_residents_are_answered(cast: Cast) -> None:
    kinds_apply(categories=["property"], response_hours=8)
    here, now = cast.places["compound"], clock.now()
    contracted(cast)
    common: dict[str, Any] = {"source": "hotline", "place": here, "received_on": clock.today()}
    for number, (hours, outcome, category) in enumerate(
        ((2, "resolved", "property"), (30, "", "property"), (None, "", "property"), (1, "resolved", "lighting"))
    ):
        taken = now + timedelta(hours=hours) if hours else None
        answered = {"received": now, "taken": taken, "outcome": outcome, "category": category}
        Case.objects.create(number=f"WY{number}", **common, **answered)
    counted = Counted(place_id=here.pk, title="物业满意度", on=clock.today(), asked=100, answered=80, satisfied=60)
    survey_record(actor=SYSTEM, counted=counted)
    halves = enter(cast, "secretary").get(f"/property/compounds/{here.pk}/").context["halves"]
    assert [(half.matters, half.resolved, half.taken, half.in_time) for half in halves] == [(3, 1, 2, 1)]
    assert [(half.since, half.manager, half.share) for half in halves] == [(date(2026, 1, 1), "幸福物业", 75)]


@pytest.mark.parametrize("role", ["resident", "building_head", "outsider", ""])
def test_what_is_elsewhere_is_missing(cast: Cast, role: str) -> None:
    row = contracted(cast)
    client = enter(cast, role) if role else Client()
    for where in (f"compounds/{cast.places['compound'].pk}/", f"contracts/{row.pk}/"):
        assert client.get(f"/property/{where}").status_code == 404
    assert client.post(f"/property/contracts/{row.pk}/end/", {"on": "2026-03-31", "reason": "x"}).status_code == 404


def test_everybody_reads_who_manages_what(cast: Cast) -> None:
    contracted(cast, phone="1000321")
    code = cast.places["community"].code
    text = Client().get(f"/public/property/{code}/").content.decode()
    assert all(word in text for word in ("幸福小区", "幸福物业", "2026-12-31", "1000321"))
    assert Client().get(f"/public/property/{cast.places['street'].code}/").status_code == 200
    assert Client().get("/public/property/0/").status_code == 404


def test_lists_cost_the_same_for_many_and_are_filtered(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    kinds_apply()
    places = [courtyard(cast, f"{number}号院") for number in range(52)]
    contracted(cast, *places[:30], model="bundled")
    for place in places[30:40]:
        contracted(cast, place)
    desk = enter(cast, "community_worker")
    for address in ("", "gaps/", "contracts/", "contracts/new/"):
        desk.get(f"/property/{address}")
        with django_assert_max_num_queries(14):
            assert desk.get(f"/property/{address}").status_code == 200
    shown = {
        query: desk.get(f"/property/?{query}").context["page"].paginator.count
        for query in ("", "mode=bundled", "mode=unmanaged", "mode=unsaid", "q=51", f"within={places[0].community_id}")
    }
    assert list(shown.values()) == [53, 30, 12, 1, 1, 53]
    assert len(desk.get("/property/?page=2").context["lines"]) == 3
    assert desk.get("/property/gaps/").context["whole"].short == 12
    assert [desk.get(f"/property/contracts/?{q}").context["page"].paginator.count for q in ("q=35", "state=ended")] == [
        1,
        0,
    ]
    assert [desk.get(f"/property/?{query}").status_code for query in ("within=x", "page=x")] == [400, 400]
