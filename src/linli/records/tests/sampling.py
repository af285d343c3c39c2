"""A small sample place: a county with two streets, its profile, and ledgers written into a folder."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from linli.core.actors import SYSTEM
from linli.records.importing.report import FileReport
from linli.records.operations.imports import files_import
from linli.records.operations.profiles import profile_apply

HERE = Path(__file__).parent / "sample"
AS_OF = date(2026, 6, 30)
COMPOUNDS = ["序号", "小区编号", "小区名称", "街道", "社区", "户数", "门卫", "建成日期"]
MATTERS = ["编号", "登记日期", "办结日期", "来源", "类别", "内容", "街道", "社区", "承办单位", "状态"]


def workbook(path: Path, rows: Sequence[Sequence[Any]], merges: Sequence[tuple[int, int, int, int, str]] = ()) -> Path:
    """A workbook with one sheet; merges are first row, first column, last row, last column, value (from 0)."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    for merge in merges:
        sheet.merge_range(*merge)
    book.close()
    return path


def table(path: Path, headers: Sequence[str], rows: Sequence[Sequence[Any]], encoding: str = "utf-8-sig") -> Path:
    """A CSV file."""
    lines = [",".join(map(str, row)) for row in [headers, *rows]]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def open_place() -> None:
    """Apply the sample's profile and bring in its divisions."""
    profile_apply(actor=SYSTEM, folder=HERE / "profile")
    take_in(HERE / "divisions.csv")


def take_in(*paths: Path, dry: bool = False) -> list[FileReport]:
    """Import files on the sample's day."""
    return files_import(actor=SYSTEM, paths=paths, as_of=AS_OF, dry=dry)


def compounds(folder: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """The ledger of compounds, with a title and a running number."""
    numbered = [[number, *row] for number, row in enumerate(rows, start=1)]
    return workbook(folder / "compounds.xlsx", [["清河县小区台账"], COMPOUNDS, *numbered])
