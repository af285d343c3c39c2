"""Test databases: a private cluster in var/test, a template migrated once, and clones of it.

The template is kept between runs for as long as nothing that makes it changes. Fixtures are in plugin.py.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.db import connection
from django.db.models import Model
from psycopg import errors, sql

from linli.core import cluster

SOURCE: Final = Path(__file__).resolve().parents[2]
KEPT_TEMPLATES: Final = 3


@dataclass(slots=True)
class Stand:
    """The cluster that a test session uses; the last session that leaves stops it."""

    data: Path
    sessions: IO[str]

    @classmethod
    def enter(cls, data: Path) -> "Stand":
        """Join the sessions that use the test cluster of a folder; the cluster itself starts when needed."""
        data.mkdir(parents=True, exist_ok=True)
        sessions = (data / "sessions.lock").open("a")
        fcntl.flock(sessions, fcntl.LOCK_SH)
        return cls(data, sessions)

    def leave(self) -> None:
        """Go; nobody stops a cluster in which others still test."""
        with suppress(BlockingIOError):
            fcntl.flock(self.sessions, fcntl.LOCK_EX | fcntl.LOCK_NB)
            cluster.stop(self.data)
        self.sessions.close()

    def running(self) -> cluster.Cluster:
        """The cluster, started where it is not running."""
        return cluster.ensure(self.data, fast=True)

    def clone(self, name: str, source: str = "") -> str:
        """Make a database from the migrated template or another, and give its address for the application's role."""
        place = self.running()
        template = source or self.template(place)
        cluster.database_drop(place, name)
        with place.connect(cluster.OWNER, "postgres") as owner:
            words = sql.Identifier(name), sql.Identifier(template)
            owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*words))
        return place.url(cluster.APP, name)

    def drop(self, name: str) -> None:
        """Remove a database, and whoever is still connected to it; only the cleaning of tables is waited for."""
        for pause in (0.2, 1, 5):
            try:
                return cluster.database_drop(self.running(), name)
            except errors.InsufficientPrivilege:
                time.sleep(pause)
        return cluster.database_drop(self.running(), name)

    def template(self, place: cluster.Cluster) -> str:
        """The name of the template for the migrations as they are now; made where it is missing."""
        name = f"template_{migrations_hash()}"
        if name in names(place):
            return name
        with locked(self.data / "template.lock"):
            if name not in names(place):
                forget_old(place)
                build(place, name)
        return name


def make_temporary_table(model: type[Model]) -> None:
    """Make the table of a model that only a test knows; the application's role may make no other kind."""
    with connection.schema_editor() as editor:
        editor.sql_create_table = editor.sql_create_table.replace("CREATE TABLE", "CREATE TEMPORARY TABLE")
        editor.create_model(model)


def migrations_hash() -> str:
    """A short hash of every migration, of what is put in place after them, and of the packages that bring their own."""
    digest = hashlib.sha256()
    for path in sorted(SOURCE.glob("*/migrations/*.py")):
        digest.update(path.relative_to(SOURCE).as_posix().encode() + b"\0" + path.read_bytes())
    for name in ("config/settings.py", "core/tables.py", "records/figures/sums/touching.py"):
        digest.update((SOURCE / name).read_bytes())
    for lock in sorted(SOURCE.parents[1].glob("requirements.lock")):
        digest.update(lock.read_bytes())
    return digest.hexdigest()[:12]


def build(place: cluster.Cluster, name: str) -> None:
    """Migrate an empty database as the owner, in a process of its own, and only then give it its name."""
    rough = f"{name}_rough"
    cluster.database_drop(place, rough)
    cluster.database_create(place, rough)
    addresses = {
        "DATABASE_URL": place.url(cluster.APP, rough),
        "DATABASE_OWNER_URL": place.url(cluster.OWNER, rough),
    }
    chosen = {"DJANGO_SETTINGS_MODULE": "linli.config.settings", "LINLI_DATABASE_ROLE": "owner", **addresses}
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--no-input"]
    answer = subprocess.run(command, env={**os.environ, **chosen}, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise RuntimeError(f"the migrations failed:\n{answer.stderr[-3000:]}")
    cluster.database_rename(place, rough, name)
    # What was built once is put back as it is (keeping.py): triggers would refuse rows that have come a long way.
    with place.connect(cluster.ROOT, "postgres") as admin:
        right = sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}")
        admin.execute(right.format(sql.Identifier(cluster.APP)))


def forget_old(place: cluster.Cluster) -> None:
    """Drop what killed test runs left, and all but the newest templates."""
    with place.connect(cluster.OWNER, "postgres") as owner:
        rows = owner.execute("SELECT datname FROM pg_database ORDER BY oid DESC").fetchall()
    found = [str(name) for (name,) in rows]
    templates = [name for name in found if name.startswith("template_")]
    orphans = [name for name in found if name.startswith("test_") and not Path("/proc", name.split("_")[1]).exists()]
    for name in templates[KEPT_TEMPLATES:] + orphans:
        # A template that is being copied this moment stays until the next time.
        with suppress(errors.ObjectInUse):
            cluster.database_drop(place, name)


def names(place: cluster.Cluster) -> set[str]:
    """The databases that there are."""
    with place.connect(cluster.OWNER, "postgres") as owner:
        return {str(row[0]) for row in owner.execute("SELECT datname FROM pg_database")}


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One at a time, across the processes of all sessions."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
