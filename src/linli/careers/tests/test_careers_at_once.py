"""One promotion is begun, and one appointment made of it, however many ask at one moment, in real threads."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.careers.models import Promotion, ReserveCandidate
from linli.careers.operations.promotions import promotion_appoint, promotion_step
from linli.careers.operations.reserves import reserve_approve
from linli.careers.tests.climbing import begun, nominated
from linli.core import clock
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers


def test_somebody_comes_one_rung_up_once(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    assert answers(own_database.together(*[partial(begun, cast)] * 6)) == {"ok": 1, "promotion.twice": 5}
    row, today, officer = Promotion.objects.get(), clock.today(), cast.street_officer
    promotion_step(actor=officer, promotion_id=row.pk, step="vetting", on=today)
    appoint = partial(promotion_appoint, actor=officer, promotion_id=row.pk, on=today)
    assert answers(own_database.together(*[appoint] * 6)) == {"ok": 1, "promotion.state": 5}
    assert Promotion.objects.filter(state="appointed").count() == 1
    reserve = nominated(cast)
    approve = partial(reserve_approve, actor=officer, reserve_id=reserve.pk)
    assert answers(own_database.together(*[approve] * 6)) == {"ok": 1, "reserve_candidate.state": 5}
    assert ReserveCandidate.objects.get().state == "held"
