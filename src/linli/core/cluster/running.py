"""Making, starting, stopping and addressing the private cluster in `LINLI_DATA`/pg.

Starters take a file lock, so two at once end with one cluster. Where binaries come from is binaries.py's
matter, as whom they run is footing.py's.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psycopg
from psycopg import sql

from linli.core.cluster import binaries, footing
from linli.core.cluster.errors import ClusterError
from linli.core.cluster.tuning import FAST, settings

OWNER: Final = "linli_owner"
APP: Final = "linli_app"
ROOT: Final = "postgres"
DATABASE: Final = "linli"
PORT: Final = 5432
START_SECONDS: Final = 90.0
STOP_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running private cluster: where its socket is, and whether this call started it."""

    socket: Path
    major: int
    started: bool = False

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        """The `postgres://` address for a role and a database."""
        return f"postgres://{role}@/{database}?host={quote(str(self.socket), safe='')}&port={PORT}"

    def connect(self, role: str = OWNER, database: str = DATABASE) -> psycopg.Connection[tuple[object, ...]]:
        """A connection that commits each statement; for the cluster's own upkeep and for tests."""
        return psycopg.connect(
            host=str(self.socket), port=PORT, user=role, dbname=database, autocommit=True, connect_timeout=10
        )


@dataclass(frozen=True, slots=True)
class State:
    """What is known about a data folder's cluster without starting it."""

    exists: bool
    running: bool
    pid: int | None
    socket: Path | None
    major: int | None


def ensure(data: Path, *, fast: bool = False) -> Cluster:
    """Make the cluster where there is none, start it where it is not running, and say where it is.

    `fast` gives up safety against power cuts; it is for tests only.
    Raises: ClusterError (cluster.no_postgres, cluster.version, cluster.not_yours, cluster.no_footing,
    cluster.failed).
    """
    data = data.resolve()
    running = _running(data)
    if running is not None:
        return running
    data.mkdir(parents=True, exist_ok=True)
    with _lock(data):
        running = _running(data)
        if running is not None:
            return running
        return _start(data, fast=fast)


def stop(data: Path, *, seconds: float = STOP_SECONDS) -> bool:
    """Stop the cluster of a data folder, dropping its sessions; False where none was running.

    After `seconds` it is stopped without a checkpoint: nothing committed is lost, the next start replays.
    """
    data = data.resolve()
    if not (data / "pg").exists():
        return False
    with _lock(data):
        pid = _pid(data)
        if pid is None:
            return False
        socket = _socket_of(data)
        for sign, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, STOP_SECONDS)):
            os.kill(pid, sign)
            if _gone(data, pid, patience):
                break
        else:
            raise ClusterError("cluster.failed", f"the database (process {pid}) does not stop")
        if socket is not None:
            shutil.rmtree(socket, ignore_errors=True)
        return True


def status(data: Path) -> State:
    """Look without touching."""
    data = data.resolve()
    pid = _pid(data)
    return State(
        exists=(data / "pg").exists(),
        running=pid is not None,
        pid=pid,
        socket=_socket_of(data) if pid else None,
        major=_major(data / "pg"),
    )


def addresses(data: Path) -> dict[str, str]:
    """The environment that points Django at the cluster, without starting anything."""
    socket = _socket_of(data.resolve()) or _socket_name(data.resolve(), 0)
    return _environment(Cluster(socket, 0))


def environment(data: Path) -> dict[str, str]:
    """The environment that points Django at the cluster, which is started when it is not running."""
    return _environment(ensure(data))


def _environment(cluster: Cluster) -> dict[str, str]:
    return {
        "DATABASE_URL": cluster.url(APP),
        "DATABASE_OWNER_URL": cluster.url(OWNER),
        "LINLI_PRIVATE_CLUSTER": "1",
    }


@contextmanager
def _lock(data: Path) -> Iterator[None]:
    """One starter or stopper at a time for a data folder, across processes."""
    with (data / "pg.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _running(data: Path) -> Cluster | None:
    """The cluster, if it is up and answers."""
    socket = _socket_of(data) if _pid(data) else None
    if socket is None:
        return None
    cluster = Cluster(socket, _major(data / "pg") or 0)
    try:
        cluster.connect(OWNER).close()
    except psycopg.OperationalError:
        return None
    return cluster


def _start(data: Path, *, fast: bool) -> Cluster:
    """Start the cluster; the caller holds the lock."""
    folder = data / "pg"
    tools = binaries.find(_major(folder))
    if not folder.exists():
        _make(data, tools, fast=fast)
    stand = footing.find(folder)
    stand.give(folder)
    pid = _pid(data)
    if pid is None:
        (folder / "postmaster.pid").unlink(missing_ok=True)
        socket = _socket_folder(data, stand)
        process = _launch(data, _within_reach(tools, stand), stand, socket, fast=fast)
    else:
        socket, process = _socket_of(data) or _socket_name(data, 0), None
    cluster = Cluster(socket, tools.major, started=process is not None)
    _await(cluster, data, process)
    _furnish(cluster)
    return cluster


def _within_reach(tools: binaries.Binaries, stand: footing.Footing) -> binaries.Binaries:
    """The same programs, where the cluster's user can run them."""
    return tools if footing.can_run(stand, tools.folder / "postgres") else binaries.open_copy(tools)


def _make(data: Path, tools: binaries.Binaries, *, fast: bool) -> None:
    """Run initdb beside the final place and move the result there, so that half a cluster never counts."""
    rough = data / "pg.new"
    shutil.rmtree(rough, ignore_errors=True)
    rough.mkdir(mode=0o700)
    stand = footing.find(rough)
    initdb = _within_reach(tools, stand).path("initdb")
    options = ["-U", ROOT, "-A", "trust", "-E", "UTF8", "--locale-provider=libc", "--data-checksums"]
    options += ["--no-sync"] if fast else []
    for locale in ("C.UTF-8", "C"):
        command = stand.command(initdb, "-D", str(rough), *options, f"--locale={locale}")
        # From "/", because the cluster's user may not be allowed to enter the folder we were called from.
        answer = subprocess.run(command, capture_output=True, text=True, cwd="/", env=_clean(), check=False)
        if answer.returncode == 0:
            break
    else:
        raise ClusterError("cluster.failed", f"initdb failed: {answer.stderr.strip()[-600:]}")
    with (rough / "postgresql.conf").open("a") as file:
        file.write(settings())
    rough.rename(data / "pg")


def _launch(
    data: Path, tools: binaries.Binaries, stand: footing.Footing, socket: Path, *, fast: bool
) -> subprocess.Popen[bytes]:
    """Start `postgres` in its own session, so that ctrl-C in a terminal does not reach it."""
    chosen = {"listen_addresses": "", "unix_socket_directories": str(socket), "port": str(PORT)}
    flags = [word for name, value in {**chosen, **(FAST if fast else {})}.items() for word in ("-c", f"{name}={value}")]
    with _log(data).open("ab") as log:
        return subprocess.Popen(
            stand.command(tools.path("postgres"), "-D", str(data / "pg"), *flags),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=_clean(),
            start_new_session=True,
        )


def _clean() -> Mapping[str, str]:
    """The environment without what would change the server: PG*, locale and timezone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return {**kept, "LANG": "C", "TZ": "UTC"}


def _await(cluster: Cluster, data: Path, process: subprocess.Popen[bytes] | None) -> None:
    """Wait until the server answers; fail with the end of its log when it dies first."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            cluster.connect(ROOT, "postgres").close()
        except psycopg.OperationalError:
            if (process is not None and process.poll() is not None) or time.monotonic() > deadline:
                end = _log(data).read_text(errors="replace").strip()[-800:]
                raise ClusterError("cluster.failed", f"the database did not start; its log ends:\n{end}") from None
            time.sleep(0.03)
        else:
            return


def _furnish(cluster: Cluster) -> None:
    """Make the two roles and the database, where they are missing."""
    with cluster.connect(ROOT, "postgres") as admin:
        roles = {row[0] for row in admin.execute("SELECT rolname FROM pg_roles")}
        for role, right in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
            if role not in roles:
                admin.execute(sql.SQL("CREATE ROLE {} LOGIN " + right).format(sql.Identifier(role)))
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            database_create(cluster, DATABASE)


def database_create(cluster: Cluster, name: str) -> None:
    """Make an empty database of the owner's; what the owner makes there is open to the application."""
    with cluster.connect(ROOT, "postgres") as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER)))
    with cluster.connect(ROOT, name) as admin:
        admin.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
    with cluster.connect(OWNER, name) as owner:
        for statement in grants(APP):
            owner.execute(statement)


def database_drop(cluster: Cluster, name: str) -> None:
    """Remove a database if it is there, and whoever is still connected to it."""
    with cluster.connect(OWNER, "postgres") as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def database_rename(cluster: Cluster, name: str, new_name: str) -> None:
    """Give a database another name; nobody may be connected to it."""
    words = sql.Identifier(name), sql.Identifier(new_name)
    with cluster.connect(OWNER, "postgres") as owner:
        owner.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*words))


def grants(role: str) -> list[sql.Composed]:
    """What lets the lesser role read and write rows, in the tables of now and of later, and no more."""
    kinds = (
        ("SELECT, INSERT, UPDATE, DELETE", "TABLES"),
        ("USAGE, SELECT, UPDATE", "SEQUENCES"),
        ("EXECUTE", "ROUTINES"),
    )
    name = sql.Identifier(role)
    statements = [sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name)]
    for rights, kind in kinds:
        words = sql.SQL(rights), sql.SQL(kind)
        statements.append(sql.SQL("GRANT {} ON ALL {} IN SCHEMA public TO {}").format(*words, name))
        statements.append(
            sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {} ON {} TO {}").format(*words, name)
        )
    return statements


def _log(data: Path) -> Path:
    return data / "pg.log"


def _major(folder: Path) -> int | None:
    """The major version that made the cluster, as the cluster itself remembers it."""
    try:
        return int((folder / "PG_VERSION").read_text())
    except (OSError, ValueError):
        return None


def _pid(data: Path) -> int | None:
    """The server's process, if the one named in postmaster.pid is alive and really serves this folder.

    After a crash the number may be another program's; only the command line tells.
    """
    try:
        pid = int((data / "pg" / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if _serves(data, pid) else None


def _serves(data: Path, pid: int) -> bool:
    """Whether this process is alive and the server of this folder; one that has ended has no command line."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(str(data / "pg")) in words


def _gone(data: Path, pid: int, seconds: float) -> bool:
    """Wait until the server has ended; a child of ours is also reaped.

    The process is asked, not postmaster.pid: the server removes that file shortly before it ends.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            ended = os.waitpid(pid, os.WNOHANG)[0] == pid
        except ChildProcessError:
            ended = not _serves(data, pid)
        if ended:
            return True
        time.sleep(0.02)
    return False


def _socket_of(data: Path) -> Path | None:
    """Where the running server said its socket is: the fifth line of postmaster.pid."""
    try:
        lines = (data / "pg" / "postmaster.pid").read_text().split("\n")
    except OSError:
        return None
    return Path(lines[4]) if len(lines) > 4 and lines[4] else None


def _socket_name(data: Path, attempt: int) -> Path:
    """A short path for the socket's folder: a unix socket's path may have 107 bytes only."""
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path("/tmp") / (f"linli-{digest}" + (f"-{attempt}" if attempt else ""))


def _socket_folder(data: Path, stand: footing.Footing) -> Path:
    """Make the socket's folder, closed to everybody else; a squatter's folder is passed over.

    Raises: cluster.failed.
    """
    for attempt in range(10):
        folder = _socket_name(data, attempt)
        try:
            folder.mkdir(mode=0o700)
            os.chown(folder, stand.uid, stand.gid)
        except FileExistsError:
            pass
        found = folder.lstat()
        if found.st_uid == stand.uid and found.st_mode == 0o40700:
            return folder
    raise ClusterError("cluster.failed", f"no folder for the socket could be made like {_socket_name(data, 0)}")
