"""Contracts from ledgers: several rows of one number, what is refused, what is here already, what is taken back."""

from datetime import date
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.core.models import WorkItem
from linli.property.models import Contract, Management
from linli.property.operations.ledgers import (
    management_record_many,
    managements_recognised,
    managements_refused,
    managements_remove,
)
from linli.property.operations.saying import Mode, mode_say
from linli.property.tests.managed import contracted, courtyard

pytestmark = pytest.mark.django_db


def row(cast: Cast, where: Any = None, **more: Any) -> dict[str, Any]:
    place = where or cast.places["compound"]
    given = {"number": "HT1", "place": place.pk, "mode": "bundled", "since": date(2022, 7, 1), "buildings": 5}
    return given | {"last": date(2025, 6, 30), "company": cast.bodies["property_company"].pk, "state": "active"} | more


def test_rows_of_one_number_are_one_contract_and_are_taken_back_whole(cast: Cast) -> None:
    here, there = cast.places["compound"], courtyard(cast, where="second_community")
    said = mode_say(actor=SYSTEM, compound_id=here.pk, mode=Mode("unit_run", date(2010, 1, 1)))
    rows = [row(cast, here), row(cast, there), row(cast, there, number="HT2", since=date(2025, 7, 1), last=None)]
    assert managements_refused(rows=rows) == {}
    ids = management_record_many(actor=SYSTEM, rows=rows)
    first, second = Contract.objects.order_by("pk")
    assert (first.managements.count(), first.place_id) == (2, cast.places["street"].pk)
    assert second.number == "HT2"
    assert second.last is None
    said.refresh_from_db()
    assert said.last == date(2022, 6, 30)
    assert managements_recognised(rows=rows) == dict(enumerate(ids))
    assert not WorkItem.objects.filter(kind="property.ending").exists()
    managements_remove(actor=SYSTEM, ids=ids)
    assert Management.objects.get(pk=said.pk).last is None
    assert (Contract.objects.count(), Management.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"since": date(2027, 1, 1), "last": None}, ""),
        ({"since": date(2026, 12, 31), "last": None}, "property_contract.overlap"),
        ({"since": date(2026, 1, 1), "last": date(2026, 12, 31)}, "property_contract.overlap"),
        ({"since": date(2026, 1, 1), "last": date(2026, 12, 31), "number": "HERE"}, ""),
        ({"state": "ended", "last": None}, "property_contract.no_end"),
        ({"place": None}, "property_contract.compound"),
        ({"number": "", "company": None, "mode": "unit_run", "last": None}, ""),
    ],
)
def test_rows_that_are_none_are_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    contracted(cast, number="HERE")
    assert managements_refused(rows=[row(cast) | more]) == ({0: code} if code else {})
    if not code:
        known = managements_recognised(rows=[row(cast) | more])
        management_record_many(actor=SYSTEM, rows=[row(cast) | more | {"id": known.get(0)}])


def test_two_rows_of_one_file_do_not_lie_in_the_same_time(cast: Cast) -> None:
    rows = [
        row(cast),
        row(cast, number="HT2", since=date(2025, 6, 30)),
        row(cast, number="HT3", since=date(2025, 7, 1)),
    ]
    rows[2]["last"] = None
    assert managements_refused(rows=rows) == {1: "property_contract.overlap"}
