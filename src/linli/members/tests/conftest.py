"""What the tests of members stand on."""

from collections.abc import Iterator

import pytest

from linli.core import clock


@pytest.fixture(autouse=True)
def today() -> Iterator[clock.Frozen]:
    """A Monday morning in March."""
    with clock.frozen("2026-03-16T10:00") as held:
        yield held
