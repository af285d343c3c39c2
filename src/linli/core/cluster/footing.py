"""As whom the cluster runs: PostgreSQL refuses root, and root's folders refuse everybody else.

Root therefore starts it in a user namespace, where root's files belong to an ordinary number; where the
kernel forbids that, with setpriv as a number that owns nothing else. No OS user is created.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from linli.core.cluster.errors import ClusterError

NOBODY: Final = 65534
# The probe writes, because permission bits alone do not tell what a namespace or a capability allows.
PROBE: Final = 'cd "$1" && : > ".probe.$$" && rm ".probe.$$"'


@dataclass(frozen=True, slots=True)
class Footing:
    """What to put before a command so that it runs as the cluster's user, and who owns its files."""

    prefix: tuple[str, ...]
    uid: int
    gid: int

    def command(self, *words: str) -> list[str]:
        """A command line that runs on this footing."""
        return [*self.prefix, *words]

    def give(self, folder: Path) -> None:
        """Make a folder and everything in it belong to the cluster's user."""
        if os.geteuid() != 0 or folder.lstat().st_uid == self.uid:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def can_run(stand: Footing, program: Path) -> bool:
    """Whether the cluster's user gets at a program by plain permissions.

    PostgreSQL's programs ask access(2) about one another, and that looks at no capabilities.
    """
    return all(_open(stand, place) for place in program.resolve().parents) and _open(stand, program.resolve())


def _open(stand: Footing, path: Path) -> bool:
    """Whether the permission bits let the cluster's user enter a folder or run a file."""
    found = path.stat()
    shift = 6 if found.st_uid == stand.uid else 3 if found.st_gid == stand.gid else 0
    return bool(found.st_mode >> shift & 0o1)


def find(folder: Path) -> Footing:
    """The footing for a folder that exists and holds, or will hold, the cluster.

    Raises: cluster.not_yours, cluster.no_footing.
    """
    me = os.geteuid()
    owner = folder.stat()
    if me != 0:
        if owner.st_uid != me:
            raise ClusterError("cluster.not_yours", f"{folder} belongs to user number {owner.st_uid}, not to you")
        return _for_ordinary(me, os.getegid(), folder)
    for footing in _for_root(owner.st_uid, owner.st_gid):
        if _stands(footing, folder):
            return footing
    raise ClusterError(
        "cluster.no_footing",
        "PostgreSQL does not run as root, and neither a user namespace (unshare) nor setpriv works here; "
        "run Linli as an ordinary user or set DATABASE_URL",
    )


def _for_ordinary(uid: int, gid: int, folder: Path) -> Footing:
    """Nothing special, but for a number without a name (as in containers): initdb insists on a name."""
    plain, namespace = Footing((), uid, gid), _namespace(uid, gid)
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return namespace if _stands(namespace, folder) else plain
    return plain


def _namespace(uid: int, gid: int) -> Footing:
    """A user namespace in which our own number is that of `nobody`, who has a name on every machine."""
    return Footing(("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"), uid, gid)


def _for_root(uid: int, gid: int) -> Sequence[Footing]:
    """What root may try, best first."""
    if uid:
        return [_lesser(uid, gid, "+dac_override"), _lesser(uid, gid, "")]
    return [_namespace(0, 0), _lesser(NOBODY, NOBODY, "+dac_override"), _lesser(NOBODY, NOBODY, "")]


def _lesser(uid: int, gid: int, capability: str) -> Footing:
    """Another user number, with the one capability that opens folders which only root may enter."""
    keep = (f"--inh-caps={capability}", f"--ambient-caps={capability}") if capability else ()
    return Footing(("setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", *keep, "--"), uid, gid)


def _stands(footing: Footing, folder: Path) -> bool:
    """Whether a command on this footing can really write where the cluster's files are."""
    if shutil.which(footing.prefix[0]) is None:
        return False
    before = folder.stat()
    os.chown(folder, footing.uid, footing.gid)
    probe = subprocess.run(
        footing.command("sh", "-c", PROBE, "sh", str(folder)), capture_output=True, cwd="/", check=False
    )
    if probe.returncode != 0:
        os.chown(folder, before.st_uid, before.st_gid)
    return probe.returncode == 0
