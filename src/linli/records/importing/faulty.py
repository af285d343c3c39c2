"""The refused rows of an import as a workbook, so that a clerk mends them where they were written."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from linli.records.exporting import Mark
from linli.records.ledgers.safety import safe_cell
from linli.records.models import Batch

HEADERS = ("工作表", "行", "列", "原因", "代码")


def faulty_rows(batch: Batch, mark: Mark) -> bytes:
    """Sheet, row, column and reason of every refused row, and the row's own cells below their own headings."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("refused")
    bold = book.add_format({"bold": True, "bg_color": "#F3EFE6"})
    sheet.set_column(3, 3, 60)
    headings = batch.report.get("headings", {})
    line, above = 0, None
    for remark in batch.report.get("rejected", []):
        if remark["sheet"] != above:
            above = remark["sheet"]
            _write(sheet, line, (*HEADERS, *headings.get(above, ())), bold)
            line += 1
        values = (remark["sheet"], remark["row"], remark["column"], remark["message"], remark["code"])
        _write(sheet, line, (*values, *remark.get("cells", ())))
        line += 1
    if not line:
        _write(sheet, line, HEADERS, bold)
    sheet.freeze_panes(1, 0)
    mark.stamp(book)
    book.close()
    return stream.getvalue()


def _write(sheet: Worksheet, line: int, values: Sequence[Any], style: Format | None = None) -> None:
    sheet.write_row(line, 0, [safe_cell(value) if isinstance(value, str) else value for value in values], style)
