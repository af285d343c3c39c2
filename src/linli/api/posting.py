"""A signed POST to an address of another program: only over TLS, only to public addresses, following nothing.

The name is looked up once, each address behind it is checked, and the connection goes to one that was checked, so
that a name cannot point elsewhere in between. Networks of one's own are named in `LINLI_WEBHOOK_NETWORKS`.
"""

import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput

SECONDS: Final = 10
LONGEST: Final = 500
LOCAL: Final = ("127.0.0.1", "localhost", "::1")
# Of IPv6 what is handed out to the public; all else may lead inside: old, translated and local addresses.
PUBLIC_IPV6: Final = ip_network("2000::/3")
# What passes for public and is not: a cloud's own services, relays of old, examples.
FORBIDDEN: Final = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))


class Undelivered(Exception):
    """The text did not arrive; `reason` is a word without the address, `status` what the other side answered."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class _Checked(http.client.HTTPSConnection):
    """A connection to an address that was checked; the certificate must still be that of the name."""

    def __init__(self, parts: SplitResult, address: str) -> None:
        super().__init__(parts.hostname or "", port_of(parts), timeout=SECONDS, context=ssl.create_default_context())
        self.plain = parts.scheme == "http"
        self.address = address

    def connect(self) -> None:
        """Connect to the address, and speak TLS to the name."""
        self.sock = socket.create_connection((self.address, self.port), SECONDS)
        if not self.plain:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)  # type: ignore[attr-defined]

    def cut(self) -> None:
        """End a connection whose other side takes its time byte by byte."""
        with suppress(OSError):
            if self.sock:
                self.sock.shutdown(socket.SHUT_RDWR)


def address_of(text: str) -> str:
    """A webhook's address in one way of writing. Raises: webhook.address"""
    address = text.strip()
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and bool(port_of(parts))
    except ValueError:
        parts, named = SplitResult("", "", "", "", ""), False
    scheme = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)
    plain = address.isascii() and address.isprintable() and " " not in address
    if not (named and scheme and plain) or parts.fragment or "@" in parts.netloc or len(address) > LONGEST:
        raise InvalidInput("webhook.address", _("Please give an address that begins with https://."))
    return address


def port_of(parts: SplitResult) -> int:
    """The port of an address."""
    return parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)


def signature(secrets: Iterable[str], at: int, body: bytes) -> str:
    """What the header says: when it was signed, and for each secret the keyed hash over that and the body."""
    keyed = (hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest() for secret in secrets)
    return ",".join([f"t={at}", *(f"v1={item}" for item in keyed)])


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Post a text; returns the status of the answer, which is not read. Raises Undelivered where it is not 2xx."""
    parts = urlsplit(url)
    connection = _Checked(parts, _looked_up(parts))
    watch = threading.Timer(SECONDS * 2, connection.cut)
    watch.start()
    try:
        connection.request("POST", parts._replace(scheme="", netloc="").geturl() or "/", body, dict(headers))
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise Undelivered(type(error).__name__) from error
    finally:
        watch.cancel()
        connection.close()
    if not 200 <= status < 300:
        raise Undelivered(f"HTTP {status}", status)
    return status


def _looked_up(parts: SplitResult) -> str:
    """An address behind the name, all of which may be reached. Raises Undelivered"""
    try:
        found = socket.getaddrinfo(parts.hostname, port_of(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Undelivered("UnknownName") from error
    addresses = [str(item[4][0]) for item in found]
    if not addresses or not all(_may_reach(ip_address(item.partition("%")[0])) for item in addresses):
        raise Undelivered("ForbiddenNetwork")
    return addresses[0]


def _may_reach(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is public, or in a network that the installation's settings name."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner:
            return _may_reach(inner)
    if any(address in network for network in settings.WEBHOOK_NETWORKS):
        return True
    inside = address.is_multicast or (address.version == 6 and address not in PUBLIC_IPV6)
    inside = inside or any(address in network for network in FORBIDDEN)
    return address.is_global and not inside
