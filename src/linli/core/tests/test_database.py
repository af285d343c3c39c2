"""A line that the database has closed is noticed before the next request, which gets a new one."""

import pytest
from django.db import ProgrammingError, close_old_connections, connection, transaction


@pytest.mark.usefixtures("own_database")
def test_a_closed_line_is_noticed_without_asking() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    assert connection.is_usable()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
            assert cursor.fetchone() == (True,)
    finally:
        other.close()
    assert not connection.is_usable()
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    assert connection.is_usable()


@pytest.mark.usefixtures("own_database")
def test_a_failed_transaction_is_no_place_to_go_on() -> None:
    with transaction.atomic():
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute("SELECT nothing")
        assert not connection.is_usable()
        transaction.set_rollback(True)
    assert connection.is_usable()


def test_no_line_is_not_usable() -> None:
    assert not connection.copy().is_usable()
