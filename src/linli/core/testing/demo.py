"""The demo place, built once in a process by `linli demo`, as anybody builds it; whoever needs it works on a copy."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from linli.core import cluster
from linli.core.testing.databases import Stand
from linli.core.testing.fixtures import OwnDatabase, own_clone
from linli.core.testing.plugin import NAME

# On a slow machine it takes two minutes.
PATIENCE: Final = 240
SETTINGS: Final = {"DJANGO_SETTINGS_MODULE": "linli.core.testing.settings"}
DROPPED: Final = ("DATABASE", "LINLI_DATA", "LINLI_PRIVATE", "LINLI_SECRET", "LINLI_TESTING")


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """The database that nobody connects to, so that it can be copied, and the folder with its keys and files."""

    database: str
    data: Path

    def environment(self, url: str) -> dict[str, str]:
        """What a process of its own needs to work in a database of this place."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(DROPPED)}
        return {**kept, **SETTINGS, "LINLI_DATA": str(self.data), "DATABASE_URL": url}


@pytest.fixture(scope="session")
def demo_place(tmp_path_factory: pytest.TempPathFactory, database_stand: Stand) -> Iterator[DemoPlace]:
    """The demo as it is at first. That an empty database is migrated for it is the matter of installations' tests."""
    place = DemoPlace(f"{NAME}_demo", tmp_path_factory.mktemp("demo") / "data")
    url = database_stand.clone(place.database)
    owner = database_stand.running().url(cluster.OWNER, place.database)
    environment = {**place.environment(url), "DATABASE_OWNER_URL": owner}
    command = [sys.executable, "-m", "linli", "demo"]
    subprocess.run(command, env=environment, check=True, timeout=PATIENCE, capture_output=True)
    yield place
    database_stand.drop(place.database)


@pytest.fixture
def demo_database(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    database_stand: Stand,
    demo_place: DemoPlace,
) -> Iterator[OwnDatabase]:
    """A copy of the demo for one test of this process, with the keys of the place."""
    copy = own_clone(database_stand, django_db_blocker, demo_place.database)
    with override_settings(DATA=demo_place.data), copy as own:
        yield own
