"""API keys: issued by the system administrator only, shown once, limited to their place, revoked at once."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from linli.api import keys
from linli.api.models import ApiKey, KeyCount
from linli.cases.models import Case
from linli.cases.tests.conftest import morning, town
from linli.cases.tests.test_pages import Enter, enter
from linli.cases.tests.town import Town, actor, create_for
from linli.core import clock
from linli.core.clock import Frozen
from linli.core.errors import DomainError
from linli.core.models import Entry

__all__ = ["enter", "morning", "town"]


def issue(town: Town, *grants: str) -> keys.Issued:
    admin = actor("xitong", "system_administrator", town.county)
    until = clock.today() + timedelta(days=30)
    return keys.key_issue(actor=admin, label="热线", owner="热线办", place=town.street, grants=grants, until=until)


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_a_key_reads_and_reports_at_its_place_only(town: Town) -> None:
    case = create_for(town, "accepted")
    reads, reports = issue(town, "read").secret, issue(town, "report").secret
    client = Client()
    assert client.get(f"/api/v1/cases/{case.pk}", headers=bearer(reads)).json()["number"] == case.number
    assert client.get(f"/api/v1/cases/{case.pk}", headers=bearer(reports)).status_code == 404
    here = {"text": "灯坏了", "place_id": town.compound.pk}
    there = {"text": "灯坏了", "place_id": town.elsewhere.pk}
    url, kind = "/api/v1/cases", "application/json"
    assert client.post(url, here, content_type=kind, headers=bearer(reports)).status_code == 201
    assert client.post(url, there, content_type=kind, headers=bearer(reports)).status_code == 403
    assert Case.objects.order_by("id").last().door == "api"  # type: ignore[union-attr]


def test_a_key_that_does_not_hold_is_refused(town: Town) -> None:
    issued, client = issue(town, "read"), Client()
    assert client.get("/api/v1/cases", headers=bearer("linli_wrong")).status_code == 401
    assert client.get("/api/v1/cases", headers=bearer(issued.secret)).status_code == 200
    with clock.frozen("2026-05-10T09:00"):
        assert client.get("/api/v1/cases", headers=bearer(issued.secret)).status_code == 401
    admin = actor("xitong", "system_administrator", town.county)
    keys.key_revoke(actor=admin, key_id=issued.row.pk)
    keys.key_revoke(actor=admin, key_id=issued.row.pk)
    assert client.get("/api/v1/cases", headers=bearer(issued.secret)).json()["error"]["code"] == "api.key"
    assert Entry.objects.filter(operation="api_key.revoke").count() == 1


def test_a_key_answers_so_many_requests_a_minute(town: Town, morning: Frozen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "PER_MINUTE", 2)
    one, other = bearer(issue(town, "read").secret), bearer(issue(town, "read").secret)

    def answered(headers: dict[str, str]) -> int:
        # Nothing that one server process keeps in its memory may count.
        cache.clear()
        return Client().get("/api/v1/cases", headers=headers).status_code

    assert [answered(one) for _ in range(4)] == [200, 200, 429, 429]
    assert answered(other) == 200, "every key is counted by itself"
    morning.move(timedelta(minutes=1))
    assert [answered(one) for _ in range(3)] == [200, 200, 429]
    assert KeyCount.objects.count() == 2


def test_only_the_administrator_issues(town: Town) -> None:
    until = clock.today() + timedelta(days=30)
    with pytest.raises(DomainError) as refused:
        keys.key_issue(actor=town.desk, label="a", owner="b", place=town.street, grants=["read"], until=until)
    assert (refused.value.code, ApiKey.objects.exists()) == ("not_found", False)


@pytest.mark.parametrize(("grants", "days", "code"), [(["all"], 1, "key.grants"), (["read"], 900, "key.until")])
def test_a_key_is_bounded(town: Town, grants: list[str], days: int, code: str) -> None:
    admin, until = actor("xitong", "system_administrator", town.county), clock.today() + timedelta(days=days)
    with pytest.raises(DomainError) as refused:
        keys.key_issue(actor=admin, label="a", owner="b", place=town.street, grants=grants, until=until)
    assert refused.value.code == code


def test_the_secret_is_on_the_page_once(town: Town, enter: Enter, settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = False  # type: ignore[attr-defined]
    admin = enter("system_administrator", town.county, town.county_office)
    until = (clock.today() + timedelta(days=30)).isoformat()
    data = {"label": "热线", "owner": "热线办", "place": town.street.pk, "grants": ["report"], "until": until}
    secret = admin.post("/api-keys/", data).context["issued"].secret
    again = admin.get("/api-keys/").content.decode()
    assert "热线办" in again
    assert secret not in again
    assert enter("community_worker", town.community, town.office).get("/api-keys/").status_code == 404
    admin.post(f"/api-keys/{ApiKey.objects.get().pk}/revoke/")
    assert ApiKey.objects.get().revoked is not None
