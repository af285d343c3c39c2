"""Days on which the demo place lived before today."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from linli.core import clock


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """Nine in the morning some days ago."""
    day = clock.today() - timedelta(days=days)
    with clock.frozen(clock.day_start(day) + timedelta(hours=9)):
        yield
