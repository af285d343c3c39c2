"""Who runs in an installation, and the supervisor of `linli serve`."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from linli.core.processes import Child, Supervisor, end_all, living, recorded

RECORDED = (
    "import sys, time; from pathlib import Path; from linli.core.processes import recorded\n"
    "with recorded(Path(sys.argv[1]), 'serve'): print('on', flush=True); time.sleep(60)"
)


def recorded_process(data: Path) -> subprocess.Popen[str]:
    """A process that has left word in the data folder."""
    process = subprocess.Popen([sys.executable, "-c", RECORDED, str(data)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "on\n"
    return process


def test_living_are_found_and_ended(tmp_path: Path) -> None:
    with recorded_process(tmp_path) as process, recorded(tmp_path, "worker"):
        assert living(tmp_path) == [process.pid]
        assert end_all(tmp_path, 3) == [process.pid]
        assert process.wait(3) == -signal.SIGTERM
        assert living(tmp_path) == []


def test_dead_are_forgotten_even_if_their_number_lives(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    stale = tmp_path / "run" / f"serve-{os.getppid()}"
    stale.write_text(str(os.getppid()))
    assert living(tmp_path) == []
    assert not stale.exists()


def supervise(children: list[Child], after: float, grace: float = 1.0) -> tuple[int, list[str], float]:
    """Run a supervisor and tell it to end after some seconds; status, words, seconds."""
    said: list[str] = []
    supervisor = Supervisor(children, said.append)
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGTERM, signal.SIGINT)}
    timer = threading.Timer(after, os.kill, (os.getpid(), signal.SIGTERM))
    timer.start()
    start = time.monotonic()
    try:
        status = supervisor.run(grace)
    finally:
        timer.cancel()
        for sign, handler in before.items():
            signal.signal(sign, handler)
    return status, said, time.monotonic() - start


def test_signal_ends_children_and_theirs_even_stubborn_ones() -> None:
    stubborn = "trap '' TERM; sleep 60 & echo $!; wait; sleep 60"
    child = Child("web", ["sh", "-c", stubborn], revive=False)
    status, said, seconds = supervise([child], after=0.4, grace=0.5)
    assert (status, said) == (0, [])
    assert seconds < 2
    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL
    left = subprocess.run(
        ["ps", "-o", "stat=", "-g", str(child.process.pid)], capture_output=True, text=True, check=False
    )
    # A zombie has ended; its new parent has only not looked yet.
    assert [state for state in left.stdout.split() if not state.startswith("Z")] == []


def test_worker_that_dies_is_started_again(tmp_path: Path) -> None:
    note = tmp_path / "starts"
    child = Child("worker", ["sh", "-c", f"echo x >> {note}"], revive=True, pause=0.1)
    status, said, _ = supervise([child], after=1.0)
    assert status == 0
    assert 3 <= len(note.read_text().split()) <= 6
    assert said


def test_web_server_that_dies_ends_serving() -> None:
    status, said, seconds = supervise([Child("web", ["false"], revive=False)], after=5)
    assert status == 1
    assert seconds < 2
    assert said == ["web: ended"]
