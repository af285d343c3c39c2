"""What the tests of secondments stand on."""

from collections.abc import Iterator

import pytest

from linli.core import clock


@pytest.fixture(autouse=True)
def today() -> Iterator[clock.Frozen]:
    """A Wednesday in March; the months before are over."""
    with clock.frozen("2026-03-11T10:00") as held:
        yield held
