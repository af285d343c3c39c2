"""The description is true: whatever it lets a client send, nothing answers with a fault of the server."""

import json
from datetime import timedelta
from typing import Any

import pytest
import schemathesis.openapi
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from linli.api import keys
from linli.api.routes import api
from linli.cases.tests.conftest import morning, town
from linli.cases.tests.town import Town, actor, create_for
from linli.core import clock

__all__ = ["morning", "town"]
BOUNDED = settings(
    max_examples=12,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def operations() -> dict[str, Any]:
    schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
    found = {}
    for item in schema.get_all_operations():
        assert isinstance(item, Ok), item
        found[f"{item.ok().method} {item.ok().path}"] = item.ok()
    return found


OPERATIONS = operations()


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_input_makes_the_server_fail(town: Town, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    create_for(town, "accepted")
    monkeypatch.setattr(keys, "PER_MINUTE", 10_000)
    admin, until = actor("xitong", "system_administrator", town.county), clock.today() + timedelta(days=30)
    may = ["read", "report"]
    key = keys.key_issue(actor=admin, label="a", owner="b", place=town.county, grants=may, until=until).secret
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {key}"})
    answered: set[int] = set()

    @BOUNDED
    @given(st.data())
    def sent(data: st.DataObject) -> None:
        case = data.draw(OPERATIONS[name].as_strategy())
        body = json.dumps(case.body) if isinstance(case.body, dict | list) else ""
        reply = client.generic(case.method, case.formatted_path, body, content_type="application/json")
        answered.add(reply.status_code)
        assert reply.status_code < 500, (case.formatted_path, case.body)

    sent()
    assert answered
