"""`python -m bench`: point at a folder of its own, make the demo place there, set Django up, and measure.

BENCH_CASES  how many matters (1000000, at least 2000)      BENCH_DATA     the folder (LINLI_DATA/bench); it is kept
BENCH_PORT   where it serves (8111)               BENCH_SECONDS  how long a door is driven each time (2)
BENCH_RECORDS  how many matters figures are computed over in the end (none further)
"""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import django


def main() -> int:
    """Measure once; the exit status says only whether everything could be measured."""
    data = Path(os.environ.get("BENCH_DATA") or Path(os.environ.get("LINLI_DATA", "var")) / "bench").resolve()
    data.mkdir(parents=True, exist_ok=True)
    os.environ["LINLI_DATA"] = str(data)
    # Filling and counting rows is the owner's work; what is measured runs as the application.
    os.environ["LINLI_DATABASE_ROLE"] = "owner"
    os.environ["DJANGO_SETTINGS_MODULE"] = "linli.config.settings"
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    linli = Path(sys.executable).with_name("linli")
    subprocess.run([linli, "demo", "--if-empty"], check=True, stdout=subprocess.DEVNULL)
    django.setup()
    # Everything below needs Django set up. What runs in this process runs as in the server, which does this as well.
    importlib.import_module("linli.config.wsgi")
    return int(importlib.import_module("bench.run").main(linli))


if __name__ == "__main__":
    sys.exit(main())
