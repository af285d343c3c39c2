"""The database fixtures, and the guard against the network; the root conftest.py brings them to every test.

The plugin beside this has pointed the settings at the test cluster before. The cast is in cast.py.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, cast

import pytest
from django.conf import settings
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from linli.core.testing.databases import Stand
from linli.core.testing.plugin import NAME, TEST_CLUSTER

CLONES: Final = count(1)


@dataclass(frozen=True, slots=True)
class OwnDatabase:
    """A database that one test has for itself, so that its threads may really commit."""

    name: str
    url: str

    def together(self, *calls: Callable[[], Any]) -> list[Any]:
        """Run the calls at the same moment, each in its own thread with its own connection.

        The answers come in the order of the calls; an exception is an answer too, not raised.
        """
        answers: list[Any] = [None] * len(calls)
        start = threading.Barrier(len(calls))

        def run(index: int, call: Callable[[], Any]) -> None:
            try:
                connections["default"].ensure_connection()
                start.wait(20)
                answers[index] = call()
            except Exception as error:  # noqa: BLE001  the test looks at what each thread got
                answers[index] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=(index, call)) for index, call in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads), "a thread hangs, probably on a lock"
        return answers


@pytest.fixture(scope="session")
def database_stand() -> Iterator[Stand]:
    """The test cluster, for as long as this session lasts."""
    stand = Stand.enter(TEST_CLUSTER)
    yield stand
    connections.close_all()
    stand.leave()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, database_stand: Stand
) -> Iterator[None]:
    """Replace Django's test database by a clone of the migrated template, used as the application's role."""
    url = database_stand.clone(NAME)
    with django_db_blocker.unblock():
        _use(url, NAME)
        yield
        connections.close_all()
    database_stand.drop(NAME)


@pytest.fixture
def own_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, database_stand: Stand
) -> Iterator[OwnDatabase]:
    """A fresh clone that this test may commit into, from as many threads as it likes.

    Not to be mixed with `db`, whose transaction other threads cannot see.
    """
    with own_clone(database_stand, django_db_blocker) as own:
        yield own


@contextmanager
def own_clone(stand: Stand, blocker: DjangoDbBlocker, source: str = "") -> Iterator[OwnDatabase]:
    """Point this process for a while at a clone of the migrated template, or of another database."""
    # What a process remembers of a database, such as its profile, it remembers by name.
    name = f"{NAME}_own{next(CLONES)}"
    url = stand.clone(name, source)
    with blocker.unblock():
        connections["default"].close()
        _use(url, name)
        try:
            yield OwnDatabase(name, url)
        finally:
            connections["default"].close()
            _use(url, NAME)
    stand.drop(name)


def _use(url: str, name: str) -> None:
    """Point the default connection, of this thread and of threads to come, at a database."""
    where = {"NAME": name, "HOST": _host(url)}
    settings.DATABASES["default"].update(where)
    cast(dict[str, Any], connections.settings["default"]).update(where)
    connections["default"].settings_dict.update(where)


def _host(url: str) -> str:
    """The socket's folder from the cluster's address."""
    return url.split("?host=", 1)[1].split("&", 1)[0].replace("%2F", "/")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections to other machines: Linli must work with nothing else running."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {
            "127.0.0.1",
            "::1",
            "localhost",
        }:
            raise AssertionError(f"a test reaches out to {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
