"""The refused rows of an import as a workbook, so that a clerk mends them where they were written."""

import io

import xlsxwriter

from linli.records.ledgers.safety import safe_cell
from linli.records.models import Batch

HEADERS = ("工作表", "行", "列", "原因", "代码")


def faulty_rows(batch: Batch) -> bytes:
    """Sheet, row, column and reason of every refused row, and the row's own cells behind them."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("refused")
    bold = book.add_format({"bold": True, "bg_color": "#F3EFE6"})
    sheet.write_row(0, 0, HEADERS, bold)
    sheet.set_column(3, 3, 60)
    for number, remark in enumerate(batch.report.get("rejected", []), start=1):
        values = (remark["sheet"], remark["row"], remark["column"], remark["message"], remark["code"])
        values = (*values, *remark.get("cells", ()))
        sheet.write_row(number, 0, [safe_cell(value) if isinstance(value, str) else value for value in values])
    sheet.freeze_panes(1, 0)
    book.close()
    return stream.getvalue()
