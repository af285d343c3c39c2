"""The pytest plugin of the house: it points Django at the test cluster, and knows how the suite is run.

It is loaded before the settings are (see pyproject.toml); what needs the settings is in fixtures.py.
"""

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections import Counter
from ctypes.util import find_library
from pathlib import Path
from typing import Any, Final

import hypothesis
import pytest
from django.conf import settings
from hypothesis import HealthCheck
from xdist.scheduler import LoadFileScheduling

from linli.core import cluster
from linli.core.testing.databases import SOURCE

ROOT: Final = SOURCE.parents[1]
WORKER: Final = os.environ.get("PYTEST_XDIST_WORKER", "main")
# One database per process: several people may test in the same folder at once.
NAME: Final = f"test_{os.getpid()}_{WORKER}"
TEST_CLUSTER: Final = Path(os.environ.get("LINLI_TEST_CLUSTER", ROOT / "var" / "test"))
# What needs the demo place, which is built once for all of it.
DEMO: Final = ("tests/journeys/", "src/linli/demo/tests/")
STRICT: Final = os.environ.get("LINLI_CI") == "1"
# The acceptance places are not part of the project; tests that import them are skipped where they are absent.
PLACES: Final = (ROOT / os.environ.get("LINLI_PLACES", "../shared/places")).resolve()
NO_PLACES: Final = f"no acceptance places at {PLACES}; LINLI_PLACES names their folder"
needs_places: Final = pytest.mark.skipif(not PLACES.is_dir(), reason=NO_PLACES)
NO_PRINTING: Final = "no Pango here (Debian: libpango-1.0-0 libpangoft2-1.0-0); printed pages are not tested"
needs_printing: Final = pytest.mark.skipif(find_library("pango-1.0") is None, reason=NO_PRINTING)


def _keep_what_is_compiled() -> None:
    """Containers like to forbid it; every process of a test would then compile everything anew: five seconds each."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def _point_settings(data: Path) -> None:
    """Set what the settings read, before anything imports them."""
    socket_folder = cluster.addresses(TEST_CLUSTER)
    place = socket_folder["DATABASE_URL"].replace(f"/{cluster.DATABASE}?", f"/{NAME}?")
    os.environ.update(DATABASE_URL=place, LINLI_DATA=str(data), LINLI_TESTING="1")
    os.environ.pop("LINLI_DATABASE_ROLE", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")


_keep_what_is_compiled()
DATA: Final = Path(tempfile.mkdtemp(prefix="linli-test-"))
# Where an installation gathers what browsers load; each client of a test warns where it is missing.
(DATA / "static").mkdir()
_point_settings(DATA)
# When the settings cannot be read, pytest gives up before it would tell us that it ends.
atexit.register(shutil.rmtree, DATA, ignore_errors=True)


def pytest_configure() -> None:
    """Passwords of tests are no secrets: a hash that is quick to make, where the product's is slow on purpose.

    And a busy machine is no fault that Hypothesis should find.
    """
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    hypothesis.settings.load_profile("house")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the data folder of this process."""
    shutil.rmtree(DATA, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, then those with most, so that all processes of a run end together.

    With LINLI_REVERSE=1 the suite runs from its end, which shows tests that lean on one another.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in slow, -tests[item.path], item.path))
    if os.environ.get("LINLI_REVERSE") == "1":
        items.reverse()


def pytest_collection_finish() -> None:
    """What is loaded by now stays, so that the collector need not look at it again and again: a tenth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


class Files(LoadFileScheduling):  # type: ignore[misc]
    """Gives each process whole files in the order in which they stand; those that share the demo to one."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return DEMO[0] if file.startswith(DEMO) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Files | None:
    """Where files are given out, they are given out as above."""
    return Files(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where everything is installed (LINLI_CI=1), a skipped test is a failure, but for want of the places."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not STRICT or reporter is None or hasattr(session.config, "workerinput"):
        return
    skipped = sum(NO_PLACES not in str(report.longrepr) for report in reporter.stats.get("skipped", []))
    if skipped and exitstatus == pytest.ExitCode.OK:
        reporter.write_line(f"{skipped} skipped, which LINLI_CI=1 does not allow", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
