"""The figure book over REST: the values of the pages, a key's own place and nothing beyond it, rows page by page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from linli.accountability import api
from linli.api import keys
from linli.cases.models import Case, Rating
from linli.cases.tests.conftest import morning
from linli.cases.tests.test_pages import signed_in
from linli.cases.tests.town import CODES, Town, actor, build, report
from linli.core import clock
from linli.core.clock import Frozen
from linli.territory.models import Place

__all__ = ["morning"]
URL = "/api/v1/figures"
FIGURES = (
    {"id": "matters.all", "label": "诉求", "of": "case", "wording": "over", "unit": "件"},
    {"id": "matters.lit", "label": "照明占比", "share": {"of": "matters.all", "where": {"category": "lighting"}}},
    {"id": "whistles.all", "label": "吹哨", "of": "whistle"},
    {"id": "ratings.all", "label": "评价", "of": "rating", "period": "cumulative"},
    {"id": "ratings.solved", "label": "解决率", "share": {"of": "ratings.all", "where": {"solved": True}}},
    {"id": "matters.year", "label": "本年诉求", "of": "case", "period": "year_to_date"},
)
ELSEWHERE = "529901002"


@pytest.fixture
def town(db: None, morning: Frozen) -> Town:
    """Twelve matters in one street, four of them about lighting, and one in the other."""
    town = build({"figures": {"figures": list(FIGURES)}})
    for number in range(12):
        report(town, category="lighting" if number < 4 else "parking")
    report(town, place_id=town.elsewhere.pk)
    return town


def key(town: Town, place: Place, *grants: str) -> Client:
    """A program with a key for a place."""
    admin, until = actor("xitong", "system_administrator", town.county), clock.today() + timedelta(days=30)
    issued = keys.key_issue(actor=admin, label="a", owner="b", place=place, grants=grants, until=until)
    return Client(headers={"Authorization": f"Bearer {issued.secret}"})


def ask(client: Client, path: str = "", **query: str) -> Any:
    """The document that is answered."""
    return client.get(f"{URL}{path}", query).json()


def test_values_carry_their_parts_their_words_and_where_their_rows_are(town: Town) -> None:
    leader = signed_in("county_leader", town.county)
    every, lit, whistles, *_others = ask(leader, at="2026-03-10", scope=CODES["street"])["figures"]
    assert (every["value"], every["wording"], every["scope"]) == (12, "10余件", CODES["street"])
    assert (lit["value"], lit["exact"], lit["numerator"], lit["denominator"]) == (33, pytest.approx(100 / 3), 4, 12)
    assert (whistles["value"], whistles["collected"], whistles["wording"]) == (None, False, "未采集")
    assert leader.get(every["rows"]).json()["total"] == 12
    assert leader.get(every["rows_url"]).status_code == 200
    everything = ask(leader, "/matters.all")
    assert (everything["value"], everything["scope"]) == (13, "")
    assert "scope" not in everything["rows_url"]


def test_a_key_counts_its_own_place_and_nothing_beyond_it(town: Town) -> None:
    client = key(town, town.street, "read")
    assert (ask(client, "/matters.all")["value"], ask(client, "/matters.all")["scope"]) == (12, CODES["street"])
    assert ask(client, "/matters.all", scope=CODES["community"])["value"] == 12
    assert ask(client)["figures"][0]["value"] == 12
    for path in ("", "/matters.all", "/matters.all/rows"):
        refused = [ask(client, path, scope=code)["error"]["code"] for code in (ELSEWHERE, CODES["county"], "9")]
        assert refused == ["scope.unknown"] * 3, "a place outside is as unknown as one that does not exist"


def test_another_period_counts_what_happened_in_it(town: Town) -> None:
    leader = signed_in("county_leader", town.county)
    month = ask(leader, "/matters.year", at="2026-04-30", period="month")
    assert (month["value"], month["period"]) == (0, {"from": "2026-04-01", "to": "2026-04-30"})
    own = ask(leader, "/matters.year", **{"at": "2026-04-30", "from": "2026-03-10"})
    assert (own["value"], own["period"]["from"]) == (13, "2026-03-10")
    assert leader.get(own["rows"]).json()["total"] == 13
    assert leader.get(month["rows"]).json()["total"] == 0
    assert leader.get(month["rows_url"]).context["opened"].total == 0
    refused = ask(leader, "/matters.year", **{"at": "2026-03-01", "from": "2026-03-10"})
    assert refused["error"]["code"] == "figure.bad_period"
    assert ask(leader, "", period="ever")["error"]["code"] == "input.invalid"


@pytest.mark.parametrize("path", ["", "/matters.all", "/matters.all/rows"])
def test_who_reads_no_figures_finds_none(town: Town, path: str) -> None:
    assert Client().get(URL + path).status_code == 403
    assert key(town, town.street, "report").get(URL + path).status_code == 404
    assert signed_in("grid_worker", town.grid).get(URL + path).status_code == 404


def test_rows_come_page_by_page_as_far_as_the_reader_may_open_them(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "SIZE", 5)
    client, found, after = key(town, town.street, "read"), [], ""
    for size in (5, 5, 2):
        page = ask(client, "/matters.all/rows", **({"after": after} if after else {}))
        assert (len(page["rows"]), page["visible"], page["total"]) == (size, 12, 12)
        found += [row["id"] for row in page["rows"]]
        after = page["next"]
    assert (len(set(found)), found, after) == (12, sorted(found, reverse=True), "")
    desk = signed_in("community_worker", town.community, town.office)
    page = ask(desk, "/matters.all/rows")
    assert (page["visible"], page["total"]) == (12, 13), "a figure counts all, its rows are those one may open"


def test_a_key_hears_no_figure_of_persons_whom_it_may_not_all_come_upon(town: Town) -> None:
    client, leader = key(town, town.street, "read"), signed_in("county_leader", town.county)
    rated = Case.objects.filter(place__street=town.street).order_by("pk")[:2]
    for case in rated:
        Rating.objects.create(
            case=case, channel="phone", asked=clock.now(), answered=clock.now(), reached=True, solved=True
        )
    told = ask(client, "/ratings.all")
    assert (told["withheld"], told["value"], told["total"]) == (False, 2, 2), "every row is open: nothing new is told"
    Case.objects.filter(pk=rated[0].pk).update(confidential=True)
    for path in ("/ratings.all", "/ratings.solved"):
        held = ask(client, path)
        assert (held["withheld"], held["collected"]) == (True, True)
        numbers = ("value", "exact", "numerator", "denominator", "total", "parts")
        assert {held[name] for name in numbers} == {None}
        assert not any(sign.isdecimal() for sign in held["wording"])
    rows = ask(client, "/ratings.all/rows")
    assert (rows["visible"], rows["total"]) == (1, None)
    book = {item["id"]: item for item in ask(client)["figures"]}
    assert (book["ratings.all"]["value"], book["matters.all"]["value"]) == (None, 12), "matters are no persons"
    assert ask(leader, "/ratings.all", scope=CODES["street"])["value"] == 2, "people see every value"
