"""Asking twice does nothing twice: a client's key and a hash of its input, in the operation's transaction.

The door (API, offline queue) hands the key in; the answer that is kept must hold ids, not personal values.
"""

import json
from datetime import timedelta
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.composed import planned_cursor
from linli.core.errors import InvalidInput, RuleBroken
from linli.core.models import IdempotencyKey
from linli.core.secrets import keyed_hash

KEY_LENGTH: Final = 100
KEPT_FOR: Final = timedelta(days=30)


def once(key: str | None, actor_key: str, payload: Any, response: Any) -> Any:
    """Claim a key for this actor, with what it answers, inside the operation's own transaction.

        answered = once(key, actor.key, {"operation": "case.report", **data}, {"id": pk})
        if answered is not None:
            return answered

    None says that the work is the caller's; otherwise what the first call answered. A second caller waits on the
    unique index until the first one's transaction ends: after a commit it gets the first answer, after a rollback it
    does the work itself. Without a key every call does its work.
    Raises: idempotency.key, idempotency.other_input
    """
    if key is None:
        return None
    assert connection.in_atomic_block, "the key belongs to the operation's transaction"
    if not 0 < len(key) <= KEY_LENGTH or not key.isprintable():
        raise InvalidInput(
            "idempotency.key", _("An idempotency key has 1 to %(length)s characters."), length=KEY_LENGTH
        )
    digest = input_hash(payload)
    if _claimed(key, actor_key, digest, response):
        return None
    row = IdempotencyKey.objects.get(actor=actor_key, key=key)
    if bytes(row.input_hash) != digest:
        raise RuleBroken("idempotency.other_input", _("This key was used before with other input."), key=key)
    return row.response


def input_hash(payload: Any) -> bytes:
    """The keyed hash of an input, whatever the order of its keys; keyed, for inputs hold phones and names."""
    text = json.dumps(payload, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return keyed_hash(text, "idempotency")


def expire(kept_for: timedelta = KEPT_FOR) -> int:
    """Forget keys that are older than this, and return how many."""
    deleted, _rows = IdempotencyKey.objects.filter(created__lt=clock.now() - kept_for).delete()
    return deleted


def _claimed(key: str, actor_key: str, digest: bytes, response: Any) -> bool:
    with planned_cursor(connection) as cursor:
        cursor.execute(
            "INSERT INTO core_idempotencykey (key, actor, input_hash, response, created) "
            "VALUES (%s, %s, %s, %s::jsonb, %s) ON CONFLICT (actor, key) DO NOTHING",
            [key, actor_key, digest, json.dumps(response, cls=DjangoJSONEncoder), clock.now()],
        )
        return bool(cursor.rowcount)
