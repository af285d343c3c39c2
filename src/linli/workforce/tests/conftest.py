"""What the tests of training stand on."""

from collections.abc import Iterator

import pytest

from linli.core import clock


@pytest.fixture(autouse=True)
def today() -> Iterator[clock.Frozen]:
    """A Monday morning, near the end of a year."""
    with clock.frozen("2026-11-30T10:00") as held:
        yield held
