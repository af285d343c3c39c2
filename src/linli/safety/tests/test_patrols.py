"""Patrols: the roster, who leads and reports, numbers and never names, the rule as a table, ledgers."""

from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.testing import Cast
from linli.cases.models import Case
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.records.operations.profiles import content_apply
from linli.safety.models import Hazard, PatrolShift
from linli.safety.operations import patrols
from linli.safety.operations.hazards import Found
from linli.safety.operations.ledgers import patrol_record_many, patrols_refused
from linli.safety.queries import Gap, gaps_of, shortfalls
from linli.safety.sections import Patrols
from linli.safety.tests.secured import CAME, planned, walked
from linli.safety.workflow import FORCES, REPORT_OWED

pytestmark = pytest.mark.django_db
RULE = {"least": {"committee": 1, "property": 1}, "most": {"property": 2}}


def refusal(call: Callable[[], Any]) -> str:
    """The code of what is refused."""
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"stops": []}, "patrol_shift.stops"),
        ({"on": date(2025, 12, 1)}, "patrol_shift.day"),
        ({"on": date(2027, 3, 2)}, "patrol_shift.day"),
        ({"ends": time(19)}, "patrol_shift.hours"),
        ({"weeks": 27}, "patrol_shift.weeks"),
        ({"team_id": 987654321}, "patrol_shift.team"),
    ],
)
def test_what_is_no_roster_is_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    assert refusal(lambda: planned(cast, **more)) == code
    elsewhere = cast.places["far_compound"].pk
    assert refusal(lambda: planned(cast, stops=[elsewhere])) == "patrol_shift.stops"
    # The head of a grid is no member of the two committees.
    assert refusal(lambda: planned(cast, lead_id=cast.posts["grid_worker"].pk)) == "patrol_shift.lead"


@pytest.mark.parametrize("role", ["outsider", "grid_worker", "leader", "resident", "property_handler"])
def test_nobody_else_plans_or_reports(cast: Cast, role: str) -> None:
    actor = cast.actors[role]
    assert refusal(lambda: planned(cast, actor)) == "not_found"
    row = planned(cast)
    report = partial(patrols.patrol_report, actor=actor, shift_id=row.pk, came=CAME)
    assert refusal(report) in ("not_found", "safety.not_yours")


def test_who_leads_owes_each_patrol_until_it_is_written_down(cast: Cast) -> None:
    lead = cast.posts["secretary"]
    row = planned(cast, lead_id=lead.pk, weeks=3)
    owed = WorkItem.objects.filter(kind=REPORT_OWED, ended=None, post_id=lead.pk).order_by("due")
    assert [clock.day_of(item.due) for item in owed if item.due] == [date(2026, 3, d) for d in (3, 10, 17)]
    later = PatrolShift.objects.latest("on")
    report = partial(patrols.patrol_report, actor=cast.secretary, came=CAME)
    assert refusal(partial(report, shift_id=later.pk)) == "patrol_shift.early"
    report(shift_id=row.pk)
    assert refusal(partial(report, shift_id=row.pk)) == "patrol_shift.state"
    cancel = partial(patrols.patrol_cancel, actor=cast.secretary, shift_id=later.pk)
    assert refusal(partial(cancel, reason=" ")) == "patrol_shift.reason"
    cancel(reason="大雪")
    assert owed.all().count() == 1


@pytest.mark.parametrize(
    ("came", "found", "code"),
    [
        ({"committee": -1}, "", "patrol_shift.numbers"),
        ({"grid": 100}, "", "patrol_shift.numbers"),
        (dict.fromkeys(CAME, 0), "", "patrol_shift.numbers"),
        ({}, "身份证11010519491231002X的人", "safety.person"),
        ({}, "长" * 501, "patrol_shift.found"),
    ],
)
def test_numbers_are_written_and_nothing_of_persons(cast: Cast, came: dict[str, int], found: str, code: str) -> None:
    row = planned(cast)
    given: Any = {"actor": cast.community_worker, "shift_id": row.pk, "came": CAME | came, "found": found}
    assert refusal(lambda: patrols.patrol_report(**given)) == code
    assert PatrolShift.objects.get(pk=row.pk).state == "planned"
    with pytest.raises(IntegrityError, match="patrol_shift_numbers"), transaction.atomic():
        PatrolShift.objects.filter(pk=row.pk).update(state="reported")


@pytest.mark.parametrize(
    ("came", "gaps"),
    [
        ({}, []),
        ({"property": 2}, []),
        ({"property": 0}, [("property", 1, True)]),
        ({"property": 4}, [("property", 2, False)]),
        ({"committee": 0, "property": 0}, [("committee", 1, True), ("property", 1, True)]),
    ],
)
def test_who_falls_short_of_the_rule_and_by_how_much(
    cast: Cast, came: dict[str, int], gaps: list[tuple[str, int, bool]]
) -> None:
    """S3-043: one or two of the property staff of each compound, led by a member of the two committees."""
    content_apply(actor=SYSTEM, content=lambda held: {**held, "safety": {"patrols": RULE}})
    walked(cast, came={"property": 0})
    row = walked(cast, came=came)
    assert row.forces == sum(bool(number) for number in (CAME | came).values())
    names = {gap.force: gap for gap in gaps_of(row, Patrols.model_validate(RULE))}
    told = {str(label): code for code, label in FORCES}
    assert [(told[str(name)], gap.by, gap.missing) for name, gap in names.items()] == gaps
    # The latest patrol of a place is what counts, and only for those who see it.
    assert [short.row.pk for short in shortfalls(cast.community_worker)] == ([row.pk] if gaps else [])
    assert shortfalls(cast.outsider) == []


def test_of_a_force_that_is_not_to_come_each_is_one_too_many() -> None:
    assert (Gap("", 2, 0, 0).by, Gap("", 2, 3, 3).by, Gap("", 5, 3, 3).by) == (2, 1, 2)


def test_what_a_patrol_finds_is_a_hazard(cast: Cast) -> None:
    row, place = planned(cast), cast.places["compound"].pk
    find = partial(patrols.patrol_find, actor=cast.community_worker, shift_id=row.pk)
    found = Found("井盖松动", "serious")
    assert refusal(partial(find, place_id=place, found=found)) == "patrol_shift.not_walked"
    row = walked(cast)
    find = partial(patrols.patrol_find, actor=cast.community_worker, shift_id=row.pk)
    assert refusal(partial(find, place_id=cast.places["far_compound"].pk, found=found)) == "patrol_shift.stops"
    assert refusal(partial(find, place_id=place, found=Found("井盖", "deadly"))) == "hazard.severity"
    assert refusal(partial(find, place_id=place, found=Found(" ", "serious"))) == "hazard.text"
    hazard = find(place_id=place, found=found)
    case = Case.objects.get(pk=hazard.case_id)
    assert (case.kind, case.source, case.urgency, Hazard.objects.count()) == ("hazard", "inspection", "urgent", 1)


def test_patrols_of_a_ledger_are_taken_in_as_numbers(cast: Cast) -> None:
    place = cast.places["compound"].pk
    row = {"place": place, "on": date(2023, 7, 12), "state": "reported", **CAME, "owners": 0}
    odd = [{**row, "place": None}, {**row, **dict.fromkeys(CAME, 0)}, {**row, "grid": 1000}]
    assert patrols_refused(rows=[row, *odd]) == {
        1: "patrol_shift.no_place",
        2: "patrol_shift.numbers",
        3: "patrol_shift.numbers",
    }
    (pk,) = patrol_record_many(actor=SYSTEM, rows=[row])
    assert patrol_record_many(actor=SYSTEM, rows=[{"id": pk, "place": place, "owners": 2}]) == [pk]
    held = PatrolShift.objects.get(pk=pk)
    assert (held.forces, held.owners, held.state, held.stops.count()) == (5, 2, "reported", 0)
    assert not WorkItem.objects.filter(kind=REPORT_OWED).exists()
