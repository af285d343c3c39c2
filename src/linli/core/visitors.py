"""How much visitors may send: counted by address and by all server processes together. Reading is never counted.

A whole estate may stand behind one address, and nobody signs in to report; so the limit holds off machines, not people.
"""

from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import VISITOR, Actor
from linli.core.errors import TooMany

SECONDS: Final = 600
LOCK: Final = 7302


def visitor_counted(request: HttpRequest) -> None:
    """Count what a visitor sends; whoever is signed in is not counted. Raises: visitor.too_many."""
    actor = getattr(request, "actor", VISITOR)
    if isinstance(actor, Actor) and actor.known:
        return
    window = int(clock.now().timestamp()) // SECONDS
    if not _counted(f"visitor:{address(request)}:{window}"):
        again = datetime.fromtimestamp((window + 1) * SECONDS, UTC).astimezone(clock.SHANGHAI)
        raise TooMany(
            "visitor.too_many",
            _(
                "Very much was sent from your network within a few minutes, so this was not taken in yet. What you "
                "wrote is kept, only photos have to be chosen again: please send it once more after %(again)s. "
                "Danger, fire, violence or illness: call 110, 119 or 120 at once."
            ),
            again=f"{again:%H:%M}",
        )


def address(request: HttpRequest) -> str:
    """From where a request comes; the network of a connection for IPv6, whose addresses each device makes up itself.

    Behind the proxy that ends TLS it is what that proxy says, the last address in X-Forwarded-For.
    """
    said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() if settings.HTTPS else ""
    for text in (said, request.META.get("REMOTE_ADDR", "")):
        try:
            found = ip_address(text.partition("%")[0])
        except ValueError:
            continue
        return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
    return ""


def counted_address(request: HttpRequest) -> str | None:
    """The same for a column of addresses, by which wrong tries to sign in are counted; none where nothing says it."""
    return address(request).partition("/")[0] or None


def _counted(key: str) -> bool:
    """Whether one more fits under the limit, and if so count it; two at once wait for each other."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, key])
        sent = int(cache.get(key, 0))
        if sent >= settings.VISITOR_POSTS:
            return False
        cache.set(key, sent + 1, SECONDS)
    return True
