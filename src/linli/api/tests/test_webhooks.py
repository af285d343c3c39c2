"""What webhooks tell and what not: signed, once, again where it failed, late transactions too."""

import json
import re
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from linli.accounts.models import User
from linli.api import announcing, webhooks
from linli.api.announcing import DELAYS, announce, deliveries_forget, send_due
from linli.api.models import Webhook, WebhookDelivery
from linli.api.tasks import webhooks as task
from linli.api.tests.receiver import Receiver, administrator, make, receiver, tell
from linli.cases.models import Case
from linli.cases.operations.intake import Report, case_register
from linli.cases.tests.conftest import morning, town
from linli.cases.tests.town import Town, body, build, create_for, registered, report
from linli.core import clock, journal
from linli.core.actors import SYSTEM
from linli.core.clock import Frozen
from linli.core.errors import NotFound
from linli.core.models import Entry
from linli.core.sealing import entries_seal
from linli.core.testing.fixtures import OwnDatabase
from linli.messaging.models import Message
from linli.organizations.models import Person, Post

__all__ = ["morning", "receiver", "town"]

State = WebhookDelivery.State


def example() -> Any:
    """The check that docs/api.md gives to the other side, with the clock of the tests."""
    text = (Path(__file__).resolve().parents[4] / "docs" / "api.md").read_text("utf-8")
    code = next(block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "hmac" in block)
    known: dict[str, Any] = {}
    exec(code, known)
    known["time"] = SimpleNamespace(time=lambda: clock.now().timestamp())
    return known["is_from_linli"]


def test_a_step_is_told_signed_and_without_words(town: Town, receiver: Receiver) -> None:
    made = make(town, receiver.address)
    case = registered(town, "张三家的灯坏了,电话 10012345678")
    assert tell() == 1
    path, headers, content = receiver.got[0]
    entry = Entry.objects.get(operation="case.receive")
    assert json.loads(content) == {
        "id": f"{entry.pk}-{int(entry.at.timestamp() * 1000)}",
        "at": "2026-03-10T09:00:00+08:00",
        "type": "case.receive",
        "kind": "problem",
        "number": case.number,
        "place": "529901001001",
        "url": f"https://linli.test/api/v1/cases/{case.case_id}",
    }
    assert (path, headers["Linli-Delivery"]) == ("/hook?x=1", json.loads(content)["id"])
    check = example()
    assert check(made.secret, content, headers["Linli-Signature"])
    assert not check(made.secret, content + b" ", headers["Linli-Signature"])
    assert not check("linli_wh_other", content, headers["Linli-Signature"])
    with clock.frozen("2026-03-10T09:10"):
        assert not check(made.secret, content, headers["Linli-Signature"])


def test_running_twice_tells_once_and_a_new_webhook_hears_nothing_old(town: Town, receiver: Receiver) -> None:
    registered(town)
    with clock.frozen("2026-03-10T09:05"):
        make(town, receiver.address)
        assert tell() == 0
        registered(town)
        assert (tell(), tell(), len(receiver.got)) == (1, 0, 1)
        delivery = WebhookDelivery.objects.get()
        assert (delivery.state, delivery.status, delivery.tries) == ("sent", 200, 1)


def test_what_somebody_is_sending_nobody_else_sends(town: Town, receiver: Receiver) -> None:
    made = make(town, receiver.address)
    registered(town)
    while entries_seal(alone=True):
        pass
    announce()
    held = announcing._claim(made.row.pk)
    assert held
    assert send_due() == 0
    with clock.frozen("2026-03-10T09:06"):
        assert send_due() == 1


def test_the_task_reads_and_sends(town: Town, receiver: Receiver) -> None:
    make(town, receiver.address)
    registered(town)
    while entries_seal(alone=True):
        pass
    assert task(timestamp=0) == 1


def test_only_what_is_wanted_and_where(town: Town, receiver: Receiver) -> None:
    make(town, receiver.address, "done", place=town.street)
    make(town, "https://example.org/", place=town.elsewhere)
    create_for(town, "done")
    tell()
    assert [item["type"] for item in receiver.bodies()] == ["case.finish"]
    assert WebhookDelivery.objects.count() == 1


def test_what_is_not_for_others_is_not_told(town: Town, receiver: Receiver) -> None:
    make(town, receiver.address)
    office = body("某单位", town.community, "office")
    plain = registered(town)
    report(town, kind="dispute")
    report(town, kind="complaint", complained_of=office.pk)
    case_register(actor=town.desk, report=Report(text="灯坏了", place_id=town.compound.pk, kind="platform"))
    hidden = registered(town)
    Case.objects.filter(pk=hidden.case_id).update(confidential=True)
    journal.write(SYSTEM, "case.look", ("case", plain.case_id), place_id=town.compound.pk)
    assert Case.objects.count() == 5
    tell()
    assert [item["number"] for item in receiver.bodies()] == [plain.number]


@pytest.mark.parametrize("status", [500, 404, 302, 307])
def test_what_is_refused_is_tried_again_and_then_shown(
    town: Town, morning: Frozen, receiver: Receiver, status: int
) -> None:
    made = make(town, receiver.address)
    registered(town)
    receiver.status = status
    assert tell() == 0
    waits = []
    for _number in range(len(DELAYS)):
        row = WebhookDelivery.objects.get()
        assert (row.state, row.status) == ("waiting", status)
        waits.append(row.due - clock.now())
        with clock.frozen(row.due - timedelta(seconds=1)):
            assert (send_due(), len(receiver.got)) == (0, row.tries)
        morning.move_to(row.due)
        send_due()
    row = WebhookDelivery.objects.get()
    assert (tuple(waits), row.state, len(receiver.got)) == (DELAYS, "failed", len(DELAYS) + 1)
    assert {path for path, _headers, _content in receiver.got} == {"/hook?x=1"}
    receiver.status = 204
    webhooks.webhook_try_again(actor=administrator(town), webhook_id=made.row.pk, delivery_id=row.pk)
    with pytest.raises(NotFound):
        webhooks.webhook_try_again(actor=administrator(town), webhook_id=made.row.pk, delivery_id=row.pk)
    assert send_due() == 1
    assert Webhook.objects.get().failing_since is None
    assert len({content for _path, _headers, content in receiver.got}) == 1


def test_one_that_fails_waits_for_the_next_minute_and_others_go_on(town: Town, receiver: Receiver) -> None:
    make(town, f"http://127.0.0.1:{free_port()}/")
    make(town, receiver.address)
    for _number in range(3):
        registered(town)
    assert tell() == 3
    failing = Webhook.objects.order_by("pk")[0]
    assert sorted(failing.deliveries.values_list("tries", flat=True)) == [0, 0, 1]
    assert failing.deliveries.get(tries=1).error == "ConnectionRefusedError"


def free_port() -> int:
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.server_close()
    return server.server_port


def test_after_three_days_it_is_paused_and_the_administrators_hear_of_it(
    town: Town, morning: Frozen, receiver: Receiver
) -> None:
    person = Person.objects.create(name="冯系", created=clock.now())
    account = User.objects.create(username="fengxi", person=person, joined=clock.now())
    Post.objects.create(person=person, kind="system_administrator", place=town.county, confirmed=True)
    made = make(town, receiver.address)
    receiver.status = 503
    registered(town)
    tell()
    morning.move(timedelta(days=2, hours=23))
    send_due()
    assert Webhook.objects.get().paused is None
    morning.move(timedelta(hours=1))
    send_due()
    assert Webhook.objects.get().paused == clock.now()
    message = Message.objects.get(user=account)
    assert (message.kind, message.link) == ("webhook.paused", f"/api-keys/webhooks/{made.row.pk}/")
    receiver.status = 200
    registered(town)
    assert (tell(), len(receiver.got)) == (0, 3)
    webhooks.webhook_resume(actor=administrator(town), webhook_id=made.row.pk)
    assert tell() == 2
    assert Webhook.objects.get().failing_since is None


def test_an_ended_webhook_is_forgotten(town: Town, receiver: Receiver) -> None:
    made = make(town, receiver.address)
    registered(town)
    while entries_seal(alone=True):
        pass
    announce()
    webhooks.webhook_end(actor=administrator(town), webhook_id=made.row.pk)
    assert (tell(), receiver.got, WebhookDelivery.objects.exists()) == (0, [], False)
    row = Webhook.objects.get()
    assert row.secret is None
    for verb in (webhooks.webhook_end, webhooks.webhook_pause, webhooks.webhook_resume, webhooks.webhook_test):
        with pytest.raises(NotFound):
            verb(actor=administrator(town), webhook_id=row.pk)


def test_old_deliveries_are_forgotten(town: Town, receiver: Receiver, morning: Frozen) -> None:
    make(town, receiver.address)
    registered(town)
    tell()
    morning.move(timedelta(days=29))
    registered(town)
    tell()
    morning.move(timedelta(days=2))
    assert (deliveries_forget(), WebhookDelivery.objects.count()) == (1, 1)


def test_a_transaction_that_ends_late_is_told_too(own_database: OwnDatabase, receiver: Receiver) -> None:
    """Its entry has a lower number than one that was sealed and told before."""
    town = build()
    make(town, receiver.address)
    began, may_end = threading.Event(), threading.Event()

    def late() -> int:
        with transaction.atomic():
            receipt = registered(town)
            began.set()
            assert may_end.wait(30)
        return receipt.case_id

    def early() -> int:
        assert began.wait(30)
        receipt = registered(town)
        # What is ready now is sealed past the open transaction, the worst that a restore could do.
        while entries_seal(alone=True):
            pass
        announce()
        may_end.set()
        return receipt.case_id

    first, second = own_database.together(late, early)
    told = set(WebhookDelivery.objects.values_list("body", flat=True))
    assert len(told) == 1
    while entries_seal(alone=True):
        pass
    announce()
    urls = [json.loads(row.body)["url"] for row in WebhookDelivery.objects.order_by("pk")]
    assert [int(url.rpartition("/")[2]) for url in urls] == [second, first]
