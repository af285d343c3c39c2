"""What the tests of safety stand on."""

from collections.abc import Iterator

import pytest

from linli.core import clock


@pytest.fixture(autouse=True)
def today() -> Iterator[clock.Frozen]:
    """A Monday morning."""
    with clock.frozen("2026-03-02T10:00") as held:
        yield held
