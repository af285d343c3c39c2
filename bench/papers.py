"""A report as an office writes one: sixty figures and six charts, as a Word file and as PDF."""

import time
from collections.abc import Callable
from itertools import cycle, islice
from typing import Any, Final

from linli.accountability.documents.drafting import drafted
from linli.accountability.queries import reports
from linli.accountability.queries.report_values import Asked
from linli.core import clock
from linli.records.figures import compute
from linli.records.figures.compile import EVERYWHERE

FIGURES: Final = 60
CHARTS: Final = 6


def report() -> dict[str, float]:
    """The seconds that a report takes as a Word file, and further as PDF."""
    template, today = drafted(_text()), clock.today()
    word, written = _timed(lambda: reports.written(template, Asked(today, EVERYWHERE, today, "")))
    pdf, _printed = _timed(lambda: reports.printed(written))
    return {"as a Word file": word, "as PDF": word + pdf}


def _text() -> str:
    book = compute.book()
    charted = [code for code, figure in book.items() if figure.of == "case" and figure.measure == "count"]
    lines = ["全年工作情况"]
    lines += [f"到{{{{截至}}}}，{book[code].label}{{{{{code}}}}}。" for code in islice(cycle(book), FIGURES)]
    lines += [f"{{{{图：{code}，按月，折线，今年}}}}" for code in islice(cycle(charted), CHARTS)]
    return "\n".join(lines)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = work()
    return time.perf_counter() - began, done
