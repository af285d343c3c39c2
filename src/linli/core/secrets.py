"""Personal values at rest: encryption, keys that can be destroyed, and keyed hashes for matching.

Master keys lie in `LINLI_DATA/keys` (master-1, master-2, ...), made on first use and readable by their owner
only. Masks for the screen live in masks.py; the model field in fields.py. No value is ever logged here.
"""

import hmac
import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import hmac as slow_hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput, RuleBroken

# A sealed value is: one byte for the cipher, two for the master key's number (0 for a person's own key),
# twelve for the nonce, then ciphertext and tag. The first three are authenticated with the context.
_HEAD: Final = 3
_NONCE: Final = 12
_TAG: Final = 16
_KEY_BYTES: Final = 32
_PERSON: Final = 0
_PERSON_CONTEXT: Final = "person-key"
_NOT_DIGIT: Final = re.compile(r"[^0-9]")
_SPACE: Final = re.compile(r"\s+")


class Unreadable(RuleBroken):
    """A sealed value that cannot be opened: its key is gone, or it was changed or moved."""


class Aead(Protocol):
    """What AES-GCM and SM4-GCM have in common here."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Sm4Gcm:
    """SM4 in GCM (GB/T 32907), with the interface of AESGCM."""

    key: bytes

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Ciphertext followed by the tag."""
        context = Cipher(algorithms.SM4(self.key), modes.GCM(nonce)).encryptor()
        context.authenticate_additional_data(associated_data)
        return context.update(data) + context.finalize() + context.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """The plain bytes. Raises: InvalidTag"""
        context = Cipher(algorithms.SM4(self.key), modes.GCM(nonce, data[-_TAG:])).decryptor()
        context.authenticate_additional_data(associated_data)
        return context.update(data[:-_TAG]) + context.finalize()


@dataclass(frozen=True, slots=True)
class _Suite:
    number: int
    key_bytes: int
    make: Callable[[bytes], Aead]


_SUITES: Final = {"aes": _Suite(1, 32, AESGCM), "sm4": _Suite(2, 16, Sm4Gcm)}
_BY_NUMBER: Final = {suite.number: suite for suite in _SUITES.values()}


def encrypt(plain: str, *, context: str) -> bytes:
    """Seal a text under the newest master key.

    `context` says where the value belongs ("person.phone"); it is needed again to open it, so that a sealed
    value cannot be moved to another column.
    """
    number, raw = _newest(_folder())
    return _seal(_suite(), number, raw, plain.encode(), context)


def decrypt(sealed: bytes, *, context: str) -> str:
    """Open what `encrypt` sealed, also under an older master key or the other cipher.

    Raises: secret.key_missing, secret.unreadable
    """
    number = key_number(sealed)
    return _open(sealed, _master(_folder(), number), context).decode()


def key_number(sealed: bytes) -> int:
    """The number of the master key that sealed the value; 0 for a person's own key."""
    if len(sealed) < _HEAD + _NONCE + _TAG:
        raise _unreadable()
    return int.from_bytes(sealed[1:_HEAD], "big")


def encrypt_again(sealed: bytes, *, context: str) -> bytes | None:
    """The value sealed under the newest key and chosen cipher; None where it already is.

    Raises: secret.key_missing, secret.unreadable
    """
    newest, _raw = _newest(_folder())
    if key_number(sealed) == newest and sealed[0] == _suite().number:
        return None
    return encrypt(decrypt(sealed, context=context), context=context)


def master_rotate() -> int:
    """Make a new master key and return its number; older keys stay, to open what they sealed."""
    folder = _folder()
    number = max(_numbers(folder), default=0) + 1
    _create(folder / f"master-{number}", os.urandom(_KEY_BYTES).hex())
    _newest.cache_clear()
    return number


def person_key_new() -> bytes:
    """A new key for one person, wrapped under the master key: the only copy there is.

    Whoever deletes the wrapped key makes everything sealed with it unreadable for good.
    """
    number, raw = _newest(_folder())
    return _seal(_suite(), number, raw, os.urandom(_KEY_BYTES), _PERSON_CONTEXT)


def encrypt_for(wrapped: bytes, plain: str, *, context: str = "") -> bytes:
    """Seal a text under a person's own key.

    Raises: secret.key_missing, secret.unreadable
    """
    return _seal(_suite(), _PERSON, _unwrap(wrapped), plain.encode(), context)


def decrypt_for(wrapped: bytes | None, sealed: bytes, *, context: str = "") -> str:
    """Open what `encrypt_for` sealed.

    Raises: secret.destroyed where the person's key is gone; secret.key_missing, secret.unreadable
    """
    if not wrapped:
        raise Unreadable("secret.destroyed", _("The key of this person was destroyed on deletion."))
    return _open(sealed, _unwrap(wrapped), context).decode()


def match_hash(value: str, kind: str) -> bytes:
    """The keyed hash of a value, 32 bytes, equal for equal values of a kind and telling nothing else.

    Phones and identity numbers are normalised first. The key is made once and never rotated, for every stored
    hash would have to be computed again.
    Raises: secret.empty
    """
    normal = _NORMAL.get(kind, normal_text)(value)
    if not normal:
        raise InvalidInput("secret.empty", _("There is nothing to match."), kind=kind)
    return keyed_hash(normal, kind)


def keyed_hash(text: str, kind: str) -> bytes:
    """The keyed hash of a text exactly as it stands, 32 bytes; `match_hash` normalises before."""
    algorithm, key = _match_key(_folder())
    message = f"{kind}\0{text}".encode()
    if algorithm == "sha256":
        return hmac.digest(key, message, "sha256")
    mac = slow_hmac.HMAC(key, hashes.SM3())
    mac.update(message)
    return mac.finalize()


def normal_text(value: str) -> str:
    """Text in one width, one case, without spaces."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", value)).casefold()


def normal_phone(value: str) -> str:
    """The digits of a phone number without the country's code; the bare text where there are none.

    A spreadsheet's trailing `.0` is dropped.
    """
    text = unicodedata.normalize("NFKC", value).strip().removesuffix(".0")
    digits = _NOT_DIGIT.sub("", text).removeprefix("00")
    if digits.startswith("86") and len(digits) in (12, 13):
        digits = digits[2:]
    return digits or normal_text(value)


_NORMAL: Final[dict[str, Callable[[str], str]]] = {"phone": normal_phone}


def _suite() -> _Suite:
    """The cipher for new values, by the setting CIPHER: aes (AES-256-GCM) or sm4 (SM4-GCM)."""
    return _SUITES[getattr(settings, "CIPHER", "aes")]


def _folder() -> Path:
    return _keys_in(settings.DATA)


@lru_cache(maxsize=8)
def _keys_in(data: str | Path) -> Path:
    return Path(data) / "keys"


@lru_cache(maxsize=256)
def _aead(suite: int, raw: bytes) -> Aead:
    chosen = _BY_NUMBER[suite]
    info = f"linli sealing {suite}".encode()
    return chosen.make(HKDF(hashes.SHA256(), chosen.key_bytes, None, info).derive(raw))


def _cipher(suite: int, number: int, raw: bytes) -> Aead:
    # A person's key must not outlive its row in a cache, and needs no derivation: it is used for this only.
    if number != _PERSON:
        return _aead(suite, raw)
    chosen = _BY_NUMBER[suite]
    return chosen.make(raw[: chosen.key_bytes])


def _seal(suite: _Suite, number: int, raw: bytes, plain: bytes, context: str) -> bytes:
    head = bytes((suite.number,)) + number.to_bytes(2, "big")
    nonce = os.urandom(_NONCE)
    return head + nonce + _cipher(suite.number, number, raw).encrypt(nonce, plain, head + context.encode())


def _open(sealed: bytes, raw: bytes, context: str) -> bytes:
    number = key_number(sealed)
    if sealed[0] not in _BY_NUMBER:
        raise _unreadable()
    head, nonce, body = sealed[:_HEAD], sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
    try:
        return _cipher(sealed[0], number, raw).decrypt(nonce, body, head + context.encode())
    except InvalidTag as error:
        raise _unreadable() from error


def _unwrap(wrapped: bytes) -> bytes:
    return _open(wrapped, _master(_folder(), key_number(wrapped)), _PERSON_CONTEXT)


def _unreadable() -> Unreadable:
    return Unreadable("secret.unreadable", _("This value cannot be read with the keys of this installation."))


def _numbers(folder: Path) -> list[int]:
    return [int(path.name.removeprefix("master-")) for path in folder.glob("master-*[0-9]")]


@lru_cache(maxsize=8)
def _newest(folder: Path) -> tuple[int, bytes]:
    number = max(_numbers(folder), default=0)
    if not number:
        number = 1
        _create(folder / "master-1", os.urandom(_KEY_BYTES).hex())
    return number, _master(folder, number)


@lru_cache(maxsize=64)
def _master(folder: Path, number: int) -> bytes:
    path = folder / f"master-{number}"
    if not path.exists():
        raise Unreadable("secret.key_missing", _("Master key %(number)s is missing."), number=number)
    return bytes.fromhex(path.read_text().strip())


@lru_cache(maxsize=8)
def _match_key(folder: Path) -> tuple[str, bytes]:
    """The key for matching with the hash it was made for, which a later change of CIPHER must not change."""
    path = folder / "match"
    if not path.exists():
        algorithm = "sm3" if _suite() is _SUITES["sm4"] else "sha256"
        _create(path, f"{algorithm} {os.urandom(_KEY_BYTES).hex()}")
    algorithm, key = path.read_text().split()
    return algorithm, bytes.fromhex(key)


def _create(path: Path, text: str) -> None:
    """Write a key file unless another process was first; the loser reads the winner's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
