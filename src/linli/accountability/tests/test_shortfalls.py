"""Who meets what a share asks for and who falls short: by page, file, command line and REST (STA-04)."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from linli.accounts.models import Look
from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import InvalidInput
from linli.records.figures import breaking, compute
from linli.records.figures.compile import EVERYWHERE
from linli.records.figures.opening import Part, figure_opened
from linli.records.tests.sampling import AS_OF, MATTERS, compounds, open_place, table, take_in
from linli.records.tests.test_import_pages import signed_in

pytestmark = pytest.mark.django_db
DAY = {"at": "2026-06-30"}


@pytest.fixture(autouse=True)
def place(cast: Cast, tmp_path: Path, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    open_place()
    rows = [
        ["S1", "2026-01-05", "2026-01-09", "热线", "停车", "a", "东风街道", "春晓社区", "", "办结"],
        ["S2", "2026-02-05", "2026-02-07", "热线", "停车", "b", "东风街道", "春晓社区", "", "办结"],
        ["S3", "2026-02-06", "", "巡查", "路灯", "c", "东风街道", "秋实社区", "", "在办"],
        ["S4", "2026-02-07", "", "巡查", "路灯", "d", "东风街道", "春晓社区", "", "在办"],
    ]
    # No word about the guard is no guard: an unknown value falls short too.
    held = [
        ["X1", "一院", "东风街道", "春晓社区", 10, "是", ""],
        ["X2", "二院", "东风街道", "春晓社区", 20, "否", ""],
        ["X3", "三院", "东风街道", "秋实社区", 30, "", ""],
    ]
    take_in(table(tmp_path / "诉求.csv", MATTERS, rows), compounds(tmp_path, held))


def names(figure: str, part: str) -> set[str]:
    found = figure_opened(figure, AS_OF, EVERYWHERE, SYSTEM, compute.book(), part)
    assert found.part == (part or found.part)
    return {getattr(row, "register_number", "") or row.name for row in found.rows}


@pytest.mark.parametrize(
    ("figure", "part", "expected"),
    [
        ("matters.rate", "met", {"S1", "S2"}),
        ("matters.rate", "short", {"S3", "S4"}),
        ("matters.rate", "all", {"S1", "S2", "S3", "S4"}),
        ("matters.rate", "", {"S1", "S2"}),
    ],
)
def test_a_rate_opens_to_each_part(figure: str, part: str, expected: set[str]) -> None:
    assert names(figure, part) == expected


def test_a_share_opens_to_those_that_fall_short_unknown_ones_too() -> None:
    opened = figure_opened("compounds.guarded_share", AS_OF, EVERYWHERE, SYSTEM, compute.book())
    value = compute.compute("compounds.guarded_share", AS_OF)
    assert opened.part == "all"
    assert opened.parts == {Part.ALL: value.denominator, Part.MET: value.numerator, Part.SHORT: opened.total - 1}
    assert {"二院", "三院"} <= names("compounds.guarded_share", "short")
    assert names("compounds.guarded_share", "met") == {"一院"}


@pytest.mark.parametrize(
    ("figure", "part"), [("matters", "short"), ("matters.change", "met"), ("matters.rate", "half")]
)
def test_what_is_no_part_is_refused(figure: str, part: str) -> None:
    with pytest.raises(InvalidInput, match=r"figure\.no_part"):
        figure_opened(figure, AS_OF, EVERYWHERE, SYSTEM, compute.book(), part)


def test_the_page_and_the_file_show_who_falls_short(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "street_officer")
    address = reverse("accountability:figure", args=["matters.rate"])
    page = client.get(address, DAY | {"part": "short"})
    assert [(str(part), count) for part, _words, count in page.context["parts"]] == [
        ("all", 4),
        ("met", 2),
        ("short", 2),
    ]
    assert {row.register_number for row, _cells in page.context["table"]} == {"S3", "S4"}
    assert client.get(address, DAY | {"part": "half"}).status_code == 400
    assert client.get(reverse("accountability:figure", args=["matters"]), DAY).context["parts"] == []
    file = client.get(reverse("accountability:rows", args=["matters.rate", "csv"]), DAY | {"part": "short"})
    lines = file.getvalue().decode("utf-8-sig").strip().splitlines()
    assert len(lines) == 3
    look = Look.objects.get(subject_type="export")
    assert (look.rows, look.field, look.reason) == (2, "matters.rate.csv", "at=2026-06-30 part=short")
    assert file["Content-Disposition"].endswith(f'-{look.pk}.csv"')


def test_rest_and_the_command_line_give_the_same(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "street_officer")
    detail = client.get("/api/v1/figures/matters.rate", DAY).json()
    assert detail["parts"] == {"all": 4, "met": 2, "short": 2}
    assert client.get("/api/v1/figures/matters", DAY).json()["parts"] is None
    rows = client.get("/api/v1/figures/matters.rate/rows", DAY | {"part": "short"}).json()
    assert (rows["part"], rows["total"], {row["number"] for row in rows["rows"]}) == ("short", 2, {"S3", "S4"})
    assert client.get("/api/v1/figures/matters.rate/rows", DAY | {"part": "half"}).status_code == 422
    assert client.get("/api/v1/figures/matters/rows", DAY | {"part": "short"}).status_code == 400
    out = StringIO()
    call_command("figure", "rows", "matters.rate", "--part", "short", "--at", "2026-06-30", "--json", stdout=out)
    document = json.loads(out.getvalue())
    assert (document["part"], {row["number"] for row in document["rows"]}) == ("short", {"S3", "S4"})


def test_nobody_opens_more_of_those_that_fall_short_than_of_others(cast: Cast) -> None:
    for actor, visible in ((cast.actors["community_worker"], 1), (cast.actors["leader"], 2), (VISITOR, 0)):
        found = figure_opened("matters.rate", AS_OF, EVERYWHERE, actor, compute.book(), "short")
        assert (found.visible, found.total) == (visible, 2)


def test_shares_and_rates_are_broken_down_themselves(cast: Cast, client: Client) -> None:
    figures = compute.book()

    def told(code: str, by: str) -> list[tuple[Any, Any]]:
        groups = breaking.broken_down(figures[code], AS_OF, EVERYWHERE, by, figures)
        return [(key, compute.number(value)) for key, value in groups]

    assert told("matters.rate", "month") == [(date(2026, 1, 1), 100), (date(2026, 2, 1), pytest.approx(100 / 3))]
    assert told("matters.rate", "source") == [("grid_patrol", 0), ("hotline", 100)]
    assert dict(told("compounds.guarded_share", "guarded")) == {None: 0, False: 0, True: 100}
    signed_in(cast, client, "street_officer")
    page = client.get(reverse("accountability:figure", args=["matters.rate"]), DAY | {"by": "source"})
    assert [value for _name, value in page.context["groups"]] == [100, 0], "the largest first"
    assert all(not name.isascii() for name, _value in page.context["groups"]), "words, not codes"
    change = client.get(reverse("accountability:figure", args=["matters.change"]), DAY)
    assert change.context["told"].id == "matters", "what cannot be told by groups shows what it rests on, and says so"
