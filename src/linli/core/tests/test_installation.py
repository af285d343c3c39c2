"""A whole installation from the outside, in real processes: migrate, serve, work, back up, restore, stop."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
import tarfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from linli.core import archive, cluster
from linli.core.errors import InvalidInput

pytestmark = pytest.mark.slow


def linli(data: Path, *words: str, **chosen: str) -> subprocess.CompletedProcess[str]:
    """Run a command on an installation of its own, as a clerk would type it."""
    return subprocess.run(
        [sys.executable, "-m", "linli", *words],
        env=own_environment(data) | chosen,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def own_environment(data: Path) -> dict[str, str]:
    """The environment without what the test session itself runs on."""
    dropped = ("DATABASE", "LINLI_DATA", "LINLI_PRIVATE", "LINLI_SECRET", "LINLI_TESTING")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {**kept, "LINLI_DATA": str(data)}


def row(data: Path, query: str, role: str = cluster.OWNER) -> Any:
    """The first row of a query on an installation's own cluster, which is started if need be."""
    with cluster.ensure(data).connect(role) as connection:
        return connection.execute(query).fetchone()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation with its tables, a holiday, a journal entry, a file and a key."""
    data = tmp_path_factory.mktemp("place") / "data"
    migrated = linli(data, "migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr
    with cluster.ensure(data).connect(cluster.APP) as app:
        app.execute(
            "INSERT INTO core_calendarday (day, place, working, name) VALUES ('2026-10-01', '', false, '国庆节')"
        )
        app.execute(
            "INSERT INTO core_entry (at, actor, operation, subject_type, facts, count)"
            " VALUES (now(), 'system', 'test.done', '', '{}', 1)"
        )
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "abcd").write_bytes(b"photo")
    yield data
    cluster.stop(data, seconds=5)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    """A data folder with nothing in it."""
    data = tmp_path / "restored"
    yield data
    cluster.stop(data, seconds=5)


@pytest.fixture(scope="module")
def saved(place: Path) -> Path:
    """Its backup."""
    file = place.parent / "saved.tar"
    made = linli(place, "backup", str(file), "--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["bytes"] == file.stat().st_size
    assert file.stat().st_mode & 0o077 == 0
    assert not list(place.parent.glob("*.part")) + list(place.parent.glob(".linli-backup-*"))
    return file


@pytest.fixture(scope="module")
def restored(saved: Path) -> Iterator[Path]:
    """What was restored from it, once for all who look."""
    data = saved.parent / "again"
    made = linli(data, "restore", str(saved))
    assert made.returncode == 0, made.stderr
    yield data
    cluster.stop(data, seconds=5)


@contextmanager
def named(data: Path, name: str) -> Iterator[None]:
    """The holiday of an installation under another name for a while."""
    change = "UPDATE core_calendarday SET name = %s"
    with cluster.ensure(data).connect() as owner:
        owner.execute(change, [name])
    yield
    with cluster.ensure(data).connect() as owner:
        owner.execute(change, ["国庆节"])


def check_restored(data: Path, place: Path) -> None:
    """What was in the place is in the other, with the same keys and the same guard."""
    assert row(data, "SELECT name FROM core_calendarday", cluster.APP) == ("国庆节",)
    assert (data / "files" / "ab" / "abcd").read_bytes() == b"photo"
    assert (data / "keys" / "signing").read_bytes() == (place / "keys" / "signing").read_bytes()
    for right, has in (("INSERT", True), ("UPDATE", False)):
        assert row(data, f"SELECT has_table_privilege('linli_app', 'core_entry', '{right}')") == (has,)
    examined = linli(data, "doctor", "--json")
    assert json.loads(examined.stdout)["ok"], examined.stdout


def test_backup_is_restored_whole(restored: Path, place: Path) -> None:
    check_restored(restored, place)


def test_backup_is_restored_whole_by_another_postgres(saved: Path, place: Path, empty: Path) -> None:
    made = linli(empty, "restore", str(saved), LINLI_POSTGRES="wheel")
    assert made.returncode == 0, made.stderr
    check_restored(empty, place)


def test_broken_backup_changes_nothing(saved: Path, restored: Path) -> None:
    with named(restored, "changed"):
        cut = saved.parent / "cut.tar"
        cut.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
        refused = linli(restored, "restore", str(cut), "--force")
        assert (refused.returncode, refused.stderr.split(":")[0]) == (1, "restore.unreadable")
        assert row(restored, "SELECT name FROM core_calendarday") == ("changed",)
    assert not list(restored.glob(".linli-restore-*"))


def test_restore_refuses_what_is_not_empty_and_replaces_it_when_forced(
    saved: Path, place: Path, restored: Path
) -> None:
    with named(restored, "changed"):
        refused = linli(restored, "restore", str(saved), "--json")
        assert refused.returncode == 1
        assert json.loads(refused.stdout)["error"]["code"] == "restore.not_empty"
        assert row(restored, "SELECT name FROM core_calendarday") == ("changed",)
        assert linli(restored, "restore", str(saved), "--force").returncode == 0
        check_restored(restored, place)


@pytest.mark.parametrize("name", ["keys/../../outside", "/tmp/outside", "elsewhere/x"])
def test_backup_cannot_write_elsewhere(tmp_path: Path, name: str) -> None:
    hostile = tmp_path / "hostile.tar"
    with tarfile.open(hostile, "w") as tar:
        for member, content in ((archive.MANIFEST, b'{"format": 1}'), (name, b"x")):
            info = tarfile.TarInfo(member)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(InvalidInput) as refused:
        archive._unpack_all(hostile, folder)
    assert refused.value.code == "restore.unreadable"
    assert list(folder.iterdir()) == []


def free_port() -> int:
    """A port that nobody uses this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether a web server answers there, whatever it says."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@pytest.mark.parametrize(("sign", "before"), [(signal.SIGTERM, False), (signal.SIGINT, True)], ids=["own", "left"])
def test_serving_ends_within_three_seconds(place: Path, sign: signal.Signals, before: bool) -> None:
    """Web, worker and the cluster go, but a cluster that ran before stays."""
    cluster.stop(place)
    if before:
        cluster.ensure(place)
    port = free_port()
    command = [sys.executable, "-m", "linli", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(
        command, env=own_environment(place), stdout=subprocess.DEVNULL, start_new_session=True
    ) as serve:
        deadline = time.monotonic() + 120
        while not answers(port) and time.monotonic() < deadline:
            time.sleep(0.1)
        # It answers on the port, and the worker has left word as well.
        while len(list((place / "run").glob("worker-*"))) < 1 and time.monotonic() < deadline:
            time.sleep(0.1)
        start = time.monotonic()
        busy = linli(place, "serve", "--port", str(port))
        assert (busy.returncode, busy.stderr.split(":")[0]) == (1, "serve.port")
        # A machine with much else to do needs longer for everything, for starting a command above all.
        patience = max(3.0, 2 * (time.monotonic() - start))
        start = time.monotonic()
        serve.send_signal(sign)
        assert serve.wait(60) == 0
        assert time.monotonic() - start < patience
    assert not answers(port)
    assert cluster.status(place).running is before
    assert list((place / "run").iterdir()) == []


def test_worker_polls_and_stop_ends_it(place: Path) -> None:
    """A job that was added without a notification is found, and `linli stop` ends worker and cluster."""
    with cluster.ensure(place).connect(cluster.APP) as app:
        app.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('default', 'builtin:procrastinate.builtin_tasks.remove_old_jobs', '{\"max_hours\": 1}')"
        )
    command = [sys.executable, "-m", "linli", "worker", "--interval", "0.2"]
    with subprocess.Popen(command, env=own_environment(place), stderr=subprocess.DEVNULL) as worker:
        deadline = time.monotonic() + 30
        waiting = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
        while row(place, waiting) != (0,) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert row(place, waiting) == (0,)
        assert row(place, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'") == (0,)
        stopped = linli(place, "stop")
        assert stopped.returncode == 0
        assert worker.wait(5) == 0
    assert cluster.status(place).running is False


def test_job_of_a_dead_worker_is_done_again(place: Path) -> None:
    """A worker that has not given a sign of life for long is taken for dead; another takes its job."""
    with cluster.ensure(place).connect(cluster.APP) as app:
        app.execute("DELETE FROM procrastinate_jobs")
        app.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
        app.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
            " SELECT 'default', 'builtin:procrastinate.builtin_tasks.remove_old_jobs', '{\"max_hours\": 1}',"
            " 'doing', max(id) FROM procrastinate_workers"
        )
        app.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('default', 'core.revive_stalled', '{\"timestamp\": 1}')"
        )
    done = linli(place, "worker", "--once", "--interval", "0.2")
    assert done.returncode == 0, done.stderr
    left = "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE 'builtin%'"
    if row(place, left) != (0,):
        # The dead worker's record may still have been there at the first look.
        assert linli(place, "worker", "--once", "--interval", "0.2").returncode == 0
    assert row(place, left) == (0,)
