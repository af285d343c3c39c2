"""Service for service (VOL-11): what time given earns, what asking sets aside, takes and frees."""

from typing import Any

import pytest
from django.test import Client

from linli.accounts.models import User
from linli.accounts.neighbourhood import Cast as Neighbours
from linli.accounts.queries import actor_of
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import DomainError
from linli.orders.models import OrderOffer, ServiceMenuItem, ServiceOrder
from linli.orders.operations import asking, dispatching, finishing, menu
from linli.orders.tests import ordered
from linli.organizations.models import Person
from linli.points.models import Hold
from linli.points.operations.earning import credit_give
from linli.points.operations.posting import expire_holds
from linli.points.queries import balance_of, credit_of
from linli.points.tests.ledger import proof
from linli.points.values import Source
from linli.points.workflow import HOURS
from linli.records.operations.profiles import content_apply
from linli.records.tests.test_import_pages import BACKEND

pytestmark = pytest.mark.django_db


def for_service(on: bool = True) -> None:
    """The place has service for service, or not."""
    content_apply(actor=SYSTEM, content=lambda held: {**held, "orders": {"service_for_service": on}})


def giver(cast: Neighbours, minutes: int = 100) -> Actor:
    """Somebody with an account who gave so much time before."""
    person = Person.objects.create(name="巧姐", created=clock.now())
    actor = actor_of(User.objects.create(username=f"g{person.pk}", person=person, joined=clock.now()))
    place = cast.places["community"].pk
    source = Source("service_record", f"g{person.pk}")
    credit_give(actor=SYSTEM, person_id=person.pk, source=source, day=clock.today(), place_id=place, minutes=minutes)
    return actor


def item(cast: Neighbours, **values: Any) -> ServiceMenuItem:
    return ordered.on_menu(cast, **{"for_credit": True, "minutes": 60, **values})


def ask(cast: Neighbours, actor: Actor, dish: ServiceMenuItem) -> ServiceOrder:
    return asking.order_ask(actor=actor, wish=ordered.wish(cast, item_id=dish.pk))


def accepted(cast: Neighbours, row: ServiceOrder) -> tuple[OrderOffer, Actor]:
    """Offered to a volunteer, who accepted."""
    someone, taker = ordered.volunteer(cast, "community")
    dispatching.order_dispatch(actor=SYSTEM, order_id=row.pk, people={someone.person_id: "volunteer"})
    offer = row.offers.get(person=someone.person)
    dispatching.order_accept(actor=taker, offer_id=offer.pk)
    return offer, taker


def code_of(operation: Any, **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def test_who_served_may_ask_for_as_much_by_the_attested_record(cast: Cast) -> None:
    for_service()
    row, taker = ordered.finished(cast)
    assert credit_of(taker.person_id) == 0
    row = finishing.order_confirm(actor=SYSTEM, order_id=row.pk, minutes=80)
    assert (credit_of(taker.person_id), balance_of(HOURS, taker.person_id)) == (80, 80)
    # Where the place has no service for service, hours are written down and nothing may be asked for.
    for_service(False)
    row, taker = ordered.finished(cast)
    finishing.order_confirm(actor=SYSTEM, order_id=row.pk, minutes=80)
    assert (credit_of(taker.person_id), balance_of(HOURS, taker.person_id)) == (0, 80)
    proof()


def test_asking_sets_aside_and_done_takes_at_most_that(cast: Cast) -> None:
    for_service()
    asker, dish = giver(cast), item(cast)
    for minutes, left in ((90, 40), (25, 15)):
        before = credit_of(asker.person_id)
        row = ask(cast, asker, dish) if before >= 60 else ask(cast, asker, item(cast, label="短时", minutes=40))
        assert credit_of(asker.person_id) == before - (60 if before >= 60 else 40)
        offer, taker = accepted(cast, row)
        finishing.order_finish(actor=taker, offer_id=offer.pk, minutes=minutes)
        assert credit_of(asker.person_id) == left
    proof()


def test_certified_hours_never_fall(cast: Cast) -> None:
    for_service()
    row, taker = ordered.finished(cast)
    finishing.order_confirm(actor=SYSTEM, order_id=row.pk, minutes=90)
    wanted = ask(cast, taker, item(cast))
    offer, other = accepted(cast, wanted)
    finishing.order_finish(actor=other, offer_id=offer.pk, minutes=60)
    finishing.order_confirm(actor=SYSTEM, order_id=wanted.pk, minutes=60)
    assert (credit_of(taker.person_id), balance_of(HOURS, taker.person_id)) == (30, 90)
    assert (credit_of(other.person_id), balance_of(HOURS, other.person_id)) == (60, 60)
    proof()


def test_who_has_not_enough_is_refused(cast: Cast) -> None:
    for_service()
    asker, dish = giver(cast, 59), item(cast)
    wish = ordered.wish(cast, item_id=dish.pk)
    assert code_of(asking.order_ask, actor=asker, wish=wish) == "order.no_credit"
    # Who never gave anything gets no account by asking.
    assert code_of(asking.order_ask, actor=cast.resident, wish=wish) == "order.no_credit"
    assert balance_of(HOURS, cast.resident.person_id) is None
    # Time that one gave is asked for by oneself, and nobody else can spend it.
    by_desk = ordered.wish(cast, item_id=dish.pk, door="phone")
    assert code_of(asking.order_write_down, actor=SYSTEM, wish=by_desk) == "order.no_credit"
    assert (ServiceOrder.objects.count(), Hold.objects.count(), credit_of(asker.person_id)) == (0, 0, 59)


def test_what_is_set_aside_cannot_be_asked_for_again(cast: Cast) -> None:
    for_service()
    asker, dish = giver(cast, 100), item(cast)
    row = ask(cast, asker, dish)
    wish = ordered.wish(cast, item_id=dish.pk)
    assert code_of(asking.order_ask, actor=asker, wish=wish) == "order.no_credit"
    finishing.order_cancel(actor=asker, order_id=row.pk)
    assert credit_of(asker.person_id) == 100
    ask(cast, asker, dish)
    proof()


@pytest.mark.parametrize("end", ["refuse", "fail", "cancel", "cancel_for"])
def test_what_will_not_be_done_is_free_again(cast: Cast, end: str) -> None:
    for_service()
    asker = giver(cast)
    row = ask(cast, asker, item(cast))
    assert credit_of(asker.person_id) == 40
    if end == "refuse":
        finishing.order_refuse(actor=SYSTEM, order_id=row.pk, reason="暂无人手")
    elif end == "fail":
        accepted(cast, row)
        finishing.order_fail(actor=SYSTEM, order_id=row.pk, reason="家中无人")
    elif end == "cancel":
        finishing.order_cancel(actor=asker, order_id=row.pk)
    else:
        finishing.order_cancel_for(actor=SYSTEM, order_id=row.pk, reason="来电取消")
    assert (credit_of(asker.person_id), Hold.objects.get().state) == (100, "voided")
    proof()


def test_what_is_confirmed_for_less_gives_the_rest_back(cast: Cast) -> None:
    for_service()
    asker = giver(cast)
    row = ask(cast, asker, item(cast))
    offer, taker = accepted(cast, row)
    finishing.order_finish(actor=taker, offer_id=offer.pk, minutes=60)
    finishing.order_confirm(actor=SYSTEM, order_id=row.pk, minutes=45)
    assert (credit_of(asker.person_id), credit_of(taker.person_id)) == (55, 45)
    proof()


def test_an_order_opened_again_costs_once(cast: Cast) -> None:
    for_service()
    asker, dish = giver(cast), item(cast)
    row = ask(cast, asker, dish)
    offer, taker = accepted(cast, row)
    finishing.order_finish(actor=taker, offer_id=offer.pk, minutes=50)
    finishing.order_reopen(actor=asker, order_id=row.pk)
    # What was taken is set aside anew, and freed where the order ends after all.
    assert (credit_of(asker.person_id), [hold.state for hold in Hold.objects.order_by("pk")]) == (
        50,
        ["posted", "held"],
    )
    finishing.order_cancel(actor=asker, order_id=row.pk)
    assert credit_of(asker.person_id) == 100
    row = ask(cast, asker, dish)
    offer, taker = accepted(cast, row)
    finishing.order_finish(actor=taker, offer_id=offer.pk, minutes=60)
    finishing.order_confirm(actor=SYSTEM, order_id=row.pk, minutes=30)
    finishing.order_reopen(actor=SYSTEM, order_id=row.pk)
    offer, other = accepted(cast, row)
    finishing.order_finish(actor=other, offer_id=offer.pk, minutes=20)
    finishing.order_confirm(actor=SYSTEM, order_id=row.pk, minutes=20)
    assert [credit_of(who.person_id) for who in (asker, taker, other)] == [70, 30, 20]
    proof()


def test_an_order_whose_reservation_ran_out_is_still_done(cast: Cast) -> None:
    for_service()
    asker = giver(cast)
    row = ask(cast, asker, item(cast))
    offer, taker = accepted(cast, row)
    Hold.objects.update(until=clock.now())
    assert expire_holds() == 1
    finishing.order_finish(actor=taker, offer_id=offer.pk, minutes=60)
    assert credit_of(asker.person_id) == 100
    proof()


def test_only_a_place_that_has_it_asks_for_it(cast: Cast) -> None:
    dish = item(cast)
    assert dish.for_credit is False
    for_service()
    wanted = ordered.dish(cast, for_credit=True)
    dish = menu.item_change(actor=SYSTEM, item_id=dish.pk, version=dish.version, dish=wanted)
    assert dish.for_credit is True
    for_service(False)
    row = ask(cast, cast.resident, dish)
    assert row.hold_id is None


def test_the_pages_say_what_it_costs_and_what_is_left(cast: Cast) -> None:
    for_service()
    asker, dish = giver(cast, 90), item(cast)
    client = Client()
    client.force_login(User.objects.get(username=f"g{asker.person_id}"), backend=BACKEND)
    code = cast.places["community"].code
    # The person and the amounts stand there in numbers: sixty of the ninety minutes.
    assert "60" in client.get(f"/public/menu/{code}/").content.decode()
    page = client.get(f"/orders/ask/{code}/?item={dish.pk}")
    assert (page.context["cost"], page.context["left"]) == (60, 90)
    ask(cast, asker, dish)
    page = client.get(f"/orders/ask/{code}/?item={dish.pk}")
    assert (page.context["left"], "alert-warning" in page.content.decode()) == (30, True)
    assert client.get("/orders/mine/").context["left"] == 30
    for_service(False)
    assert client.get("/orders/mine/").context["left"] is None
