"""The private PostgreSQL cluster of one installation: over a unix socket, from whatever binaries there are.

Pure Python without Django, because settings need an address before Django is set up.
Tables, roles' grants and migrations are not here; nor is a database that someone else runs (DATABASE_URL).
"""

from linli.core.cluster.binaries import Binaries, find
from linli.core.cluster.errors import ClusterError
from linli.core.cluster.running import (
    APP,
    DATABASE,
    OWNER,
    ROOT,
    Cluster,
    State,
    addresses,
    database_create,
    database_drop,
    database_rename,
    ensure,
    environment,
    grants,
    status,
    stop,
)

__all__ = [
    "APP",
    "DATABASE",
    "OWNER",
    "ROOT",
    "Binaries",
    "Cluster",
    "ClusterError",
    "State",
    "addresses",
    "database_create",
    "database_drop",
    "database_rename",
    "ensure",
    "environment",
    "find",
    "grants",
    "status",
    "stop",
]
