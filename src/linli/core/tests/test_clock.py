"""The clock: the day is Asia/Shanghai's, and freezing holds, moves and nests."""

import threading
import time
from datetime import UTC, date, datetime, timedelta

from linli.core import clock
from linli.core.clock import SHANGHAI


def test_now_is_aware_and_in_shanghai() -> None:
    before = time.time()
    now = clock.now()
    assert before <= now.timestamp() <= time.time()
    assert now.utcoffset() == timedelta(hours=8)


def test_today_changes_at_midnight_in_shanghai_not_in_utc() -> None:
    with clock.frozen(datetime(2026, 10, 1, 15, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 10, 1)
    with clock.frozen(datetime(2026, 10, 1, 16, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 10, 2)


def test_frozen_reads_days_and_text_in_shanghai() -> None:
    nine = datetime(2026, 10, 1, 9, tzinfo=SHANGHAI)
    for at in (date(2026, 10, 1), "2026-10-01", "2026-10-01T09:00", "2026-10-01T01:00+00:00"):
        with clock.frozen(at):
            assert clock.now() == nine


def test_frozen_moves_nests_and_ends() -> None:
    with clock.frozen("2026-01-01T08:00") as outer:
        outer.move(timedelta(hours=2))
        assert clock.now().hour == 10
        with clock.frozen("2020-01-01") as inner:
            inner.move_to(datetime(2020, 1, 2, 3))
            assert clock.now() == datetime(2020, 1, 2, 3, tzinfo=SHANGHAI)
        assert clock.now() == outer.at
    assert clock.now().year > 2020
    assert clock.now() != outer.at


def test_threads_see_the_frozen_clock() -> None:
    seen: list[datetime] = []
    with clock.frozen("2026-01-01"):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
        assert seen == [clock.now()]


def test_a_day_is_a_half_open_range() -> None:
    day = date(2026, 2, 14)
    assert clock.day_end(day) - clock.day_start(day) == timedelta(days=1)
    assert clock.day_of(clock.day_start(day).astimezone(UTC)) == day
    assert clock.day_of(clock.day_end(day)) == date(2026, 2, 15)
