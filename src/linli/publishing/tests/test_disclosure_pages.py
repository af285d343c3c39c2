"""The pages of disclosure: the public one in few queries, asking from it, and the staff's filled form."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from linli.accounts.testing import Cast
from linli.core import clock
from linli.publishing.models import DisclosureDue, Publication, PublicationQuestion
from linli.publishing.operations.due import disclosure_check
from linli.publishing.operations.publications import Notice, publication_post
from linli.publishing.tests.rules import quarterly, ruled
from linli.publishing.tests.test_publications import posted
from linli.records.tests.test_import_pages import signed_in as sign_in

pytestmark = pytest.mark.django_db
CODE = "990901001001"
PAGE = f"/public/disclosure/{CODE}/"


@pytest.fixture(autouse=True)
def now(db: None) -> Any:
    with clock.frozen("2026-01-20T10:00") as held:
        yield held


@pytest.fixture
def here(cast: Cast) -> Cast:
    ruled()
    return cast


def signed_in(cast: Cast, role: str) -> Client:
    return sign_in(cast, Client(), role)


def test_the_public_page_says_what_is_overdue_and_costs_the_same_however_much_there_is(
    here: Cast, client: Client, now: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with clock.frozen("2026-01-10T10:00"):
        disclosure_check()
    disclosure_check()
    text = client.get(PAGE).content.decode()
    assert "2025年第4季度" in text
    assert "2026-01-15" in text
    for number in range(30):
        publication_post(
            actor=here.secretary, notice=Notice(here.places["community"].pk, f"通知{number}", "内容", "major")
        )
    with django_assert_max_num_queries(24):
        text = client.get(PAGE).content.decode()
    assert text.count("通知7") == 2
    assert client.get("/public/disclosure/990901001/").status_code == 200
    assert client.get("/public/disclosure/").status_code == 200
    assert client.get("/public/disclosure/CX101/").status_code == 404
    assert PAGE in client.get(f"/public/figures/{CODE}/").content.decode()


def test_a_visitor_asks_from_the_notice_and_finds_the_answer_again(
    here: Cast, client: Client, settings: Settings
) -> None:
    row = posted(here)
    page = reverse("public_disclosure:notice", args=[row.pk])
    settings.VISITOR_POSTS = 1
    answer = client.post(page, {"text": "两万元买了什么?"})
    assert answer.status_code == 302
    own = answer.headers["Location"]
    assert client.post(page, {"text": "另一问"}).status_code == 429
    assert PublicationQuestion.objects.count() == 1
    assert "两万元买了什么" in client.get(own).content.decode()
    assert "两万元买了什么" not in client.get(page).content.decode()
    staff = signed_in(here, "community_worker")
    question = PublicationQuestion.objects.get()
    address = reverse("disclosure:publication_question", args=[question.pk])
    assert staff.post(address, {"text": "换灯", "private_reason": ""}).status_code == 302
    assert "换灯" in client.get(page).content.decode()
    assert "换灯" in client.get(own).content.decode()
    assert client.get(own[:-3] + "x/").status_code == 404
    assert signed_in(here, "outsider").get(address).status_code == 404


def test_a_resident_says_where_they_live_and_reads_what_is_for_residents(here: Cast, client: Client) -> None:
    row = posted(here, audience="residents")
    page = reverse("public_disclosure:notice", args=[row.pk])
    resident = signed_in(here, "resident")
    assert resident.get(page).status_code == 404
    assert resident.post(f"{PAGE}home/").status_code == 302
    assert resident.get(page).status_code == 200
    assert client.post(f"{PAGE}home/").status_code == 302
    assert client.get(page).status_code == 404


def test_the_form_is_filled_from_last_time_for_what_is_owed(here: Cast, now: Any) -> None:
    with clock.frozen("2026-01-10T10:00"):
        posted(here, title="收支表（2025年第4季度）", text="照旧", audience="residents")
        disclosure_check()
    now.move(timedelta(days=72))
    disclosure_check()
    staff = signed_in(here, "community_worker")
    form = staff.get("/disclosure/new/accounts/").context["form"]
    assert [str(form[name].value()) for name in ("since", "until", "text", "audience")] == [
        "2026-01-01",
        "2026-03-31",
        "照旧",
        "residents",
    ]
    assert form["title"].value() == "收支表（2026年第1季度）"
    sent = {name: form[name].value() for name in form.fields}
    answer = staff.post("/disclosure/new/accounts/", sent)
    row = Publication.objects.latest("pk")
    assert answer.headers["Location"] == f"/disclosure/{row.pk}/"
    assert row.meets.get().state == "in_time"
    assert staff.post("/disclosure/new/accounts/", sent).status_code == 409


def test_what_is_owed_leads_to_its_form_and_who_looks_on_to_the_public_page(here: Cast) -> None:
    with clock.frozen("2026-01-10T10:00"):
        disclosure_check()
    row = DisclosureDue.objects.get(place=here.places["community"])
    address = reverse("disclosure:disclosure_due", args=[row.pk])
    leads = {"secretary": f"/disclosure/new/accounts/?due={row.pk}", "leader": PAGE, "outsider": None}
    for who, to in leads.items():
        answer = signed_in(here, who).get(address)
        assert (answer.status_code, answer.headers.get("Location")) == (302 if to else 404, to)


def test_the_staffs_list_costs_few_queries_and_is_missing_for_others(
    here: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        publication_post(actor=here.secretary, notice=Notice(here.places["community"].pk, f"通知{number}", "内容"))
    publication_post(actor=here.secretary, notice=quarterly(here))
    staff = signed_in(here, "secretary")
    staff.get("/disclosure/")
    with django_assert_max_num_queries(24):
        assert staff.get("/disclosure/").content.decode().count("通知1") == 11
    assert signed_in(here, "resident").get("/disclosure/").status_code == 404
    assert signed_in(here, "outsider").get("/disclosure/").content.decode().count("通知1") == 0
