"""Streets at the same moment, in real threads: one network holds, and what is near is told once."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.circles.models import Reach, StreetNetwork
from linli.circles.operations.computing import circle_compute, circles_check
from linli.circles.operations.networks import network_bring
from linli.circles.tests.walked import brought, compound, shop
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers


def test_of_streets_that_lie_over_one_another_one_holds(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    place = compound(cast, "步行小区", (1, 30))
    calls = [
        partial(network_bring, actor=cast.actors[role], place_id=cast.places[where].pk, brought=brought())
        for role, where in (("system_administrator", "county"), ("street_officer", "street"))
        for _time in range(3)
    ]
    found = answers(own_database.together(*calls))
    assert found["ok"] == 1
    assert found["streets.same"] == 2
    assert found["streets.nested"] == 3
    row = StreetNetwork.objects.get()
    shop(cast, 2)
    compute = partial(circle_compute, actor=cast.street_officer, network_id=row.pk)
    assert answers(own_database.together(*[compute] * 3, *[circles_check] * 2)) == {"ok": 5}
    assert Reach.objects.get(place=place, kind="market").near == 30
