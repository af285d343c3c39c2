"""One promotion begun, one appointment of it, as many posts as were chosen, however many ask at once, in threads."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.careers.models import Promotion, ReserveCandidate
from linli.careers.operations.promotions import promotion_appoint, promotion_step, round_close
from linli.careers.operations.reserves import reserve_approve
from linli.careers.tests.climbing import begun, nominated, opened
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment, post_appoint


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
    hired = round_close(actor=SYSTEM, round_id=opened(cast, rung="worker").pk, applicants=9, chosen=2)
    place = cast.places["second_community"].pk
    give = [
        partial(
            post_appoint,
            actor=officer,
            appointment=Appointment("community_worker", place, named=Named(f"新进{n}"), round_id=hired.pk),
        )
        for n in range(6)
    ]
    assert answers(own_database.together(*give)) == {"ok": 2, "post.round_full": 4}
    assert hired.given.count() == 2
