"""Several desks at the same moment, in real threads on a database of their own: a member is registered once."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.core import clock
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers
from linli.members.models import DualRegistration
from linli.members.operations.registering import member_register
from linli.members.operations.turning_out import turn_outs_confirm
from linli.members.tests.registered import joining, own, registered, told


def test_a_member_registers_once_however_many_desks_ask(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    form = joining(cast, phone="10066667777")
    registered(cast, phone="10066667777")
    DualRegistration.objects.update(until=clock.today())
    ask = partial(member_register, actor=cast.community_worker, form=form, on_paper=True)
    assert answers(own_database.together(*[ask] * 4)) == {"ok": 1, "members.twice": 3}
    member = own(cast)
    row = told(cast.again("resident"), member)
    confirm = partial(turn_outs_confirm, actor=cast.community_worker, ids=[row.pk])
    assert answers(own_database.together(*[confirm] * 4)) == {"ok": 1, "turn_out.state": 3}
