"""Sealing the journal into a hash chain, in batches, behind the writers: nobody queues for it.

A seal hashes the entries it covers together with the seal before. Only entries of finished transactions are
sealed, so that none can slip in later. `linli doctor` walks the chain and names the first broken link.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, doctor
from linli.core.models import Seal

BATCH: Final = 20_000
LOCK: Final = 7302
COLUMNS: Final = (
    "id, at, actor, post_id, operation, subject_type, subject_id, place_id, facts::text, encode(private, 'hex'), count"
)
# An entry is ready when its transaction and all before it have ended.
READY: Final = """
    SELECT id FROM core_entry
    WHERE id > %s AND (%s OR xid < pg_snapshot_xmin(pg_current_snapshot()))
    ORDER BY id LIMIT %s
"""


def entries_seal(batch: int = BATCH, *, alone: bool = False) -> int:
    """Seal what is ready, at most one batch; returns how many entries. One sealer works at a time.

    `alone` says that nobody else writes: after a restore the transactions' numbers begin anew and tell nothing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        recent = list(Seal.objects.order_by("-id")[:100])
        floor = min((seal.first_entry for seal in recent), default=1) - 1
        covered = sum(seal.entries for seal in recent)
        cursor.execute(READY, [floor, alone, batch + covered])
        sealed = {entry for seal in recent for first, last in seal.ranges for entry in range(first, last + 1)}
        ids = [row[0] for row in cursor.fetchall() if row[0] not in sealed][:batch]
        if not ids:
            return 0
        latest = recent[0] if recent else None
        ranges = list(_ranges(ids))
        Seal.objects.create(
            sealed_at=clock.now(),
            first_entry=ids[0],
            last_entry=ids[-1],
            ranges=ranges,
            entries=len(ids),
            digest=_digest(bytes(latest.digest) if latest else b"", ranges),
        )
        return len(ids)


def _ranges(ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Numbers in ascending order as unbroken stretches."""
    first = last = None
    for number in ids:
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield first, last
            first = last = number
    if first is not None and last is not None:
        yield first, last


def _digest(before: bytes, ranges: Iterable[Iterable[int]]) -> bytes:
    """SHA-256 over the seal before and every column of the entries in these stretches."""
    hashed = hashlib.sha256(before)
    with connection.cursor() as cursor:
        for first, last in ranges:
            cursor.execute(f"SELECT {COLUMNS} FROM core_entry WHERE id BETWEEN %s AND %s ORDER BY id", [first, last])
            for row in cursor:
                hashed.update(json.dumps(row, default=_text, ensure_ascii=False).encode())
    return hashed.digest()


def _text(value: Any) -> str:
    return value.astimezone(clock.SHANGHAI).isoformat() if hasattr(value, "astimezone") else str(value)


def first_broken() -> Seal | None:
    """The first seal whose entries are not what was sealed; None while the chain holds."""
    before = b""
    for seal in Seal.objects.order_by("id").iterator(500):
        if _digest(before, seal.ranges) != bytes(seal.digest):
            return seal
        before = bytes(seal.digest)
    return None


@doctor.register("chain", _("Journal chain"))
def check_chain() -> Iterator[doctor.Finding]:
    """The chain holds from the first seal to the last."""
    broken = first_broken()
    if broken is not None:
        yield doctor.fault(
            "journal.chain_broken",
            _("Entries %(first)s to %(last)s are not what was sealed on %(when)s.")
            % {"first": broken.first_entry, "last": broken.last_entry, "when": broken.sealed_at.isoformat()},
        )
