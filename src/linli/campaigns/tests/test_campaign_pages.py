"""The pages of campaigns: from plan to published summary in the browser, few queries, missing for others."""

from io import BytesIO

import pytest
from docx import Document
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.campaigns.models import Campaign, CampaignFinding
from linli.campaigns.operations import campaigns as operations
from linli.campaigns.operations import places
from linli.campaigns.tests.running import campaigns_made, running, step, target_of
from linli.cases.tests.test_intake import photo
from linli.core.actors import SYSTEM
from linli.organizations.tests.test_pages import enter

pytestmark = pytest.mark.django_db


def test_a_street_plans_a_community_works_and_everybody_reads_what_came_of_it(cast: Cast) -> None:
    office, desk, visitor = enter(cast, "street_officer"), enter(cast, "community_worker"), enter(cast, "resident")
    street, body = cast.places["street"], cast.bodies["department"]
    plan = {"title": "楼道清理", "kind": "rectification", "place": street.pk, "lead": body.pk, "since": "2026-03-02"}
    assert office.post("/campaigns/new/", {**plan, "until": "2026-02-01"}).status_code == 400
    assert office.post("/campaigns/new/", {**plan, "until": "2026-06-01"}).status_code == 302
    row = Campaign.objects.get()
    page = f"/campaigns/{row.pk}/"

    def do(verb: str, **data: object) -> int:
        row.refresh_from_db()
        return office.post(f"{page}{verb}/", {"version": row.version, **data}).status_code

    assert do("begin") == 409
    assert do("item", title="清楼道", lead="") == 302
    assert do("unit", organization=body.pk) == 302
    assert do("places", place=street.pk, each="compound") == 302
    assert do("places", place="x") == 400
    assert do("nothing") == 404
    assert do("begin") == 302

    target = f"/campaigns/targets/{row.targets.get(place=cast.places['compound']).pk}/"
    item = row.items.get().pk
    assert desk.post(f"{target}mark/", {"item": item, "state": "not_needed", "note": ""}).status_code == 400
    assert desk.post(f"{target}mark/", {"item": item, "state": "done"}).status_code == 302
    kept = desk.post(f"{target}find/", {"text": "消防通道被占", "due": "x"})
    assert (kept.status_code, "消防通道被占" in kept.content.decode()) == (400, True)
    assert desk.post(f"{target}find/", {"text": "消防通道被占"}).status_code == 302
    assert desk.post(f"{target}photo/", {"when": "before", "photo": photo()}).status_code == 302
    image = desk.get(f"/campaigns/photos/{row.targets.exclude(photos=None).get().photos.get().pk}/")
    assert (image.status_code, image.headers["Content-Type"]) == (200, "image/webp")
    assert do("close", summary="完成") == 409
    finding = CampaignFinding.objects.get()
    assert desk.post(f"/campaigns/findings/{finding.pk}/raise/").status_code == 302
    assert desk.post(f"/campaigns/findings/{finding.pk}/rectify/").status_code == 409
    finding.refresh_from_db()
    assert f"/cases/{finding.case_id}/" in desk.get(target).content.decode()
    assert do("review", text="进度正常") == 302
    assert do("close", summary="全部完成") == 302
    assert visitor.get(f"/public{page}").status_code == 404
    assert do("publish", shown="1") == 302
    assert "全部完成" in visitor.get(f"/public{page}").content.decode()
    assert page in visitor.get("/public/campaigns/").content.decode()
    assert desk.get(f"{page}report.pdf").content.startswith(b"%PDF-")
    word = Document(BytesIO(desk.get(f"{page}report.docx").content))
    assert "全部完成" in [paragraph.text for paragraph in word.paragraphs]


def test_missing_for_whoever_has_no_part_in_it(cast: Cast) -> None:
    row = running(cast)
    for role in ("resident", "outsider", "grid_worker", "auditor"):
        assert enter(cast, role).get(f"/campaigns/{row.pk}/").status_code == 404, role
        assert enter(cast, role).get(f"/campaigns/targets/{target_of(row).pk}/").status_code == 404, role
    for role in ("community_worker", "department_handler", "street_officer"):
        assert enter(cast, role).get(f"/campaigns/{row.pk}/").status_code == 200, role


def test_lists_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    campaigns_made(cast)
    row = running(cast)
    step(SYSTEM, operations.targets_add, row, place_id=cast.places["street"].pk, each="community")
    for _number in range(8):
        running(cast)
        places.finding_add(actor=SYSTEM, target_id=row.targets.earliest("pk").pk, text="堆物")
    client = enter(cast, "street_officer")
    target = row.targets.earliest("pk").pk
    for address, most in (("", 12), (f"{row.pk}/", 22), (f"targets/{target}/", 16)):
        with django_assert_max_num_queries(most):
            assert client.get(f"/campaigns/{address}").status_code == 200
