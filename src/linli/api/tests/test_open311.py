"""Open311: off unless turned on, reports by key, and nothing public but what the desk has written."""

from datetime import timedelta
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client

from linli.api import keys
from linli.cases.models import Case
from linli.cases.operations.publishing import summary_publish, summary_withdraw
from linli.cases.tests.conftest import morning
from linli.cases.tests.town import Town, actor, build, create_for
from linli.core import clock
from linli.core.clock import Frozen

__all__ = ["morning"]
URL = "/open311/v2"


@pytest.fixture
def town(db: None, morning: Frozen) -> Town:
    return build({"open311": {"on": True}})


def get(path: str, **query: str) -> Any:
    return Client().get(f"{URL}/{path}", query)


def key(town: Town) -> str:
    admin, until = actor("xitong", "system_administrator", town.county), clock.today() + timedelta(days=30)
    grants = ["report"]
    return keys.key_issue(actor=admin, label="a", owner="b", place=town.street, grants=grants, until=until).secret


def test_off_by_default(db: None, morning: Frozen) -> None:
    build()
    answers = [get(f"{page}.json") for page in ("discovery", "services", "services/lighting", "requests")]
    assert [(item.status_code, item.json()[0]["code"]) for item in answers] == [(404, 404)] * 4


def test_discovery_and_services_in_both_forms(town: Town) -> None:
    assert get("discovery.json").json()["endpoints"][0]["formats"] == ["text/xml", "application/json"]
    codes = {item["service_code"] for item in get("services.json").json()}
    listed = ElementTree.fromstring(get("services.xml").content)
    assert {item.findtext("service_code") for item in listed.findall("service")} == codes
    assert "lighting" in codes
    definition = ElementTree.fromstring(get("services/lighting.xml").content)
    assert [item.findtext("code") for item in definition.findall("attributes/attribute")] == ["urgency", "location"]
    assert definition.findtext("attributes/attribute/values/value/key") == "normal"
    assert get("services/none.json").status_code == 404


def test_only_the_summary_is_public_and_only_while_it_stands(town: Town) -> None:
    case = create_for(town, "accepted", phone="10012345678", category="lighting", address="3栋201")
    assert get("requests.json").json() == []
    assert get(f"requests/{case.number}.json").status_code == 404
    summary_publish(actor=town.desk, case_id=case.pk, text="楼道照明待修")
    (found,) = get("requests.json").json()
    assert (found["description"], found["status"], found["media_url"]) == ("楼道照明待修", "open", None)
    text = get(f"requests/{case.number}.xml").content.decode()
    assert "楼道照明待修" in text
    assert not any(hidden in text for hidden in ("10012345678", "3栋201", case.text))
    summary_withdraw(actor=town.desk, case_id=case.pk)
    assert get("requests.json").json() == []


def test_the_standard_filters(town: Town) -> None:
    done, fresh = create_for(town, "closed", category="lighting"), create_for(town, "accepted", category="parking")
    for case in (done, fresh):
        summary_publish(actor=town.desk, case_id=case.pk, text="摘要")

    def numbers(**query: str) -> set[str]:
        return {item["service_request_id"] for item in get("requests.json", **query).json()}

    assert numbers(status="open") == {fresh.number}
    assert numbers(status="closed") == {done.number}
    assert numbers(status="open,closed") == {done.number, fresh.number}
    assert numbers(service_code="lighting,none") == {done.number}
    assert numbers(service_request_id=f"{fresh.number},x") == {fresh.number}
    assert numbers(end_date="2026-03-01T00:00:00+08:00") == set()
    assert numbers(start_date="2025-11-01T00:00:00Z") == set(), "a range spans 90 days"
    assert get("requests.json", start_date="soon").json()[0]["code"] == 400
    assert get("requests.json", status="lost").status_code == 400


def test_a_report_with_a_key(town: Town) -> None:
    data = {"service_code": "lighting", "description": "灯坏了", "address_id": str(town.compound.pk)}
    url = f"{URL}/requests.json"
    assert Client().post(url, data).status_code == 401
    assert Client().post(url, {**data, "api_key": "wrong"}).status_code == 401
    assert Case.objects.count() == 0
    good, headers = {**data, "api_key": key(town)}, {"Idempotency-Key": "once"}
    first, again = (Client().post(url, good, headers=headers).json()[0] for _ in range(2))
    case = Case.objects.get()
    assert first["service_request_id"] == again["service_request_id"] == case.number
    assert (case.door, case.source, case.category) == ("api", "resident", "lighting")
    kept = get(f"tokens/{first['token']}.json").json()[0]
    assert kept["service_request_id"] == case.number
    assert get("tokens/forged.json").status_code == 404
    assert Client().post(url, {**good, "service_code": "none"}).status_code == 404
    assert Client().post(url, {**good, "lat": "x"}).status_code == 400
    assert Client().post(url, {**good, "address_id": str(town.elsewhere.pk)}).status_code == 403
    assert Case.objects.count() == 1


BROKEN = "multipart/form-data; boundary=b"
BODIES: Any = {
    "too large": ("application/x-www-form-urlencoded", b"description=" + b"x" * (17 << 20), 413, "body.too_large"),
    "too large a field": (
        BROKEN,
        b'--b\r\nContent-Disposition: form-data; name="description"\r\n\r\n' + b"x" * (17 << 20) + b"\r\n--b--\r\n",
        413,
        "body.too_large",
    ),
    "too many": ("application/x-www-form-urlencoded", b"a=1&" * 2000, 413, "body.too_many"),
    "no boundary": ("multipart/form-data", b"--b\r\n", 400, "body.malformed"),
    "other signs": ("application/x-www-form-urlencoded; charset=utf-16", b"a=1", 400, "body.malformed"),
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_body_that_cannot_be_taken_is_refused_in_the_form_asked_for(town: Town, form: str, body: str) -> None:
    kind, content, status, code = BODIES[body]
    answer = Client().post(f"{URL}/requests.{form}", content, content_type=kind)
    assert answer.status_code == status
    if form == "json":
        (error,) = answer.json()
        said = (error["code"], error["description"])
    else:
        found = ElementTree.fromstring(answer.content)
        said = (int(found.findtext("error/code")), found.findtext("error/description"))
    assert said[0] == status
    assert said[1].startswith(f"{code}: ")


def test_a_body_says_nothing_of_a_door_that_is_off(db: None, morning: Frozen) -> None:
    build()
    kind, content, _status, _code = BODIES["too large"]
    answer = Client().post(f"{URL}/requests.json", content, content_type=kind)
    assert (answer.status_code, answer.json()[0]["code"]) == (404, 404)
