"""The pytest plugin of the house: it points Django at the test cluster and brings the database fixtures.

It is loaded before the settings are (see pyproject.toml). Fixtures that need a domain live in that domain.
"""

import atexit
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import pytest
from django.conf import settings
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from linli.core import cluster
from linli.core.testing.databases import SOURCE, Stand

ROOT: Final = SOURCE.parents[1]
WORKER: Final = os.environ.get("PYTEST_XDIST_WORKER", "main")
# One database per process: several people may test in the same folder at once.
NAME: Final = f"test_{os.getpid()}_{WORKER}"
TEST_CLUSTER: Final = Path(os.environ.get("LINLI_TEST_CLUSTER", ROOT / "var" / "test"))
STRICT: Final = os.environ.get("LINLI_CI") == "1"


def _point_settings(data: Path) -> None:
    """Set what the settings read, before anything imports them."""
    socket_folder = cluster.addresses(TEST_CLUSTER)
    place = socket_folder["DATABASE_URL"].replace(f"/{cluster.DATABASE}?", f"/{NAME}?")
    os.environ.update(DATABASE_URL=place, LINLI_DATA=str(data), LINLI_TESTING="1")
    os.environ.pop("LINLI_DATABASE_ROLE", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")


DATA: Final = Path(tempfile.mkdtemp(prefix="linli-test-"))
_point_settings(DATA)
# When the settings cannot be read, pytest gives up before it would tell us that it ends.
atexit.register(shutil.rmtree, DATA, ignore_errors=True)


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
    name = f"{NAME}_own"
    url = database_stand.clone(name)
    with django_db_blocker.unblock():
        connections["default"].close()
        _use(url, name)
        try:
            yield OwnDatabase(name, url)
        finally:
            connections["default"].close()
            _use(url, NAME)
    database_stand.drop(name)


def _use(url: str, name: str) -> None:
    """Point the default connection, of this thread and of threads to come, at a database."""
    where = {"NAME": name, "HOST": _host(url)}
    settings.DATABASES["default"].update(where)
    cast(dict[str, Any], connections.settings["default"]).update(where)
    connections["default"].settings_dict.update(where)


def _host(url: str) -> str:
    """The socket's folder from the cluster's address."""
    return url.split("?host=", 1)[1].split("&", 1)[0].replace("%2F", "/")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the data folder of this process."""
    shutil.rmtree(DATA, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With LINLI_REVERSE=1 the suite runs from its end, which shows tests that lean on one another."""
    if os.environ.get("LINLI_REVERSE") == "1":
        items.reverse()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where everything is installed (LINLI_CI=1), a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not STRICT or reporter is None or hasattr(session.config, "workerinput"):
        return
    skipped = len(reporter.stats.get("skipped", []))
    if skipped and exitstatus == pytest.ExitCode.OK:
        reporter.write_line(f"{skipped} skipped, which LINLI_CI=1 does not allow", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


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
