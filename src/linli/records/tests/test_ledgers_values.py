"""Cells as values: every spelling of days, numbers, flags, phones, names and lists, and the faults."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linli.records.ledgers import values
from linli.records.ledgers.numerals import numeral

DAY = dt.date(2025, 3, 5)
EPOCH = dt.date(1899, 12, 30)
WIDE = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")
FIGURES = "〇一二三四五六七八九"


def fault_of(parse: Callable[..., values.Parsed], raw: Any, **more: Any) -> str:
    """The code of the fault with which a cell is refused."""
    with pytest.raises(values.ValueFault) as caught:
        parse(raw, **more)
    return caught.value.code


@pytest.mark.parametrize(
    "raw",
    [
        DAY, dt.datetime(2025, 3, 5, 14, 30), "2025-03-05", "2025-3-5", "2025.3.5", "2025.03.05", "2025/3/5",
        "2025年3月5日",
        "2025 年 3 月 5 日", "2025年3月5号", "2025年03月05", "20250305", 20250305, 20250305.0, "20250305143000",
        "2025、3、5",
        "2025 3 5", "2025。3。5", "２０２５．３．５", "２０２５年３月５日", " 2025-03-05\u3000", "2025-03-05 14:30",
        "2025-03-05T14:30:00",
        "2025-03-05T14:30:00+08:00", "2025/3/5 14:30:05.123", "2025年3月5日14时30分", "2025年3月5日 下午2:30",
        "2025年3月5日上午",
        "2025-03-05(星期三)", "2025年3月5日 周三", 45721, 45721.0, 45721.604, "45721", "45721.604",
        "二〇二五年三月五日", "二零二五年3月5日",
        "25年3月5日", "2025-03-05\u200b", "\ufeff2025-03-05", "2025\\3\\5", "2025_03_05", "2025—3—5", "2025–3–5",
    ],
)  # fmt: skip
def test_every_spelling_of_a_day(raw: Any) -> None:
    assert values.date(raw) == values.Parsed(DAY)


@pytest.mark.parametrize(
    ("raw", "day", "warning"),
    [
        ("2025年3月", dt.date(2025, 3, 1), "date.month_only"),
        ("2025.3", dt.date(2025, 3, 1), "date.month_only"),
        ("2025-03", dt.date(2025, 3, 1), "date.month_only"),
        ("202503", dt.date(2025, 3, 1), "date.month_only"),
        (2025.3, dt.date(2025, 3, 1), "date.month_only"),
        (2025.11, dt.date(2025, 11, 1), "date.month_only"),
        ("二〇二五年十二月", dt.date(2025, 12, 1), "date.month_only"),
        ("2019年", dt.date(2019, 1, 1), "date.year_only"),
        (2019, dt.date(2019, 1, 1), "date.year_only"),
        ("2025.3.5-3.7", DAY, "date.range"),
        ("2025年3月5日至7日", DAY, "date.range"),
        ("2025-03-05~2025-03-07", DAY, "date.range"),
    ],
)
def test_what_is_less_exact_than_a_day_is_told(raw: Any, day: dt.date, warning: str) -> None:
    assert values.date(raw) == values.Parsed(day, (warning,))


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2020/9/31", "impossible_date"), ("2023-06-00", "impossible_date"), ("2025.13.24", "impossible_date"),
        ("2023年2月29日", "impossible_date"), ("20230931", "impossible_date"), ("2025.13", "impossible_date"),
        ("1025-03-05", "impossible_date"), ("2025-03-05 25:10", "impossible_date"),
        (dt.date(1899, 12, 31), "impossible_date"),
        ("不详", "not_a_date"), ("#VALUE!", "not_a_date"), ("3月5日", "not_a_date"), ("5/3/25", "not_a_date"),
        ("-", "not_a_date"),
        ("待定", "not_a_date"), ("2025.3.5和3.6", "not_a_date"), ("无", "not_a_date"), (True, "not_a_date"),
        (12, "not_a_date"),
        ("12345", "not_a_date"), (dt.time(12, 0), "not_a_date"), ("10012345678", "not_a_date"),
        ("2025-03-05前完成", "not_a_date"),
        (2025.1, "ambiguous_date"), (float("nan"), "not_a_date"), ("2025.3.5.7", "not_a_date"),
        ("2025-3-555", "not_a_date"),
    ],
)  # fmt: skip
def test_what_is_no_day(raw: Any, code: str) -> None:
    assert fault_of(values.date, raw) == f"value.{code}"


STYLES: list[Callable[[dt.date], Any]] = [
    lambda day: day,
    lambda day: dt.datetime.combine(day, dt.time(9, 30)),
    lambda day: day.isoformat(),
    lambda day: day.strftime("%Y%m%d"),
    lambda day: day.strftime("%Y%m%d060244"),
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f" {day.year}/{day.month:02}/{day.day:02}\u3000",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}年{day.month}月{day.day}日 14:30",
    lambda day: f"{day.year}-{day.month}-{day.day}".translate(WIDE),
    lambda day: f"{day.year}/{day.month}/{day.day}(星期{'一二三四五六日'[day.weekday()]})",
    lambda day: "".join(FIGURES[int(d)] for d in str(day.year)) + f"年{spelled(day.month)}月{spelled(day.day)}日",
    lambda day: (day - EPOCH).days,
    lambda day: (day - EPOCH).days + 0.6042,
    lambda day: str((day - EPOCH).days),
]


def spelled(value: int) -> str:
    """A number below 100 in Chinese."""
    tens, ones = divmod(value, 10)
    return ("" if tens < 2 else FIGURES[tens]) + ("十" if tens else "") + (FIGURES[ones] if ones or not tens else "")


@given(st.dates(dt.date(1940, 1, 1), dt.date(2099, 12, 30)), st.sampled_from(STYLES))
def test_a_day_survives_every_style(day: dt.date, style: Callable[[dt.date], Any]) -> None:
    assert values.date(style(day)) == values.Parsed(day)


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.text("0123456789-./年月日: ", max_size=20)))
def test_any_cell_is_parsed_or_refused(raw: Any) -> None:
    for parse in (
        values.date,
        values.moment,
        values.number,
        values.whole,
        values.flag,
        values.text,
        values.person_name,
    ):
        try:
            assert isinstance(parse(raw), values.Parsed)
        except values.ValueFault as fault:
            assert fault.code.startswith("value.")  # noqa: PT017 - both answers are right
    assert isinstance(values.phone(raw), values.Parsed)
    assert isinstance(values.items(raw).value, list)


def test_moments_are_in_shanghai() -> None:
    expected = dt.datetime(2025, 3, 5, 14, 30, tzinfo=values.SHANGHAI)
    for raw in (
        "2025-03-05 14:30",
        "2025年3月5日下午2时30分",
        "202503051430",
        dt.datetime(2025, 3, 5, 14, 30),
        45721.604166667,
    ):
        assert values.moment(raw).value.replace(second=0) == expected, raw
    assert values.moment("2025.3.5").value == dt.datetime(2025, 3, 5, tzinfo=values.SHANGHAI)
    assert values.moment("2025-03-05 24:00").value.date() == DAY


@pytest.mark.parametrize(
    ("raw", "expected", "unit"),
    [
        (6, "6", ""), (6.5, "6.5", ""), (0.1, "0.1", ""), (" 6 ", "6", ""), ("１２", "12", ""),
        ("83,640", "83640", ""),
        ("1，234，567.8", "1234567.8", ""), ("约120", "120", ""), ("120余人", "120", "人"),
        ("100多户", "100", "户"), ("300+", "300", ""),
        ("120人", "120", "人"), ("120 人次", "120", "人次"), ("71.5万平方米", "715000", "平方米"),
        ("1.2万", "12000", ""), ("3亿元", "300000000", "元"),
        ("35%", "0.35", ""), ("35％", "0.35", ""), ("5‰", "0.005", ""), ("5000元/月", "5000", "元/月"),
        ("¥1,200", "1200", ""), ("￥1200元", "1200", "元"),
        ("3千克", "3", "千克"), ("3千米", "3", "千米"), ("3千", "3000", ""), ("2百万", "2000000", ""),
        ("5百分点", "5", "百分点"), ("12.", "12", ""), (".5", "0.5", ""),
        ("十二", "12", ""), ("三百零五", "305", ""), ("一万二千", "12000", ""), ("两千人", "2000", ""),
        ("三十余人", "30", ""), ("二〇", "20", ""),
        ("1.2E+05", "120000", ""), ("0", "0", ""), ("＋5", "5", ""),
    ],
)  # fmt: skip
def test_every_spelling_of_a_number(raw: Any, expected: str, unit: str) -> None:
    parsed = values.number(raw)
    assert (parsed.value, parsed.unit, parsed.warnings) == (Decimal(expected), unit, ())


@pytest.mark.parametrize(
    "raw",
    ["多人", "若干人", "若干", "不详", "见附件", "#VALUE!", "-", "无", "12,13", "1,2345", "3-5", "3~5人", "12/15",
     "1.2.3", "2025-03-05", "人", "A5",
     True, float("nan"), float("inf"), "1E999999999", dt.date(2025, 3, 5), "12、13", "5个未办结", "一二人三"],
)  # fmt: skip
def test_what_is_no_number(raw: Any) -> None:
    assert fault_of(values.number, raw) == "value.not_a_number"


def test_bounds_of_numbers() -> None:
    for raw in (-1, "-1", "−1", "－１", "(120)", "-0.5"):
        assert fault_of(values.number, raw) == "value.negative", raw
        assert values.number(raw, minimum=None).value < 0
    assert fault_of(values.number, 0, minimum=1) == "value.negative"
    assert fault_of(values.number, 1e300) == "value.too_large"
    assert fault_of(values.number, "9" * 30) == "value.too_large"
    assert values.whole("1.2万") == values.Parsed(12_000)
    assert values.whole(3.0).value == 3
    assert fault_of(values.whole, "3.5") == "value.not_whole"


@given(st.decimals(0, 10**12, places=2), st.sampled_from(["{}", "{:,}", " {}\u3000", "约{}", "{}人", "{:,}平方米"]))
@example(Decimal("0.00"), "{}")
def test_a_number_survives_every_style(amount: Decimal, style: str) -> None:
    written = style.format(amount)
    assert values.number(written).value == amount
    assert values.number(written.translate(WIDE)).value == amount


@given(st.integers(0, 99))
def test_chinese_numerals(amount: int) -> None:
    assert numeral(spelled(amount)) == amount


@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000", "\u200b", "/", "／", "—", "——"])
def test_what_is_empty_where_no_text_is_asked_for(raw: Any) -> None:
    for parse in (values.date, values.moment, values.number, values.whole, values.flag, values.phone):
        assert parse(raw) == values.Parsed(None), parse
    assert values.items(raw).value == []


def test_marks_are_text_and_other_marks_are_empty_where_they_are_said_to_be() -> None:
    assert values.text("/").value == "/"
    assert values.text("无").value == "无"
    assert values.text("无", blank_marks={"无"}).value is None
    assert values.date("无", blank_marks={"无"}).value is None
    assert values.text("\u3000 ").value is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  江源社区\u3000", "江源社区"), ("\ufeff\u200b江源\xa0", "江源"),
        ("𠮷田㐂😀👨‍👩‍👧", "𠮷田㐂😀👨‍👩‍👧"), ("两行\n字", "两行\n字"),
        ("两行_x000D_\n字", "两行\n字"), ("a\x00b\x07c", "abc"), (12.0, "12"), (100123456789.0, "100123456789"),
        (0.1 + 0.2, "0.3"),
        (True, "TRUE"), (dt.date(2025, 3, 5), "2025-03-05"), (dt.datetime(2025, 3, 5), "2025-03-05"),
        ("e\u0301", "é"),
        (dt.datetime(2025, 3, 5, 14, 30), "2025-03-05 14:30:00"), ("'=1+1", "=1+1"), ("'", "'"),
        ("㎡（全角）", "㎡（全角）"),
    ],
)  # fmt: skip
def test_texts(raw: Any, expected: str) -> None:
    assert values.text(raw) == values.Parsed(expected)


def test_texts_have_limits_and_warn_of_identity_numbers() -> None:
    assert fault_of(values.text, "字" * 11, limit=10) == "value.too_long"
    assert values.text("字" * 10, limit=10).value == "字" * 10
    assert values.text("来访人 11010519491231002X 反映路灯").warnings == ("text.identity_number",)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("张 三", "张三"), ("张\u3000三", "张三"), (" 欧阳 娜娜 ", "欧阳娜娜"), ("欧 阳 娜 娜", "欧阳娜娜"),
        ("买买提 阿不都", "买买提 阿不都"),
        ("买买提·阿不都", "买买提·阿不都"), ("John  Smith", "John Smith"), ("𠮷 田", "𠮷田"), (None, None),
    ],
)  # fmt: skip
def test_names_of_persons(raw: Any, expected: str | None) -> None:
    assert values.person_name(raw).value == expected


@pytest.mark.parametrize("raw", ["是", "有", "√", "Y", "yes", "1", 1, 1.0, True, "TRUE", " 是 ", "ｙ", "已", "同意"])
def test_yes(raw: Any) -> None:
    assert values.flag(raw).value is True


@pytest.mark.parametrize("raw", ["否", "无", "×", "N", "no", "0", 0, 0.0, False, "FALSE", "未", "不同意"])
def test_no(raw: Any) -> None:
    assert values.flag(raw).value is False


def test_neither_yes_nor_no() -> None:
    for raw in ("未知", "或许", 2, "是否"):
        assert fault_of(values.flag, raw) == "value.not_a_flag", raw


@pytest.mark.parametrize(
    ("raw", "expected", "warnings"),
    [
        ("10012345678", "10012345678", ()), (10012345678, "10012345678", ()), (10012345678.0, "10012345678", ()),
        ("100 2129 6335", "10021296335", ()), ("100  2129  6335", "10021296335", ()),
        ("100-2129-6335", "10021296335", ()),
        ("１００６６８８４５９１", "10066884591", ()), ("+86 10012345678", "10012345678", ()),
        ("+86-100-1234-5678", "10012345678", ()),
        ("008610012345678", "10012345678", ()), ("10057450194 ", "10057450194", ()),
        ("0314-1234567", "03141234567", ()),
        ("(0314)1234567", "03141234567", ()), ("400-123-4567", "4001234567", ()), ("8234567", "8234567", ()),
        ("1005949292", "1005949292", ("phone.short",)), ("100594929", "100594929", ("phone.short",)),
        ("10012345678/10087654321", "10012345678", ("phone.several",)),
        ("10012345678、8234567", "10012345678", ("phone.several",)),
        ("100123456789", "100123456789", ("phone.odd",)), ("无", None, ("phone.odd",)),
        ("100****5678", None, ("phone.odd",)),
        ("电话:10012345678", "10012345678", ()), ("12", "12", ("phone.odd",)),
    ],
)  # fmt: skip
def test_phones(raw: Any, expected: str | None, warnings: tuple[str, ...]) -> None:
    assert values.phone(raw) == values.Parsed(expected, warnings)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("张三、李四", ["张三", "李四"]), ("张三,李四，王五;赵六；钱七", ["张三", "李四", "王五", "赵六", "钱七"]),
        ("张三\n李四\r\n", ["张三", "李四"]),
        ("教育局/财政局", ["教育局", "财政局"]), ("1/2号楼", ["1/2号楼"]),
        ("物业（张三、李四）、网格员", ["物业（张三、李四）", "网格员"]),
        (" 张三 、、", ["张三"]), ("张三", ["张三"]), (12.0, ["12"]),
    ],
)  # fmt: skip
def test_lists(raw: Any, expected: list[str]) -> None:
    assert values.items(raw).value == expected


@pytest.mark.parametrize(
    ("parse", "raw"),
    [
        (values.number, "共计" * 30 + "x"),
        (values.number, "1" + " " * 60_000 + "x"),
        (values.number, "9" * 130_000),
        (values.date, "2024-1-1 " + "8 " * 60_000),
        (values.date, "2024" + " " * 130_000 + "x"),
    ],
)
def test_no_cell_keeps_its_reader_busy(parse: Callable[..., values.Parsed], raw: str) -> None:
    """Each took hours or for ever where the reader tried every way of cutting it up."""
    assert fault_of(parse, raw) in ("value.not_a_number", "value.not_a_date")


def test_long_lists_and_spaces_are_read_in_one_go() -> None:
    assert len(values.items("甲、" * 40_000).value) == 40_000
    assert values.items("(甲、" * 40_000 + "乙)、丙").value[-1] == "丙"
    assert values.text("\u3000\u200b" * 60_000 + "甲" + "\u200b\u3000" * 60_000).value == "甲"
    assert values.items("甲、乙(丙、丁)、戊)、己(庚").value == ["甲", "乙(丙、丁)、戊)", "己(庚"]
