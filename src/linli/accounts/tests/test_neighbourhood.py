"""The neighbourhood is built once in a process: what later tests find is what was built, row for row."""

from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from linli.accounts.models import User
from linli.accounts.neighbourhood import Cast, neighbourhood
from linli.core import clock
from linli.core.testing import keeping
from linli.core.testing.keeping import kept


def contents() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute(keeping.TABLES)
        names = [name for (name,) in cursor.fetchall()]
        return {name: sorted(_texts(name)) for name in names}


def _texts(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT t::text FROM "{table}" t')
        return [text for (text,) in cursor.fetchall()]


def test_what_is_put_back_is_what_was_built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    seen: list[tuple[dict[str, list[str]], Cast]] = []
    with django_db_blocker.unblock(), clock.frozen("2026-03-10T09:07"):
        for _n in range(2):
            with transaction.atomic():
                cast = kept(neighbourhood)
                seen.append((contents(), cast))
                transaction.set_rollback(True)
    (built, first), (back, second) = seen
    assert len(built["accounts_user"]) > 10
    assert [name for name, rows in built.items() if rows != back[name]] == []
    assert first.users["leader"] is not second.users["leader"]


def test_where_something_was_written_before_it_is_built_beside_it(db: None) -> None:
    User.objects.create(username="first", joined=clock.now())
    cast = kept(neighbourhood)
    assert User.objects.count() == len(cast.users) + 1
