"""Files that leave: each is noted in the access log and carries its number, who took it and when (R22).

The mark is in the name, a header and the print footer, never in a row: an exported file can be imported again.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from linli.core import clock
from linli.core.actors import Actor
from linli.records import events, lists
from linli.records.ledgers import safety
from linli.records.types import RecordType

# What may stand in the log: codes, days, ids and division codes; what somebody typed may name a person.
PLAIN: Final = re.compile(r"[a-z][a-z_.]{0,39}|\d{4}-\d{2}-\d{2}|\d{1,6}|\d{9}|\d{12}", re.ASCII)
TYPED: Final = ("q",)
MOVED: Final = ("after", "sort")
LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Mark:
    """What an exported file says of itself."""

    number: int
    who: str
    at: datetime

    def __str__(self) -> str:
        return _("Export %(number)d, %(who)s, %(at)s") % {
            "number": self.number,
            "who": self.who,
            "at": f"{self.at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}",
        }

    def headers(self, name: str, form: str) -> dict[str, str]:
        """The headers of the file; its name ends in the number of the log."""
        return {
            "Content-Disposition": f'attachment; filename="{name}-{self.at:%Y%m%d}-{self.number}.{form}"',
            "X-Linli-Export": quote(str(self)),
        }

    def stamp(self, book: xlsxwriter.Workbook) -> None:
        """Put the mark into the properties of a workbook and below each printed page."""
        book.set_properties({"author": self.who, "comments": str(self)})
        for sheet in book.worksheets():
            sheet.set_footer(f"&L{str(self).replace('&', '&&')}&R&P/&N")


def noted(actor: Actor, what: str, query: Mapping[str, str], rows: int, form: str) -> Mark:
    """Enter an export in the access log, before the file is made; returns its mark."""
    number = events.announce(events.Exported(actor, what, said(query), rows, form))
    return Mark(number, actor.label or actor.key, clock.now())


def said(query: Mapping[str, str]) -> str:
    """The filters as the log may hold them: each by name, with its value only where that cannot be personal."""
    parts = [
        f"{name}={value}" if name not in TYPED and PLAIN.fullmatch(value) else f"{name}=*"
        for name, value in sorted(query.items())
        if value and name not in MOVED
    ]
    return " ".join(parts)[:LONGEST]


def export(
    actor: Actor, kind: RecordType, rows: QuerySet[Any], form: str, *, name: str, query: Mapping[str, str]
) -> HttpResponse | StreamingHttpResponse:
    """The rows as a CSV or XLSX file. Whether the actor may take them along is the caller's policy."""
    mark = noted(actor, name, query, rows.count(), form)
    headers = mark.headers(name, form)
    if form == "csv":
        return StreamingHttpResponse(
            lists.export_csv(kind, rows), content_type="text/csv; charset=utf-8", headers=headers
        )
    return HttpResponse(lists.export_xlsx(kind, rows, mark.stamp), content_type=lists.XLSX, headers=headers)


def export_table(
    actor: Actor, rows: Sequence[Sequence[Any]], form: str, *, name: str, query: Mapping[str, str]
) -> HttpResponse:
    """A table that was computed as a CSV or XLSX file, its headings first; numbers stay numbers."""
    mark = noted(actor, name, query, len(rows) - 1, form)
    headers = mark.headers(name, form)
    if form == "csv":
        buffer = io.StringIO("\ufeff", newline="")
        buffer.seek(0, io.SEEK_END)
        csv.writer(buffer).writerows([_safe(value) for value in row] for row in rows)
        return HttpResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
    return HttpResponse(_workbook(rows, mark), content_type=lists.XLSX, headers=headers)


def _workbook(rows: Sequence[Sequence[Any]], mark: Mark) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    mark.stamp(book)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, [_safe(value) for value in row], None if number else bold)
    sheet.freeze_panes(1, 1)
    book.close()
    return stream.getvalue()


def _safe(value: Any) -> Any:
    return value if isinstance(value, int | float) else safety.safe_cell(lists.text(value))
