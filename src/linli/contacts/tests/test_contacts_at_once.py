"""The same visit written down, and the same contact assigned, at one moment: once, in real threads."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.contacts.models import Contact, Visit
from linli.contacts.tests.answered import answering, quotas_set, visited
from linli.core import clock
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers


def test_a_visit_and_a_contact_are_written_once(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    quotas_set()
    row = answering(cast)
    assert answers(own_database.together(*[partial(answering, cast, place="grid")] * 6)) == {
        "ok": 1,
        "contact.twice": 5,
    }
    again = partial(visited, cast.leader, row)
    assert answers(own_database.together(*[again] * 6)) == {"ok": 1, "visit.twice": 5}
    assert (Contact.objects.count(), Visit.objects.filter(on=clock.today()).count()) == (2, 1)
