"""Orders come in from a ledger once and silently; a menu too. What is kept here stays as it is."""

from datetime import date
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.core.models import WorkItem
from linli.orders.models import ServiceMenuItem, ServiceOrder
from linli.orders.operations.ledgers import item_record_many, order_record_many, orders_refused
from linli.orders.tests import ordered

pytestmark = pytest.mark.django_db


def test_orders_of_a_ledger_owe_nothing_and_are_rated(cast: Cast) -> None:
    place = cast.places["compound"].pk
    rows: list[dict[str, Any]] = [
        {"number": "DD1", "place": place, "asked": date(2023, 1, 9), "done": date(2023, 1, 12), "state": "done"},
        {"number": "DD2", "place": place, "asked": date(2023, 1, 10), "state": "accepted", "category": "repairs"},
    ]
    rows[0]["rating"] = "5"
    first = order_record_many(actor=SYSTEM, rows=rows)
    assert order_record_many(actor=SYSTEM, rows=rows) == first
    held = ServiceOrder.objects.in_bulk(first)
    assert [(held[pk].state, held[pk].rating) for pk in first] == [("rated", "5"), ("accepted", "")]
    assert not WorkItem.objects.filter(subject_type="order").exists()


def test_what_makes_no_sense_is_refused() -> None:
    rows: list[dict[str, Any]] = [
        {"asked": None},
        {"asked": date(2023, 7, 5), "done": date(2023, 7, 3)},
        {"asked": date(2023, 7, 5)},
    ]
    assert orders_refused(rows=rows) == {0: "order.undated", 1: "order.done_before_asked"}


def test_what_was_asked_for_here_stays_as_it_is(cast: Cast) -> None:
    row = ordered.asked(cast)
    sent = {"number": row.number, "place": row.place_id, "asked": date(2023, 1, 1), "state": "rated"}
    assert order_record_many(actor=SYSTEM, rows=[sent]) == [row.pk]
    row.refresh_from_db()
    assert (row.state, row.asked_on == date(2023, 1, 1)) == ("asked", False)


def test_a_menu_of_a_ledger_is_one_item_of_a_name(cast: Cast) -> None:
    place = cast.places["community"].pk
    sent = {"label": "理发", "place": place, "capacity": 5, "state": "published", "for_credit": True}
    first = item_record_many(actor=SYSTEM, rows=[sent])
    assert item_record_many(actor=SYSTEM, rows=[{**sent, "capacity": 8}]) == first
    assert ServiceMenuItem.objects.values_list("capacity", "for_credit").get() == (8, True)
