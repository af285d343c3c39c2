"""A webhook lives on: its secret is changed without a gap, and a restore loses nothing and tells nothing new twice."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house
from django.core.management import call_command
from django.db import connection, connections

from linli.api import webhooks
from linli.api.announcing import secrets_of
from linli.api.models import Webhook, WebhookDelivery
from linli.api.tests.receiver import Receiver, administrator, make, receiver, tell
from linli.api.tests.test_webhooks import example
from linli.cases.tests.conftest import morning, town
from linli.cases.tests.test_pages import Enter, enter
from linli.cases.tests.town import Town, build, registered
from linli.core import archive, clock, cluster
from linli.core.clock import Frozen
from linli.core.errors import NotFound
from linli.core.models import Entry
from linli.core.testing.fixtures import OwnDatabase

__all__ = ["enter", "morning", "receiver", "town"]


def accepted(receiver: Receiver, *secrets: str) -> list[bool]:
    """With which of these secrets the other program believes the last message, by the check of docs/api.md."""
    _path, headers, content = receiver.got[-1]
    return [example()(secret, content, headers["Linli-Signature"]) for secret in secrets]


def test_while_a_secret_is_changed_both_are_believed(town: Town, receiver: Receiver, morning: Frozen) -> None:
    made = make(town, receiver.address)
    renewed = webhooks.webhook_renew(actor=administrator(town), webhook_id=made.row.pk)
    registered(town)
    assert (tell(), accepted(receiver, made.secret, renewed.secret, "linli_wh_x")) == (1, [True, True, False])
    morning.move(webhooks.CHANGING + timedelta(seconds=1))
    registered(town)
    assert (tell(), accepted(receiver, made.secret, renewed.secret)) == (1, [False, True])


def test_a_change_is_settled_early_and_a_second_one_forgets_the_first(town: Town, receiver: Receiver) -> None:
    admin, made = administrator(town), make(town, receiver.address)
    first = webhooks.webhook_renew(actor=admin, webhook_id=made.row.pk)
    second = webhooks.webhook_renew(actor=admin, webhook_id=made.row.pk)
    assert secrets_of(Webhook.objects.get()) == [second.secret, first.secret]
    for _time in range(2):
        webhooks.webhook_settle(actor=admin, webhook_id=made.row.pk)
    registered(town)
    assert (tell(), accepted(receiver, made.secret, first.secret, second.secret)) == (1, [False, False, True])
    assert Entry.objects.filter(operation="webhook.settle").count() == 1
    webhooks.webhook_renew(actor=admin, webhook_id=made.row.pk)
    webhooks.webhook_end(actor=admin, webhook_id=made.row.pk)
    assert secrets_of(Webhook.objects.get()) == []
    for verb in (webhooks.webhook_renew, webhooks.webhook_settle):
        with pytest.raises(NotFound):
            verb(actor=admin, webhook_id=made.row.pk)
        with pytest.raises(NotFound):
            verb(actor=town.desk, webhook_id=make(town).row.pk)


def test_the_page_changes_the_secret_and_shows_it_once(
    town: Town, enter: Enter, settings: Any, receiver: Receiver
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    made = make(town, receiver.address)
    here = f"/api-keys/webhooks/{made.row.pk}/"
    clerk = enter("community_worker", town.community, town.office)
    assert [clerk.post(f"{here}{verb}/").status_code for verb in ("secret", "settle")] == [404, 404]
    admin = enter("system_administrator", town.county, town.county_office)
    assert admin.get(f"{here}secret/").status_code == 405
    shown = admin.post(f"{here}secret/")
    secret = shown.context["secret"]
    assert secret.encode() in shown.content
    assert shown.headers["Cache-Control"].count("no-store") == 1
    again = admin.get(here)
    assert (secret.encode() in again.content, again.context["changing"]) == (False, True)
    assert secret not in json.dumps(list(Entry.objects.values_list("facts", flat=True)))
    admin.post(f"{here}settle/")
    assert admin.get(here).context["changing"] is False
    assert secrets_of(Webhook.objects.get()) == [secret]


def test_the_command_line_changes_a_secret(town: Town) -> None:
    made = make(town)
    assert said("webhook", "list")[0]["former_until"] is None
    renewed = said("webhook", "renew", str(made.row.pk))
    assert secrets_of(Webhook.objects.get()) == [renewed["secret"], made.secret]
    assert renewed["former_until"] == (clock.now() + webhooks.CHANGING).isoformat()
    assert said("webhook", "settle", str(made.row.pk))["former_until"] is None
    assert secrets_of(Webhook.objects.get()) == [renewed["secret"]]
    with pytest.raises(NotFound):
        said("webhook", "renew", "987654321")


def said(*words: str) -> Any:
    """What a command says as JSON."""
    stream = StringIO()
    call_command(*words, "--json", stdout=stream)
    return json.loads(stream.getvalue())


def test_a_restore_loses_nothing_and_tells_nothing_twice_under_another_name(
    own_database: OwnDatabase, receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cursor comes back with the journal; what was told since then comes again under the same name."""
    town = build()
    make(town, receiver.address)
    told = registered(town).number
    assert tell() == 1
    waiting = registered(town).number
    as_owner(monkeypatch)
    archive.backup(tmp_path / "saved.tar")
    lost = registered(town).number
    assert tell() == 2
    before = {body["id"]: body["number"] for body in receiver.bodies()}
    assert set(before.values()) == {told, waiting, lost}
    receiver.got.clear()
    with clock.frozen(clock.now() + timedelta(hours=1)):
        archive.restore(tmp_path / "saved.tar", force=True)
        assert tell() == 1
        assert [before.get(body["id"]) for body in receiver.bodies()] == [waiting]
        assert (tell(), WebhookDelivery.objects.count()) == (0, 2)
        fresh = registered(town)
        assert tell() == 1
    # The number of its entry was used before, its name was not.
    assert receiver.bodies()[-1]["id"] not in before
    assert receiver.bodies()[-1]["url"].endswith(f"/{fresh.case_id}")
    assert Entry.objects.filter(operation="case.receive").count() == 3


def as_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    """A restore empties the database, which only its owner may."""
    connections.close_all()
    for place in (house.DATABASES["default"], connection.settings_dict, connections.settings["default"]):
        monkeypatch.setitem(place, "USER", cluster.OWNER)
