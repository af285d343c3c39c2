"""The log: what a stranger sent cannot be made to look like a line of its own."""

import io
import logging
from typing import Any

from django.conf import settings

from linli.core.logs import OneLine


def test_what_was_sent_stays_on_its_line() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formatters: Any = settings.LOGGING["formatters"]
    assert formatters["plain"]["()"] == "linli.core.logs.OneLine"
    handler.setFormatter(OneLine("%(levelname)s %(message)s"))
    record = logging.LogRecord(
        "axes", logging.WARNING, "", 0, "failed for %s", ("a\n2026 INFO root ok\r\x1b[2K\x85 邻里",), None
    )
    handler.emit(record)
    assert stream.getvalue() == "WARNING failed for a\\x0a2026 INFO root ok\\x0d\\x1b[2K\\x85 邻里\n"
