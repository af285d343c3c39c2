"""The doctor finds what is wrong with the territory and is silent otherwise."""

from datetime import date

from linli.core.actors import SYSTEM
from linli.records.operations.profiles import content_apply
from linli.records.resolving import resolvers
from linli.territory import health
from linli.territory.models import Place
from linli.territory.operations import places
from linli.territory.operations.communities import communities_merge
from linli.territory.operations.recording import grid_record_many
from linli.territory.tests.county import PROFILE, County

ON = date(2026, 3, 1)


def codes() -> list[str]:
    """What both checks find."""
    return [finding.code for check in (health.territory, health.grids) for finding in check()]


def test_a_sound_territory_passes_and_operations_keep_it_sound(county: County) -> None:
    assert codes() == []
    communities_merge(actor=SYSTEM, places=[county.two.pk], into=county.one.pk, on=ON)
    places.place_move(actor=SYSTEM, place=county.one_a.pk, version=1, upper=county.three_a.pk)
    assert list(health.territory()) == []
    assert codes() == ["grids.codes"], "the grids that moved still bear the codes of the old community"


def test_a_path_that_lies_is_named(county: County) -> None:
    Place.objects.filter(pk=county.one_a.pk).update(path="/1/")
    assert codes() == ["territory.path"]


def test_an_ended_place_that_is_still_drawn_is_named(county: County) -> None:
    Place.objects.filter(pk=county.one_a.pk).update(until=ON)
    assert codes() == ["territory.outline"]


def test_codes_and_sizes_that_an_import_brought_are_pointed_out(county: County) -> None:
    levels = [{"code": "2", "label": "网格", "households_from": 200, "households_to": 500}]
    content_apply(actor=SYSTEM, content={**PROFILE, "grids": {**PROFILE["grids"], "levels": levels}})
    row = {"code": "X1", "name": "大网格", "level": "2", "place": county.one.pk, "households": 900}
    grid_record_many(actor=SYSTEM, rows=[row])
    assert codes() == ["grids.codes", "grids.sizes"]


def test_a_renamed_community_is_still_found_by_its_old_name(county: County) -> None:
    places.place_change(actor=SYSTEM, place=county.two.pk, version=1, on=ON, name="新二里社区居民委员会")
    resolver = resolvers()["place"]
    assert resolver.resolve({"street": "东街街道", "community": "二里社区"}, "") == county.two.pk
    assert resolver.resolve({"street": "东街街道", "community": "新二里社区"}, "") == county.two.pk
