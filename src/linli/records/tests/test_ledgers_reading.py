"""Files of ledgers: workbooks and text in every guise, and what is refused before it does harm."""

import datetime as dt
import io
import random
import re
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from linli.core.errors import InvalidInput
from linli.core.testing.work import counted
from linli.records.ledgers import packages
from linli.records.ledgers.delimited import separator_of
from linli.records.ledgers.reading import read_file
from linli.records.ledgers.tables import find_tables

HEADER = "编号,姓名,社区,备注"
RARE = "𠮷田㐂😀👨‍👩‍👧"


def refusal(path: Path, name: str = "") -> InvalidInput:
    """How a file is refused."""
    with pytest.raises(InvalidInput) as caught:
        read_file(path, name)
    assert caught.value.sentence
    assert "%(" not in caught.value.sentence
    return caught.value


def workbook(path: Path, fill: Callable[[Any], None], **options: Any) -> Path:
    """A workbook that a function fills."""
    with xlsxwriter.Workbook(str(path), options) as book:
        fill(book)
    return path


def simple(path: Path) -> Path:
    return workbook(path, lambda book: book.add_worksheet("表").write_row(0, 0, ["姓名", "社区"]))


def rezip(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A package with changed parts."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return target


def with_sheet(tmp_path: Path, cells: str) -> Path:
    """A workbook whose one sheet holds these rows as XML."""
    data = f"<sheetData>{cells}</sheetData>".encode()
    return rezip(
        simple(tmp_path / "plain.xlsx"),
        tmp_path / "changed.xlsx",
        lambda part, old: re.sub(b"<sheetData>.*</sheetData>", data, old) if "sheet1" in part else old,
    )


def test_workbook_keeps_rows_columns_types_and_merges(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("人员")
        sheet.merge_range("C4:E4", "花名册")
        sheet.write_row("C5", ["姓名", "日期", "人数"])
        sheet.write("C6", RARE)
        sheet.write_datetime("D6", dt.datetime(2023, 3, 5), day)
        sheet.write_formula("E6", "=1+1", None, 2)
        sheet.write_formula("E7", "=1/0", None, "#DIV/0!")
        sheet.write_boolean("C7", True)
        sheet.write_datetime("D7", dt.datetime(2023, 3, 5, 14, 30), day)
        book.add_chartsheet("图")
        book.add_worksheet("藏").hide()

    first, hidden = read_file(workbook(tmp_path / "a.xlsx", fill))
    assert (first.name, first.hidden, hidden.name, hidden.hidden) == ("人员", False, "藏", True)
    assert first.merges == [(4, 2, 4, 4)]
    assert [number for number, _cells in first.rows] == [4, 5, 6, 7]
    rows = dict(first.rows)
    assert rows[5][2:] == ["姓名", "日期", "人数"]
    assert rows[6][2:] == [RARE, dt.date(2023, 3, 5), 2.0]
    assert rows[7][2:] == [True, dt.datetime(2023, 3, 5, 14, 30), "#DIV/0!"]


def test_error_cells_keep_their_text_on_every_sheet(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        for name in ("甲", "乙 & 丙", "丁"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["姓名", "人数"])
            for row in range(1, 3000):
                sheet.write(row, 0, f"{name}{row}")
                if row % 7 == 0:
                    sheet.write_formula(row, 1, "=VALUE(A1)", None, "#VALUE!")

    for sheet in read_file(workbook(tmp_path / "a.xlsx", fill)):
        assert {number: cells[1] for number, cells in sheet.rows if cells[1]} == {
            1: "人数", **{row + 1: "#VALUE!" for row in range(7, 3000, 7)}
        }  # fmt: skip


def test_workbook_under_another_name(tmp_path: Path) -> None:
    path = simple(tmp_path / "3f2a")
    assert read_file(path, "台账.csv")[0].rows == [(1, ["姓名", "社区"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_in_every_encoding_and_with_every_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [HEADER, f'1,{RARE},江源社区,"两行\r\n备注, 还有逗号;分号"', "", "2,李四,家园社区,"]
    text = "\r\n".join(lines).replace(",", separator) if separator != "," else "\r\n".join(lines)
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    (sheet,) = read_file(path)
    assert [number for number, _cells in sheet.rows] == [1, 2, 4, 5]
    assert sheet.rows[0][1] == HEADER.split(",")
    assert sheet.rows[1][1][:3] == ["1", RARE, "江源社区"]
    assert sheet.rows[1][1][3].startswith("两行\r\n备注")
    (table,) = find_tables(sheet)
    assert [number for number, _cells in table.data] == [2, 5]


def test_separator_is_that_of_most_lines() -> None:
    assert separator_of("台账\n填报单位;甲,乙\n编号,内容\n1,a;b;c\n2,a;b\n") == ","
    assert separator_of("编号;金额\n1;2,5\n2;3,5\n3;4\n") == ";"
    assert separator_of("没有\n任何\n分隔\n") == ","


def test_separator_that_the_file_announces(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\n编号;姓名\n1;张三\n", "utf-8")
    assert read_file(path)[0].rows == [(2, ["编号", "姓名"]), (3, ["1", "张三"])]


def test_broken_text_is_not_read_as_other_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    good = (HEADER + "\n1,张三,江源社区,没有\n").encode()
    path.write_bytes(good * 50 + good[:-5])
    error = refusal(path)
    assert (error.code, error.facts["line"]) == ("file.encoding", 102)
    path.write_bytes(HEADER.encode("gb18030") + b"\n1,\xff\xff,a,b\n")
    assert refusal(path).code == "file.encoding"
    path.write_bytes(b"\xff\xfe" + HEADER.encode("utf-16-le") + b"\x00")
    assert refusal(path).code == "file.encoding"


def test_quotation_that_never_closes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for rows in (3, 20_000):
        path.write_text(HEADER + '\n1,张三,江源,好\n2,"李四,家园,好\n' + "3,王五,白石,好\n" * rows, "utf-8")
        error = refusal(path)
        assert (error.code, error.facts["line"]) == ("file.quotation", 3)
    path.write_text(HEADER + '\n1,12"管,江源,"最后\n一格"\n', "utf-8")
    assert read_file(path)[0].rows[1][1] == ["1", '12"管', "江源", "最后\n一格"]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "file.empty"),
        (b"\n\n\n", "a.csv", "file.empty"),
        (b"\xef\xbb\xbf", "a.csv", "file.empty"),
        (b"%PDF-1.7 ...", "a.xlsx", "file.not_a_workbook"),
        (b"%PDF-1.7 ...", "a.csv", "file.not_a_workbook"),
        (b"\x89PNG\r\n\x1a\n....", "a.csv", "file.not_a_workbook"),
        (b"\xff\xd8\xff\xe0....", "a.xlsx", "file.not_a_workbook"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", "file.not_a_workbook"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "a.csv", "file.not_a_workbook"),
        (b'<?xml version="1.0"?><Workbook/>', "a.xls", "file.not_a_workbook"),
        ("编号,姓名\n1,张三\n".encode(), "a.xlsx", "file.not_a_workbook"),
        (b"PK\x03\x04 no package at all", "a.xlsx", "file.not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000, "a.xls", "file.not_a_workbook"),
        (b"\x07\x01\x02garbage\x05\n1,2\n", "a.csv", "file.not_a_workbook"),
    ],
)
def test_what_is_no_ledger_is_refused(tmp_path: Path, content: bytes, name: str, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path).code == code
    kept = tmp_path / "0123abcd"
    kept.write_bytes(content)
    assert refusal(kept, name).code == code


def test_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.xlsx").code == "file.missing"


def test_other_packages_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    error = refusal(path)
    assert (error.code, error.facts["kind"]) == ("file.not_a_workbook", "Word")


def test_password(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    entry = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1016 + entry + b"\x00" * 512)
    assert refusal(path).code == "file.password"


def bomb(path: Path, size: int, *, lying: bool = False) -> Path:
    """A workbook whose sheet unpacks to `size` bytes of spaces; one that lies says it is small."""
    simple(path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet9.xml", "w") as part,
    ):
        for _piece in range(size >> 20):
            part.write(b" " * (1 << 20))
    if lying:
        packed = path.read_bytes()
        at = packed.rindex(b"PK\x01\x02")
        assert struct.unpack_from("<I", packed, at + 24)[0] == size
        path.write_bytes(packed[: at + 24] + struct.pack("<I", 1000) + packed[at + 28 :])
    return path


@pytest.mark.parametrize("lying", [False, True])
def test_bombs_are_refused_quickly_and_in_little_memory(tmp_path: Path, lying: bool) -> None:
    path = bomb(tmp_path / "bomb.xlsx", 1 << 30, lying=lying)
    assert path.stat().st_size < 2 << 20
    tracemalloc.start()
    try:
        with counted() as work:
            assert refusal(path).code == "file.too_large"
        assert tracemalloc.get_traced_memory()[1] < 20 << 20
    finally:
        tracemalloc.stop()
    assert work.calls < 20_000


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c r="A1"><v>1</v></c></row><row r="2"><c r="XFD900000" s="1"><v>1</v></c></row>',
        "<row r='1'><c r = 'A1'><v>1</v></c></row><row r='9'><c t='n' r='xfd1048576'><v>1</v></c></row>",
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="ZZZZZZ9"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="4294967290"><c><v>1</v></c></row>',
    ],
)
def test_one_value_in_the_last_cell_does_not_fill_the_memory(tmp_path: Path, cells: str) -> None:
    assert refusal(with_sheet(tmp_path, cells)).code == "file.too_large"


@pytest.mark.parametrize("kept", ["xl/foo/sheet1.xml", "xl/worksheets/sheet1.png", "xl/media/image1.jpeg"])
def test_a_sheet_is_known_whatever_its_part_is_called(tmp_path: Path, kept: str) -> None:
    """The reader goes by the index: such a sheet filled the memory, for nothing had looked at it before."""
    last = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" x="/>"><v>1</v></c></row>'
    source, target = with_sheet(tmp_path, last), tmp_path / "moved.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part).replace(b"worksheets/sheet1.xml", kept.removeprefix("xl/").encode())
            new.writestr(kept if part.endswith("sheet1.xml") else part, content)
    assert refusal(target).code == "file.too_large"


@pytest.mark.parametrize(
    "filling",
    [b"<c " * 300_000, b"<c " + b't="e" ' * 150_000, b"<c " + b'r="AB1" ' * 120_000, b"<c r" + b" " * 900_000],
)
def test_a_sheet_of_broken_tags_is_looked_through_at_once(tmp_path: Path, filling: bytes) -> None:
    """Each took hours where a look began anew at every tag and every attribute."""
    path = rezip(
        simple(tmp_path / "plain.xlsx"),
        tmp_path / "broken.xlsx",
        lambda part, old: old.replace(b"</sheetData>", filling + b"</sheetData>") if "sheet1" in part else old,
    )
    assert refusal(path).code == "file.not_a_workbook"


def test_styles_without_values_reach_as_far_as_they_like(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert read_file(with_sheet(tmp_path, cells))[0].rows == [(1, [1.0])]


def test_wide_and_short_is_allowed(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="XFD2"><v>1</v></c></row>'
    (sheet,) = read_file(with_sheet(tmp_path, cells))
    assert (len(sheet.rows), len(sheet.rows[1][1])) == (2, 16_384)


def test_broken_workbooks_are_refused_not_crashed_over(tmp_path: Path) -> None:
    """Whatever bytes of a workbook are changed: it is read, or refused with a code."""
    whole = simple(tmp_path / "whole.xlsx").read_bytes()
    chance = random.Random(7)
    path = tmp_path / "broken.xlsx"
    for _time in range(300):
        content = bytearray(whole)
        for _change in range(chance.randint(1, 8)):
            content[chance.randrange(4, len(content))] = chance.randrange(256)
        path.write_bytes(content if chance.random() < 0.8 else content[: chance.randrange(10, len(content))])
        try:
            read_file(path)
        except InvalidInput as error:
            assert error.code.startswith("file.")  # noqa: PT017 - most of these are fine either way


def test_broken_parts_are_refused_not_crashed_over(tmp_path: Path) -> None:
    """The same inside the package, where the parts are unpacked and then make no sense."""
    source = simple(tmp_path / "whole.xlsx")
    chance = random.Random(11)

    def spoil(part: str, content: bytes) -> bytes:
        if chance.random() < 0.7:
            return content
        at = chance.randrange(len(content) + 1)
        return content[:at] + bytes(chance.choices(b'<>"=/A1 &;x\xff', k=chance.randint(0, 5))) + content[at + 3 :]

    for _time in range(300):
        path = rezip(source, tmp_path / "broken.xlsx", spoil)
        try:
            read_file(path)
        except InvalidInput as error:
            assert error.code.startswith("file.")  # noqa: PT017 - most of these are fine either way


def test_letters_of_columns() -> None:
    for column, letters in ((0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")):
        assert packages.letters_of(column) == letters
        assert packages.column_of(letters.encode()) == column


def test_a_large_workbook_costs_few_calls_a_row(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("名册")
        sheet.write_row(0, 0, ["编号", "姓名", "社区", "日期", "人数", "备注"])
        for row in range(1, 10_001):
            sheet.write_row(row, 0, [f"V{row}", f"人{row % 997}", "江源社区", "2023.3.5", row, "无"])

    path = workbook(tmp_path / "large.xlsx", fill, constant_memory=True)
    with counted() as work:
        (table,) = find_tables(read_file(path)[0])
    assert len(table.data) == 10_000
    assert work.calls < 40 * 10_000


def test_a_large_text_costs_few_calls_a_row(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    lines = io.StringIO()
    lines.write("志愿者编号,姓名,县区,街道,社区,手机号码,注册日期,状态,备注\n")
    for number in range(10_000):
        lines.write(f"V{number:07},人{number % 997},钟山区,黄土坡街道,江源社区,10012345678,2023.3.5,正常,\n")
    path.write_text(lines.getvalue(), "gb18030")
    with counted() as work:
        (table,) = find_tables(read_file(path)[0])
    assert len(table.data) == 10_000
    assert work.calls < 40 * 10_000
