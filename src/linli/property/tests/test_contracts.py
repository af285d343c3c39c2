"""Contracts as operations: their life, who keeps them, one mode at a time, who is asked for what follows."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.accounts.testing import Cast
from linli.bookings.tests.test_bookings import code_of
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import RuleBroken
from linli.core.models import Entry, WorkItem
from linli.property.models import Contract, Management
from linli.property.operations import contracts as operations
from linli.property.operations.saying import Mode, mode_say
from linli.property.queries.compounds import Wanted, listed
from linli.property.queries.gaps import Coverage, coverage, lacking, needed
from linli.property.tests.managed import contracted, courtyard, kinds_apply, terms
from linli.property.workflow import CONTRACT
from linli.territory.models import Place

pytestmark = pytest.mark.django_db


def conclude(cast: Cast, *compounds: Place, role: str = "community_worker", **more: Any) -> str:
    given = terms(cast, *compounds, **more)
    return code_of(operations.contract_conclude, actor=cast.actors[role], terms=given)


def say(cast: Cast, mode: str, since: date, place: Place | None = None, role: str = "community_worker") -> str:
    pk = (place or cast.places["compound"]).pk
    return code_of(mode_say, actor=cast.actors[role], compound_id=pk, mode=Mode(mode, since))


def mode_on(place: Place, day: date) -> str:
    return str(listed(SYSTEM, Wanted(), day).get(pk=place.pk).mode)


def history(place: Place) -> list[tuple[str, str, str]]:
    rows = Management.objects.filter(compound=place, void=False).order_by("since")
    return [(row.mode, f"{row.since}", f"{row.last or ''}") for row in rows]


def owed() -> list[tuple[int, int | None]]:
    items = WorkItem.objects.filter(kind="property.ending", subject_type="contract", ended=None)
    return list(items.order_by("pk").values_list("subject_id", "post_id"))


def test_the_life_of_a_contract_is_this_and_no_other() -> None:
    assert [(move.verb, move.frm, move.to) for move in CONTRACT.moves] == [
        ("expire", ("active",), "expired"),
        ("end", ("active",), "ended"),
        ("withdraw", ("active",), "withdrawn"),
    ]


def test_one_contract_covers_many_compounds_and_says_their_mode_while_it_runs(cast: Cast) -> None:
    kinds_apply()
    here, there = cast.places["compound"], courtyard(cast)
    row = contracted(cast, here, there, model="bundled")
    assert (row.state, row.place_id) == ("active", cast.places["community"].pk)
    assert list(row.managements.order_by("compound_id").values_list("buildings", flat=True)) == [None, 3]
    assert Entry.objects.filter(operation="contract.conclude", subject_id=row.pk).count() == 1
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [mode_on(there, day) for day in days] == ["unmanaged", "bundled", "bundled", "unmanaged"]
    assert [mode_on(here, day) for day in days] == ["", "bundled", "bundled", "unmanaged"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"model": "unmanaged"}, "contract.model"),
        ({"last": date(2025, 12, 31)}, "contract.span"),
        ({"model": "bundled"}, "contract.compounds"),
        ({"company_id": 0}, "contract.company"),
        ({"number": "9" * 65}, "contract.number"),
        ({"role": "outsider"}, "not_found"),
        ({"role": "property_handler"}, "not_found"),
        ({"role": "leader"}, "not_found"),
        ({"role": "street_officer"}, ""),
    ],
)
def test_a_contract_that_is_none_is_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    assert conclude(cast, **more) == code
    assert Contract.objects.count() == (not code)


def test_only_where_they_run_it_themselves_a_body_of_the_residents_manages(cast: Cast) -> None:
    party = cast.bodies["party"]
    type(party).objects.filter(pk=party.pk).update(type="self_government_body")
    assert conclude(cast, company_id=party.pk) == "contract.company"
    assert conclude(cast, company_id=party.pk, model="self_run") == ""


@pytest.mark.parametrize(
    ("since", "last", "code"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), ""),
        (date(2025, 1, 1), date(2026, 1, 1), "contract.overlap"),
        (date(2026, 6, 1), date(2026, 6, 30), "contract.overlap"),
        (date(2026, 12, 31), None, "contract.overlap"),
        (date(2027, 1, 1), None, ""),
        (date(2020, 1, 1), None, "contract.overlap"),
    ],
)
def test_a_compound_has_one_contract_at_a_time(cast: Cast, since: date, last: date | None, code: str) -> None:
    held = contracted(cast, number="HT-7")
    assert conclude(cast, since=since, last=last) == code
    row = Management(compound=cast.places["compound"], mode="self_run", since=since, last=last, said=clock.now())
    if code:
        # Also past the operations the database keeps it so; and the refusal names the other contract.
        with pytest.raises(IntegrityError, match="management_one_at_a_time"), transaction.atomic():
            row.save()
        with pytest.raises(RuleBroken) as refused:
            operations.contract_conclude(actor=cast.community_worker, terms=terms(cast, since=since, last=last))
        facts = refused.value.facts
        assert (facts["number"], facts["since"], facts["last"]) == (held.number, "2026-01-01", "2026-12-31")


def test_what_is_said_holds_until_something_else_begins(cast: Cast) -> None:
    here = cast.places["compound"]
    assert say(cast, "unmanaged", date(2020, 1, 1)) == ""
    assert say(cast, "unit_run", date(2022, 5, 1)) == ""
    row = contracted(cast, since=date(2026, 4, 1))
    assert history(here) == [
        ("unmanaged", "2020-01-01", "2022-04-30"),
        ("unit_run", "2022-05-01", "2026-03-31"),
        ("professional", "2026-04-01", "2026-12-31"),
    ]
    # Before it begins something else may still be said; it ends where the contract begins.
    assert say(cast, "self_run", date(2026, 2, 1)) == ""
    assert history(here)[-2:] == [
        ("self_run", "2026-02-01", "2026-03-31"),
        ("professional", "2026-04-01", "2026-12-31"),
    ]
    # Withdrawn, it never was: what was said holds on.
    withdraw = operations.contract_withdraw
    assert code_of(withdraw, actor=cast.outsider, contract_id=row.pk, reason="没谈成") == "not_found"
    assert code_of(withdraw, actor=cast.community_worker, contract_id=row.pk, reason=" ") == "contract.reason"
    assert code_of(withdraw, actor=cast.community_worker, contract_id=row.pk, reason="没谈成") == ""
    assert code_of(withdraw, actor=cast.community_worker, contract_id=row.pk, reason="没谈成") == "contract.state"
    assert history(here)[-1] == ("self_run", "2026-02-01", "")
    # What is said again of the same day replaces it.
    assert say(cast, "unit_run", date(2026, 2, 1)) == ""
    assert history(here)[-1] == ("unit_run", "2026-02-01", "")


@pytest.mark.parametrize(
    ("mode", "since", "role", "code"),
    [
        ("bundled", date(2026, 3, 1), "community_worker", "mode.unknown"),
        ("unmanaged", date(2026, 3, 3), "community_worker", "mode.future"),
        ("unmanaged", date(2026, 3, 2), "outsider", "not_found"),
        ("unmanaged", date(2026, 3, 2), "leader", "not_found"),
        ("unmanaged", date(2026, 3, 2), "property_handler", "not_found"),
        ("unmanaged", date(2026, 3, 2), "community_worker", "contract.overlap"),
        ("unmanaged", date(2025, 3, 2), "street_officer", ""),
    ],
)
def test_who_says_what_of_which_day(cast: Cast, mode: str, since: date, role: str, code: str) -> None:
    contracted(cast)
    assert say(cast, mode, since, role=role) == code


def test_it_ends_early_with_a_reason_and_nobody_manages_then(cast: Cast) -> None:
    here, row = cast.places["compound"], contracted(cast)
    end = operations.contract_end

    def ended(role: str, on: date, reason: str = "服务不达标") -> str:
        return code_of(end, actor=cast.actors[role], contract_id=row.pk, on=on, reason=reason)

    assert ended("property_handler", date(2026, 3, 31)) == "contract.not_yours"
    assert ended("outsider", date(2026, 3, 31)) == "not_found"
    assert [ended("secretary", on) for on in (date(2025, 12, 31), date(2026, 12, 31))] == ["contract.day"] * 2
    assert ended("secretary", date(2026, 3, 31), "") == "contract.reason"
    assert code_of(operations.contract_withdraw, actor=SYSTEM, contract_id=row.pk, reason="x") == "contract.begun"
    assert ended("secretary", date(2026, 3, 31)) == ""
    row.refresh_from_db()
    assert (row.state, row.last, row.ended) == ("ended", date(2026, 12, 31), date(2026, 3, 31))
    assert [mode_on(here, day) for day in (date(2026, 3, 31), date(2026, 4, 1))] == ["professional", "unmanaged"]
    assert conclude(cast, since=date(2026, 4, 1)) == ""
    assert ended("secretary", date(2026, 3, 30)) == "contract.state"


def test_a_contract_over_two_communities_is_kept_by_the_street(cast: Cast) -> None:
    other = courtyard(cast, where="second_community")
    assert conclude(cast, cast.places["compound"], other, model="bundled") == "not_found"
    row = contracted(cast, cast.places["compound"], other, role="street_officer", model="bundled")
    assert row.place_id == cast.places["street"].pk
    given = {"contract_id": row.pk, "on": date(2026, 3, 31), "reason": "合并"}
    assert code_of(operations.contract_end, actor=cast.community_worker, **given) == "contract.not_yours"
    assert code_of(operations.contract_end, actor=cast.street_officer, **given) == ""


def test_who_follows_is_asked_for_before_it_ends_until_it_is_said_of_all(cast: Cast) -> None:
    kinds_apply(warn_days=30)
    here, there = cast.places["compound"], courtyard(cast)
    row = contracted(cast, here, there, model="bundled")
    assert operations.contracts_check(day=date(2026, 11, 30)) == 0
    assert operations.contracts_check(day=date(2026, 12, 1)) == 1
    assert operations.contracts_check(day=date(2026, 12, 2)) == 1
    assert [pk for pk, post in owed() if post] == [row.pk]
    due = WorkItem.objects.get(kind="property.ending").due
    assert due is not None
    assert clock.day_of(due) == date(2026, 12, 31)
    # It is over, and still asked for.
    assert operations.contracts_check(day=date(2027, 1, 1)) == 1
    row.refresh_from_db()
    assert row.state == "expired"
    with clock.frozen("2027-01-05T10:00"):
        contracted(cast, here, since=date(2027, 1, 1), last=None)
        assert owed() != []
        assert say(cast, "unmanaged", date(2027, 1, 1), there) == ""
    assert owed() == []


@pytest.mark.parametrize(
    ("before", "percent", "wanted"), [(0, 100, 0), (9, 100, 9), (9, 90, 9), (10, 90, 9), (3, 50, 2), (1, 1, 1)]
)
def test_how_many_should_be_managed(before: int, percent: int, wanted: int) -> None:
    assert needed(before, percent) == wanted
    assert [Coverage(None, before, wanted - less, percent).short for less in (0, 1)] == [0, 1]


def test_who_falls_short_is_told_by_how_much(cast: Cast) -> None:
    kinds_apply(covered=50)
    small, big, other = courtyard(cast), courtyard(cast, "大院", households=300), courtyard(cast, "小院", households=20)
    courtyard(cast, "新村", kind="商品房")
    today = clock.today()
    whole, short = coverage(cast.community_worker, today)
    assert (whole.before, whole.managed, whole.short) == (3, 0, 2)
    assert [(item.community, item.short) for item in short] == [(cast.places["community"], 2)]
    lacks = [cast.places["compound"], other, small, big]
    assert list(lacking(cast.community_worker, today)) == [big, small, other, lacks[0]]
    contracted(cast, big)
    # What was said to be unmanaged once counts, whatever its kind.
    say(cast, "unmanaged", date(2020, 1, 1))
    contracted(cast)
    whole, short = coverage(cast.street_officer, today)
    assert (whole.before, whole.managed, whole.short, short) == (4, 2, 0, [])
    assert list(lacking(cast.street_officer, today)) == [small, other]
    assert coverage(cast.outsider, today)[0].before == 0


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 12))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), DAYS, st.integers(0, 4)), max_size=8))
def test_whatever_is_done_a_compound_has_one_mode_a_day(cast: Cast, wishes: list[tuple[bool, date, int]]) -> None:
    here = cast.places["compound"]
    Management.objects.filter(compound=here).delete()
    done = 0
    for by_contract, since, length in wishes:
        if by_contract:
            done += conclude(cast, since=since, last=since + timedelta(days=length)) == ""
        else:
            done += say(cast, "unit_run", since) == ""
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(20)]
    rows = list(Management.objects.filter(compound=here, void=False))
    for day in days:
        assert sum(row.since <= day and (row.last is None or row.last >= day) for row in rows) <= 1
    assert bool(rows) == bool(done)
    # Between what was said and what begins next nothing lies open.
    said = [row for row in rows if row.contract_id is None]
    starts = {row.since for row in rows}
    assert all(row.last is None or row.last + timedelta(days=1) in starts for row in said)
