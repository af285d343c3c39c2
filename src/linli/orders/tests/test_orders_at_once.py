"""Orders at the same moment, in real threads on a database of their own: one taker, no order above the capacity."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.core.actors import SYSTEM
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers
from linli.orders.models import ServiceOrder
from linli.orders.operations.asking import order_ask, order_write_down
from linli.orders.operations.dispatching import order_accept, order_dispatch
from linli.orders.tests import ordered
from linli.orders.tests.test_crediting import for_service, giver, item
from linli.points.queries import credit_of
from linli.points.tests.ledger import proof


def test_several_accept_and_one_takes_it(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    row = ordered.asked(cast)
    people = [ordered.volunteer(cast, name=f"尤志愿{at}") for at in range(4)]
    roles = {someone.person_id: "volunteer" for someone, _actor in people}
    order_dispatch(actor=SYSTEM, order_id=row.pk, people=roles)
    offers = dict(row.offers.values_list("person_id", "pk"))
    calls = [partial(order_accept, actor=actor, offer_id=offers[one.person_id]) for one, actor in people]
    assert answers(own_database.together(*calls)) == {"ok": 1, "order.taken": 3}
    assert sorted(row.offers.values_list("answer", flat=True)) == ["accepted", "lapsed", "lapsed", "lapsed"]


def test_twenty_clients_order_what_three_may_have(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    item = ordered.on_menu(cast, capacity=3)
    wish = ordered.wish(cast, item_id=item.pk, door="phone")
    calls = [partial(order_write_down, actor=SYSTEM, wish=wish)] * 20
    assert answers(own_database.together(*calls)) == {"ok": 3, "order.full": 17}
    assert ServiceOrder.objects.filter(item=item).count() == 3


def test_the_last_time_that_one_gave_is_asked_for_once(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    for_service()
    asker, dish = giver(cast, 60), item(cast)
    wish = ordered.wish(cast, item_id=dish.pk)
    calls = [partial(order_ask, actor=asker, wish=wish)] * 8
    assert answers(own_database.together(*calls)) == {"ok": 1, "order.no_credit": 7}
    assert (ServiceOrder.objects.count(), credit_of(asker.person_id)) == (1, 0)
    proof()
