"""What the tests of notices stand on."""

from collections.abc import Iterator

import pytest

from linli.core import clock
from linli.messaging import channels
from linli.notices.tests.told import Bird


@pytest.fixture(autouse=True)
def today() -> Iterator[clock.Frozen]:
    """A Monday morning."""
    with clock.frozen("2026-03-02T10:00") as held:
        yield held


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Bird:
    """E-mail that is set up, and keeps what it was given."""
    bird = Bird("email")
    monkeypatch.setitem(channels._channels, "email", bird)
    return bird


@pytest.fixture
def wecom(monkeypatch: pytest.MonkeyPatch) -> Bird:
    """Robots of WeCom that keep what they were given."""
    bird = Bird("wecom")
    monkeypatch.setitem(channels._channels, "wecom", bird)
    return bird
