"""Merged and split communities, redrawn grids and merged bodies: open matters go along, ended ones stay."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from linli.cases.events import Moved, case_moved
from linli.cases.models import Case
from linli.cases.operations.dispatching import case_reassign, case_take
from linli.cases.operations.screening import case_hand_up
from linli.cases.tests.town import Town, actor, body, create_for, place, registered
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.organizations.operations.bodies import organization_end
from linli.territory.models import Place
from linli.territory.operations.communities import Part, communities_merge, community_split
from linli.territory.operations.places import Sketch, place_end

ON = date(2026, 3, 10)


def again(case_id: int) -> Case:
    """The matter as it stands now."""
    return Case.objects.get(pk=case_id)


def test_open_matters_follow_a_merged_community_and_closed_ones_stay(town: Town) -> None:
    other = place("福外社区", town.street, level="community", code="529901001002")
    open_one = registered(town, place_id=town.community.pk).case_id
    closed = create_for(town, "closed", place_id=town.community.pk).pk
    communities_merge(actor=SYSTEM, places=[town.community.pk], into=other.pk, on=ON)
    assert again(open_one).place_id == other.pk
    assert again(closed).place_id == town.community.pk
    items = WorkItem.objects.filter(subject_type="case", subject_id=open_one, ended=None)
    assert set(items.values_list("place_id", flat=True)) == {other.pk}
    told = Entry.objects.filter(operation="case.follow_place").values_list("subject_id", flat=True)
    assert list(told) == [open_one]


def test_a_split_community_gives_matters_to_the_part_that_has_their_grid(town: Town) -> None:
    second = place("第二网格", town.community, "grid")
    ids = [registered(town, place_id=town.community.pk).case_id for _number in range(3)]
    Case.objects.filter(pk=ids[0]).update(grid=town.grid)
    Case.objects.filter(pk=ids[1]).update(grid=second)
    Case.objects.filter(pk=ids[2]).update(grid=None)
    parts = [
        Part(Sketch("division", "福东社区", "529901001008", "community"), (town.grid.pk, town.compound.pk)),
        Part(Sketch("division", "福西社区", "529901001009", "community"), (second.pk,)),
    ]
    first, last = community_split(actor=SYSTEM, place=town.community.pk, parts=parts, on=ON)
    assert [again(pk).place_id for pk in ids] == [first.pk, last.pk, first.pk]


def test_an_ended_grid_leaves_its_matters_to_its_successor(town: Town) -> None:
    second = place("第二网格", town.community, "grid")
    case = registered(town, place_id=town.community.pk).case_id
    Case.objects.filter(pk=case).update(grid=second)
    version = Place.objects.get(pk=second.pk).version
    place_end(actor=SYSTEM, place=second.pk, version=version, on=ON, successor=town.grid.pk)
    assert (again(case).place_id, again(case).grid_id) == (town.community.pk, town.grid.pk)


def test_a_merged_body_leaves_what_it_leads_to_the_one_that_stays(town: Town) -> None:
    grid_company = body("安和县电网公司", town.county, "department")
    case = create_for(town, "dispatched")
    assert case.lead_id == town.power.pk
    organization_end(actor=SYSTEM, organization_id=town.power.pk, on=ON, successor_id=grid_company.pk)
    assert again(case.pk).lead_id == grid_company.pk
    WorkItem.objects.get(subject_type="case", subject_id=case.pk, organization_id=grid_company.pk, ended=None)
    taker = actor("new", "department_handler", town.county, grid_company)
    assert case_take(actor=taker, case_id=case.pk).state == "taken"


def test_whoever_takes_over_holds_it_before_anybody_is_told(town: Town) -> None:
    """Handing up and passing on leave the state as it is; who listens finds the new holder, not the old one."""
    told: list[tuple[str, int | None]] = []

    def listen(sender: object, *, fact: Moved, **_rest: object) -> None:
        (item,) = WorkItem.objects.filter(subject_type="case", subject_id=fact.row.pk, ended=None)
        told.append((fact.verb, item.organization_id))

    up, passed = create_for(town, "accepted").pk, create_for(town, "dispatched").pk
    case_moved.connect(listen)
    try:
        handed = case_hand_up(actor=town.desk, case_id=up, reason="社区办不了")
        case_reassign(actor=town.desk, case_id=passed, lead_id=town.water.pk, reason="改派")
    finally:
        case_moved.disconnect(listen)
    assert told == [("hand_up", town.street_office.pk), ("reassign", town.water.pk)]
    assert (handed.state, handed.desk_id) == ("accepted", town.street_office.pk)
    assert Entry.objects.get(operation="case.hand_up").facts["desk"] == town.street_office.pk


def test_handing_up_ends_at_the_highest_desk_and_is_the_desks_alone(town: Town) -> None:
    pk = create_for(town, "accepted").pk
    for who in (town.outsider, town.resident):
        assert refused(partial(case_hand_up, actor=who, case_id=pk, reason="x")) == "not_found"
    assert refused(lambda: case_hand_up(actor=town.desk, case_id=pk, reason=" ")) == "case.reason_missing"
    for _step in range(2):
        case_hand_up(actor=town.desk, case_id=pk, reason="上级办")
    assert again(pk).desk_id == town.county_office.pk
    assert refused(lambda: case_hand_up(actor=town.desk, case_id=pk, reason="再上")) == "case.no_level_above"


def refused(call: Callable[[], object]) -> str:
    """The code with which a call is refused."""
    with pytest.raises(DomainError) as error:
        call()
    return error.value.code
