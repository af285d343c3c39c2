"""Encryption at rest: round trips, tampering, rotation, destroyed keys, and keyed hashes for matching."""

import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from linli.core import secrets
from linli.core.errors import InvalidInput
from linli.core.secrets import Unreadable

PHONE = "10012345678"


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA = tmp_path
    settings.CIPHER = "aes"
    return tmp_path


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
def test_a_value_comes_back_and_never_looks_the_same(cipher: str, settings: Settings) -> None:
    settings.CIPHER = cipher
    first, second = (secrets.encrypt(PHONE, context="person.phone") for _ in range(2))
    assert first != second
    assert PHONE.encode() not in first
    assert secrets.decrypt(first, context="person.phone") == PHONE


def test_the_two_ciphers_differ_and_read_one_another(settings: Settings) -> None:
    aes = secrets.encrypt("甲", context="c")
    settings.CIPHER = "sm4"
    assert secrets.decrypt(aes, context="c") == "甲"
    again = secrets.encrypt_again(aes, context="c")
    assert again is not None
    assert again[0] != aes[0]
    assert secrets.decrypt(again, context="c") == "甲"
    assert secrets.encrypt_again(again, context="c") is None


def test_sm4_gcm_follows_the_published_vector() -> None:
    # RFC 8998, appendix A.1.
    key, nonce = bytes.fromhex("0123456789abcdeffedcba9876543210"), bytes.fromhex("00001234567800000000abcd")
    plain = bytes.fromhex("".join(letter * 16 for letter in "abcdefea"))
    sealed = secrets.Sm4Gcm(key).encrypt(nonce, plain, bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2"))
    assert sealed[-16:].hex() == "83de3541e4c2b58177e065a9bf7b62ec"
    assert sealed[:8].hex() == "17f399f08c67d5ee"


@given(plain=st.text(), context=st.text(max_size=20))
def test_every_text_comes_back(plain: str, context: str) -> None:
    assert secrets.decrypt(secrets.encrypt(plain, context=context), context=context) == plain


@pytest.mark.parametrize("position", [0, 2, 3, 14, 15, -1])
def test_a_changed_byte_is_noticed(position: int) -> None:
    sealed = bytearray(secrets.encrypt(PHONE, context="c"))
    sealed[position] ^= 0xFF
    with pytest.raises(Unreadable) as refused:
        secrets.decrypt(bytes(sealed), context="c")
    assert refused.value.code in {"secret.unreadable", "secret.key_missing"}


@pytest.mark.parametrize("sealed", [b"", b"\x01\x00\x01", b"\x01" * 30])
def test_what_is_not_sealed_is_refused(sealed: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        secrets.decrypt(sealed, context="c")
    assert refused.value.code == "secret.unreadable"


def test_a_value_cannot_be_moved_to_another_column() -> None:
    with pytest.raises(Unreadable) as refused:
        secrets.decrypt(secrets.encrypt(PHONE, context="person.phone"), context="person.address")
    assert refused.value.code == "secret.unreadable"


def test_keys_are_readable_by_their_owner_only(installation: Path) -> None:
    secrets.encrypt("x", context="c")
    secrets.match_hash("x", "kind")
    keys = installation / "keys"
    assert sorted(path.name for path in keys.iterdir()) == ["master-1", "match"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()} == {0o600}
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700


def test_two_first_uses_agree_on_one_key(installation: Path) -> None:
    path = installation / "keys" / "master-1"
    barrier = threading.Barrier(8)

    def create() -> None:
        barrier.wait()
        secrets._create(path, os.urandom(32).hex())

    threads = [threading.Thread(target=create) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.name for entry in path.parent.iterdir()] == ["master-1"]
    assert len(path.read_text()) == 64


def test_after_rotation_old_values_still_open_and_can_be_sealed_again(installation: Path) -> None:
    old = secrets.encrypt(PHONE, context="c")
    hashed = secrets.match_hash(PHONE, "phone")
    assert secrets.master_rotate() == 2
    new = secrets.encrypt(PHONE, context="c")
    assert (secrets.key_number(old), secrets.key_number(new)) == (1, 2)
    assert secrets.decrypt(old, context="c") == PHONE
    again = secrets.encrypt_again(old, context="c")
    assert again is not None
    assert secrets.key_number(again) == 2
    assert secrets.match_hash(PHONE, "phone") == hashed


def test_without_its_key_a_value_is_lost_and_says_so(tmp_path: Path, settings: Settings) -> None:
    secrets.master_rotate()
    secrets.master_rotate()
    sealed = secrets.encrypt(PHONE, context="c")
    settings.DATA = tmp_path / "other"
    with pytest.raises(Unreadable) as refused:
        secrets.decrypt(sealed, context="c")
    assert (refused.value.code, refused.value.facts) == ("secret.key_missing", {"number": 2})


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
def test_a_persons_key_opens_only_that_persons_values(cipher: str, settings: Settings) -> None:
    settings.CIPHER = cipher
    mine, yours = secrets.person_key_new(), secrets.person_key_new()
    sealed = secrets.encrypt_for(mine, "张三丰", context="journal")
    assert secrets.decrypt_for(mine, sealed, context="journal") == "张三丰"
    for key, code in [(yours, "secret.unreadable"), (None, "secret.destroyed"), (b"", "secret.destroyed")]:
        with pytest.raises(Unreadable) as refused:
            secrets.decrypt_for(key, sealed, context="journal")
        assert refused.value.code == code
    with pytest.raises(Unreadable):
        secrets.decrypt(sealed, context="journal")


@pytest.mark.parametrize(
    "same",
    [
        "100 1234 5678",
        "100-1234-5678",
        "+86 10012345678",
        "0086-10012345678",
        "１００１２３４５６７８",
        "10012345678.0",
    ],
)
def test_one_phone_has_one_hash_however_it_is_written(same: str) -> None:
    assert secrets.match_hash(same, "phone") == secrets.match_hash(PHONE, "phone")


def test_hashes_differ_by_value_kind_and_installation(tmp_path: Path, settings: Settings) -> None:
    hashed = secrets.match_hash(PHONE, "phone")
    assert len(hashed) == 32
    assert secrets.match_hash("10012345679", "phone") != hashed
    assert secrets.match_hash(PHONE, "wechat") != hashed
    settings.DATA = tmp_path / "other"
    assert secrets.match_hash(PHONE, "phone") != hashed
    with pytest.raises(InvalidInput) as refused:
        secrets.match_hash("  ", "phone")
    assert refused.value.code == "secret.empty"


def test_a_later_choice_of_cipher_does_not_change_hashes(tmp_path: Path, settings: Settings) -> None:
    hashed = secrets.match_hash(PHONE, "phone")
    settings.CIPHER = "sm4"
    secrets._match_key.cache_clear()
    assert secrets.match_hash(PHONE, "phone") == hashed
    settings.DATA = tmp_path / "other"
    assert len(secrets.match_hash(PHONE, "phone")) == 32
    assert (tmp_path / "other" / "keys" / "match").read_text().startswith("sm3 ")
