"""What is made of figures over REST: boards, alerts and issued reports, of a key's own place and nothing beyond it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from linli.accountability.models import Alert, IssuedReport
from linli.accountability.operations.reports import report_issue, template_make
from linli.accountability.queries import alerts
from linli.accountability.queries.report_values import Asked
from linli.accountability.tests.reporting import word
from linli.accountability.tests.test_api import ELSEWHERE, FIGURES, key
from linli.cases.models import Case, Rating
from linli.cases.tests.conftest import morning
from linli.cases.tests.test_pages import signed_in
from linli.cases.tests.town import CODES, Town, build, report
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.clock import Frozen
from linli.records.figures import compute
from linli.records.figures.compile import EVERYWHERE

__all__ = ["morning"]
BOARD = {
    "code": "overview",
    "label": "概览",
    "each": "community",
    "parts": [{"code": "a", "label": "诉求", "figures": ["matters.year", "matters.lit", "ratings.all"]}],
}
RULE = {
    "code": "unsolved",
    "label": "解决率低",
    "figure": "ratings.solved",
    "each": "community",
    "worse": "low",
    "bands": {"yellow": 90},
    "owner": "community_secretary",
    "reason": "偏低",
    "next": "逐件核对",
}
TEXT = ("月报", "受理{{本年诉求}}，评价{{评价}}。", "街道办事处", "{{日期}}")


@pytest.fixture
def town(db: None, morning: Frozen, settings: Settings, tmp_path: Path) -> Town:
    """Matters in two streets, rated ones among them, of which one is confidential."""
    settings.DATA = tmp_path
    town = build(
        {
            "figures": {"figures": list(FIGURES)},
            "boards": {"boards": [BOARD]},
            "alerts": {"alerts": [RULE]},
        }
    )
    for number in range(4):
        report(town, category="lighting" if number < 1 else "parking")
    report(town, place_id=town.elsewhere.pk)
    for case in Case.objects.filter(place__street=town.street).order_by("pk")[:2]:
        Rating.objects.create(case=case, channel="phone", asked=clock.now(), answered=clock.now(), reached=True)
    return town


def ask(client: Client, path: str, **query: str) -> Any:
    return client.get(f"/api/v1{path}", query).json()


def hide_one() -> None:
    rated = Rating.objects.values("case_id")[:1]
    Case.objects.filter(pk__in=rated).update(confidential=True)


def test_a_board_tells_a_key_its_own_place_and_no_persons_it_may_not_come_upon(town: Town) -> None:
    client, leader = key(town, town.street, "read"), signed_in("county_leader", town.county)
    assert ask(client, "/boards") == [{"code": "overview", "label": "概览", "note": ""}]
    board = ask(client, "/boards/overview")
    year, lit, ratings = board["parts"][0]["figures"]
    assert (year["value"], year["last_year"], year["scope"]) == (4, 0, CODES["street"])
    assert (lit["numerator"], lit["denominator"]) == (1, 4)
    assert (ratings["value"], ratings["withheld"]) == (2, False)
    assert {unit["code"][:9] for unit in board["units"]} == {CODES["street"]}
    by_code = {unit["code"]: unit["values"] for unit in board["units"]}
    assert by_code[CODES["community"]] == {"matters.year": 4, "matters.lit": 25, "ratings.all": 2}
    assert ask(leader, "/boards/overview")["parts"][0]["figures"][0]["value"] == 5
    hide_one()
    held = ask(client, "/boards/overview")
    ratings = held["parts"][0]["figures"][2]
    numbers = ("value", "exact", "last_year", "change", "change_percent")
    assert (ratings["withheld"], {ratings[name] for name in numbers}, ratings["course"]) == (True, {None}, [])
    assert {unit["values"]["ratings.all"] for unit in held["units"]} == {None}
    assert ask(client, "/boards/overview", scope=ELSEWHERE)["error"]["code"] == "scope.unknown"
    assert ask(client, "/boards/nothing")["error"]["code"] == "not_found"
    months = ask(client, "/figures/ratings.all/months", by="community")
    assert (months["withheld"], months["groups"], months["total"]) == (True, [], None)
    assert ask(leader, "/figures/ratings.all/months", by="community")["total"]["value"] == 2


def test_alerts_are_those_of_the_place_and_say_why(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    now, today = clock.now(), clock.today()
    for place, colour in ((town.community, "yellow"), (town.elsewhere, "red")):
        Alert.objects.create(
            rule="unsolved",
            title=place.name,
            place=place,
            colour=colour,
            value=50,
            as_of=today,
            raised=now,
            changed=now,
        )
    leader, client = signed_in("county_leader", town.county), key(town, town.street, "read")
    assert [item["colour"] for item in ask(leader, "/alerts")["alerts"]] == ["red", "yellow"]
    monkeypatch.setattr(alerts, "SIZE", 1)
    first = ask(leader, "/alerts")
    second = ask(leader, "/alerts", after=first["next"])
    assert [item["colour"] for item in (*first["alerts"], *second["alerts"])] == ["red", "yellow"]
    assert second["next"] == ""
    assert [item["colour"] for item in ask(leader, "/alerts", colour="red")["alerts"]] == ["red"]
    assert ask(leader, "/alerts", ended="true")["alerts"] == []
    (found,) = ask(client, "/alerts")["alerts"]
    told = ("place", "colour", "state", "figure", "value", "reason", "next")
    assert [found[name] for name in told] == [
        CODES["community"],
        "yellow",
        "open",
        "ratings.solved",
        50,
        "偏低",
        "逐件核对",
    ]
    far = Alert.objects.get(colour="red").pk
    assert ask(client, f"/alerts/{far}")["error"]["code"] == "not_found"
    assert ask(leader, f"/alerts/{far}")["place"] == town.elsewhere.code
    hide_one()
    held = ask(client, f"/alerts/{found['id']}")
    assert (held["value"], held["withheld"], held["colour"]) == (None, True, "yellow")
    assert ask(leader, f"/alerts/{found['id']}")["value"] == 50


def test_reports_keep_their_values_beside_those_of_today(town: Town) -> None:
    template = template_make(actor=SYSTEM, label="月报", content=word(*TEXT))
    for scope in (EVERYWHERE, compute.scope_of(CODES["street"])):
        asked = Asked(clock.today(), scope, clock.today())
        report_issue(actor=SYSTEM, code=template.code, asked=asked, version=1)
    whole, own = IssuedReport.objects.order_by("pk")
    report(town)
    leader, client = signed_in("county_leader", town.county), key(town, town.street, "read")
    assert [item["id"] for item in ask(leader, "/reports")["reports"]] == [own.pk, whole.pk]
    assert [item["id"] for item in ask(leader, "/reports", after=str(own.pk))["reports"]] == [whole.pk]
    assert [item["id"] for item in ask(client, "/reports")["reports"]] == [own.pk]
    assert ask(client, f"/reports/{whole.pk}")["error"]["code"] == "not_found"
    year, ratings = ask(client, f"/reports/{own.pk}")["figures"]
    assert (year["value"], year["today"], year["changed"], year["redefined"]) == (4, 5, True, False)
    assert (ratings["value"], ratings["withheld"], bool(ratings["printed"])) == (2, False, True)
    hide_one()
    ratings = ask(client, f"/reports/{own.pk}")["figures"][1]
    numbers = ("value", "numerator", "denominator", "today")
    assert (ratings["withheld"], ratings["printed"], {ratings[name] for name in numbers}) == (True, "", {None})
    assert ask(leader, f"/reports/{own.pk}")["figures"][1]["value"] == 2


@pytest.mark.parametrize("path", ["/boards", "/boards/overview", "/alerts", "/asks", "/reports", "/reports/1"])
def test_who_reads_no_figures_finds_none(town: Town, path: str) -> None:
    assert Client().get(f"/api/v1{path}").status_code == 403
    assert key(town, town.street, "report").get(f"/api/v1{path}").status_code == 404
    assert signed_in("grid_worker", town.grid).get(f"/api/v1{path}").status_code == 404
