"""The long-running processes of an installation: who is there, and a supervisor for those of `serve`.

Each leaves a locked file in `LINLI_DATA`/run, so that `linli stop` finds the living and never a stranger.
"""

import ctypes
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PR_SET_PDEATHSIG: Final = 1
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
TICK: Final = 0.05


@contextmanager
def recorded(data: Path, name: str) -> Iterator[None]:
    """Leave word that this process runs, for as long as it does; a crash frees the lock too."""
    folder = data / "run"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{os.getpid()}"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def living(data: Path) -> list[int]:
    """The processes of the installation that still run, this one left out; dead ones' files are removed."""
    found = []
    for path in sorted((data / "run").glob("*-*")):
        with suppress(FileNotFoundError, ValueError), path.open("r+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                found.append(int(file.read()))
            else:
                path.unlink(missing_ok=True)
    return [pid for pid in found if pid != os.getpid()]


def end_all(data: Path, seconds: float) -> list[int]:
    """Ask every process of the installation to end, then make it; returns those that were there."""
    pids = living(data)
    for sign, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, seconds)):
        for pid in living(data):
            with suppress(ProcessLookupError):
                os.kill(pid, sign)
        deadline = time.monotonic() + patience
        while living(data) and time.monotonic() < deadline:
            time.sleep(TICK)
    return pids


@dataclass(slots=True)
class Child:
    """One process that the supervisor keeps alive."""

    name: str
    command: Sequence[str]
    revive: bool
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    due: float = 0.0

    def start(self) -> None:
        """Start it in its own session, so that ctrl-C reaches the supervisor only."""
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_die_with_parent
        )

    def send(self, sign: signal.Signals) -> None:
        """Send a signal to the process and all that it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, sign)

    def ended(self) -> bool:
        """Whether it is not running."""
        return self.process is None or self.process.poll() is not None


@dataclass(slots=True)
class Supervisor:
    """Runs children until a signal comes or one that must live dies."""

    children: list[Child]
    say: Callable[[str], None]
    stopping: bool = False
    status: int = 0
    _handlers: dict[int, object] = field(default_factory=dict)

    def run(self, grace: float) -> int:
        """Start, watch and end the children; `grace` is how many seconds they have to end.

        Returns the exit status: 0 after a signal, 1 when a child that must live has died.
        """
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)
        for child in self.children:
            child.start()
        while not self.stopping:
            self._look()
            time.sleep(TICK)
        self._end(grace)
        return self.status

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _look(self) -> None:
        """Start again what has died, ever more slowly; give up when the web server is the one."""
        for child in self.children:
            if not child.ended():
                continue
            if not child.revive:
                self.say(f"{child.name}: ended")
                self.status, self.stopping = 1, True
                return
            if child.due == 0.0:
                child.due = time.monotonic() + child.pause
                child.pause = min(child.pause * 2, LONGEST_PAUSE)
                self.say(f"{child.name}: ended; starting again")
            elif time.monotonic() >= child.due:
                child.due = 0.0
                child.start()

    def _end(self, grace: float) -> None:
        """TERM, wait, KILL; the children's own children included."""
        for child in self.children:
            child.send(signal.SIGTERM)
        deadline = time.monotonic() + grace
        while time.monotonic() < deadline and not all(child.ended() for child in self.children):
            time.sleep(TICK)
        for child in self.children:
            child.send(signal.SIGKILL)
            if child.process is not None:
                child.process.wait(1)


def _die_with_parent() -> None:
    """Ask the kernel for a TERM when the supervisor is killed, so that nothing is left behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
