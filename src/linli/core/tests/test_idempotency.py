"""Idempotency keys: the same answer again, other input refused, and twenty at once do the work once."""

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from linli.core import clock
from linli.core.errors import InvalidInput, RuleBroken
from linli.core.idempotency import once
from linli.core.models import IdempotencyKey
from linli.core.tasks import expire_keys

PAYLOAD = {"operation": "case.report", "text": "路灯不亮", "day": date(2026, 11, 24)}


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path


@pytest.mark.django_db
def test_the_second_call_gets_the_first_answer() -> None:
    assert once("k1", "user:1", PAYLOAD, {"id": 7}) is None
    assert once("k1", "user:1", dict(reversed(PAYLOAD.items())), {"id": 8}) == {"id": 7}
    assert IdempotencyKey.objects.get().response == {"id": 7}


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{**PAYLOAD, "text": "路灯 不亮"}, {**PAYLOAD, "extra": None}, {}])
def test_other_input_under_the_same_key_is_refused(other: dict[str, object]) -> None:
    once("k1", "user:1", PAYLOAD, {"id": 7})
    with pytest.raises(RuleBroken) as refused:
        once("k1", "user:1", other, {"id": 7})
    assert refused.value.code == "idempotency.other_input"


@pytest.mark.django_db
def test_keys_of_two_actors_are_strangers() -> None:
    assert once("k1", "user:1", PAYLOAD, {"id": 7}) is None
    assert once("k1", "user:2", PAYLOAD, {"id": 8}) is None


@pytest.mark.django_db
def test_without_a_key_nothing_is_remembered() -> None:
    for _ in range(2):
        assert once(None, "user:1", PAYLOAD, {"id": 7}) is None
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 101, "a\nb", "a\0b"])
def test_odd_keys_are_refused(key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        once(key, "user:1", PAYLOAD, {})
    assert refused.value.code == "idempotency.key"


@pytest.mark.django_db
def test_old_keys_are_forgotten() -> None:
    with clock.frozen("2026-01-01") as now:
        once("old", "user:1", PAYLOAD, {})
        now.move(timedelta(days=20))
        once("new", "user:1", PAYLOAD, {})
        now.move(timedelta(days=11))
        assert expire_keys(0) == 1
    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["new"]


@pytest.mark.usefixtures("own_database")
def test_a_key_outside_a_transaction_is_a_programming_fault() -> None:
    with pytest.raises(AssertionError):
        once("k1", "user:1", PAYLOAD, {})


@pytest.mark.usefixtures("own_database")
def test_a_failed_call_leaves_the_key_free() -> None:
    with transaction.atomic():
        once("k1", "user:1", PAYLOAD, {})
        transaction.set_rollback(True)
    with transaction.atomic():
        assert once("k1", "user:1", PAYLOAD, {}) is None


@pytest.mark.usefixtures("own_database")
def test_twenty_callers_at_once_work_once() -> None:
    worked: list[int] = []
    answers: list[object] = []
    barrier = threading.Barrier(20)

    def call(number: int) -> None:
        try:
            barrier.wait()
            with transaction.atomic():
                answered = once("k1", "user:1", PAYLOAD, {"id": number})
                if answered is None:
                    worked.append(number)
                else:
                    answers.append(answered)
        finally:
            connection.close()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(worked) == 1
    assert answers == [{"id": worked[0]}] * 19
