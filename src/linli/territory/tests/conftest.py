"""Fixtures of the territory: a small drawn county, and a clock that stands still."""

from collections.abc import Iterator

import pytest

from linli.core import clock
from linli.core.clock import Frozen
from linli.territory import locating
from linli.territory.tests.county import County, build


@pytest.fixture
def noon() -> Iterator[Frozen]:
    """A Tuesday at noon."""
    with clock.frozen("2026-03-10T12:00") as held:
        yield held


@pytest.fixture
def county(db: None, noon: Frozen) -> Iterator[County]:
    """The county, in a transaction that ends with the test."""
    locating.refresh()
    yield build()
    locating.refresh()
