"""A brochure on paper: single pages of the size A7, or one sheet of A4 with all eight, to fold and cut.

The sheet is printed on one side. It is folded in half three times, cut along the middle between the two middle
columns, and folded up: then the pages follow one another, the upper row having stood on its head.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import segno
from django.template.loader import render_to_string

from linli.brochures.models import Brochure
from linli.brochures.queries import Sheet, sheets_of
from linli.brochures.sections import section
from linli.brochures.workflow import BACK, COVER
from linli.core import printing

FORMS: Final = ("pages", "sheet")
# From the left, as they stand on the sheet: those above on their heads.
UPPER: Final = (5, 4, 3, 2)
LOWER: Final = (6, 7, 8, 1)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page on paper. `column` and `turned` are for the sheet."""

    number: int
    sheet: Sheet | None
    column: int
    turned: bool

    @property
    def cover(self) -> bool:
        """Whether it is the first."""
        return self.number == COVER

    @property
    def back(self) -> bool:
        """Whether it is the last."""
        return self.number == BACK


def document(row: Brochure, form: str, address: str) -> bytes:
    """A brochure as PDF; `address` is that of the site of its place. Raises: print.no_pango"""
    leaves = {leaf.number: leaf for leaf in _leaves(row)}
    order = sorted(leaves) if form == "pages" else [*UPPER, *LOWER]
    numbers = row.numbers or [{"label": item.label, "number": item.number} for item in section().numbers]
    context: dict[str, Any] = {
        "row": row,
        "leaves": [leaves[number] for number in order],
        "sheet": form == "sheet",
        "numbers": numbers,
        "address": address,
        "picture": segno.make(address, error="m").svg_data_uri(border=0),
    }
    return printing.pdf(render_to_string("brochures/print.html", context))


def _leaves(row: Brochure) -> Iterator[Leaf]:
    sheets = {sheet.number: sheet for sheet in sheets_of(row)}
    for turned, numbers in ((True, UPPER), (False, LOWER)):
        for column, number in enumerate(numbers):
            yield Leaf(number, sheets.get(number), column, turned)
