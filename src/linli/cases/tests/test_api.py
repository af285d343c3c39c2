"""REST of matters: reporting once or fifty at a time, reading under the policy, and steps guarded by versions."""

import json
from typing import Any

import pytest
from django.test import Client

from linli.accounts.models import User
from linli.cases.models import Case, Reporter
from linli.cases.tests.test_pages import Enter, enter, queries, signed_in
from linli.cases.tests.town import Town, build, create_for
from linli.core.clock import Frozen

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


def test_the_door_is_the_api_whoever_reports(town: Town, enter: Enter) -> None:
    data = {"text": "灯坏了", "place_id": town.compound.pk, "phone": "10012345678"}
    resident, desk = enter("member_household", town.county), enter("community_worker", town.community, town.office)
    for client in (Client(), resident, desk):
        assert post(client, URL, data).status_code == 201
    visited, own, taken = Case.objects.order_by("id")
    assert {(case.door, case.source) for case in (visited, own, taken)} == {("api", "resident")}
    user = User.objects.get(username__startswith="member_household")
    kept = [(row.user_id, row.taken_by) for row in Reporter.objects.order_by("case_id")]
    assert kept[:2] == [(None, ""), (user.pk, "")], "a report for oneself is nobody else's writing"
    assert kept[2][0] is None
    assert kept[2][1].startswith("user:")


@pytest.mark.parametrize(
    "claim", [{"source": "hotline"}, {"register_number": "12345-1"}, {"given_due": "2026-03-12T09:00:00+08:00"}]
)
def test_only_staff_say_that_others_raised_it(town: Town, enter: Enter, claim: dict[str, str]) -> None:
    data = {"text": "灯坏了", "place_id": town.compound.pk, **claim}
    assert post(Client(), URL, data).json()["error"]["code"] == "case.not_yours"
    assert Case.objects.count() == 0
    desk = enter("community_worker", town.community, town.office)
    assert post(desk, URL, data).status_code == 201
    (case,) = Case.objects.all()
    assert (case.door, case.source) == ("api", claim.get("source", "resident"))


def test_who_dispatches_may_register_one_and_many(db: None, morning: Frozen) -> None:
    kind = {"code": "dispatcher", "label": "分拨员", "abilities": ["cases.dispatch", "cases.view"], "at": ["community"]}
    town = build({"posts": {"kinds": [kind]}})
    client = signed_in("dispatcher", town.community)
    data = {"text": "灯坏了", "place_id": town.compound.pk, "source": "phone"}
    assert post(client, URL, data).status_code == 201
    answers = post(client, f"{URL}/batch", [data, {**data, "place_id": town.elsewhere.pk}]).json()
    assert [item.get("error", {}).get("code", "") for item in answers] == ["", ""]
    assert post(client, URL, {**data, "place_id": town.elsewhere.pk}).status_code == 201
    assert set(Case.objects.values_list("door", "source")) == {("api", "phone")}


def test_each_report_of_a_batch_is_answered_by_itself(town: Town, enter: Enter) -> None:
    desk = enter("community_worker", town.community, town.office)
    good = {"text": "灯坏了", "place_id": town.compound.pk}
    elsewhere = {"text": "灯坏了", "place_id": town.elsewhere.pk}
    answers = post(desk, f"{URL}/batch", [{**good, "key": "a"}, {"text": ""}, elsewhere, {**good, "key": "b"}]).json()
    codes = [item.get("error", {}).get("code", "") for item in answers]
    assert codes == ["", "case.text_missing", "", ""]
    assert post(desk, f"{URL}/batch", [good] * 51).status_code == 400
    assert post(Client(), f"{URL}/batch", [good]).status_code == 403
    assert post(enter("member_household", town.county), f"{URL}/batch", [good]).status_code == 403
    assert Case.objects.count() == 3


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
