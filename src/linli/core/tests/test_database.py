"""What the database itself refuses, and the fixtures that tests of concurrency stand on."""

import time

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from linli.core import cluster, journal
from linli.core.actors import SYSTEM
from linli.core.models import CalendarDay, Entry
from linli.core.testing.databases import Stand
from linli.core.testing.fixtures import OwnDatabase


@pytest.mark.django_db
def test_application_is_not_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (cluster.APP,)
        with pytest.raises(ProgrammingError):
            cursor.execute("CREATE TABLE anything ()")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE core_entry SET operation = 'x'", "DELETE FROM core_entry", "TRUNCATE core_entry"]
)
def test_application_only_adds_to_the_journal(statement: str) -> None:
    journal.write(SYSTEM, "test.done", None)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.filter(operation="test.done").count() == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE core_entry SET operation = 'x'", "DELETE FROM core_entry", "TRUNCATE core_entry"]
)
def test_even_the_owner_cannot_change_the_journal(
    statement: str, own_database: OwnDatabase, database_stand: Stand
) -> None:
    journal.write(SYSTEM, "test.done", None)
    with database_stand.running().connect(cluster.OWNER, own_database.name) as owner:
        with pytest.raises(psycopg.IntegrityError):
            owner.execute(statement)
        assert owner.execute("SELECT count(*) FROM core_entry WHERE operation = 'test.done'").fetchone() == (1,)


@pytest.mark.django_db
def test_queue_does_not_notify() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'procrastinate%%notify%%'")
        assert cursor.fetchall() == []


def test_threads_really_commit_and_only_one_wins(own_database: OwnDatabase) -> None:
    def add() -> str:
        with transaction.atomic():
            CalendarDay.objects.create(day="2026-01-01", working=False)
            time.sleep(0.1)
        return "added"

    answers = own_database.together(add, add, add)
    assert answers.count("added") == 1
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 2
    assert CalendarDay.objects.count() == 1


def test_own_database_starts_clean(own_database: OwnDatabase) -> None:
    assert CalendarDay.objects.count() == 0
    assert connection.settings_dict["NAME"] == own_database.name
