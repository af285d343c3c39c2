"""The table of a figure by groups and months: on its page, as a file and in REST, with totals that are the figure."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from linli.accountability.queries.crossing import can_cross, document, require_crossed, sheet, table
from linli.accountability.tests.test_book import matters
from linli.accounts.testing import Cast
from linli.core.errors import InvalidInput
from linli.records.figures import compute
from linli.records.figures.compile import EVERYWHERE
from linli.records.tests.sampling import AS_OF
from linli.records.tests.test_import_pages import signed_in

__all__ = ["matters"]
pytestmark = pytest.mark.django_db
STREET = "990901001"


def test_a_share_is_told_by_its_parts_and_the_total_is_the_figure(matters: None) -> None:
    book = compute.book()
    found = table(book["matters.rate"], AS_OF, EVERYWHERE, "community", book)
    assert found.heads == ["2026-01", "2026-02"]
    assert [line.code for line in found.lines] == sorted(line.code for line in found.lines)
    told = {
        line.label: [
            (str(cell.value), str(cell.numerator), str(cell.denominator)) for cell in (*line.cells, line.total)
        ]
        for line in found.lines
    }
    spring, autumn = sorted(told.values())
    assert spring == [("100.0", "1", "1"), ("100.0", "1", "1"), ("100.0", "2", "2")]
    assert autumn == [("None", "0", "0"), ("0.0", "0", "1"), ("0.0", "0", "1")]
    value = compute.compute("matters.rate", AS_OF, EVERYWHERE, book)
    whole = found.foot.total
    assert (whole.value, whole.numerator, whole.denominator) == (value.value, value.numerator, value.denominator)
    head, *rows = sheet(found)
    assert len(head) == 2 + 3 * 3 == len(rows[0])
    assert rows[-1][-3:] == [66.7, 2, 3]


def test_values_stand_in_the_order_of_their_list_and_what_stands_on_a_day_is_not_crossed(matters: None) -> None:
    book = compute.book()
    found = document(table(book["matters"], AS_OF, EVERYWHERE, "source", book))
    assert [[cell["value"] for cell in group["cells"]] for group in found["groups"]] in (
        [[1, 1], [0, 1]],
        [[0, 1], [1, 1]],
    )
    assert ([cell["value"] for cell in found["totals"]], found["total"]["value"]) == ([1, 2], 3)
    assert not can_cross(book["compounds"], "street", book)
    for figure, by in (("compounds", "street"), ("matters", "month"), ("matters", "number"), ("matters", "")):
        with pytest.raises(InvalidInput) as refused:
            require_crossed(book[figure], by, book)
        assert refused.value.code == "figure.not_by_months"


def test_the_page_and_its_files_have_the_table(
    matters: None, cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    signed_in(cast, client)
    address = reverse("accountability:figure", args=["matters.rate"])
    asked = {"at": AS_OF.isoformat(), "by": "community", "months": "1"}
    client.get(address, asked)
    with django_assert_max_num_queries(50):
        page = client.get(address, asked)
    assert len(page.context["crossed"].lines) == 2
    assert page.context["groups"] == []
    plain = client.get(address, {**asked, "months": ""}).context
    assert client.get(address, {"at": asked["at"], "by": "community"}).context["crossed"] is None
    assert plain["crossed"]
    assert client.get(address, {**asked, "by": "month"}).context["crossed"] is None

    def taken(form: str) -> Any:
        return client.get(reverse("accountability:table", args=["matters.rate", form]), asked)

    rows = list(csv.reader(io.StringIO(taken("csv").content.decode("utf-8-sig"))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken("xlsx").content)).get_sheet_by_index(0).to_python()
    assert [len(rows), rows[-1][-2:]] == [4, ["2", "3"]]
    assert book[-1][-3:] == [66.7, 2.0, 3.0]
    assert "X-Linli-Export" in taken("csv").headers
    refused = client.get(reverse("accountability:table", args=["compounds", "csv"]))
    assert refused.status_code == 400
    assert client.get(reverse("accountability:table", args=["nothing", "csv"])).status_code == 404
    client.logout()
    signed_in(cast, client, "grid_worker")
    assert taken("csv").status_code == 404


def test_rest_has_it_within_a_place_and_refuses_what_is_not_told_so(
    matters: None, cast: Cast, client: Client, settings: Settings, tmp_path: Path
) -> None:
    signed_in(cast, client)
    address = "/api/v1/figures/matters/months"
    found = client.get(address, {"at": AS_OF.isoformat(), "by": "community", "scope": STREET}).json()
    alone = client.get("/api/v1/figures/matters", {"at": AS_OF.isoformat(), "scope": STREET}).json()
    assert (found["total"]["value"], found["months"]) == (alone["value"], ["2026-01", "2026-02"])
    assert {group["code"][:9] for group in found["groups"]} == {STREET}
    refused = client.get(address, {"by": "month"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "figure.not_by_months")
    assert client.get("/api/v1/figures/nothing/months", {"by": "street"}).status_code == 404
