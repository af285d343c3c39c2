"""What leaves the house: by whose wish, when, how often it is tried, and who sees that it failed."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.neighbourhood import Cast
from linli.accounts.operations.owning import account_close
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import DomainError, NotFound
from linli.core.models import Entry, WorkItem
from linli.messaging import channels, kinds
from linli.messaging.channels import Undelivered
from linli.messaging.channels.bots import Mail, Robot
from linli.messaging.channels.gateways import SmsGateway
from linli.messaging.models import Delivery, Preference
from linli.messaging.operations.delivering import (
    DELAYS,
    Parcel,
    by_day,
    deliveries_make,
    deliveries_sweep,
    delivery_attempt,
    delivery_retry,
    job_retry,
)
from linli.messaging.operations.preferring import preference_set
from linli.messaging.operations.pushing import digest_send
from linli.messaging.operations.sending import Draft, Urgency, message_send
from linli.messaging.queries import To, outbox

pytestmark = pytest.mark.django_db
WORKDAY, SUNDAY = "2026-03-10", "2026-03-15"


class Pigeon:
    """A channel of the tests that keeps what it was given, or refuses."""

    code = "pigeon"
    label = "Pigeon"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.failure: Undelivered | None = None

    def ready(self) -> bool:
        return True

    def takes(self, address: str) -> bool:
        return address.startswith("roof-")

    def send(self, address: str, text: str) -> None:
        if self.failure:
            raise self.failure
        self.sent.append((address, text))


@pytest.fixture
def pigeon(monkeypatch: pytest.MonkeyPatch) -> Pigeon:
    bird = Pigeon()
    monkeypatch.setitem(channels._channels, "pigeon", bird)
    kinds.register(kinds.MessageKind("test.note", "A note"))
    return bird


def wants(cast: Cast, name: str, pace: str = "digest") -> None:
    preference_set(actor=getattr(cast, name), channel="pigeon", address=f"roof-{name}", pace=pace)


def note(cast: Cast, name: str, urgency: str = Urgency.NORMAL) -> None:
    with transaction.atomic():
        draft = Draft(kind="test.note", title="楼道灯坏了", urgency=urgency)
        message_send(actor=SYSTEM, to=To(users=[cast.users[name].pk]), draft=draft)


def parcel(pigeon: Pigeon, key: str = "k") -> Delivery:
    with transaction.atomic():
        deliveries_make(parcels=[Parcel(key, "pigeon", "roof-1", "text")])
    return Delivery.objects.get(key=key)


def jobs() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = 'messaging.deliver' ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-10T07:59", "2026-03-10T08:00"),
        ("2026-03-10T08:00", "2026-03-10T08:00"),
        ("2026-03-10T19:59", "2026-03-10T19:59"),
        ("2026-03-10T20:00", "2026-03-11T08:00"),
        ("2026-03-10T23:30", "2026-03-11T08:00"),
        ("2026-03-11T00:10", "2026-03-11T08:00"),
    ],
)
def test_quiet_from_eight_to_eight(at: str, due: str) -> None:
    with clock.frozen(at):
        assert f"{by_day(clock.now()):%Y-%m-%dT%H:%M}" == due


def test_at_night_emergencies_go_out_and_the_rest_waits_for_the_morning(cast: Cast, pigeon: Pigeon) -> None:
    wants(cast, "grid_worker", "each")
    with clock.frozen(f"{WORKDAY}T22:00") as held:
        note(cast, "grid_worker", Urgency.EMERGENCY)
        note(cast, "grid_worker")
        urgent, plain = Delivery.objects.order_by("due")
        assert urgent.due == held.at
        assert f"{plain.due.astimezone(clock.SHANGHAI):%m-%d %H:%M}" == "03-11 08:00"
        assert jobs() == [urgent.due, plain.due]


def test_without_a_wish_or_for_quiet_messages_nothing_leaves(cast: Cast, pigeon: Pigeon) -> None:
    note(cast, "grid_worker", Urgency.EMERGENCY)
    wants(cast, "grid_worker", "each")
    note(cast, "grid_worker", Urgency.QUIET)
    wants(cast, "grid_lead", "digest")
    note(cast, "grid_lead")
    assert not Delivery.objects.exists()


def test_what_leaves_does_not_say_what_it_is_about(cast: Cast, pigeon: Pigeon) -> None:
    wants(cast, "grid_worker", "each")
    note(cast, "grid_worker")
    row = Delivery.objects.get()
    assert delivery_attempt(delivery_id=row.pk) == "sent"
    ((address, text),) = pigeon.sent
    assert address == "roof-grid_worker"
    assert "楼道" not in text
    row.refresh_from_db()
    assert (row.address, row.tries) == (None, 1)
    assert delivery_attempt(delivery_id=row.pk) == ""
    assert len(pigeon.sent) == 1


def test_a_message_that_is_rolled_back_takes_its_delivery_along(cast: Cast, pigeon: Pigeon) -> None:
    wants(cast, "grid_worker", "each")
    with transaction.atomic():
        note(cast, "grid_worker")
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()
    assert jobs() == []


def test_one_summary_a_working_day_of_what_is_owed_and_unread(cast: Cast, pigeon: Pigeon) -> None:
    wants(cast, "grid_worker")
    wants(cast, "grid_lead")
    with clock.frozen(f"{WORKDAY}T08:00") as held:
        note(cast, "grid_worker")
        post = cast.posts["grid_worker"].pk
        for index, hours in enumerate((-1, 5)):
            due = held.at + timedelta(hours=hours)
            WorkItem.objects.create(
                kind="test", subject_type="t", subject_id=index, title="x", post_id=post, raised=held.at, due=due
            )
        assert digest_send() == 0
        held.move(timedelta(minutes=30))
        assert digest_send() > 0
        assert digest_send() > 0
        row = Delivery.objects.get()
        assert row.user_id == cast.users["grid_worker"].pk
        assert [sign for sign in row.text if sign.isdecimal()] == ["2", "1", "1"]
        held.move_to(clock.day_start(held.at.date()) + timedelta(hours=20))
        assert digest_send() == 0
    with clock.frozen(f"{SUNDAY}T09:00"):
        assert digest_send() == 0
    assert Delivery.objects.count() == 1


def test_summaries_cost_the_same_for_any_number(
    cast: Cast, pigeon: Pigeon, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("grid_worker", "grid_lead", "secretary", "street_officer", "leader", "auditor"):
        wants(cast, name)
    with clock.frozen(f"{WORKDAY}T09:00"), django_assert_max_num_queries(12):
        assert digest_send() == max(Preference.objects.values_list("user_id", flat=True))


def test_failures_are_tried_again_later_and_later_and_then_seen(cast: Cast, pigeon: Pigeon) -> None:
    pigeon.failure = Undelivered("no wind")
    with clock.frozen(f"{WORKDAY}T09:00") as held:
        row = parcel(pigeon)
        for tries, delay in enumerate(DELAYS, start=1):
            assert delivery_attempt(delivery_id=row.pk) == "waiting"
            row.refresh_from_db()
            assert (row.tries, row.due, row.error) == (tries, held.at + delay, "no wind")
            held.move(delay)
        assert jobs()[-1] == row.due
        assert delivery_attempt(delivery_id=row.pk) == "failed"
    assert [item.pk for item in outbox(cast.system_administrator).failed] == [row.pk]
    pigeon.failure = None
    delivery_retry(actor=cast.system_administrator, delivery_id=row.pk)
    assert delivery_attempt(delivery_id=row.pk) == "sent"
    assert Entry.objects.filter(operation="delivery.retry", subject_id=row.pk).count() == 1
    with pytest.raises(NotFound):
        delivery_retry(actor=cast.system_administrator, delivery_id=row.pk)


def test_a_wrong_address_is_not_tried_again(cast: Cast, pigeon: Pigeon) -> None:
    pigeon.failure = Undelivered("no such roof", permanent=True)
    assert delivery_attempt(delivery_id=parcel(pigeon).pk) == "failed"


def test_a_key_is_sent_once(pigeon: Pigeon) -> None:
    first = parcel(pigeon)
    assert parcel(pigeon).pk == first.pk
    assert len(jobs()) == 1


def test_only_the_system_administrator_sees_the_outbox(cast: Cast, pigeon: Pigeon, client: Client) -> None:
    row = parcel(pigeon)
    Delivery.objects.update(state="failed", error="no wind")
    for name in ("resident", "auditor", "security_administrator", "street_officer", "outsider"):
        with pytest.raises(NotFound):
            outbox(getattr(cast, name))
        with pytest.raises(NotFound):
            delivery_retry(actor=getattr(cast, name), delivery_id=row.pk)
        with pytest.raises(NotFound):
            job_retry(actor=getattr(cast, name), job_id=1)
    client.force_login(cast.users["resident"], backend="linli.accounts.backends.PhoneOrNameBackend")
    assert client.get("/messages/outbox/").status_code == 404


def test_the_outbox_page_retries_with_a_button(
    cast: Cast, pigeon: Pigeon, client: Client, settings: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    row = parcel(pigeon)
    Delivery.objects.update(state="failed", error="no wind")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES ('default', 'core.seal',"
            " '{\"secret\": \"shh\"}', 'failed') RETURNING id"
        )
        (job,) = cursor.fetchone()
    client.force_login(cast.users["system_administrator"], backend="linli.accounts.backends.PhoneOrNameBackend")
    client.get("/messages/outbox/")
    with django_assert_max_num_queries(12):
        page = client.get("/messages/outbox/")
    assert b"no wind" in page.content
    assert b"core.seal" in page.content
    assert b"shh" not in page.content
    assert b"roof-1" not in page.content
    assert client.post(f"/messages/outbox/{row.pk}/retry/").status_code == 302
    assert client.post(f"/messages/outbox/jobs/{job}/retry/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job])
        assert cursor.fetchone() == ("todo",)
    assert client.post(f"/messages/outbox/jobs/{job}/retry/").status_code == 404


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"channel": "telepathy"}, "message.channel_unknown"),
        ({"channel": "sms", "address": "10000000001"}, "message.channel_unknown"),
        ({"channel": "pigeon", "address": "cellar"}, "message.bad_address"),
        ({"channel": "pigeon", "address": "roof-1", "pace": "always"}, "message.pace_unknown"),
    ],
)
def test_refused_wishes(cast: Cast, pigeon: Pigeon, values: dict[str, str], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        preference_set(actor=cast.grid_worker, **values)
    assert refused.value.code == code
    with pytest.raises(NotFound):
        preference_set(actor=VISITOR, channel="pigeon", address="roof-1")
    assert not Preference.objects.exists()


def test_a_wish_can_be_set_changed_and_taken_back_in_the_browser(cast: Cast, pigeon: Pigeon, client: Client) -> None:
    client.force_login(cast.users["resident"], backend="linli.accounts.backends.PhoneOrNameBackend")
    wish = {"channel": "pigeon", "address": "roof-7", "pace": "each"}
    assert client.post("/messages/settings/", wish).status_code == 302
    assert b"roof-7" in client.get("/messages/settings/").content
    assert client.post("/messages/settings/", {**wish, "address": "cellar"}).status_code == 400
    assert client.post("/messages/settings/", {"channel": "", "pace": "digest"}).status_code == 302
    assert not Preference.objects.exists()
    assert not Entry.objects.filter(facts__icontains="roof").exists()


def test_leaving_forgets_the_address(cast: Cast, pigeon: Pigeon) -> None:
    wants(cast, "resident", "each")
    note(cast, "resident")
    account_close(actor=cast.resident)
    assert (Preference.objects.count(), Delivery.objects.count()) == (0, 0)


def test_old_deliveries_are_forgotten_and_waiting_ones_kept(pigeon: Pigeon) -> None:
    with clock.frozen("2026-01-01T09:00"):
        old, waiting = parcel(pigeon, "old"), parcel(pigeon, "waiting")
        delivery_attempt(delivery_id=old.pk)
    with clock.frozen("2026-06-01T09:00"):
        assert deliveries_sweep() == 1
    assert Delivery.objects.get().pk == waiting.pk


class Gateway(BaseHTTPRequestHandler):
    """A gateway of the tests."""

    answer: tuple[int, bytes] = (200, b'{"code": 0}')
    got: dict[str, list[str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        Gateway.got = parse_qs(body)
        self.send_response(Gateway.answer[0])
        self.end_headers()
        self.wfile.write(Gateway.answer[1])

    def log_message(self, *_rest: Any) -> None:
        """Say nothing."""


@pytest.fixture
def gateway(settings: Any) -> Iterator[SmsGateway]:
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_FIELDS = {"mobile": "{phone}", "content": "{text}", "key": "k1"}
    settings.SMS_OK = '"code": 0'
    Gateway.answer = (200, b'{"code": 0}')
    yield SmsGateway()
    server.shutdown()
    server.server_close()


def test_the_gateway_gets_the_fields_of_the_settings(gateway: SmsGateway) -> None:
    assert gateway.ready()
    gateway.send("100 0000 0001", "待办 2")
    assert Gateway.got == {"mobile": ["10000000001"], "content": ["待办 2"], "key": ["k1"]}


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [((200, b'{"code": 7}'), False), ((503, b""), False), ((429, b""), False), ((400, b""), True)],
)
def test_a_gateway_that_refuses(gateway: SmsGateway, answer: tuple[int, bytes], permanent: bool) -> None:
    Gateway.answer = answer
    with pytest.raises(Undelivered) as failed:
        gateway.send("10000000001", "x")
    assert failed.value.permanent is permanent
    assert "127.0.0.1" not in failed.value.reason


def test_addresses_cannot_smuggle_options(settings: Any) -> None:
    settings.ROBOTS, settings.MAIL_URL = ["wecom"], ""
    robot = Robot("wecom", "", "wecombot")
    assert robot.ready()
    assert not Robot("feishu", "", "feishu").ready()
    assert robot.takes("693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa")
    assert not any(robot.takes(bad) for bad in ("a" * 15, "x" * 20 + "/?url=", "x" * 20 + "@host"))
    assert not Mail().ready()
    assert Mail().takes("lin@example.org")
    options = ("lin", "a&to=b@example.org", "a?x=1@example.org", "a b@example.org")
    # An address in quotation marks may hold a comma, behind which a mail program finds another receiver.
    several = ('"1,victim@example.org,2"@example.com', '"a;b"@example.com', "a@[127.0.0.1]")
    assert not any(Mail().takes(bad) for bad in (*options, *several))
