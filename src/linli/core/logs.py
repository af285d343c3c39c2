"""How a line of the log is written: what a stranger sent stays on the line that tells of it."""

import logging
from typing import Final

# Signs that would begin a line of their own, or move what a terminal shows, as their numbers.
VISIBLE: Final = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}


class OneLine(logging.Formatter):
    """A formatter whose messages cannot be made to look like two; the trace of a fault follows on lines of its own."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        """The line of a record."""
        return super().formatMessage(record).translate(VISIBLE)
