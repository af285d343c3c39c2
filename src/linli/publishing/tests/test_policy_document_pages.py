"""Pages of the library of policy documents: the list, a new one with files, its verbs, what everybody may read."""

from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from linli.accounts.neighbourhood import neighbourhood
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.calendar_table import calendar_seed
from linli.core.errors import DomainError
from linli.core.files import PDF
from linli.core.testing.fixtures import OwnDatabase
from linli.publishing.models import PolicyDocument, PolicyFile
from linli.publishing.operations.policy_documents import policy_document_publish
from linli.publishing.tests.test_policy_documents import recorded, sketch
from linli.records.tests.test_import_pages import signed_in

PAPER = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def place(cast: Cast, settings: Settings, tmp_path: Path) -> Cast:
    settings.SECOND_FACTOR_REQUIRED, settings.DATA = False, tmp_path
    calendar_seed(actor=SYSTEM)
    return cast


def filled(cast: Cast, **changes: Any) -> dict[str, Any]:
    whole = {
        "title": "物业服务办法",
        "number": "东街办[2026]5号",
        "kind": "rule",
        "body": str(cast.bodies["street_office"].pk),
        "place": str(cast.places["street"].pk),
        "issued": "2026-02-01",
        "issuer": "",
    }
    return {**whole, **changes}


def verb(client: Client, row: PolicyDocument, name: str, **data: Any) -> Any:
    row.refresh_from_db()
    return client.post(reverse("policy_documents:do", args=[row.pk, name]), {"version": row.version, **data})


@pytest.mark.django_db
def test_a_clerk_records_a_document_with_its_file_and_it_is_listed(place: Cast) -> None:
    client = signed_in(place, Client(), "street_officer")
    file = SimpleUploadedFile("办法.pdf", PAPER, PDF)
    answer = client.post(reverse("policy_documents:new"), filled(place, files=[file], public="on"))
    row = PolicyDocument.objects.get()
    assert answer.headers["Location"] == reverse("policy_documents:policy_document", args=[row.pk])
    assert (row.number, row.public, row.files.count()) == ("东街办〔2026〕5号", True, 1)
    found = client.get(reverse("policy_documents:list"), {"q": "物业", "kind": "rule", "on": "2026-03-01"})
    assert [line[0] for line in found.context["lines"]] == [row]
    assert not client.get(reverse("policy_documents:list"), {"on": "2026-01-31"}).context["lines"]
    assert not client.get(reverse("policy_documents:list"), {"kind": "notice"}).context["lines"]
    assert client.get(reverse("policy_documents:list"), {"on": "x", "page": "x", "kind": "x"}).status_code == 200
    page = client.get(answer.headers["Location"])
    assert page.context["page"].files[0].name == "办法.pdf"
    assert client.get(reverse("policy_documents:file", args=[page.context["page"].files[0].pk])).status_code == 200


@pytest.mark.django_db
def test_a_refused_form_says_why_and_writes_nothing(place: Cast) -> None:
    client = signed_in(place, Client(), "street_officer")
    recorded(place, number="东街办〔2026〕5号")
    answer = client.post(reverse("policy_documents:new"), filled(place))
    assert (answer.status_code, PolicyDocument.objects.count()) == (409, 1)
    assert client.post(reverse("policy_documents:new"), filled(place, title="")).status_code == 400
    assert signed_in(place, Client(), "community_worker").get(reverse("policy_documents:new")).status_code == 404


@pytest.mark.django_db
def test_the_verbs_of_a_page(place: Cast) -> None:
    client = signed_in(place, Client(), "street_officer")
    old = recorded(place, valid_until=clock.today() + timedelta(days=30))
    new = recorded(place, number="春街办〔2026〕30号", title="新办法")
    page = client.get(reverse("policy_documents:policy_document", args=[old.pk]))
    assert set(page.context["verbs"]) == {"renew", "replace", "repeal"}
    assert verb(client, old, "renew", valid_until="").status_code == 302
    assert verb(client, old, "replace", successor="没有这份").status_code == 400
    assert verb(client, old, "repeal", on="", reason="").status_code == 400
    assert verb(client, old, "replace", successor="春街办[2026]30号").status_code == 302
    old.refresh_from_db()
    assert (old.valid_until, old.replaced_by_id) == (None, new.pk)
    assert verb(client, old, "repeal", on="2026-03-01", reason="重复").status_code == 409
    shown = client.get(reverse("policy_documents:policy_document", args=[new.pk]))
    assert [item.pk for item in shown.context["page"].before] == [old.pk]
    succeeding = reverse("policy_documents:succeed", args=[new.pk])
    sent = filled(place, number="东街办〔2026〕31号", version="1")
    assert client.post(succeeding, sent).status_code == 302
    new.refresh_from_db()
    assert new.replaced_by is not None
    assert new.replaced_by.number == "东街办〔2026〕31号"
    assert client.post(succeeding, {**sent, "number": "东街办〔2026〕32号"}).status_code == 409
    other = signed_in(place, Client(), "community_worker")
    assert other.get(reverse("policy_documents:policy_document", args=[old.pk])).context["verbs"] == {}
    assert verb(other, old, "reinstate", reason="点错了").status_code == 403
    assert other.get(reverse("policy_documents:correct", args=[old.pk])).status_code == 403


@pytest.mark.django_db
def test_everybody_reads_what_is_public_and_nothing_else(place: Cast, client: Client) -> None:
    inside = recorded(place)
    shown = recorded(place, number="春街办〔2026〕13号", public=True)
    keeper = signed_in(place, Client(), "street_officer")
    for row in (inside, shown):
        file = SimpleUploadedFile("附件.pdf", PAPER, PDF)
        keeper.post(reverse("policy_documents:attach", args=[row.pk]), {"files": [file]})
    page = client.get(reverse("public_policy_documents:list"))
    assert [line[0] for line in page.context["lines"]] == [shown]
    found = {
        row.pk: (
            client.get(reverse("public_policy_documents:policy_document", args=[row.pk])).status_code,
            client.get(
                reverse("public_policy_documents:file", args=[PolicyFile.objects.get(document=row).pk])
            ).status_code,
        )
        for row in (inside, shown)
    }
    assert found == {inside.pk: (404, 404), shown.pk: (200, 200)}
    taken = PolicyFile.objects.get(document=shown)
    keeper.post(reverse("policy_documents:detach", args=[taken.pk]))
    assert client.get(reverse("public_policy_documents:file", args=[taken.pk])).status_code == 404


@pytest.mark.django_db
def test_a_page_of_the_list_asks_few_questions_however_many_there_are(
    place: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        recorded(place, number=f"春街办〔2026〕{number + 1}号", public=True)
    client = signed_in(place, Client(), "street_officer")
    with django_assert_max_num_queries(16):
        page = client.get(reverse("policy_documents:list"), {"q": "楼道", "on": "2026-03-01"})
    assert len(page.context["lines"]) == 50
    by_number = client.get(reverse("policy_documents:list"), {"sort": "number"}).context["lines"]
    assert [line[0].serial for line in by_number[:3]] == [60, 59, 58]


def test_two_at_once_record_one_number_once(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    together, codes = Barrier(2), []

    def record() -> None:
        together.wait()
        try:
            policy_document_publish(actor=cast.actors["street_officer"], sketch=sketch(cast))
            codes.append("")
        except DomainError as error:
            codes.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=record) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["", "policy_document.twice"]
    assert PolicyDocument.objects.count() == 1
