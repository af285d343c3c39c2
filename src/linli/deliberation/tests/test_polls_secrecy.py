"""Given everything that the server keeps while a secret vote runs, nothing says what anybody chose.

The whole database with transaction ids and physical order, the write-ahead log, the journal, sessions, idempotency keys
and all log records: at most a voter is linked to a sealed ballot, and sealed ballots look all alike.
"""

import logging
import os
from typing import Final

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from linli.accounts.neighbourhood import Cast, neighbourhood
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.core.testing.fixtures import OwnDatabase
from linli.core.testing.plugin import TEST_CLUSTER
from linli.deliberation import sealing
from linli.deliberation.models import Elector, Poll, SealedBallot
from linli.deliberation.operations.ballots import ballot_cast
from linli.deliberation.operations.counting import poll_close
from linli.deliberation.tests.voting import (
    announced,
    begun,
    code_of,
    codes,
    opened,
    people,
    secret,
    sketch,
    when_over,
    while_open,
)
from linli.records.tests.test_import_pages import signed_in

VOTERS: Final = 12
TABLES: Final = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"


def everything() -> dict[str, str]:
    """Every row of every table as text, in its physical order and with the transaction that wrote it."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT xmin::text || ctid::text || to_jsonb(t)::text FROM "{table}" t ORDER BY t.ctid')
            found[table] = "\n".join(row for (row,) in cursor.fetchall())
        return found


def log_of_writing() -> bytes:
    """The write-ahead log of the whole cluster: what is committed stands in its files."""
    folder = TEST_CLUSTER / "pg" / "pg_wal"
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def by_transaction(table: str, column: str) -> list[str]:
    """The rows of a table in the order of their transactions: how somebody would link a mark to a ballot."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}"::text FROM "{table}" ORDER BY xmin::text::bigint')
        return [value for (value,) in cursor.fetchall()]


@pytest.fixture
def voted(
    own_database: OwnDatabase, settings: Settings, caplog: pytest.LogCaptureFixture
) -> tuple[Cast, Poll, list[str], str]:
    """A secret vote in which one voter alone is against, given through the page with every log switched on."""
    caplog.set_level(logging.DEBUG)
    settings.SECOND_FACTOR_REQUIRED = False
    cast = neighbourhood()
    poll, keys = opened(cast, secret(cast), people(VOTERS))
    printed = codes(cast, poll)
    address = reverse("public_polls:vote", args=[poll.pk])
    with while_open():
        for number, code in enumerate(printed):
            answer = Client().post(address, {"code": code, "choices": ["1" if number == 4 else "0"], "do": "vote"})
            assert answer.status_code == 200, answer.content.decode()
    return cast, poll, keys, caplog.text


def test_nothing_that_is_kept_says_what_a_voter_chose(voted: tuple[Cast, Poll, list[str], str]) -> None:
    _cast, _poll, keys, logged = voted
    tables = everything()
    marks = by_transaction("deliberation_pollmark", "elector_id")
    ballots = by_transaction("deliberation_sealedballot", "sealed")
    assert len(marks) == len(ballots) == VOTERS
    # Whoever links by order reaches sealed ballots, which have one length and share not one byte's place in common.
    contents = [bytes.fromhex(text.removeprefix("\\x")) for text in ballots]
    assert {len(content) for content in contents} == {sealing.SEALED}
    assert len(set(contents)) == VOTERS
    assert all(len({content[place] for content in contents}) > 1 for place in range(sealing.SEALED))
    # The row of a mark and that of a ballot know nothing of one another, of time or of order.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_name IN ('deliberation_pollmark', 'deliberation_sealedballot')"
        )
        columns = set(cursor.fetchall())
    assert columns == {
        ("deliberation_pollmark", "elector_id"),
        ("deliberation_pollmark", "poll_id"),
        ("deliberation_pollmark", "channel"),
        ("deliberation_sealedballot", "id"),
        ("deliberation_sealedballot", "poll_id"),
        ("deliberation_sealedballot", "sealed"),
        ("deliberation_sealedballot", "receipt"),
    }
    # What one would have to find: a ballot in the clear, or a counter's key in any writing.
    raw = [sealing.opened_key(words).private_bytes_raw() for words in keys]
    written = [text for words in keys for text in (words, words.replace(" ", ""))]
    whole = "\n".join(tables.values())
    wal = log_of_writing()
    assert contents[0] in wal, "the log that was read is not that of this vote"
    for secret_bytes in (sealing.MARK, *raw):
        assert secret_bytes.hex() not in whole
        assert secret_bytes not in wal
        assert secret_bytes.hex().encode() not in wal
    for text in written:
        assert text not in whole
        assert text.encode() not in wal
        assert text not in logged
    # No entry of the journal, key of a client or log record was made for a ballot.
    assert not Entry.objects.filter(operation__in=("poll.ballot", "poll.vote")).exists()
    assert tables["core_idempotencykey"] == ""
    assert "choices" not in logged
    assert '"choices"' not in whole


def test_a_secret_vote_opens_to_its_code_alone_and_an_account_leaves_no_trace(
    own_database: OwnDatabase, settings: Settings
) -> None:
    """Whoever may vote and is signed in votes by the code like everybody; the account is written nowhere beside it."""
    settings.SECOND_FACTOR_REQUIRED = False
    cast = neighbourhood()
    voter = cast.second_worker
    polls = [announced(cast, asked, people(6)) for asked in (secret(cast), sketch(cast, rule="majority"))]
    Elector.objects.filter(poll__in=polls, number=3).update(person=voter.person_id)
    hidden, named = (begun(cast, poll)[0] for poll in polls)
    code = codes(cast, hidden)[2]
    address = reverse("public_polls:vote", args=[hidden.pk])
    with while_open():
        assert code_of(lambda: ballot_cast(actor=voter, poll_id=hidden.pk, choices=[0])) == "poll.code"
        client = signed_in(cast, Client(), "second_worker")
        assert 'name="code"' in client.get(reverse("public_polls:poll", args=[hidden.pk])).content.decode()
        assert client.post(address, {"do": "vote", "choices": ["0"]}).status_code == 403
        before = everything()
        assert client.post(address, {"code": code, "choices": ["0"], "do": "vote"}).status_code == 200
        after = everything()
        assert {table for table in after if after[table] != before[table]} == {
            "deliberation_pollmark",
            "deliberation_sealedballot",
        }
        # By name the account is enough: there the voter is known anyway.
        assert ballot_cast(actor=voter, poll_id=named.pk, choices=[0]) == ""


def test_the_keys_of_one_counter_or_of_a_guess_open_nothing(voted: tuple[Cast, Poll, list[str], str]) -> None:
    _cast, poll, keys, _logged = voted
    sealed = bytes(SealedBallot.objects.first().sealed)  # type: ignore[union-attr, arg-type]
    first, second = map(sealing.opened_key, keys)
    guess = sealing.opened_key(sealing.new_key().words)
    for held in ((first, guess), (guess, second), (second, first), (second,)):
        with pytest.raises(DomainError) as caught:
            sealing.unseal(sealed, str(poll.pk), held)
        assert caught.value.code == "poll.ballot_broken"
    with pytest.raises(DomainError):
        sealing.unseal(sealed, "another poll", (first, second))
    assert sealing.unseal(sealed, str(poll.pk), (first, second)) in ((0,), (1,))


def test_after_the_count_not_even_sealed_ballots_are_left(voted: tuple[Cast, Poll, list[str], str]) -> None:
    cast, poll, keys, _logged = voted
    with when_over():
        counted = poll_close(actor=cast.community_worker, poll_id=poll.pk, words=keys)
    assert (counted.votes_for, counted.votes_against) == (VOTERS - 1, 1)
    tables = everything()
    assert '"sealed": "' not in tables["deliberation_sealedballot"]
    whole, wal = "\n".join(tables.values()), log_of_writing()
    for words in keys:
        assert sealing.opened_key(words).private_bytes_raw() not in wal
        assert words not in whole


def test_a_sealed_ballot_says_what_was_chosen_and_is_never_the_same_twice() -> None:
    keys = [sealing.new_key() for _counter in range(2)]
    public = [key.public for key in keys]
    opened_keys = [sealing.opened_key(key.words) for key in keys]
    for chosen in ((0,), (1, 3), (), (19,), tuple(range(20))):
        one, two = (sealing.seal(chosen, "7", public) for _time in range(2))
        assert one != two
        assert sealing.unseal(one, "7", opened_keys) == sealing.unseal(two, "7", opened_keys) == chosen
    flipped = bytearray(one)
    flipped[os.urandom(1)[0] % len(flipped)] ^= 1
    with pytest.raises(DomainError):
        sealing.unseal(bytes(flipped), "7", opened_keys)
