"""The description is true: whatever it lets a client send, and worse, is answered as it says and never with a fault."""

import json
from copy import deepcopy
from datetime import timedelta
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis.openapi
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from linli.api import keys
from linli.api.tests.test_described import DESCRIBED, FIGURES, described_town, faults, operations
from linli.cases.actions import ACTIONS
from linli.cases.models import Case
from linli.cases.tests.conftest import morning
from linli.cases.tests.test_pages import signed_in
from linli.cases.tests.town import Town, actor, create_for
from linli.core import clock
from linli.core.clock import Frozen
from linli.core.testing.keeping import kept
from linli.records.types import record_types
from linli.territory import locating

__all__ = ["morning"]
BOUNDED = settings(
    max_examples=10,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# Texts that have broken readers of numbers, days, codes and texts before.
NASTY = (
    "\0",
    "²",
    "-1",
    "9" * 30,
    "2026-02-30",
    "0001-01-01-1",
    "nan",
    "𠮷" * 300,
    "%",
    "a,b,,",
    "none",
    "true",
    "'\"\\",
)
STRANGE: tuple[Any, ...] = (*NASTY, "\ud800", -1, 2**70, 1e308, None, True, [], {})
ODD: tuple[Any, ...] = ("²", "9" * 30, 2**70, None, [], {})


def fuzzed() -> dict[str, Any]:
    """Every operation as what may be sent to it."""
    items = [
        item.ok()
        for item in schemathesis.openapi.from_dict(deepcopy(DESCRIBED)).get_all_operations()
        if isinstance(item, Ok)
    ]
    return {f"{item.method.lower()} {item.path.removeprefix('/api/v1')}": item for item in items}


FUZZED = fuzzed()


def opened() -> tuple[Town, str]:
    """The town with a matter, and the key of a program that may do everything a key can."""
    town = described_town()
    create_for(town, "accepted")
    admin, until = actor("xitong", "system_administrator", town.county), clock.today() + timedelta(days=30)
    may = ["read", "report"]
    return town, keys.key_issue(actor=admin, label="a", owner="b", place=town.county, grants=may, until=until).secret


@pytest.fixture
def stage(db: None, morning: Frozen) -> tuple[Town, str]:
    """Both, put back for each test."""
    held = kept(opened)
    locating.refresh()
    return held


@pytest.fixture
def client(stage: tuple[Town, str], monkeypatch: pytest.MonkeyPatch) -> Client:
    """That program."""
    monkeypatch.setattr(keys, "PER_MINUTE", 10**9)
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {stage[1]}"})


def checked(name: str, reply: Any, what: Any) -> None:
    """Refuse a fault of the server, and an answer that is not as described."""
    assert reply.status_code < 500, what
    if reply.status_code == 405:
        return
    responses = operations()[name]["responses"]
    schema = responses.get(reply.status_code, responses["default"])["content"]["application/json"]["schema"]
    assert faults(schema, reply.json()) == [], what


def test_every_operation_is_fuzzed() -> None:
    assert set(FUZZED) == set(operations())


def reply_to(client: Client, case: Any) -> Any:
    """The answer to what schemathesis made up."""
    key = str((case.headers or {}).get("Idempotency-Key", "")).encode("latin-1", "replace").decode("latin-1")
    query = case.query if isinstance(case.query, dict) else {}
    return client.generic(
        case.method,
        case.formatted_path,
        json.dumps(case.body) if isinstance(case.body, dict | list | str | int | float | None) else "",
        content_type="application/json",
        query_params={name: str(value) for name, value in query.items()},
        headers={"Idempotency-Key": key},
    )


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("name", sorted(FUZZED))
def test_no_input_makes_the_server_fail(client: Client, name: str, mode: GenerationMode) -> None:
    if mode is GenerationMode.NEGATIVE and not takes_anything(name):
        return
    answered: set[int] = set()

    @BOUNDED
    @given(st.data())
    def sent(data: st.DataObject) -> None:
        case = data.draw(FUZZED[name].as_strategy(generation_mode=mode))
        reply = reply_to(client, case)
        answered.add(reply.status_code)
        checked(name, reply, (case.method, case.formatted_path, case.query, case.body))

    sent()
    assert answered


@pytest.mark.parametrize("name", [name for name in sorted(FUZZED) if name.startswith("get ")])
def test_no_query_makes_the_server_fail(client: Client, name: str) -> None:
    path = f"/api/v1{name.removeprefix('get ')}"
    shared = [item["name"] for item in operations()[name]["parameters"] if item["in"] == "query"]
    asked = list(product(("case", "post"), shared))
    if path.endswith("{code}"):
        # How a dimension is read depends on its type alone.
        kinds = [kind for kind in record_types() if kind.visible]
        asked += {item.type: (kind.code, item.code) for kind in kinds for item in kind.all_dimensions()}.values()
    for (code, parameter), text in product(asked if "{code}" in path else {("", item) for item in shared}, NASTY):
        filled = path.format(code=code, pk=1, figure_id=FIGURES[0]["id"])
        checked(name, client.get(filled, {parameter: text}), (filled, parameter, text))


@pytest.mark.parametrize("field", sorted(DESCRIBED["components"]["schemas"]["ReportIn"]["properties"]))
def test_no_value_in_a_report_makes_the_server_fail(client: Client, field: str) -> None:
    for value in STRANGE:
        report = {"text": "灯坏了", "lng": 104.005, "lat": 26.005, "source": "hotline", field: value}
        for name, body in (("post /cases", report), ("post /cases/batch", [report])):
            reply = client.post(
                f"/api/v1{name.removeprefix('post ')}", json.dumps(body), content_type="application/json"
            )
            checked(name, reply, body)


@pytest.mark.parametrize("verb", sorted(ACTIONS))
def test_no_value_in_a_step_makes_the_server_fail(stage: tuple[Town, str], client: Client, verb: str) -> None:
    town = stage[0]
    desk, case = signed_in("community_secretary", town.community, town.office), Case.objects.get()
    for value in ODD:
        values = dict.fromkeys(ACTIONS[verb].form.base_fields, value)
        body = json.dumps({"values": values})
        reply = desk.post(f"/api/v1/cases/{case.pk}/{verb}", body, content_type="application/json")
        checked("post /cases/{pk}/{verb}", reply, values)


@pytest.mark.parametrize("text", NASTY)
def test_no_text_in_a_path_makes_the_server_fail(client: Client, text: str) -> None:
    for name in FUZZED:
        verb, path = name.split()
        filled = quote(path.replace("{", "").replace("}", "") if "{" not in path else path.split("{")[0] + text)
        reply = client.generic(verb, f"/api/v1{filled}", "{}", content_type="application/json")
        assert reply.status_code < 500, (verb, filled)


def takes_anything(name: str) -> bool:
    """Whether there is anything to get wrong."""
    return bool(operations()[name]["parameters"] or "requestBody" in operations()[name])
