"""Communities merge and split: what lies in them moves, history stays, and the work is announced."""

from datetime import date
from typing import Any

import pytest
from shapely.geometry import shape

from linli.core.actors import SYSTEM
from linli.core.errors import InvalidInput, NotAllowed, RuleBroken
from linli.territory import events, locating
from linli.territory.models import Boundary, Facility, Place, Statistic
from linli.territory.operations.communities import Part, communities_merge, community_split, grids_merge
from linli.territory.operations.places import Sketch, place_create
from linli.territory.tests.county import County, again, square

ON = date(2026, 3, 1)


def listening(heard: list[events.Succeeded]) -> Any:
    """A receiver that keeps what it hears."""

    def hear(fact: events.Succeeded, **_rest: Any) -> None:
        heard.append(fact)

    return hear


def test_merged_communities_give_grids_facilities_and_ground_to_the_one_that_stays(county: County) -> None:
    hall = Facility.objects.create(name="二里会堂", place=county.two)
    total = Statistic.objects.create(series="households", place=county.two, value=900, since=date(2026, 1, 1))
    heard: list[events.Succeeded] = []
    hear = listening(heard)
    events.place_succeeded.connect(hear)
    merged = communities_merge(actor=county.keeper(), places=[county.one.pk, county.two.pk], into=county.one.pk, on=ON)
    events.place_succeeded.disconnect(hear)
    old, grid = again(county.two), again(county.two_a)
    assert (old.until, old.successor_id) == (ON, merged.pk)
    assert (grid.community_id, grid.path) == (merged.pk, f"{merged.path}{grid.pk}/")
    hall.refresh_from_db()
    total.refresh_from_db()
    assert (hall.place_id, total.place_id) == (merged.pk, old.pk)
    drawn = Boundary.objects.get(place=merged, until=None)
    assert shape(drawn.geometry).symmetric_difference(square(0, 0, 3)).area < 1e-9
    assert [(fact.old, fact.new, fact.how) for fact in heard] == [(old.pk, (merged.pk,), "merged")]
    locating.refresh()
    chain = locating.locate(113.625, 34.605)
    assert chain.community is not None
    assert (chain.place_id, chain.community.id) == (grid.pk, merged.pk)


def test_one_community_alone_and_things_that_are_none_do_not_merge(county: County) -> None:
    with pytest.raises(InvalidInput) as few:
        communities_merge(actor=county.keeper(), places=[county.one.pk], into=county.one.pk, on=ON)
    assert few.value.code == "community.too_few"
    with pytest.raises(RuleBroken) as none:
        communities_merge(actor=county.keeper(), places=[county.one_a.pk], into=county.one.pk, on=ON)
    assert none.value.code == "community.not_one"


def test_nobody_merges_what_lies_beyond_their_own_place(county: County) -> None:
    with pytest.raises(NotAllowed):
        communities_merge(actor=county.keeper(), places=[county.three.pk], into=county.one.pk, on=ON)
    assert again(county.three).until is None


def part(code: str, *children: int) -> Part:
    """A new community with those grids."""
    return Part(Sketch(type="division", name=f"新{code[-1]}社区", code=code, level="community"), children)


def test_a_split_community_is_succeeded_by_its_parts(county: County) -> None:
    made = community_split(
        actor=county.keeper(),
        place=county.one.pk,
        parts=[part("410199001011", county.one_a.pk), part("410199001012", county.one_b.pk)],
        on=ON,
    )
    assert again(county.one).successor_id == made[0].pk
    assert [again(grid).community_id for grid in (county.one_a, county.one_b)] == [new.pk for new in made]
    assert all(new.community_id == new.pk and new.street_id == county.east.pk for new in made)


@pytest.mark.parametrize("given", ["one left over", "one twice"])
def test_every_grid_goes_to_exactly_one_part(county: County, given: str) -> None:
    second = (county.one_a.pk,) if given == "one twice" else ()
    parts = [part("410199001011", county.one_a.pk), part("410199001012", *second)]
    with pytest.raises(RuleBroken) as caught:
        community_split(actor=county.keeper(), place=county.one.pk, parts=parts, on=ON)
    assert caught.value.code == "community.unassigned"
    assert again(county.one).until is None


def test_grids_of_separate_networks_become_one(county: County) -> None:
    lower = place_create(
        actor=SYSTEM,
        sketch=Sketch(type="grid", name="微网格", code="M1", level="4"),
        parent=county.one.pk,
        upper=county.one_b.pk,
    )
    Place.objects.filter(pk__in=[county.one_a.pk, county.one_b.pk]).update(households=40)
    hall = Facility.objects.create(name="驿站", place=county.one_b)
    merged = grids_merge(actor=county.keeper(), places=[county.one_b.pk], into=county.one_a.pk, on=ON)
    old, moved = again(county.one_b), again(lower)
    hall.refresh_from_db()
    assert (old.until, old.successor_id, merged.households) == (ON, merged.pk, 80)
    assert (moved.upper_id, moved.grid_path) == (merged.pk, f"{merged.grid_path}{lower.pk}/")
    assert hall.place_id == merged.pk
    drawn = Boundary.objects.get(place=merged, until=None)
    assert shape(drawn.geometry).symmetric_difference(square(0, 0, 2)).area < 1e-9


@pytest.mark.parametrize(("given", "code"), [("none", "grid.too_few"), ("community", "grid.not_one")])
def test_what_is_no_grid_does_not_merge_into_one(county: County, given: str, code: str) -> None:
    places = [county.two.pk] if given == "community" else []
    with pytest.raises((InvalidInput, RuleBroken)) as caught:
        grids_merge(actor=county.keeper(), places=places, into=county.one_a.pk, on=ON)
    assert caught.value.code == code


def test_grids_of_others_do_not_merge(county: County) -> None:
    with pytest.raises(NotAllowed):
        grids_merge(actor=county.keeper(), places=[county.three_a.pk], into=county.one_a.pk, on=ON)
    assert again(county.three_a).until is None
