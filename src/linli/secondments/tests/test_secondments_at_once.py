"""At the same moment, in real threads on a database of their own: one place at a time, one confirmation a month."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers
from linli.secondments.models import Secondment
from linli.secondments.operations.months import month_confirm, month_state
from linli.secondments.operations.terms import secondment_begin
from linli.secondments.tests.serving import actor_for, ruled, sending
from linli.secondments.tests.test_months import FEBRUARY


def test_one_term_one_statement_and_one_confirmation(own_database: OwnDatabase) -> None:
    with clock.frozen("2026-03-11T10:00"):
        cast = neighbourhood()
        ruled()
        person = cast.posts["building_head"].person_id
        places = ("community", "second_community")
        begin = [
            partial(secondment_begin, actor=SYSTEM, sending=sending(cast, place, named=None, person_id=person))
            for place in places * 4
        ]
        assert answers(own_database.together(*begin)) == {"ok": 1, "secondment.overlap": 7}
        row = Secondment.objects.get()
        state = partial(month_state, actor=actor_for(row), secondment_id=row.pk, month=FEBRUARY, days=22)
        assert answers(own_database.together(*[state] * 5)) == {"ok": 1, "secondment_month.stated_already": 4}
        given = row.months.get()
        confirm = partial(month_confirm, actor=SYSTEM, month_id=given.pk)
        assert answers(own_database.together(*[confirm] * 5)) == {"ok": 1, "secondment_month.state": 4}
