"""The journal: one entry per operation, in the operation's own transaction.

Appending is all that code can do; the database refuses the rest. Sealing into a hash chain lives in sealing.py.
"""

from collections.abc import Mapping
from typing import Any

from linli.core import clock
from linli.core.actors import Actor
from linli.core.models import Entry


def write(
    actor: Actor,
    operation: str,
    subject: tuple[str, int] | None,
    *,
    place_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
    private: bytes | None = None,
    count: int = 1,
) -> Entry:
    """Append one entry: who did what to which subject, where, with which facts.

    `facts` hold nothing personal; personal values go into `private`, sealed under the person's own key.
    `count` is the number of rows that a batch touched.
    """
    row = entry(actor, operation, subject, place_id=place_id, facts=facts)
    row.private, row.count = private, count
    row.save(force_insert=True)
    return row


def entry(
    actor: Actor,
    operation: str,
    subject: tuple[str, int] | None,
    *,
    place_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """The entry of `write`, not yet appended: for operations that append many at once."""
    return Entry(
        at=clock.now(),
        actor=actor.key,
        post_id=actor.post_ids[0] if actor.post_ids else None,
        operation=operation,
        subject_type=subject[0] if subject else "",
        subject_id=subject[1] if subject else None,
        place_id=place_id,
        facts=dict(facts or {}),
    )
