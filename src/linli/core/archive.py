"""Backup and restore: one tar with the database, the stored files and the keys.

The dump is taken first: files are written before their row, so every file that the dump names is in the tar.
"""

import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.db import connection, connections
from django.utils.translation import gettext_lazy as _

from linli.core import clock, cluster
from linli.core.errors import InvalidInput, RuleBroken
from linli.core.grants import grant_to_application
from linli.core.sealing import entries_seal

FORMAT: Final = 1
FOLDERS: Final = ("files", "keys")
MANIFEST: Final = "manifest.json"
DUMP: Final = "database.dump"


def is_private() -> bool:
    """Whether the database is the installation's own cluster rather than a server of someone else's."""
    return os.environ.get("LINLI_PRIVATE_CLUSTER") == "1"


def backup(target: Path) -> dict[str, Any]:
    """Write the whole installation into one tar file, which appears under its name only when complete.

    Raises: backup.dump_failed, backup.no_tools.
    """
    rough = target.with_name(target.name + ".part")
    with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".linli-backup-") as folder:
        dump = Path(folder) / DUMP
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        manifest = {"format": FORMAT, "made": clock.now().isoformat(), "postgresql": _server_major()}
        # Dump and photographs are compressed already; squeezing the tar again would only cost time.
        with tarfile.open(rough, "w") as tar:
            _add_text(tar, MANIFEST, json.dumps(manifest))
            tar.add(dump, DUMP)
            for name in FOLDERS:
                if (settings.DATA / name).is_dir():
                    tar.add(settings.DATA / name, name)
    rough.chmod(0o600)
    with rough.open("rb") as file:
        os.fsync(file.fileno())
    rough.replace(target)
    return {**manifest, "file": str(target), "bytes": target.stat().st_size}


def restore(source: Path, *, force: bool) -> dict[str, Any]:
    """Fill an empty installation from a backup; with `force` what is there is replaced.

    Nothing is replaced before the whole backup has been read.
    Raises: restore.unreadable, restore.format, restore.not_empty, restore.failed.
    """
    if is_private():
        os.environ.update(cluster.environment(settings.DATA))
    if not force:
        _refuse_full()
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".linli-restore-") as name:
        folder = Path(name)
        manifest = _unpack_all(source, folder)
        (_restore_beside if is_private() else _restore_in_place)(folder / DUMP)
        for part in FOLDERS:
            _replace(folder / part, settings.DATA / part)
    return manifest


def _refuse_full() -> None:
    """Refuse where there are tables or files already."""
    files = settings.DATA / "files"
    if files.is_dir() and any(files.iterdir()):
        raise RuleBroken("restore.not_empty", _("The data folder holds files; --force replaces them."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        if cursor.fetchone()[0]:
            raise RuleBroken("restore.not_empty", _("The database holds tables; --force replaces them."))


def _restore_beside(dump: Path) -> None:
    """Restore into a new database of the private cluster; once complete it takes the place of the old one."""
    place, old = cluster.ensure(settings.DATA), settings.DATABASES["default"]["NAME"]
    fresh = f"{old}_restored"
    cluster.database_drop(place, fresh)
    cluster.database_create(place, fresh)
    _restore_into(fresh, dump)
    connections.close_all()
    cluster.database_drop(place, old)
    cluster.database_rename(place, fresh, old)
    grant_to_application()
    while entries_seal(alone=True):
        pass


def _restore_in_place(dump: Path) -> None:
    """Restore into someone else's server, where only the one database may be ours; empty it first."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    _restore_into(settings.DATABASES["default"]["NAME"], dump)
    grant_to_application()
    while entries_seal(alone=True):
        pass
    connections.close_all()


def _restore_into(database: str, dump: Path) -> None:
    """Load a dump, all of it or nothing."""
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run("pg_restore", *options, f"--dbname={database}", str(dump))


def _run(program: str, *words: str) -> None:
    """Run one of PostgreSQL's programs against the settings' database; the password stays off the line."""
    tools = cluster.find(_server_major() if is_private() else None)
    place = settings.DATABASES["default"]
    known = {
        "HOST": "PGHOST",
        "PORT": "PGPORT",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "NAME": "PGDATABASE",
    }
    chosen = {variable: str(place[name]) for name, variable in known.items() if place.get(name)}
    command = [tools.path(program), *words]
    answer = subprocess.run(command, env={**os.environ, **chosen}, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        code = "backup.dump_failed" if program == "pg_dump" else "restore.failed"
        raise RuleBroken(code, _("%(program)s failed: %(said)s"), program=program, said=answer.stderr.strip()[-500:])


def _server_major() -> int:
    """The major version of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        return int(cursor.fetchone()[0])


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    """The tar, or an error that says that it is none."""
    try:
        with tarfile.open(source, "r|") as tar:
            yield tar
    except (tarfile.TarError, OSError, EOFError) as error:
        raise InvalidInput("restore.unreadable", _("This is not a readable backup: %(why)s"), why=error) from error


def _manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    """The first member, which says what the rest is."""
    first = tar.next()
    content = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
    if content is None:
        raise InvalidInput("restore.unreadable", _("This tar is not a backup of Linli's."))
    manifest: dict[str, Any] = json.loads(content.read(65536))
    if manifest.get("format") != FORMAT:
        raise InvalidInput("restore.format", _("Format %(format)s is not known."), format=manifest.get("format"))
    return manifest


def _unpack_all(source: Path, folder: Path) -> dict[str, Any]:
    """Write everything in the backup below a folder, and return its manifest."""
    with _opened(source) as tar:
        manifest = _manifest(tar)
        while member := tar.next():
            _unpack(tar, member, folder)
    if not (folder / DUMP).exists():
        raise InvalidInput("restore.unreadable", _("The backup holds no database."))
    return manifest


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one member below a folder; whatever points elsewhere, or is no plain file, is refused."""
    name = PurePosixPath(member.name)
    known = member.name == DUMP or name.parts[0] in FOLDERS
    if member.isdir() and known:
        return
    content = tar.extractfile(member) if member.isreg() and known and ".." not in name.parts else None
    if content is None:
        raise InvalidInput("restore.unreadable", _("The backup holds something strange: %(name)s"), name=member.name)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("wb") as file:
        shutil.copyfileobj(content, file)
    path.chmod(0o600 if name.parts[0] == "keys" else 0o640)


def _replace(fresh: Path, place: Path) -> None:
    """Put a folder where another one was."""
    fresh.mkdir(exist_ok=True, mode=0o700)
    if place.exists():
        shutil.rmtree(place)
    fresh.rename(place)


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    """Add a small file that exists nowhere else."""
    member = tarfile.TarInfo(name)
    member.size = len(text.encode())
    tar.addfile(member, io.BytesIO(text.encode()))
