"""The doctor's registry, and the checks of the house on a sound and on an ill database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from linli.core import clock, doctor, health
from linli.core.actors import SYSTEM
from linli.core.calendar_table import calendar_seed


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty registry."""
    monkeypatch.setattr(doctor, "_checks", {})


@pytest.mark.usefixtures("registry")
def test_worst_finding_decides_and_broken_checks_do_not_stop_the_rest() -> None:
    @doctor.register("fine", "Fine")
    def fine() -> Iterator[doctor.Finding]:
        yield from ()

    @doctor.register("broken", "Broken")
    def broken() -> Iterator[doctor.Finding]:
        yield doctor.warning("a", "A")
        raise ValueError("first\nsecond")

    @doctor.register("mixed", "Mixed")
    def mixed() -> Iterator[doctor.Finding]:
        yield doctor.warning("a", "A")
        yield doctor.fault("b", "B")

    results = {result.name: result for result in doctor.examine()}
    assert {name: result.state for name, result in results.items()} == {
        "fine": "ok",
        "broken": "fault",
        "mixed": "fault",
    }
    assert results["broken"].findings[-1].message == "ValueError: first"
    assert [finding["code"] for finding in results["mixed"].as_dict()["findings"]] == ["a", "b"]


@pytest.mark.usefixtures("registry")
def test_two_checks_of_one_name_are_a_fault_of_ours() -> None:
    doctor.register("same", "Same")(lambda: [])
    with pytest.raises(AssertionError):
        doctor.register("same", "Same")(lambda: [])


@pytest.mark.django_db
def test_migrated_database_is_sound() -> None:
    for check in (health.database, health.migrations, health.roles, health.journal_guard, health.queue):
        assert list(check()) == [], check.__name__


@pytest.mark.django_db
def test_waiting_and_failed_jobs_are_told() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at, args) VALUES"
            " ('q', 't', 'todo', now() - interval '1 hour', '{}'), ('q', 't', 'failed', NULL, '{}')"
        )
    assert [finding.code for finding in health.queue()] == ["queue.failed", "queue.waiting"]


@pytest.mark.django_db
def test_unknown_year_is_a_warning_not_a_guess() -> None:
    with clock.frozen("2026-06-01"):
        assert [finding.code for finding in health.calendar()] == ["calendar.unknown_year"]
        calendar_seed(actor=SYSTEM, years=[2026])
        assert list(health.calendar()) == []
    with clock.frozen("2026-12-20"):
        assert [finding.code for finding in health.calendar()] == ["calendar.unknown_next_year"]


def test_open_key_is_a_fault(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "keys").mkdir()
    key = tmp_path / "keys" / "master-1"
    key.touch(mode=0o600)
    assert list(health.data_folder()) == []
    key.chmod(0o640)
    assert [finding.code for finding in health.data_folder()] == ["data.keys_open"]


def test_missing_folder_is_a_fault(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path / "gone"  # type: ignore[attr-defined]
    assert [finding.code for finding in health.data_folder()] == ["data.unwritable"]


@pytest.mark.parametrize(("free", "code"), [(1 << 20, "disk.full"), (1 << 30, "disk.low"), (1 << 40, None)])
def test_disk(free: int, code: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": free}))
    assert [finding.code for finding in health.disk()] == ([code] if code else [])
