"""The coverage as it was last computed, kept until places, boundaries or the profile change.

The result lies beside the database, for all server processes and the command line; each process keeps it in memory
too. Its key is the stamp of the territory, drawn anew with every change, and the version of the profile.
"""

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import shapely
from django.conf import settings

from linli.core import clock
from linli.records import profiles
from linli.territory import coverage
from linli.territory.geometry.topology import Finding
from linli.territory.maps import stamp
from linli.territory.models import Place


@dataclass(frozen=True, slots=True)
class Kept:
    """Every fault of the coverage, and when it was looked at."""

    key: str
    at: datetime
    findings: Sequence[Finding]


_last: list[Kept] = []
_lock = threading.Lock()


def latest(within: str = "/") -> Kept:
    """The faults whose places all lie below a path; computed only where something changed since the last time."""
    number = stamp()
    key = f"{number}-{profiles.current().version}"
    with _lock:
        held = _known(key) if number else None
        if held is None:
            held = Kept(key, clock.now(), coverage.findings())
            _keep(held)
    if within == "/":
        return held
    ids = {pk for item in held.findings for pk in item.places}
    inside = set(Place.objects.filter(pk__in=ids, path__startswith=within).values_list("pk", flat=True))
    return Kept(key, held.at, [item for item in held.findings if inside.issuperset(item.places)])


def _known(key: str) -> Kept | None:
    if _last and _last[0].key == key:
        return _last[0]
    try:
        written = json.loads(_path().read_text("utf-8"))
        if written["key"] != key:
            return None
        found = [_read(item) for item in written["findings"]]
        _last[:] = [Kept(key, datetime.fromisoformat(written["at"]), found)]
    except (OSError, ValueError, KeyError, TypeError, shapely.errors.ShapelyError):
        # Not there, or written by another version: it is computed again.
        return None
    return _last[0]


def _keep(fresh: Kept) -> None:
    _last[:] = [fresh]
    findings = [_written(item) for item in fresh.findings]
    path = _path()
    path.parent.mkdir(mode=0o700, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps({"key": fresh.key, "at": fresh.at.isoformat(), "findings": findings}), "utf-8")
    beside.replace(path)


def _path() -> Path:
    return Path(settings.DATA) / "kept" / "coverage.json"


def _written(item: Finding) -> list[Any]:
    numbers = [item.area_m2, item.lng, item.lat, item.households]
    return [item.code, list(item.places), *numbers, shapely.to_wkb(item.form, hex=True)]


def _read(item: list[Any]) -> Finding:
    code, places, area, lng, lat, households, form = item
    return Finding(code, tuple(places), area, lng, lat, households, shapely.from_wkb(form))
