"""Where webhooks may reach: never into the inner network, and nobody who only claims the name."""

import socket
import ssl
import threading
from contextlib import suppress
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from linli.api import posting
from linli.api.models import Webhook
from linli.api.tests.receiver import Receiver, make, receiver
from linli.cases.tests.conftest import morning, town
from linli.cases.tests.town import Town
from linli.core import clock
from linli.core.errors import DomainError

__all__ = ["morning", "receiver", "town"]


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "127.0.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "192.0.0.192",
        "224.0.0.1",
        "0.0.0.0",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a01:203",
        "2002:a01:203::1",
        "::10.1.2.3",
        "::ffff:0:10.1.2.3",
        "64:ff9b:1::a01:203",
        "fec0::1",
        "3fff::1",
        "192.88.99.1",
        "240.0.0.1",
    ],
)
def test_an_inner_address_is_not_reached(monkeypatch: pytest.MonkeyPatch, settings: Any, address: str) -> None:
    reached = resolving(monkeypatch, "93.184.216.34", address)
    settings.WEBHOOK_NETWORKS = []
    with pytest.raises(posting.Undelivered) as refused:
        posting.post("https://hook.example.org/", b"{}", {})
    assert (refused.value.reason, reached) == ("ForbiddenNetwork", [])


def test_the_checked_address_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """An inner network that the settings name may be reached, and the name is not looked up again."""
    reached = resolving(monkeypatch, "10.1.2.3")
    settings.WEBHOOK_NETWORKS = [ip_network("10.1.0.0/16")]
    with pytest.raises(posting.Undelivered) as refused:
        posting.post("https://hook.example.org:8443/", b"{}", {})
    assert (refused.value.reason, reached) == ("ConnectionAbortedError", [("10.1.2.3", 8443)])


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[Any]:
    """Let every name stand for these addresses; returns where a connection was tried."""
    reached: list[Any] = []

    def connect(address: Any, _timeout: Any) -> None:
        reached.append(address)
        raise ConnectionAbortedError

    found = [(0, 0, 0, "", (address, 0)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)
    monkeypatch.setattr(socket, "create_connection", connect)
    return reached


def test_the_certificate_must_be_that_of_the_name(receiver: Receiver, tmp_path: Path) -> None:
    """A receiver with a certificate of its own making is not believed; TLS is spoken, so plain HTTP is not either."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    url = f"https://localhost:{receiver.server_port}/"
    with pytest.raises(posting.Undelivered) as refused:
        posting.post(url, b"{}", {})
    assert (refused.value.reason, receiver.got) == ("SSLError", [])
    receiver.socket = context.wrap_socket(receiver.socket, server_side=True)
    with pytest.raises(posting.Undelivered) as refused:
        posting.post(url, b"{}", {})
    assert (refused.value.reason, receiver.got) == ("SSLCertVerificationError", [])


def certificate(folder: Path) -> Path:
    """A certificate for localhost that nobody has signed, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = clock.now()
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    path = folder / "certificate.pem"
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(secret + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https://user:pass@example.org/",
        "https://example.org/#x",
        "https://example.org/a b",
        "https://example.org:x/",
        "https://例子.中国/",
        "https://example.org/\r\nX: y",
        "https://[::1",
        f"https://example.org/{'a' * 500}",
    ],
)
def test_an_address_is_https_and_nothing_else(town: Town, address: str) -> None:
    with pytest.raises(DomainError) as refused:
        make(town, address)
    assert (refused.value.code, Webhook.objects.exists()) == ("webhook.address", False)


def test_one_that_answers_byte_by_byte_is_cut_off(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    monkeypatch.setattr(posting, "SECONDS", 0.2)
    server = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        other, _address = server.accept()
        with suppress(OSError), other:
            while True:
                other.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                threading.Event().wait(0.02)

    threading.Thread(target=drip, daemon=True).start()
    with pytest.raises(posting.Undelivered):
        posting.post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {})
    server.close()
