"""Sealing secret ballots to two counters at once: what the server keeps while a poll runs opens with both keys only.

Each counter's key is made for that counter alone and shown once; the server keeps the public half. A ballot is sealed
to the second key and that again to the first (X25519, HKDF, AES-GCM, a fresh key each time), so that all ballots are
of one length and look like chance. Pure: no rows, no clock, no files.
"""

import base64
import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput

# A ballot in the clear: this, and a bit for each option. It is never written anywhere.
MARK: Final = b"ballot:1"
_BITS: Final = 16
PLAIN: Final = len(MARK) + _BITS
MOST_OPTIONS: Final = _BITS * 8
_KEY: Final = 32
_NONCE: Final = 12
_LAYER: Final = _KEY + 16
SEALED: Final = PLAIN + 2 * _LAYER
_CHECK: Final = 3
_GROUP: Final = 4


@dataclass(frozen=True, slots=True, repr=False)
class CounterKey:
    """A counter's key as it is shown once: `words` opens, `public` seals."""

    words: str
    public: bytes


def new_key() -> CounterKey:
    """A key for one counter, which nothing else has."""
    raw = secrets.token_bytes(_KEY)
    text = base64.b32encode(raw + _check(raw)).decode()
    words = " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))
    return CounterKey(words, _public(X25519PrivateKey.from_private_bytes(raw)))


def opened_key(words: str) -> X25519PrivateKey:
    """The key that a counter typed or read from paper. Raises: poll.key"""
    text = "".join(words.split()).upper().replace("0", "O").replace("1", "I").replace("8", "B")
    try:
        raw = base64.b32decode(text)
    except ValueError as error:
        raise _wrong() from error
    if len(raw) != _KEY + _CHECK or _check(raw[:_KEY]) != raw[_KEY:]:
        raise _wrong()
    return X25519PrivateKey.from_private_bytes(raw[:_KEY])


def public_of(key: X25519PrivateKey) -> bytes:
    """The half of a key that the server knows."""
    return _public(key)


def seal(choices: Collection[int], poll: str, keys: Sequence[bytes]) -> bytes:
    """A ballot that only the owners of all keys open together; `poll` binds it to its poll."""
    content = MARK + sum(1 << choice for choice in set(choices)).to_bytes(_BITS, "big")
    for public in reversed(keys):
        content = _seal(content, poll, public)
    return content


def unseal(sealed: bytes, poll: str, keys: Sequence[X25519PrivateKey]) -> tuple[int, ...]:
    """What a ballot says. Raises: poll.ballot_broken"""
    content = sealed
    for key in keys:
        content = _unseal(content, poll, key)
    if not content.startswith(MARK) or len(content) != PLAIN:
        raise _broken()
    bits = int.from_bytes(content[len(MARK) :], "big")
    return tuple(number for number in range(MOST_OPTIONS) if bits >> number & 1)


def receipt_of(sealed: bytes) -> str:
    """By which a voter finds the sealed ballot again in what is published; it tells nothing of what the ballot says."""
    return hashlib.sha256(sealed).hexdigest()[:32]


def _seal(content: bytes, poll: str, public: bytes) -> bytes:
    own = X25519PrivateKey.generate()
    head = _public(own)
    key, nonce = _derived(own.exchange(X25519PublicKey.from_public_bytes(public)), head + public, poll)
    return head + AESGCM(key).encrypt(nonce, content, None)


def _unseal(sealed: bytes, poll: str, key: X25519PrivateKey) -> bytes:
    head, body = sealed[:_KEY], sealed[_KEY:]
    try:
        raw, nonce = _derived(key.exchange(X25519PublicKey.from_public_bytes(head)), head + _public(key), poll)
        return AESGCM(raw).decrypt(nonce, body, None)
    except (InvalidTag, ValueError) as error:
        raise _broken() from error


def _derived(shared: bytes, salt: bytes, poll: str) -> tuple[bytes, bytes]:
    """The key of one layer with its nonce; both serve once, as each layer has a key pair of its own."""
    made = HKDF(hashes.SHA256(), _KEY + _NONCE, salt, f"linli ballot {poll}".encode()).derive(shared)
    return made[:_KEY], made[_KEY:]


def _public(key: X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _check(raw: bytes) -> bytes:
    return hashlib.sha256(b"linli counter key" + raw).digest()[:_CHECK]


def _wrong() -> InvalidInput:
    return InvalidInput("poll.key", _("This is no key of a counter, or it was read wrongly."))


def _broken() -> InvalidInput:
    return InvalidInput("poll.ballot_broken", _("A ballot cannot be opened with these keys."))
