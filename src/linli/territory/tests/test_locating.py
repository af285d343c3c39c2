"""Where points lie, how fast, and that every process follows a change."""

import os
import subprocess
import sys
import time
from datetime import date

import numpy as np
import pytest
from shapely.geometry.base import BaseGeometry

from linli.core.actors import SYSTEM
from linli.core.errors import InvalidInput
from linli.core.testing.fixtures import OwnDatabase
from linli.records.importing.report import FileReport
from linli.territory import locating
from linli.territory.geometry import crs
from linli.territory.models import Place
from linli.territory.operations import places
from linli.territory.operations.boundaries import Reading, boundaries_store
from linli.territory.operations.recording import grid_record_many
from linli.territory.queries import Answerer, chain_as_dict, register_answerers
from linli.territory.tests.county import SIDE, SOUTH, WEST, County, build, square

ON = date(2026, 3, 1)


def middle(column: float, row: float) -> tuple[float, float]:
    """The middle of a square."""
    return WEST + (column + 0.5) * SIDE, SOUTH + (row + 0.5) * SIDE


def test_a_point_has_its_whole_chain(county: County) -> None:
    chain = locating.locate(*middle(1, 0))
    assert [step.id for step in chain.steps] == [
        county.one_b.pk,
        county.one.pk,
        county.east.pk,
        county.county.pk,
    ]
    assert chain.place_id == county.one_b.pk


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_a_point_from_a_chinese_map_is_moved_first(county: County, system: str) -> None:
    lng, lat = crs.wgs84_to_gcj02(*(np.array([value]) for value in middle(1, 0)))
    if system == "bd09":
        lng, lat = crs.gcj02_to_bd09(lng, lat)
    leaf = locating.locate(float(lng[0]), float(lat[0]), system).leaf
    assert leaf is not None
    assert leaf.id == county.one_b.pk


def test_lower_grids_and_overlays_are_told_apart(county: County) -> None:
    small, over = grid_record_many(
        actor=SYSTEM,
        rows=[
            {"code": "m1", "name": "微网格", "level": "micro", "place": county.one.pk, "upper": county.one_a.pk},
            {"code": "zs1", "name": "商圈", "level": "1", "kind": "overlay", "place": county.county.pk},
        ],
    )
    places.boundary_redraw(actor=SYSTEM, place=small, form=square(0, 0, 0.5), on=ON)
    places.boundary_redraw(actor=SYSTEM, place=over, form=square(0.25, 0, 2), on=ON)
    locating.refresh()
    inner = locating.locate(*middle(-0.2, 0))
    assert [step.id for step in inner.grids] == [county.one_a.pk, small]
    assert [step.id for step in inner.overlays] == [over]
    outer = locating.locate(*middle(0.2, 0))
    assert (outer.place_id, [step.id for step in outer.overlays]) == (county.one_a.pk, [over])
    many = locating.locate_many(*np.array([middle(-0.2, 0), middle(0.2, 0), middle(9, 9)]).T)
    assert many.tolist() == [small, county.one_a.pk, 0]


def test_where_no_grid_is_drawn_the_community_answers(county: County) -> None:
    places.place_end(actor=SYSTEM, place=county.two_a.pk, version=1, on=ON)
    locating.refresh()
    chain = locating.locate(*middle(2, 0))
    assert (chain.grids, chain.place_id) == ((), county.two.pk)


def test_a_point_far_away_has_no_chain(county: County) -> None:
    assert locating.locate(0.0, 0.0).steps == ()
    for lng, lat in ((float("nan"), 34.0), (113.0, 91.0)):
        with pytest.raises(InvalidInput) as caught:
            locating.locate(lng, lat)
        assert caught.value.code == "point.impossible"


def test_those_who_answer_come_from_a_higher_floor(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.territory.queries._answerers", [])
    register_answerers(
        lambda ids: [
            Answerer(pk, post, lead=lead)
            for pk in ids
            if pk == county.one_b.pk
            for post, lead in (("网格员", False), ("网格长", True))
        ]
    )
    found = chain_as_dict(locating.locate(*middle(1, 0)))
    assert [item["post"] for item in found["who_answers"]] == ["网格长", "网格员"]
    assert next(step["id"] for step in found["chain"]) == county.one_b.pk


def test_the_index_asks_for_the_stamp_once_a_second_and_reads_anew_only_on_change(
    county: County, django_assert_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = locating.atlas()
    assert locating.atlas() is first
    monkeypatch.setattr(locating, "CHECK_EVERY", 0.0)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert locating.atlas() is first
    places.place_change(actor=SYSTEM, place=county.one_a.pk, version=1, on=ON, name="东一号网格")
    leaf = locating.locate(*middle(0, 0)).leaf
    assert leaf is not None
    assert leaf.name == "东一号网格"


CHANGE = """
import django; django.setup()
from datetime import date
from linli.core.actors import SYSTEM
from linli.territory.operations import places
places.place_end(actor=SYSTEM, place={place}, version=1, on=date(2026, 3, 1))
"""


def test_a_change_by_another_process_is_seen_within_seconds(own_database: OwnDatabase) -> None:
    locating.refresh()
    county = build()
    assert locating.locate(*middle(2, 0)).place_id == county.two_a.pk
    code = CHANGE.format(place=county.two_a.pk)
    environment = {"DATABASE_URL": own_database.url, "DJANGO_SETTINGS_MODULE": "linli.config.settings"}
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, **environment})
    deadline = time.monotonic() + 5
    while locating.locate(*middle(2, 0)).place_id != county.two.pk:
        assert time.monotonic() < deadline, "the index stayed stale"
        time.sleep(0.2)
    locating.refresh()


@pytest.mark.slow
def test_ten_thousand_grids_answer_alike_one_by_one_and_in_bulk(county: County) -> None:
    across = 100
    rows = [
        {"code": f"L{number}", "name": f"格{number}", "level": "leaf", "place": county.two.pk}
        for number in range(across * across)
    ]
    ids = grid_record_many(actor=SYSTEM, rows=rows)
    step = 1.0 / 10
    boundaries = [(pk, square(10 + (n % across) * step, (n // across) * step, step, step)) for n, pk in enumerate(ids)]
    _draw(boundaries)
    locating.refresh()
    locating.locate(*middle(12, 3))
    generator = np.random.default_rng(3)
    lng = WEST + generator.uniform(10, 20, 400_000) * SIDE
    lat = SOUTH + generator.uniform(0, 10, 400_000) * SIDE
    found = locating.locate_many(lng, lat)
    assert (found > 0).all()
    points = list(zip(lng[:20_000].tolist(), lat[:20_000].tolist(), strict=True))
    # How fast it is, `make bench` measures.
    assert [locating.locate(x, y).place_id for x, y in points] == found[:20_000].tolist()


def _draw(outlines: list[tuple[int, BaseGeometry]]) -> None:
    """Give many grids their outlines at once, as an import does."""
    held = Place.objects.in_bulk([pk for pk, _form in outlines])
    reading = Reading(FileReport("grids.geojson"), wanted={pk: (held[pk], form) for pk, form in outlines})
    boundaries_store(actor=SYSTEM, reading=reading, as_of=ON)
