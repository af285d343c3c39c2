"""API keys: issued once, revoked for good, and turned into the Actor that comes in with one.

At most PER_MINUTE requests a minute are answered to one key, by all server processes together.
"""

import json
import secrets as random_source
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.api.models import ApiKey
from linli.core import clock, journal
from linli.core.actors import Actor, Scope
from linli.core.errors import DomainError, InvalidInput, NotFound
from linli.core.secrets import keyed_hash
from linli.territory.models import Place

PREFIX: Final = "linli_"
PER_MINUTE: Final = 300
LONGEST_DAYS: Final = 731
# Finds a key that holds and counts its request, in one statement; the count of an older minute begins anew.
ASK: Final = """
WITH known AS (
    SELECT held.id, held.owner, held.abilities, place.path
    FROM api_apikey held JOIN territory_place place ON place.id = held.place_id
    WHERE held.key_hash = %(hash)s AND held.revoked IS NULL AND held.until >= %(today)s
), counted AS (
    INSERT INTO api_keycount AS last (key_id, minute, count) SELECT id, %(minute)s, 1 FROM known
    ON CONFLICT (key_id) DO UPDATE SET minute = excluded.minute,
        count = CASE WHEN last.minute = excluded.minute THEN last.count + 1 ELSE 1 END
    RETURNING count
)
SELECT known.id, known.owner, known.abilities, known.path, counted.count FROM known CROSS JOIN counted
"""
# What may be written on a key, and the abilities that this gives it at its place.
GRANTS: Final = {
    "report": frozenset({"cases.register"}),
    "read": frozenset({"asks.view", "cases.view", "figures.view", "territory.view", "organizations.view"}),
}
LABELS: Final = (("report", _("report matters")), ("read", _("read matters and figures")))


class Unknown(DomainError):
    """The key is missing, wrong, run out or revoked: all look the same."""

    status = 401


class TooOften(DomainError):
    """More requests than are answered within a minute."""

    status = 429


@dataclass(frozen=True, slots=True)
class Issued:
    """A new key; `secret` is shown once and kept nowhere."""

    row: ApiKey
    secret: str


def keys_for(viewer: Actor) -> QuerySet[ApiKey]:
    """Every key, newest first, for who configures the system. Raises: not_found"""
    if not viewer.can("system.configure"):
        raise NotFound
    return ApiKey.objects.select_related("place").order_by("-id")


@transaction.atomic
def key_issue(*, actor: Actor, label: str, owner: str, place: Place, grants: Sequence[str], until: date) -> Issued:
    """Issue a key to a body for a place, until a day within two years.

    Raises: not_found, key.owner_missing, key.grants, key.until
    """
    _may(actor, place)
    if not label.strip() or not owner.strip():
        raise InvalidInput("key.owner_missing", _("Please say what the key is for and who owns it."))
    if not grants or not set(grants) <= set(GRANTS):
        raise InvalidInput("key.grants", _("Please choose what the key may do."))
    if not clock.today() <= until <= clock.today() + timedelta(days=LONGEST_DAYS):
        raise InvalidInput("key.until", _("A key ends within two years."))
    secret = PREFIX + random_source.token_urlsafe(32)
    row = ApiKey.objects.create(
        key_hash=_hash(secret),
        label=label.strip()[:80],
        owner=owner.strip()[:120],
        place=place,
        abilities=sorted(set(grants)),
        until=until,
        created=clock.now(),
        created_by=actor.key,
    )
    facts = {"owner": row.owner, "may": row.abilities, "until": until.isoformat()}
    journal.write(actor, "api_key.issue", ("api_key", row.pk), place_id=place.pk, facts=facts)
    return Issued(row, secret)


@transaction.atomic
def key_revoke(*, actor: Actor, key_id: int) -> ApiKey:
    """Revoke a key at once and for good; again changes nothing. Raises: not_found"""
    row = ApiKey.objects.select_for_update(of=("self",)).select_related("place").filter(pk=key_id).first()
    if row is None:
        raise NotFound
    _may(actor, row.place)
    if row.revoked is None:
        row.revoked = clock.now()
        row.save(update_fields=["revoked"])
        journal.write(actor, "api_key.revoke", ("api_key", row.pk), place_id=row.place_id)
    return row


def actor_by(secret: str) -> Actor:
    """The actor behind a key. Raises: api.key, api.too_often"""
    now = clock.now()
    asked: dict[str, Any] = {"hash": _hash(secret), "today": clock.day_of(now), "minute": int(now.timestamp()) // 60}
    with connection.cursor() as cursor:
        cursor.execute(ASK, asked)
        found = cursor.fetchone()
    if found is None:
        raise Unknown("api.key", _("The API key is not valid."))
    pk, owner, granted, path, count = found
    if count > PER_MINUTE:
        raise TooOften("api.too_often", _("At most %(most)s requests a minute."), most=PER_MINUTE)
    abilities = frozenset[str]().union(*(GRANTS[name] for name in json.loads(granted) if name in GRANTS))
    return Actor(key=f"api-key:{pk}", label=owner, scopes=(Scope(abilities, path=path),), abilities=abilities)


def _may(actor: Actor, place: Place) -> None:
    if not actor.reaches("system.configure", path=place.path):
        raise NotFound


def _hash(secret: str) -> bytes:
    return keyed_hash(secret, "api key")
