"""Fixtures of matters: the town, and a clock that stands on a working morning."""

from collections.abc import Iterator

import pytest

from linli.cases.tests.town import Town, build
from linli.core import clock
from linli.core.clock import Frozen
from linli.core.testing.keeping import kept


@pytest.fixture
def morning() -> Iterator[Frozen]:
    """A Tuesday at nine."""
    with clock.frozen("2026-03-10T09:00") as held:
        yield held


@pytest.fixture
def town(db: None, morning: Frozen) -> Town:
    """The town, in a transaction that ends with the test."""
    return kept(build)
