"""REST of matters: reporting once or fifty at a time, reading under the policy, and steps guarded by versions."""

import json
from typing import Any

from django.test import Client

from linli.cases.models import Case
from linli.cases.tests.test_pages import Enter, enter, queries
from linli.cases.tests.town import Town, create_for

__all__ = ["enter"]
URL = "/api/v1/cases"


def post(client: Client, path: str, data: Any, **headers: str) -> Any:
    """A JSON request."""
    return client.post(path, json.dumps(data), content_type="application/json", headers=headers)


def test_a_report_by_key_is_taken_once(town: Town) -> None:
    data = {"text": "灯坏了", "place_id": town.compound.pk, "category": "lighting"}
    first = post(Client(), URL, data, **{"Idempotency-Key": "k"})
    again = post(Client(), URL, data, **{"Idempotency-Key": "k"})
    other = post(Client(), URL, {**data, "text": "别的"}, **{"Idempotency-Key": "k"})
    assert (first.status_code, again.json()["number"], other.status_code) == (201, first.json()["number"], 409)
    assert Case.objects.count() == 1


def test_each_report_of_a_batch_is_answered_by_itself(town: Town, enter: Enter) -> None:
    desk = enter("community_worker", town.community, town.office)
    good = {"text": "灯坏了", "place_id": town.compound.pk}
    elsewhere = {"text": "灯坏了", "place_id": town.elsewhere.pk}
    answers = post(desk, f"{URL}/batch", [{**good, "key": "a"}, {"text": ""}, elsewhere, {**good, "key": "b"}]).json()
    codes = [item.get("error", {}).get("code", "") for item in answers]
    assert codes == ["", "case.place_unknown", "case.not_yours", ""]
    assert post(desk, f"{URL}/batch", [good] * 51).status_code == 400
    assert post(Client(), f"{URL}/batch", [good]).status_code == 403
    assert Case.objects.count() == 2


def test_reading_is_under_the_policy(town: Town, enter: Enter) -> None:
    case = create_for(town, "taken", phone="10012345678")
    desk, outsider = enter("community_worker", town.community, town.office), enter("community_worker", town.elsewhere)
    shown = desk.get(f"{URL}/{case.pk}")
    assert shown.json()["state"] == "taken"
    assert "5678" not in shown.content.decode()
    assert [row["id"] for row in desk.get(URL).json()["cases"]] == [case.pk]
    assert outsider.get(f"{URL}/{case.pk}").status_code == 404
    assert outsider.get(URL).json()["cases"] == []
    assert Client().get(URL).status_code == 403
    assert queries(desk, f"{URL}/{case.pk}") <= 10
    assert queries(desk, URL) <= 12


def test_steps_carry_a_version(town: Town, enter: Enter) -> None:
    case = create_for(town, "accepted")
    desk = enter("community_worker", town.community, town.office)
    body = {"version": case.version, "values": {"lead_id": town.power.pk}}
    assert post(desk, f"{URL}/{case.pk}/dispatch", body).json()["state"] == "dispatched"
    stale = post(desk, f"{URL}/{case.pk}/recall", {"version": case.version, "values": {"reason": "派错"}})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "case.stale")
    assert stale.json()["error"]["facts"] == {"yours": case.version, "current": case.version + 1}
    bad = post(desk, f"{URL}/{case.pk}/recall", {"values": {}})
    assert (bad.status_code, bad.json()["error"]["code"]) == (400, "form.invalid")
    assert post(desk, f"{URL}/{case.pk}/explode", {"values": {}}).status_code == 404
