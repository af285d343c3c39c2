"""Asks over REST: the registry for whoever sees it, answers where they belong, what is in them never to a key."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from linli.accountability.models import Ask, AskAnswer
from linli.accountability.operations.ask_answers import Changes, answer_give, answer_save
from linli.accountability.queries import asks as queries
from linli.accountability.tests import test_asks
from linli.accountability.tests.test_asks import MONDAY, on
from linli.accounts.testing import Cast
from linli.api import keys
from linli.core import clock
from linli.records.tests.test_import_pages import signed_in
from linli.territory.models import Place

pytestmark = pytest.mark.django_db
monday, sketch, sent = test_asks.monday, test_asks.sketch, test_asks.sent
URL = "/api/v1/asks"


def enter(cast: Cast, role: str) -> Client:
    client = Client()
    signed_in(cast, client, role)
    return client


def key(cast: Cast, place: Place, *grants: str) -> Client:
    until = clock.today() + timedelta(days=30)
    issued = keys.key_issue(
        actor=cast.system_administrator, label="a", owner="b", place=place, grants=grants or ("read",), until=until
    )
    return Client(headers={"Authorization": f"Bearer {issued.secret}"})


def ask(client: Client, path: str = "", **query: str) -> Any:
    return client.get(URL + path, query).json()


def test_an_ask_says_who_owes_what_by_when(cast: Cast, sent: AskAnswer) -> None:
    office, path = enter(cast, "department_handler"), f"/{sent.ask_id}"
    (row,) = ask(office)["asks"]
    assert [row[name] for name in ("asker", "ground", "due", "state", "sent", "answered", "place")] == [
        cast.bodies["department"].name,
        "清河县统计办法第三条",
        "2026-03-12",
        "sent",
        2,
        0,
        cast.places["county"].code,
    ]
    assert (ask(office, state="force", q="社区情况")["asks"], ask(office, state="ended")["asks"]) == ([row], [])
    found = ask(office, path)
    assert found["fields"] == ["登记表", "网格数", "小区数", "就业人数", "培训场次"]
    answer_give(actor=cast.community_worker, answer_id=sent.pk, version=1)
    with clock.frozen(on(MONDAY + timedelta(days=11))):
        office = enter(cast, "department_handler")
        states = {item["place"]: item["state"] for item in ask(office, path)["answers"]}
        Ask.objects.update(state="expired")
        assert [item["state"] for item in ask(office, path)["answers"]] == ["answered", "dropped"]
    assert states == {
        cast.places["community"].code: "answered",
        cast.places["second_community"].code: "overdue",
    }


def test_values_are_read_where_the_page_reads_them_and_unknown_is_null(cast: Cast, sent: AskAnswer) -> None:
    path = f"/answers/{sent.pk}"
    changes = Changes(typed={"s0!3,1": "12"}, uncollected=frozenset({"s0!4,1"}))
    saved = answer_save(actor=cast.community_worker, answer_id=sent.pk, version=1, changes=changes)
    assert ask(enter(cast, "department_handler"), path)["error"]["code"] == "ask.sealed"
    own = {item["key"]: (item["state"], item["value"]) for item in ask(enter(cast, "community_worker"), path)["values"]}
    assert own == {
        "s0!1,1": ("sure", "3"),
        "s0!2,1": ("sure", "1"),
        "s0!3,1": ("typed", "12"),
        "s0!4,1": ("uncollected", None),
    }
    answer_give(actor=cast.community_worker, answer_id=sent.pk, version=saved.version)
    given = ask(enter(cast, "department_handler"), path)
    assert {item["key"]: (item["state"], item["value"]) for item in given["values"]} == own
    assert (given["ask"], given["state"], given["cells"], given["typed"]) == (sent.ask_id, "answered", 4, 1)
    assert ask(enter(cast, "other_handler"), path)["error"]["code"] == "not_found"


def test_a_key_knows_of_answers_of_its_place_and_reads_none(cast: Cast, sent: AskAnswer) -> None:
    client = key(cast, cast.places["community"])
    (row,) = ask(client)["asks"]
    (answer,) = ask(client, f"/{row['id']}")["answers"]
    assert (answer["id"], answer["answerer"]) == (sent.pk, cast.places["community"].name)
    answer_give(actor=cast.community_worker, answer_id=sent.pk, version=1)
    assert ask(client, f"/answers/{sent.pk}")["error"]["code"] == "ask.sealed"
    other = AskAnswer.objects.exclude(pk=sent.pk).get()
    assert ask(client, f"/answers/{other.pk}")["error"]["code"] == "not_found"
    assert key(cast, cast.places["county"], "report").get(URL).status_code == 404
    assert Client().get(URL).status_code == 403


def test_pages_follow_one_another(cast: Cast, sent: AskAnswer, monkeypatch: pytest.MonkeyPatch) -> None:
    twin = Ask.objects.get()
    twin.pk = None
    twin.save(force_insert=True)
    monkeypatch.setattr(queries, "PAGE", 1)
    client = enter(cast, "department_handler")
    first = ask(client)
    second = ask(client, after=first["next"])
    assert [item["id"] for item in (*first["asks"], *second["asks"])] == [twin.pk, sent.ask_id]
    assert (second["next"], client.get(URL, {"after": "0"}).status_code) == ("", 422)
