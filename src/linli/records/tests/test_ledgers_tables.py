"""Tables in sheets of every layout: titles, headers of several rows, merges, totals, footers, sections."""

from collections.abc import Sequence
from typing import Any

import pytest

from linli.core.testing.work import counted
from linli.records.ledgers.sheets import Sheet
from linli.records.ledgers.tables import Table, find_tables, normalise_label

PEOPLE = ["序号", "姓名", "社区", "联系电话", "任职日期"]
ZHANG = [1, "张三", "江源社区", "10012345678", "2023.3.5"]
LI = [2, "李四", "家园社区", "10087654321", "2023.4.1"]


def sheet(*rows: Sequence[Any], first: int = 1, name: str = "Sheet1", merges: Any = ()) -> Sheet:
    """A sheet with these rows, one below the other."""
    return Sheet(name, [(number, list(row)) for number, row in enumerate(rows, start=first)], list(merges))


def table_of(*rows: Sequence[Any], **more: Any) -> Table:
    """The only table of a sheet with these rows."""
    (table,) = find_tables(sheet(*rows, **more))
    return table


def labels(table: Table) -> list[str]:
    return [header.label for header in table.headers]


def numbers(table: Table) -> list[int]:
    return [number for number, _cells in table.data]


def test_plain() -> None:
    table = table_of(PEOPLE, ZHANG, LI)
    assert (labels(table), table.header_rows, table.data) == (PEOPLE, (1,), [(2, ZHANG), (3, LI)])


def test_title_subtitle_and_blank_rows_above() -> None:
    table = table_of(
        ["社区工作者花名册"], [], ["填报单位:九驿街道", "", "", "填报日期:2023年6月30日", ""], PEOPLE, ZHANG, first=3
    )
    assert table.header_rows == (6,)
    assert table.title == ["社区工作者花名册", "填报单位:九驿街道 填报日期:2023年6月30日"]
    assert table.skipped == [(3, "title"), (4, "blank"), (5, "title")]


def test_blank_columns_before_and_between() -> None:
    rows: list[list[Any]] = [PEOPLE, ZHANG]
    table = table_of(*([None, "", *row[:2], "", *row[2:]] for row in rows))
    assert [header.index for header in table.headers] == [2, 3, 5, 6, 7]


@pytest.mark.parametrize("merges", [[(2, 3, 2, 5), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2)], [(2, 3, 2, 5)], []])
def test_two_header_rows(merges: list[tuple[int, int, int, int]]) -> None:
    rows = (
        ["巡逻记录"],
        ["序号", "巡逻日期", "小区", "到岗人数", "", ""],
        ["", "", "", "两委", "网格员", "物业"],
        [1, "2023-03-05", "A区", 1, 2, 3],
        [2, "2023-03-06", "B区", 1, 0, 3],
    )
    for hints in ((), ("两委", "网格员"), ("序号", "巡逻日期")):
        (table,) = find_tables(sheet(*rows, merges=merges), hints)
        assert table.header_rows == (2, 3)
        assert labels(table) == ["序号", "巡逻日期", "小区", "两委", "网格员", "物业"]
        assert [header.group for header in table.headers] == ["", "", "", "到岗人数", "到岗人数", "到岗人数"]
        assert numbers(table) == [4, 5]


def test_the_upper_header_row_is_found_from_a_lower_one_that_is_better_known() -> None:
    lower = ["两委", "网格员", "物业", "业委会", "志愿者"]
    rows = (["甲", "乙", "到岗", "", "", "", ""], ["", "", *lower], [1, "A区", 1, 2, 3, 4, 5])
    for merges in ([(1, 2, 1, 6)], []):
        (table,) = find_tables(sheet(*rows, merges=merges), lower)
        assert (table.header_rows, labels(table)) == ((1, 2), ["甲", "乙", *lower])


def test_groups_side_by_side_and_three_rows() -> None:
    merges = [(1, 0, 3, 0), (1, 1, 3, 1), (1, 2, 1, 5), (2, 2, 2, 3), (2, 4, 2, 5)]
    table = table_of(
        ["序号", "社区", "参加人数", "", "", ""],
        ["", "", "上半年", "", "下半年", ""],
        ["", "", "男", "女", "男", "女"],
        [1, "江源社区", 3, 4, 5, 6],
        merges=merges,
    )
    assert table.header_rows == (1, 2, 3)
    assert [(h.label, h.group) for h in table.headers[2:]] == [
        ("男", "参加人数上半年"), ("女", "参加人数上半年"), ("男", "参加人数下半年"), ("女", "参加人数下半年"),
    ]  # fmt: skip


def test_one_header_row_with_a_label_missing_is_not_two() -> None:
    table = table_of([*PEOPLE, ""], [*ZHANG, "党员"], [*LI, "群众"])
    assert table.header_rows == (1,)
    assert numbers(table) == [2, 3]


def test_only_words_below_the_header() -> None:
    table = table_of(["单位名称", "包保社区", "状态"], ["教育局", "江源社区", "正常"], ["财政局", "家园社区", "正常"])
    assert (table.header_rows, numbers(table)) == ((1,), [2, 3])


def test_unusual_headers_are_found_by_what_is_below() -> None:
    table = table_of(["甲表"], ["啥子", "哪个", "好多"], ["修灯", "老王", 3], ["补路", "老李", 4])
    assert (table.header_rows, labels(table)) == ((2,), ["啥子", "哪个", "好多"])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["合计", "", "", "", 5], "total"),
        (["", "合 计", "", "", 5], "total"),
        (["总计:", "", "", 9, 5], "total"),
        (["九驿街道小计", "", "", 9, 5], "total"),
        (["本页合计", "", 3, 9, 5], "total"),
        (["共计:25户", "", "", "", ""], "total"),
        (["填表人:王五", "", "审核人:赵六", "", "日期:2023.6.30"], "footer"),
        (["填表人:王五", "", "", "", ""], "footer"),
        (["制表:", "", "", "", ""], "footer"),
        (["注:本表一式两份", "", "", "", ""], "footer"),
        (["说明:1.人数按常住人口填写", "", "", "", ""], "footer"),
        (["备注:以上均为在岗人员", "", "", "", ""], "footer"),
        (["", "", "", "单位(盖章):", ""], "footer"),
        (["", "", "", "", ""], "blank"),
        ([3, "", "", "", ""], "blank"),
        ([], "blank"),
        (PEOPLE, "repeated header"),
        (["例", "张某某", "某社区", "100********", "2023.1.1"], "example"),
    ],
)
def test_what_is_no_data(row: list[Any], reason: str) -> None:
    table = table_of(PEOPLE, ZHANG, LI, row)
    assert (numbers(table), table.skipped) == ([2, 3], [(4, reason)])
    if reason != "footer":
        between = table_of(PEOPLE, ZHANG, row, LI)
        assert (numbers(between), between.skipped) == ([2, 4], [(3, reason)])


@pytest.mark.parametrize(
    "row",
    [
        [3, "计小明", "统计社区", "10012345678", "2023.1.1"],
        [3, "和合", "制造社区", "10012345678", "2023.1.1"],
        [3, "注释", "说明社区", "", ""],
        ["", "王五", "", "", ""],
        [3, "王五", "合计社区", "10012345678", "2023.1.1"],
        ["备注", "王五", "江源社区", "10012345678", "2023.1.1"],
        [3, "", "", "10012345678", ""],
    ],
)
def test_what_is_data_although_it_looks_odd(row: list[Any]) -> None:
    assert numbers(table_of(PEOPLE, ZHANG, row, LI)) == [2, 3, 4]


def test_numbers_of_columns_below_the_header() -> None:
    for row in ([1, 2, 3, 4, 5], ["甲", "乙", 1, 2, 3], ["(1)", "(2)", "(3)", "(4)", "(5)"], list("ABCDE")):
        table = table_of(PEOPLE, row, ZHANG)
        assert (numbers(table), table.skipped) == ([3], [(2, "column numbers")])


def test_sections_and_repeated_titles() -> None:
    table = table_of(
        ["花名册"], PEOPLE, ["一、九驿街道"], ZHANG, ["花名册"], PEOPLE, LI, ["以上人员均已核实无误"],
        merges=[(1, 0, 1, 4), (3, 0, 3, 4)],
    )  # fmt: skip
    assert numbers(table) == [4, 7]
    assert table.skipped[1:] == [(3, "section"), (5, "title"), (6, "repeated header"), (8, "footer")]


def test_merged_down_values_hold_for_every_row() -> None:
    rows: list[list[Any]] = [
        ["街道", "社区", "户数", "统计日期"],
        ["九驿街道", "江源", 5, "2023.1.1"],
        ["", "家园", 6, ""],
        ["", "", "", ""],
    ]
    table = table_of(*rows, ["红旗街道", "白石", 7, "2023.1.1"], merges=[(2, 0, 4, 0), (2, 3, 3, 3)])
    assert [cells[0] for _n, cells in table.data] == ["九驿街道", "九驿街道", "红旗街道"]
    assert [cells[3] for _n, cells in table.data] == ["2023.1.1"] * 3
    assert table.skipped == [(4, "blank")]


def test_a_merge_over_a_whole_sheet_costs_nothing() -> None:
    with counted() as work:
        table = table_of(PEOPLE, ZHANG, LI, merges=[(4, column, 1_048_576, column + 1) for column in range(2000)])
    assert numbers(table) == [2, 3]
    assert work.calls < 50_000


def test_two_tables_one_below_the_other() -> None:
    orders = ["流水号", "日期", "兑换商品", "数量"]
    first, second = find_tables(
        sheet(
            ["一、人员"],
            PEOPLE,
            ZHANG,
            ["合计", "", "", "", 1],
            [],
            ["二、兑换"],
            orders,
            ["L1", "2023.1.1", "牙膏", 2],
        )
    )
    assert (first.title, numbers(first)) == (["一、人员"], [3])
    assert (second.title, labels(second), numbers(second)) == (["二、兑换"], orders, [8])


def test_sheets_without_a_table() -> None:
    lines = [["填报说明"], ["1. 本表由社区填写,每月五日前上报。"], ["2. 日期写作2023-01-01。"]]
    assert find_tables(sheet(*lines)) == []
    fields = [["字段", "填写要求"], ["姓名", "与证件一致"], ["联系电话", "十一位"]]
    assert find_tables(sheet(*fields, name="填表说明")) == []
    assert find_tables(sheet()) == []
    assert find_tables(sheet([None, ""], ["", " "])) == []


def test_header_without_rows() -> None:
    table = table_of(["花名册"], PEOPLE)
    assert (labels(table), table.data) == (PEOPLE, [])


def test_months_as_columns() -> None:
    header = ["社区", *(f"{month}月" for month in range(1, 13))]
    table = table_of(["各月完成情况"], header, ["江源社区", *range(12)], ["家园社区", *range(12)])
    assert (labels(table), numbers(table)) == (header, [3, 4])


@pytest.mark.parametrize(
    ("label", "same"),
    [
        ("面积(㎡)", "面积"), ("面积（平方米）", "面积"), ("* 姓 名:", "姓名"), ("姓\n名", "姓名"), ("1.姓名", "姓名"),
        ("人数[人]", "人数"), ("ＩＤ", "ID"), ("(人)", "(人)"), ("12345热线", "12345热线"), ("★联系电话", "联系电话"),
    ],
)  # fmt: skip
def test_labels_are_compared_by_what_they_say(label: str, same: str) -> None:
    assert normalise_label(label) == same


def test_most_rows_are_data_at_first_sight() -> None:
    rows = [[number, f"人{number}", "江源社区", "10012345678", "2023.3.5", *["内容"] * 8] for number in range(10_000)]
    with counted() as work:
        table = table_of([*PEOPLE, *(f"列{number}" for number in range(8))], *rows)
    assert len(table.data) == 10_000
    assert work.calls < 40 * len(rows)
