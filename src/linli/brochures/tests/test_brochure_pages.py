"""The pages of brochures: chosen, written, issued, sent out; few questions; editions are for everybody."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.brochures.fitting import SIGNS
from linli.brochures.models import Brochure, LeafletStock
from linli.brochures.tests.written import begun, issued, point
from linli.core import printing
from linli.organizations.tests.test_pages import enter

pytestmark = pytest.mark.django_db


def test_from_a_title_to_copies_at_a_point(cast: Cast) -> None:
    desk, where = enter(cast, "community_worker"), cast.places["community"].pk
    assert desk.post("/brochures/", {"place": where, "title": ""}).status_code == 400
    assert desk.post("/brochures/", {"place": where, "title": "口袋书"}).status_code == 302
    row = Brochure.objects.get()
    page = f"/brochures/{row.pk}/"
    long = {"number": "2", "heading": "办事", "text": "邻" * (SIGNS * 20), "source": ""}
    assert desk.post(f"{page}pages/2/", long).status_code == 302
    assert desk.get(page).context["page"].full[0].over == 3
    refused = desk.post(f"{page}issue/")
    assert (refused.status_code, refused.context["fault"].code) == (409, "brochure.page_full")
    kept = desk.post(f"{page}pages/2/", long | {"heading": ""})
    assert (kept.status_code, len(kept.context["form"]["text"].value())) == (400, SIGNS * 20)
    assert desk.post(f"{page}pages/2/", long | {"text": "带身份证"}).status_code == 302
    assert desk.get(f"{page}pages/9/").status_code == 404
    assert desk.post(f"{page}issue/").status_code == 302
    assert desk.get(f"{page}pages/2/").status_code == 404
    east = point(cast)
    given = {"to": f"point-{east.pk}", "copies": "0", "on": "2026-03-02"}
    assert desk.post(f"{page}send/", given).status_code == 400
    assert desk.post(f"{page}send/", given | {"copies": "8"}).status_code == 302
    stock = LeafletStock.objects.get()
    assert desk.get(page).context["page"].stocks[0].low
    assert [item.pk for item in desk.get("/brochures/").context["low"]] == [stock.pk]
    assert desk.post(f"/brochures/points/{stock.pk}/", {"left": "30"}).status_code == 302
    assert not desk.get("/brochures/").context["low"]
    assert desk.post(f"{page}withdraw/", {"reason": ""}).status_code == 400
    assert desk.post(f"{page}nothing/").status_code == 404


@pytest.mark.skipif(not printing.available(), reason="Pango is not installed")
def test_an_edition_is_printed_for_everybody_and_a_draft_for_its_keepers(cast: Cast) -> None:
    draft, edition = begun(cast), issued(cast)
    desk, visitor = enter(cast, "community_worker"), Client()
    assert visitor.get(f"/public/brochures/{draft.pk}/pages.pdf").status_code == 404
    assert visitor.get(f"/public/brochures/{edition.pk}/other.pdf").status_code == 404
    assert desk.get(f"/public/brochures/{draft.pk}/pages.pdf").content.startswith(b"%PDF")
    sheet = visitor.get(f"/public/brochures/{edition.pk}/sheet.pdf")
    assert (sheet.status_code, sheet["Content-Type"]) == (200, "application/pdf")
    assert visitor.get(f"/brochures/{edition.pk}/").status_code in (302, 404)


def test_lists_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    desk = enter(cast, "community_worker")
    rows = [begun(cast) for _number in range(51)]
    for address in ("/brochures/", f"/brochures/{rows[0].pk}/", f"/brochures/{rows[0].pk}/pages/2/"):
        desk.get(address)
        with django_assert_max_num_queries(16):
            assert desk.get(address).status_code == 200
    page = desk.get("/brochures/")
    assert len(page.context["lines"]) == 50
    assert len(desk.get(f"/brochures/?before={page.context['more']}").context["lines"]) == 1
    assert desk.get("/brochures/?before=x").status_code == 400
