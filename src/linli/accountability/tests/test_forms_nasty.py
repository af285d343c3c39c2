"""Forms that mislead: two periods side by side, shares and changes, units in headers, a sheet for each unit, tables in
tables, cells beside totals. A cell stays open rather than hold what its words do not ask."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from pytest_django import Settings

from linli.accountability.queries.filling import spans
from linli.accountability.queries.filling.answering import answered
from linli.accountability.queries.filling.forms import Paper, book_for, filled, media_type_of, read
from linli.accountability.queries.filling.pages import blanks_in
from linli.accountability.queries.filling.slots import Layout, State
from linli.accountability.queries.filling.units import in_unit, unit_of
from linli.accountability.tests import forms_made
from linli.accounts.testing import Cast
from linli.core import clock
from linli.territory.models import Statistic

Filled = Callable[[str, bytes], tuple[Layout, bytes]]


@pytest.fixture
def returned(cast: Cast, settings: Settings, tmp_path: Path) -> Filled:
    """Fill a form of the community of the cast, which has three grids."""
    settings.DATA = tmp_path

    def make(name: str, content: bytes) -> tuple[Layout, bytes]:
        paper = Paper(content, media_type_of(name), name)
        form = read(paper)
        book = book_for(cast.community_worker, cast.places["community"], form)
        layout = answered(form, book)
        return layout, filled(paper, layout, book)

    return make


def test_two_periods_with_shares_and_changes_are_not_confused(returned: Filled) -> None:
    rows: list[list[Any]] = [
        ["2026年第三季度对比表"],
        ["类别", "细项", "本期", None, "上年同期", None, "增减（%）"],
        [None, None, "数量", "占比（%）", "数量", "占比（%）", None],
        ["诉求", "受理", *[None] * 5],
        ["基础", "网格数", *[None] * 5],
        ["合计", None, "=SUM(C4:C5)", None, "=SUM(E4:E5)", None, None],
    ]
    merges = ["A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"]
    with clock.frozen("2026-11-28T09:00"):
        layout, content = returned("对比.xlsx", forms_made.workbook(rows, merges=merges))
    slots = {slot.key: slot for slot in layout.slots}
    assert [slots[f"s0!4,{col}"].state for col in (2, 4)] == [State.SURE, State.CHECK]
    assert [slots[f"s0!4,{col}"].as_of for col in (2, 4)] == [date(2026, 9, 30), date(2025, 9, 30)]
    derived = [slots[f"s0!{row},{col}"].state for row in (3, 4) for col in (3, 5, 6)]
    assert derived == [State.OPEN] * 6, "a count is no share and no change"
    assert slots["s0!3,4"].state == State.OPEN, "nobody collected anything a year before the first record"
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [sheet.cell(6, column).value for column in range(1, 8)] == rows[5], "beside a total stands nothing new"


def test_a_sheet_of_another_community_is_left_to_it(cast: Cast, returned: Filled) -> None:
    book = Workbook()
    book.remove(book.active)
    names = [cast.places["community"].name, cast.places["second_community"].name, "无人知晓社区"]
    for name in names:
        sheet = book.create_sheet(name)
        for row in (["基本情况", None], ["网格数", None]):
            sheet.append(row)
        for line in sheet["A1:B2"]:
            for cell in line:
                cell.border = forms_made.BOX
    stream = io.BytesIO()
    book.save(stream)
    layout, content = returned("汇总.xlsx", stream.getvalue())
    after = load_workbook(io.BytesIO(content))
    assert [after[name]["B2"].value for name in names] == [3, None, None]
    assert {slot.key.split("!")[0] for slot in layout.slots} == {"s0"}, "what others owe is nobody's debt here"


def test_rows_beside_a_merged_name_are_records_of_that_place(cast: Cast, returned: Filled) -> None:
    names = [cast.places["community"].name, cast.places["second_community"].name]
    for name, filled_rows in zip(names, (3, 0), strict=True):
        rows: list[list[Any]] = [
            ["网格台账"],
            ["社区", "网格名称", "基本情况", None],
            [None, None, "楼栋数", "网格长"],
            [name, *[None] * 3],
            [None] * 4,
            [None] * 4,
            ["小计", None, "=SUM(C4:C6)", "=SUM(D4:D6)"],
        ]
        merges = ["A1:D1", "A2:A3", "B2:B3", "C2:D2", "A4:A6"]
        layout, content = returned("网格.xlsx", forms_made.workbook(rows, merges=merges))
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        assert [sheet.cell(row, 1).value for row in (4, 5, 6, 7)] == [name, None, None, "小计"]
        assert len({slot.row for slot in layout.slots if slot.list_key}) == filled_rows
        held = [sheet.cell(row, 2).value for row in (4, 5, 6)]
        assert len(list(filter(None, held))) == filled_rows, "each row is one grid, of the place beside it"
        assert [sheet.cell(row, 3).value for row in (4, 5, 6)] == [None] * 3, "no building lies in a grid, nor none"
        leads = [value for row in (4, 5, 6) if isinstance(value := sheet.cell(row, 4).value, int)]
        assert not leads, "of one grid its lead is named, not counted"


def test_a_street_fills_the_sheet_of_each_community(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    street = cast.places["street"]
    content = forms_made.workbook([["情况"], ["网格数", None]], name=cast.places["community"].name)
    paper = Paper(content, media_type_of("表.xlsx"), "街道.xlsx")
    form = read(paper)
    layout = answered(form, book_for(cast.community_worker, street, form))
    assert [slot.text for slot in layout.slots] == ["3"]


def test_tables_in_cells_are_filled_where_they_stand(returned: Filled) -> None:
    made = Document()
    made.add_paragraph("登记表")
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(1, 0).text = "社区名称", "网格情况"
    inner = table.cell(1, 1).add_table(rows=2, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "网格数", "图书册数"
    stream = io.BytesIO()
    made.save(stream)
    _layout, content = returned("登记.docx", stream.getvalue())
    after = Document(io.BytesIO(content)).tables[0]
    assert after.cell(0, 1).text == "春晓社区"
    assert after.cell(1, 1).paragraphs[0].text == "", "nothing is written beside the table in the cell"
    within = after.cell(1, 1).tables[0]
    assert within.cell(1, 0).text == "3"
    assert within.cell(1, 1).text != "3"


def test_numbers_are_told_in_the_unit_that_is_asked(cast: Cast, returned: Filled) -> None:
    community = cast.places["community"]
    Statistic.objects.create(series="绿地面积", place=community, value=25000, since=date(2025, 1, 1), stock=True)
    rows: list[list[Any]] = [
        ["情况"],
        ["指标", "单位", "数值"],
        ["绿地面积", "万平方米", None],
        ["绿地面积（平方米）", "", None],
        ["网格数", "万个", None],
    ]
    layout, _content = returned("表.xlsx", forms_made.workbook(rows))
    assert [slot.value for slot in layout.slots if slot.value is not None] == [2.5, 25000, 0.0003]


@pytest.mark.parametrize(
    ("value", "unit", "own", "found"),
    [
        (23456, "万人", "人", 2.3456),
        (12, "万元", "万元", 12),
        (12, "人次", "人", None),
        (12, "人次", "次", 12),
        (2_000_000, "平方公里", "平方米", 2),
        (2000, "亩", "平方米", 3),
        (5, "亩", "个", 5),
        ("甲", "万人", "", "甲"),
        (True, "万人", "", True),
    ],
)
def test_values_change_their_unit(value: Any, unit: str, own: str, found: Any) -> None:
    assert in_unit(value, unit, own) == found


def test_a_unit_stands_in_brackets_or_beside() -> None:
    assert unit_of(["户数（万户）"]) == "万户"
    assert unit_of(["户数"], ["万户", "3"]) == "万户"
    assert unit_of(["户数（含流动）"], ["甲"]) == ""


@pytest.mark.parametrize(
    ("text", "own", "period"),
    [
        ("本期", "2026-07-01..2026-09-30", "2026-07-01..2026-09-30"),
        ("本期", "", "month"),
        ("2026年1-8月", "", "2026-01-01..2026-08-31"),
        ("7至9月", "", "2026-07-01..2026-09-30"),
        ("9-7月", "", ""),
        ("上年同期数", "2026-07-01..2026-09-30", "2025-07-01..2025-09-30"),
        ("去年同期", "2024-02-01..2024-02-29", "2023-02-01..2023-02-28"),
        ("去年同期", "2023-02-01..2023-02-28", "2022-02-01..2022-02-28"),
    ],
)
def test_periods_are_seen_from_the_form(text: str, own: str, period: str) -> None:
    assert spans.named(text, date(2026, 9, 30), own) == period


def test_where_a_stamp_goes_is_no_word_of_the_question() -> None:
    assert [blank.label for blank in blanks_in("填报单位（盖章）：")] == ["填报单位"]
