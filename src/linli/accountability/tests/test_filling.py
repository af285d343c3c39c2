"""Forms of offices against the records: what is recognised in which layout, and the same file that comes back."""

import io
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from pytest_django import Settings

from linli.accountability.queries.filling import spans
from linli.accountability.queries.filling.answering import UNCOLLECTED, Given, answered
from linli.accountability.queries.filling.forms import Paper, book_for, fill, filled, is_personal, media_type_of, read
from linli.accountability.queries.filling.matching import LIKELY, SURE, alike
from linli.accountability.queries.filling.pages import blanks_in
from linli.accountability.queries.filling.slots import Layout, Slot, State, choice_of
from linli.accountability.tests import forms_made
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import InvalidInput
from linli.core.testing.keeping import kept
from linli.demo.operations import SAMPLE, place_open
from linli.records.figures import compute
from linli.records.figures.definitions import Span
from linli.territory.models import Place

TODAY = date(2026, 11, 28)
COMMUNITY = "130824001012"


def paper(name: str, content: bytes) -> Paper:
    return Paper(content, media_type_of(name), name)


@pytest.fixture
def place(db: None, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The demo place with its ledgers as they are, and its community; the key of what is encrypted stays with it."""
    settings.DATA = tmp_path_factory.getbasetemp()
    with clock.frozen(clock.day_start(TODAY)):
        kept(_opened)
        yield Place.objects.select_related("street", "county").get(code=COMMUNITY)


def _opened() -> None:
    place_open(SAMPLE / "profile", SAMPLE)


def cells_of(layout: Layout) -> dict[str, Slot]:
    return {slot.label: slot for slot in layout.slots}


@pytest.mark.slow
def test_a_set_of_forms_comes_back_with_seven_in_ten_cells_filled(place: Place) -> None:
    """R3, counted in the files that come back: every cell said to be filled holds its value there."""
    owed = known = 0
    for name, make in forms_made.SIX.items():
        layout, content = fill(paper(name, make()), SYSTEM, place)
        for slot in layout.slots:
            if slot.state in (State.SURE, State.CHECK):
                assert _held(slot) in _text_at(content, slot.key), (name, slot.label, slot.text)
        assert layout.share >= 60, (name, layout.share)
        owed, known = owed + len(layout.owed), known + layout.filled
    assert known >= 0.9 * owed
    assert owed > 100


def _held(slot: Slot) -> str:
    """What stands in the file for a value: a day in the blank of a text is written out."""
    is_day = slot.day and slot.text[4] == "-"
    return f"{int(slot.text[5:7])}月{int(slot.text[8:])}日" if is_day else slot.text


def _text_at(content: bytes, key: str) -> str:
    """What stands in the cell or paragraph of a slot, in a form whose rows above it have not moved."""
    name, _sign, position = key.partition("#")[0].rpartition("!")
    if key.startswith("p"):
        return Document(io.BytesIO(content)).paragraphs[int(key.partition("#")[0][1:])].text
    row, column = (int(part) for part in position.split(","))
    if key.startswith("t"):
        return Document(io.BytesIO(content)).tables[int(name[1:])].cell(row, column).text
    value = load_workbook(io.BytesIO(content)).worksheets[int(name[1:])].cell(row + 1, column + 1).value
    return f"{value:g}" if isinstance(value, float) else str(value)


@pytest.mark.slow
def test_a_group_of_columns_names_the_figure_and_the_year_of_its_parts(place: Place) -> None:
    layout, _content = fill(paper("各社区统计表.xlsx", forms_made.years_in_groups()), SYSTEM, place.street or place)
    found = {slot.label: slot for slot in layout.slots}
    book = compute.book()

    def told(figure: str, code: str, first: str, last: str) -> str:
        span = Span.model_validate({"from": first, "to": last})
        over = {name: item.model_copy(update={"period": span}) if item.of else item for name, item in book.items()}
        return str(compute.value_of(over[figure], TODAY, compute.scope_of(code), over).value)

    for name, code in (("零五鑫港社区居民委员会", COMMUNITY), ("桥东社区居民委员会", "130824001001")):
        wanted = {
            "2026年受理诉求 / 本月": ("matters", "2026-11-01", "2026-11-28"),
            "2026年受理诉求 / 累计": ("matters", "2026-01-01", "2026-11-28"),
            "2025年受理诉求 / 12月": ("matters", "2025-12-01", "2025-12-31"),
            "2026年办结诉求 / 10月": ("matters.solved", "2026-10-01", "2026-10-31"),
            "2026年办结诉求 / 全年": ("matters.solved", "2026-01-01", "2026-11-28"),
        }
        for label, (figure, first, last) in wanted.items():
            slot = found[f"{name} / {label}"]
            assert (slot.state, slot.text) == (State.SURE, told(figure, code, first, last)), slot.label
            assert int(slot.text) > 0
        # Nothing was collected of the November before; up to which day a year before is meant, the form does not say.
        assert not found[f"{name} / 2025年受理诉求 / 本月"].text
    assert sum(not slot.text for slot in layout.slots) == 4


@pytest.mark.parametrize(
    ("period", "year", "code"),
    [
        ("", 2026, "year_to_date"),
        ("month", 2026, "month"),
        ("month", 2025, "2025-11-01..2025-11-30"),
        ("", 2025, "2025-01-01..2025-12-31"),
        ("2026-01-01..2026-02-28", 2024, "2024-01-01..2024-02-29"),
        ("2024-01-01..2024-12-31", 2025, ""),
        ("year_to_date", 2025, ""),
    ],
)
def test_periods_in_another_year(period: str, year: int, code: str) -> None:
    assert spans.in_year(period, year, TODAY) == code


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("2026年受理诉求", (2026, "受理诉求")),
        ("2026年度 办结数", (2026, "办结数")),
        ("2026年1月", (None, "2026年1月")),
        ("2026年末户数", (None, "2026年末户数")),
        ("受理诉求", (None, "受理诉求")),
    ],
)
def test_the_year_before_the_words_of_a_heading(text: str, apart: tuple[int | None, str]) -> None:
    assert spans.year_apart(text, TODAY) == apart


@pytest.mark.slow
def test_values_are_those_of_the_records(place: Place) -> None:
    layout, _content = fill(paper("社区基本情况登记表.xlsx", forms_made.basics()), SYSTEM, place)
    card = {label: slot.text for label, slot in cells_of(layout).items()}
    compounds = Place.objects.filter(type="compound", path__startswith=place.path)
    assert card["居民小区"] == str(compounds.count())
    assert card["居民总户数"] == str(sum(item.households or 0 for item in compounds))
    assert (card["社区名称"], card["行政区划代码"]) == (place.name, COMMUNITY)
    months, _content = fill(paper("2026年诉求办理统计表.docx", forms_made.months()), SYSTEM, place)
    said = cells_of(months)
    assert said["12月 / 受理诉求数"].state == State.LATER, "what lies ahead is not 0"
    whole = int(said["全年 / 受理诉求数"].text)
    assert whole == sum(int(said[f"{month}月 / 受理诉求数"].text) for month in range(1, 12)) > 0
    month, _content = fill(paper("2026年10月月报表.xlsx", forms_made.indicators()), SYSTEM, place)
    assert cells_of(month)["受理群众诉求 / 本月"].text == said["10月 / 受理诉求数"].text
    parking = int(cells_of(month)["其中:停车秩序类 / 本月"].text)
    assert 0 < parking < int(said["10月 / 受理诉求数"].text)


@pytest.mark.slow
def test_rows_that_do_not_fit_are_added_and_everything_else_stays(place: Place) -> None:
    layout, content = fill(paper("居民小区统计表.xlsx", forms_made.compounds()), SYSTEM, place)
    before = load_workbook(io.BytesIO(forms_made.compounds())).worksheets[0]
    after = load_workbook(io.BytesIO(content)).worksheets[0]
    assert (layout.lists[0].kind, layout.lists[0].count, layout.lists[0].more) == ("compound", 4, 2)
    assert after["B8"].value == "演示花苑"
    assert [after.cell(9, column).value for column in (1, 5)] == ["合计", "=SUM(E5:E8)"], (
        "the range grows with the rows"
    )
    assert {str(item) for item in after.merged_cells.ranges} == {str(item) for item in before.merged_cells.ranges}
    assert after.column_dimensions["B"].width == before.column_dimensions["B"].width
    assert after["A8"].border.left.style == before["A6"].border.left.style == "thin"
    assert after["A1"].font.name == "方正小标宋简体"
    assert after["A2"].value == f"填报单位：{place.name}"


@pytest.mark.slow
def test_other_layouts_are_read_too(place: Place) -> None:
    none = None
    layouts: list[tuple[list[list[Any]], int]] = [
        ([["社区概况"], ["社区名称", "网格数", "总户数", "党员数"], [none] * 4], 100),
        (
            [
                ["各社区汇总表"],
                ["序号", "社区", "网格数", "户数", "受理事件"],
                [1, "鑫港社区", none, none, none],
                [2, "桥东社区", none, none, none],
            ],
            100,
        ),
        (
            [["诉求分类统计（2026年）"], ["类别", "受理数", "办结数", "办结率"]]
            + [[kind, none, none, none] for kind in ("停车秩序", "环境卫生", "噪音扰民")],
            100,
        ),
        (
            [
                ["年度情况"],
                ["项目", "受理诉求", none, "办结诉求", none],
                [none, "一季度", "二季度", "一季度", "二季度"],
                ["本社区", none, none, none, none],
            ],
            100,
        ),
        ([["网格员花名册"], ["序号", "姓名", "所属网格", "岗位", "联系电话"], *([n, *[none] * 4] for n in (1, 2))], 75),
        ([["阵地表"], ["阵地名称", "类型", "使用状态", "启用时间"], *([none] * 4 for _row in range(3))], 100),
        # Shops are among them, of which no area is known.
        ([["阵地表"], ["阵地名称", "类型", "面积（平方米）", "启用时间"], *([none] * 4 for _row in range(3))], 85),
    ]
    for rows, wanted in layouts:
        merges = ["A2:A3", "B2:C2", "D2:E2"] if rows[0] == ["年度情况"] else ()
        layout, _content = fill(paper("表.xlsx", forms_made.workbook(rows, merges=merges)), SYSTEM, place)
        assert layout.share >= wanted, (rows[0], [(slot.label, slot.state) for slot in layout.slots])


@pytest.mark.slow
def test_a_place_of_others_and_an_unknown_column_stay_empty(place: Place) -> None:
    rows: list[list[Any]] = [
        ["汇总"],
        ["社区", "网格数", "困难职工数"],
        ["鑫港社区", None, None],
        ["桥东社区", None, None],
    ]
    layout, _content = fill(paper("表.xlsx", forms_made.workbook(rows)), SYSTEM, place)
    found = {slot.key: slot.state for slot in layout.slots}
    assert found == {
        "s0!2,1": State.SURE,
        "s0!2,2": State.OPEN,
        "s0!3,1": State.FREE,
        "s0!3,2": State.FREE,
    }, "no figure is put where the words ask for something else, nor where another community answers"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "columns"),
    [
        ("五老人才台账", ["姓名", "类别", "特长", "联系方式", "登记日期"]),
        ("网格员培训登记表", ["工号", "姓名", "培训名称", "培训日期", "参加情况"]),
        ("老年食堂菜单", ["菜品编号", "菜名", "单价", "供应时段", "厨师", "备注说明"]),
        ("心理疏导预约登记表", ["预约编号", "预约日期", "疏导方式", "疏导老师", "后续安排"]),
        ("党建联络点台账", ["编号", "社区", "联络领导", "职务", "层次", "起始日期"]),
    ],
)
def test_a_list_of_something_else_gets_no_rows(place: Place, title: str, columns: list[str]) -> None:
    rows: list[list[Any]] = [[title], ["序号", *columns], *([number, *[None] * len(columns)] for number in (1, 2))]
    layout, _content = fill(paper("表.xlsx", forms_made.workbook(rows)), SYSTEM, place)
    assert (layout.lists[0].kind, layout.filled) == ("", 0)


@pytest.fixture
def card(cast: Cast, settings: Settings, tmp_path: Path) -> Callable[..., tuple[Layout, Any]]:
    """Fill a form of the community of the cast."""
    settings.DATA = tmp_path

    def make(rows: list[list[Any]], given: Given | None = None) -> tuple[Layout, Any]:
        form_paper = paper("表.xlsx", forms_made.workbook(rows))
        form = read(form_paper)
        book = book_for(cast.community_worker, cast.places["community"], form)
        layout = answered(form, book, given or Given())
        return layout, load_workbook(io.BytesIO(filled(form_paper, layout, book)))

    return make


ROWS: list[list[Any]] = [["登记表"], ["网格数", None], ["小区数", "=1+1"], ["就业人数", None], ["志愿者人数", None]]


def test_what_was_never_collected_is_open_and_never_zero(card: Callable[..., tuple[Layout, Any]]) -> None:
    layout, book = card(ROWS)
    sheet = book.worksheets[0]
    assert [slot.state for slot in layout.slots] == [State.SURE, State.OPEN, State.OPEN]
    assert (sheet["B2"].value, sheet["B3"].value, sheet["B4"].value, sheet["B5"].value) == (3, "=1+1", None, None)
    assert sheet["B4"].comment is not None
    assert sheet["B4"].fill.fgColor.rgb != sheet["B2"].fill.fgColor.rgb


def test_people_correct_choose_and_say_what_is_not_collected(card: Callable[..., tuple[Layout, Any]]) -> None:
    given = Given(
        choices={"s0!3,1": choice_of("total:compounds")},
        typed={"s0!1,1": "=HYPERLINK(1)"},
        uncollected=frozenset({"s0!4,1"}),
    )
    layout, book = card(ROWS, given)
    sheet = book.worksheets[0]
    assert [slot.state for slot in layout.slots] == [State.TYPED, State.SURE, State.UNCOLLECTED]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("'=HYPERLINK(1)", "s"), "what is typed becomes no formula"
    assert (sheet["B4"].value, sheet["B5"].value) == (1, UNCOLLECTED)
    annex = list(book.worksheets[-1].iter_rows(values_only=True))
    assert len(annex) == 1 + len(layout.slots)


def test_what_was_typed_last_time_is_offered_and_a_change_is_marked(card: Callable[..., tuple[Layout, Any]]) -> None:
    given = Given(typed={"s0!3,1": "12"}, offered={"s0!3,1": "11", "s0!4,1": "7"})
    layout, _book = card(ROWS, given)
    slots = {slot.key: slot for slot in layout.slots}
    assert (slots["s0!3,1"].changed, slots["s0!4,1"].offered, slots["s0!4,1"].state) == (True, "7", State.OPEN)


def test_households_are_personal_and_filled_from_no_register(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    content = forms_made.households()
    layout, _content = fill(paper("走访.xlsx", content), cast.community_worker, cast.places["community"])
    assert is_personal(read(paper("走访.xlsx", content)))
    assert (layout.filled, len(layout.owed), layout.lists[0].kind) == (0, 20, "")


@pytest.mark.parametrize("title", ["重点人员排查表", "信访人员稳控台账", "刑满释放人员登记表"])
def test_forms_that_label_people_are_refused(title: str) -> None:
    with pytest.raises(InvalidInput, match=r"file\.forbidden_ledger"):
        read(paper("表.xlsx", forms_made.workbook([[title], ["姓名", "备注"], [None, None]])))


@pytest.mark.parametrize(("name", "content"), [("表.xls", b"\xd0\xcf\x11\xe0"), ("表.pdf", b"%PDF-1.7")])
def test_other_files_are_refused_with_a_way_out(name: str, content: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"ask\.form_type"):
        paper(name, content)


@pytest.mark.parametrize("name", ["表.xlsx", "表.docx"])
def test_broken_files_are_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match=r"ask\.form_broken"):
        read(paper(name, os.urandom(400)))


@pytest.mark.parametrize(
    ("label", "known", "least", "most"),
    [
        ("网格总数（个）", "网格数", SURE, 1),
        ("（一）居民小区", "居民小区", SURE, 1),
        ("其中：党员人数", "党员人数", SURE, 1),
        ("残疾人户数", "户数", 0, LIKELY - 0.01),
        ("未办结诉求", "办结诉求", 0, LIKELY - 0.01),
        ("女党员数", "党员数", 0, LIKELY - 0.01),
        ("网格员电话", "网格员", 0, LIKELY - 0.01),
        ("小区名称", "小区数", 0, LIKELY - 0.01),
        ("绿化覆盖", "网格数", 0, 0),
    ],
)
def test_words_that_ask_something_else_are_no_match(label: str, known: str, least: float, most: float) -> None:
    assert least <= alike(label, known) <= most


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("填报单位：____    填报日期：____年__月__日", ["填报单位", "填报日期"]),
        ("全社区共有小区____个，居民____户、____人。", ["小区", "居民", "居民"]),
        ("社区名称：", ["社区名称"]),
        ("设网格      个，网格员   名", ["设网格", "网格员"]),
        ("2026年度工作总结", []),
        ("时间：2026年3月5日", []),
        ("说明：请如实填写", []),
    ],
)
def test_blanks_in_a_text_are_found(text: str, labels: list[str]) -> None:
    assert [blank.label for blank in blanks_in(text)] == labels


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("3月", "2026-03-01..2026-03-31"),
        ("二季度", "2026-04-01..2026-06-30"),
        ("上半年", "2026-01-01..2026-06-30"),
        ("2025年", "2025-01-01..2025-12-31"),
        ("去年同期", "2025-01-01..2025-11-28"),
        ("本月", "month"),
        ("本年累计", "year_to_date"),
        ("13月", ""),
        ("居民", ""),
    ],
)
def test_periods_are_read_as_forms_write_them(text: str, period: str) -> None:
    assert spans.named(text, TODAY) == period


def test_an_underlined_gap_in_word_is_written_on(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    made = Document()
    line = made.add_paragraph("网格数：")
    line.add_run("      ").underline = True
    line.add_run("个")
    stream = io.BytesIO()
    made.save(stream)
    _layout, content = fill(paper("表.docx", stream.getvalue()), cast.community_worker, cast.places["community"])
    paragraph = Document(io.BytesIO(content)).paragraphs[0]
    assert paragraph.text == "网格数：3个"
    assert [run.underline for run in paragraph.runs if run.text == "3"] == [True]


def test_a_hidden_sheet_is_left_alone(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    book = Workbook()
    shown, hidden = book.active, book.create_sheet("字典")
    shown.append(["填报单位：", None])
    hidden.append(["网格数", None])
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    _layout, content = fill(paper("表.xlsx", stream.getvalue()), cast.community_worker, cast.places["community"])
    after = load_workbook(io.BytesIO(content))
    assert (after["字典"].sheet_state, after["字典"]["B1"].value) == ("hidden", None)
