"""Trainers at the same moment, in real threads on a database of their own: the last seat goes to exactly one."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.core import clock
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers
from linli.workforce.models import TrainingAttendance
from linli.workforce.operations.training import attendance_record
from linli.workforce.tests.trained import DAY, person, planned, shown


def test_the_last_seat_goes_to_one_and_a_number_to_one(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    session = planned(cast, since=clock.today() + DAY, capacity=1)
    roles = ("community_worker", "second_worker", "secretary")
    calls = [
        partial(
            attendance_record,
            actor=cast.street_officer,
            session_id=session.pk,
            outcomes={person(cast, roles[number % 3]): "named"},
        )
        for number in range(9)
    ]
    found = answers(own_database.together(*calls))
    assert TrainingAttendance.objects.count() == 1
    # Whoever names the same person again changes nothing.
    assert found == {"ok": 3, "training.full": 6}
    twice = [partial(shown, cast, role) for role in roles]
    found = answers(own_database.together(*twice))
    assert found == {"ok": 1, "credential.number_taken": 2}
