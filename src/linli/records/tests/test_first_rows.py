"""The first rows of a large file are read exactly as the whole would be, and the rest stays unread."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from linli.core.actors import SYSTEM
from linli.records.importing.previews import MOST, preview
from linli.records.ledgers import delimited, packages
from linli.records.ledgers.reading import read_file
from linli.records.ledgers.tables import find_tables
from linli.records.tests.sampling import AS_OF, compounds, open_place
from linli.records.tests.test_ledgers_reading import rezip

ROWS = 60
LEAST = 20


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is larger than nothing counts as large."""
    monkeypatch.setattr(packages, "SMALL", 0)
    monkeypatch.setattr(delimited, "LARGE", 0)


def ledger(path: Path, **options: Any) -> Path:
    """A workbook of two sheets: merged and two-line headers, words, days, numbers, errors; and a short sheet."""
    with xlsxwriter.Workbook(str(path), options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("台账")
        sheet.merge_range(0, 0, 0, 4, "清河县台账")
        sheet.merge_range(1, 0, 2, 0, "编号")
        sheet.merge_range(1, 1, 1, 2, "地点")
        sheet.write_row(2, 1, ["街道", "社区"])
        sheet.merge_range(1, 3, 2, 3, "日期")
        sheet.merge_range(1, 4, 2, 4, "户数")
        for number in range(3, ROWS):
            sheet.write_row(number, 0, [f"A{number}", "东风街道", f"第{number}社区𠮷"])
            sheet.write_datetime(number, 3, dt.datetime(2026, 1, 1 + number % 28), day)
            sheet.write_formula(number, 4, "=1/0", None, "#DIV/0!" if number % 5 == 0 else number)
        short = book.add_worksheet("短表")
        short.write_row(0, 0, ["姓名", "社区"])
        short.write_row(1, 0, ["只在末尾出现的词", "春晓社区"])
        short.hide()
    return path


def prefixed(name: str, content: bytes) -> bytes:
    """A sheet as other programs write it, with a prefix before every tag."""
    if not name.startswith("xl/worksheets/sheet"):
        return content
    head, _mark, rest = content.partition(b"<worksheet")
    marked = rest.replace(b"</", b"\0").replace(b"<", b"<x:").replace(b"\0", b"</x:").replace(b"xmlns=", b"xmlns:x=", 1)
    return head + b"<x:worksheet" + marked


@pytest.mark.parametrize("kind", ["words", "inline", "prefixed"])
def test_the_first_rows_are_read_as_the_whole_is(tmp_path: Path, kind: str) -> None:
    path = ledger(tmp_path / "a.xlsx", **({"constant_memory": True} if kind == "inline" else {}))
    path = rezip(path, tmp_path / "b.xlsx", prefixed) if kind == "prefixed" else path
    whole, short = read_file(path)
    first, same = read_file(path, most=LEAST)
    assert first.rows == whole.rows[:LEAST]
    assert (first.name, first.merges, first.beyond, len(whole.rows)) == (whole.name, whole.merges, True, ROWS)
    assert same == short
    (table,) = find_tables(first)
    (complete,) = find_tables(whole)
    assert (table.beyond, complete.beyond) == (True, False)
    assert table.data == [row for row in complete.data if row[0] <= LEAST] != []
    assert [header.label for header in table.headers] == [header.label for header in complete.headers]


def test_a_sheet_that_ends_before_is_whole(tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx")
    for most in (ROWS, ROWS + 1, 10_000):
        assert read_file(path, most=most) == read_file(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("begin", range(700, 720))
def test_the_first_lines_of_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, begin: int) -> None:
    monkeypatch.setattr(delimited, "BEGIN", begin)
    path = tmp_path / "a.csv"
    lines = ["编号,内容,社区", *(f'S{n},"第{n}号,\n𠮷㐂",春晓社区' for n in range(200))]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    (whole,), (first,), (few,) = read_file(path), read_file(path, most=1000), read_file(path, most=3)
    assert 3 < len(first.rows) < len(whole.rows)
    assert first.rows == whole.rows[: len(first.rows)]
    assert few.rows == whole.rows[:3]
    assert (whole.beyond, first.beyond, few.beyond) == (False, True, True)


def test_the_preview_says_that_more_follows(db: None, tmp_path: Path) -> None:
    open_place()
    rows = [[f"X{n}", f"{n}号院", "东风街道", "春晓社区", 12, "是", "2001.5.6"] for n in range(MOST + 50)]
    (table,) = preview(SYSTEM, 0, compounds(tmp_path, rows), AS_OF).tables
    assert (table.beyond, table.rows, table.kept) == (True, MOST - 2, True)
    assert [row.faults for row in table.first] == [[]] * 5
