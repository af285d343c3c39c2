"""What is refused by its title, identity numbers in free text, and cells that no spreadsheet runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.records.ledgers import values
from linli.records.ledgers.safety import WEIGHTS, holds_identity_number, refused_titles, safe_cell, without_guard


@pytest.mark.parametrize(
    "title",
    [
        "重点人员台账", "重 点 人 员 管 控 表", "重点管控人员花名册", "信访人台账", "信访人员信息表",
        "信访老户包保表", "赴省进京上访人员名单", "严重精神障碍患者名册",
        "精神病人登记表", "刑满释放人员帮教台账", "刑释解教人员", "吸毒人员管控表", "社区矫正人员名单",
        "肇事肇祸人员", "特殊人群台账", "涉稳人员排查表", "失信黑名单",
        "是否重点人员",
    ],
)  # fmt: skip
def test_ledgers_of_watched_people_are_refused(title: str) -> None:
    assert refused_titles(title) == "file.forbidden_ledger"
    assert refused_titles(f"附件2 2023年某街道{title}(更新)") == "file.forbidden_ledger"


@pytest.mark.parametrize(
    "title",
    [
        "网格员花名册", "信访件办理台账", "信访事项化解台账", "重点工作台账", "重点项目", "重点场所检查",
        "重点人群疫苗接种", "线上访谈活动", "是非访谈", "当前科普活动",
        "讲解教学活动", "禁毒宣传活动台账", "特殊人群关爱活动", "矫正视力义诊", "走访慰问重点优抚对象",
        "弘扬延安精神活动", "心理健康讲座",
    ],
)  # fmt: skip
def test_other_ledgers_are_not(title: str) -> None:
    assert refused_titles(title) is None


def identity_number(day: str, order: int) -> str:
    """A number with a check digit that fits; its district does not exist."""
    body = f"110199{day}{order:03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


@given(st.dates(), st.integers(0, 999), st.integers(0, 16))
def test_identity_numbers_are_found_and_a_wrong_digit_is_not(day: object, order: int, at: int) -> None:
    year, rest = str(day)[:4], str(day)[5:].replace("-", "")
    valid = "1900" <= year <= "2099"
    number = identity_number(year + rest, order)
    assert holds_identity_number(f"证件{number}号") is valid
    assert holds_identity_number(number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))) is valid
    wrong = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    assert not holds_identity_number(wrong)
    assert not holds_identity_number("9" + number)


def test_identity_numbers_with_gaps_and_small_letters() -> None:
    assert holds_identity_number("110105 19491231 002x")
    assert holds_identity_number("110105-1949-1231-002X")
    assert not holds_identity_number("订单 202303051430123456")
    assert not holds_identity_number("110105199913310020")


@pytest.mark.parametrize(
    "text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "+86 100", "-1+2", "=cmd|' /C calc'!A0"]
)
def test_what_could_be_a_formula_is_guarded(text: str) -> None:
    assert safe_cell(text) == "'" + text
    assert without_guard(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["", "张三", "-5", "+5", "-0.5", "-12%", "-", "--", "a=b", "'=x", "2023-03-05"])
def test_other_cells_are_left_alone(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(max_size=30))
def test_a_cell_written_out_comes_back(text: str) -> None:
    plain = values.text(text).value
    if plain:
        assert values.text(safe_cell(plain)).value == plain
