"""The journal's chain: what is ready is sealed, what is changed behind its back is found."""

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from linli.core import cluster, journal, sealing
from linli.core.actors import SYSTEM
from linli.core.models import Entry, Seal
from linli.core.testing.fixtures import OwnDatabase


def write(count: int) -> None:
    for number in range(count):
        journal.write(SYSTEM, "test.write", ("thing", number), facts={"n": number})


def test_seals_follow_one_another(own_database: OwnDatabase) -> None:
    write(5)
    assert sealing.entries_seal(3, alone=True) == 3
    assert sealing.entries_seal(3, alone=True) == 2
    assert sealing.entries_seal(3, alone=True) == 0
    assert [seal.entries for seal in Seal.objects.order_by("id")] == [3, 2]
    assert sealing.first_broken() is None


def test_an_open_transaction_is_waited_for(own_database: OwnDatabase) -> None:
    """Other tests in the same cluster may hold sealing back further, but never let it run ahead."""
    write(1)
    with transaction.atomic():
        write(1)
        open_entry = Entry.objects.order_by("-id")[0].pk
        sealing.entries_seal()
        assert not Seal.objects.filter(last_entry__gte=open_entry).exists()
    while sealing.entries_seal(alone=True):
        pass
    assert sum(seal.entries for seal in Seal.objects.all()) == 2
    assert sealing.first_broken() is None


@pytest.mark.django_db
def test_the_database_refuses_to_change_an_entry() -> None:
    write(1)
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        Entry.objects.update(operation="test.other")
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_entry")


def test_a_forged_seal_breaks_the_chain(own_database: OwnDatabase) -> None:
    write(2)
    sealing.entries_seal(alone=True)
    last = Entry.objects.order_by("-id")[0].pk
    Seal.objects.create(
        sealed_at=Entry.objects.all()[0].at,
        first_entry=1,
        last_entry=last + 1,
        ranges=[[1, last]],
        entries=last,
        digest=b"forged",
    )
    broken = sealing.first_broken()
    assert broken is not None
    assert bytes(broken.digest) == b"forged"
    assert [finding.code for finding in sealing.check_chain()] == ["journal.chain_broken"]


def test_an_owner_who_tampers_with_an_entry_is_found_and_the_link_is_named(own_database: OwnDatabase) -> None:
    write(2)
    sealing.entries_seal(alone=True)
    first = Entry.objects.order_by("-id")[0].pk
    write(3)
    sealing.entries_seal(alone=True)
    assert list(sealing.check_chain()) == []
    forged = Entry.objects.order_by("-id")[1].pk
    assert forged > first
    with psycopg.connect(own_database.url.replace(f"//{cluster.APP}@", f"//{cluster.OWNER}@")) as owner:
        owner.execute("ALTER TABLE core_entry DISABLE TRIGGER USER")
        owner.execute("UPDATE core_entry SET actor = 'user:999' WHERE id = %s", [forged])
        owner.execute("ALTER TABLE core_entry ENABLE TRIGGER USER")
    broken = sealing.first_broken()
    assert broken is not None
    assert broken.first_entry <= forged <= broken.last_entry
    assert broken.first_entry > first
