"""Tending webhooks: by the system administrator only, with a secret that is shown once."""

import json
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from linli.api import webhooks
from linli.api.models import Webhook, WebhookDelivery
from linli.api.tests.receiver import Receiver, administrator, make, receiver, tell
from linli.cases.tests.conftest import morning, town
from linli.cases.tests.test_pages import Enter, enter
from linli.cases.tests.town import Town, actor
from linli.core.errors import DomainError, NotFound
from linli.core.models import Entry

__all__ = ["enter", "morning", "receiver", "town"]


def test_a_webhook_is_bounded(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for wants, name, code in (("all", "a", "webhook.wants"), ("every", " ", "webhook.name_missing")):
        with pytest.raises(DomainError) as refused:
            make(town, "https://example.org/", wants, name=name)
        assert refused.value.code == code
    assert make(town, "https://example.org/", "every", "done").row.wants == ["every"]
    monkeypatch.setattr(webhooks, "MOST", 2)
    make(town)
    with pytest.raises(DomainError) as refused:
        make(town)
    assert refused.value.code == "webhook.too_many"


def test_only_the_administrator_of_the_place(town: Town, receiver: Receiver) -> None:
    made = make(town, receiver.address)
    elsewhere = actor("andere", "system_administrator", town.elsewhere)
    for who in (town.desk, town.officer, elsewhere):
        for verb in (webhooks.webhook_pause, webhooks.webhook_end, webhooks.webhook_test):
            with pytest.raises(NotFound):
                verb(actor=who, webhook_id=made.row.pk)
        with pytest.raises(NotFound):
            webhooks.webhook_for(who, made.row.pk)
        with pytest.raises(NotFound):
            webhooks.webhook_make(
                actor=who, name="a", address="https://a.b/", wants=["every"], place=town.county, home=""
            )
    assert not Entry.objects.filter(operation__in=["webhook.pause", "webhook.end", "webhook.test"]).exists()
    assert Webhook.objects.count() == 1


def test_the_pages_show_the_secret_once_and_keep_it_nowhere_else(
    town: Town, enter: Enter, settings: Any, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    admin = enter("system_administrator", town.county, town.county_office)
    data = {"name": "热线", "address": receiver.address, "wants": ["received"], "place": town.street.pk}
    made = admin.post("/api-keys/webhooks/", data).context["made"]
    here = f"/api-keys/webhooks/{made.row.pk}/"
    assert made.row.home == "http://testserver"
    admin.post(f"{here}test/")
    receiver.status = 500
    tell()
    pages = admin.get("/api-keys/webhooks/").content + admin.get(here).content
    assert "热线" in pages.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM api_webhook")
        kept = bytes(cursor.fetchone()[0])
    journaled = json.dumps(list(Entry.objects.values_list("facts", flat=True)))
    for text in (pages, kept, journaled.encode(), caplog.text.encode(), receiver.got[0][2]):
        assert made.secret.encode() not in text
        assert receiver.got[0][1]["Linli-Signature"].encode() not in text
    assert "127.0.0.1" not in journaled


def test_the_pages_pause_resume_try_again_and_end(town: Town, enter: Enter, settings: Any, receiver: Receiver) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    row = make(town, receiver.address).row
    here = f"/api-keys/webhooks/{row.pk}/"
    admin, clerk = enter("system_administrator", town.county), enter("community_worker", town.community, town.office)
    for verb in ("pause", "resume", "test", "end", "deliveries/1/retry"):
        assert clerk.post(f"{here}{verb}/").status_code == 404
    assert [clerk.get(page).status_code for page in ("/api-keys/webhooks/", here)] == [404, 404]
    assert admin.post(f"{here}explode/").status_code == 404
    admin.post(f"{here}test/")
    assert (tell(), receiver.bodies()[0]["type"]) == (1, "test")
    WebhookDelivery.objects.update(state="failed")
    admin.post(f"{here}deliveries/{WebhookDelivery.objects.get().pk}/retry/")
    assert tell() == 1
    admin.post(f"{here}pause/")
    assert Webhook.objects.get().paused
    assert admin.post(f"{here}test/").status_code == 409
    admin.post(f"{here}resume/")
    assert Webhook.objects.get().paused is None
    admin.post(f"{here}end/")
    assert admin.get(here).status_code == 404
    done = Entry.objects.filter(subject_type="webhook").order_by("pk").values_list("operation", flat=True)
    steps = ["make", "test", "try_again", "pause", "resume", "end"]
    assert list(done) == [f"webhook.{step}" for step in steps]


def test_the_lists_ask_few_queries_however_much_there_is(
    town: Town, receiver: Receiver, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = make(town, receiver.address)
    for _number in range(3):
        make(town)
    for _number in range(webhooks.PAGE + 2):
        webhooks.webhook_test(actor=administrator(town), webhook_id=made.row.pk)
    with django_assert_max_num_queries(1):
        rows: list[Any] = list(webhooks.webhooks_for(administrator(town)))
        assert {row.place.name for row in rows} == {town.county.name}
    assert [row.waiting for row in rows] == [0, 0, 0, webhooks.PAGE + 2]
    with django_assert_max_num_queries(2):
        page = webhooks.deliveries_of(webhooks.webhook_for(administrator(town), made.row.pk))
    rest = webhooks.deliveries_of(made.row, after=page.next_key)
    assert (len(page.rows), len(rest.rows), rest.next_key) == (webhooks.PAGE, 2, "")
