"""To whom an order is offered: each reason in words, in a fair order, and nothing that punishes."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.members.tests.registered import member_of
from linli.orders.models import OrderOffer
from linli.orders.operations.dispatching import order_decline, order_dispatch
from linli.orders.queries.suggesting import suggested
from linli.orders.tests import ordered
from linli.organizations.models import Person

pytestmark = pytest.mark.django_db


def names(row: Any) -> list[str]:
    return [item.name for item in suggested(row)]


def in_hand(cast: Cast, person: Person, count: int = 1, days_ago: int = 0, over: bool = False) -> None:
    """Orders that somebody accepted."""
    for _number in range(count):
        row = ordered.written_down(cast)
        row.state = "done" if over else "accepted"
        row.save()
        at = clock.now() - timedelta(days=days_ago)
        OrderOffer.objects.create(
            order=row, person=person, taken_as="volunteer", answer="accepted", offered=at, answered=at
        )


def test_skill_comes_first_then_nearness_then_time(cast: Cast) -> None:
    ordered.volunteer(cast, "street", "街道会修", skills=["electric"])
    ordered.volunteer(cast, "second_community", "邻社区会修", skills=["electric"])
    ordered.volunteer(cast, "community", "本社区会修没空", skills=["electric"], times=["weekend_morning"])
    ordered.volunteer(cast, "community", "本社区会修有空", skills=["electric"], times=["weekday_evening"])
    ordered.volunteer(cast, "compound", "同小区不会", skills=["law"])
    ordered.volunteer(cast, "far_community", "外街道会修", skills=["electric"])
    ordered.volunteer(cast, "community", "停了的", skills=["electric"], state="paused")
    row = ordered.asked(cast, wanted_time="weekday_evening")
    found = names(row)
    assert found[:2] == ["本社区会修有空", "本社区会修没空"]
    assert set(found[2:4]) == {"街道会修", "邻社区会修"}
    assert found[4:] == ["同小区不会"]
    first, second = suggested(row)[:2]
    assert first.role == "volunteer"
    assert len(first.reasons) == len(second.reasons) == 5
    assert first.reasons != second.reasons


def test_who_has_much_in_hand_comes_later_and_the_longest_without_one_first(cast: Cast) -> None:
    people = {name: ordered.volunteer(cast, "community", name)[0].person for name in ("甲一", "乙二", "丙三", "丁四")}
    in_hand(cast, people["甲一"], 2)
    in_hand(cast, people["乙二"], days_ago=10, over=True)
    in_hand(cast, people["丙三"], days_ago=30, over=True)
    assert names(ordered.asked(cast)) == ["丁四", "丙三", "乙二", "甲一"]


def test_what_was_declined_does_not_count_but_nobody_is_asked_twice(cast: Cast) -> None:
    first, actor = ordered.volunteer(cast, "community", "甲一")
    second, _actor = ordered.volunteer(cast, "community", "乙二")
    row = ordered.asked(cast)
    people = {first.person_id: "volunteer", second.person_id: "volunteer"}
    for _number in range(3):
        earlier = ordered.asked(cast)
        order_dispatch(actor=SYSTEM, order_id=earlier.pk, people=people)
        order_decline(actor=actor, offer_id=earlier.offers.get(person=first.person).pk)
    by_name = {item.name: item.reasons for item in suggested(row)}
    assert by_name["甲一"] == by_name["乙二"]
    order_dispatch(actor=SYSTEM, order_id=row.pk, people={first.person_id: "volunteer"})
    order_decline(actor=actor, offer_id=row.offers.get().pk)
    assert names(row) == ["乙二"]


def test_party_members_who_reported_in_are_suggested_together_with_volunteers(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ordered.volunteer(cast, "community", "志愿者")
    member = Person.objects.create(name="报到党员", created=clock.now())
    member_of(member, cast.places["community"])
    row = ordered.asked(cast)
    with django_assert_max_num_queries(6):
        found = {item.name: item.role for item in suggested(row)}
    assert found == {"志愿者": "volunteer", "报到党员": "member"}
