"""The bench runs to its end on a few matters, so that it measures when somebody asks it to."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MEASURED = (
    "intake, one a request",
    "intake, fifty a request",
    "list, first page, JSON",
    "list, later page, HTML",
    "one case, JSON",
    "queries of list",
    "a year by month",
    "a year, median days",
    "locate in bulk",
    "server memory",
    "import of a ledger",
)


@pytest.mark.slow
def test_the_bench_measures_everything(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    dropped = ("DATABASE", "LINLI_DATA", "LINLI_PRIVATE", "LINLI_SECRET", "LINLI_TESTING")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    chosen = {"BENCH_CASES": "300", "BENCH_SECONDS": "0.2", "BENCH_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "bench"],
        cwd=ROOT,
        env={**kept, **chosen, "BENCH_PORT": str(port)},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    stop = {**kept, "LINLI_DATA": str(tmp_path / "data")}
    subprocess.run([sys.executable, "-m", "linli", "stop"], env=stop, check=False, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr[-2000:]
    assert [name for name in MEASURED if f"| {name}" not in done.stdout] == []
