"""Streets brought in and walked: what is near, what is refused, who may, what becomes of it when things change."""

import io
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from shapely.geometry import box

from linli.accounts.testing import Cast
from linli.circles.models import Circle, Reach, StreetNetwork
from linli.circles.operations.computing import circle_compute, circles_check
from linli.circles.queries.reading import kind_lines, page_of
from linli.circles.sections import CirclesSection
from linli.circles.tests.walked import LAT, LNG, STEP, at, brought, compound, file, line, shop, straight, walked
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.records.operations.profiles import content_apply
from linli.territory.geometry.crs import wgs84_to_gcj02
from linli.territory.models import Facility, Place
from linli.territory.operations.places import boundary_redraw

pytestmark = pytest.mark.django_db
RULES: dict[str, Any] = {
    "minutes": 15,
    "km_per_hour": 4.8,
    "kinds": [
        {"code": "market", "label": "菜市场", "label_en": "market", "facilities": ["农贸市场"]},
        {"code": "care", "label": "养老服务站", "label_en": "care", "group": "quality"},
    ],
}


@pytest.fixture(autouse=True)
def rules(cast: Cast) -> None:
    """Fifteen minutes at 4.8 km an hour: 1,200 metres."""
    content_apply(actor=SYSTEM, content=lambda held: {**held, "circles": RULES})


def refused(cast: Cast, **more: Any) -> str:
    with pytest.raises(DomainError) as caught:
        walked(cast, **more)
    return caught.value.code


def told(place: Place, kind: str = "market") -> tuple[int, int, bool, Decimal | None]:
    row = Reach.objects.get(place=place, kind=kind, until=None)
    return row.households, row.near, row.reached, row.minutes


# Where the market is, in hundreds of metres; where homes are; how many of their 10, 20, 40 have it near; the minutes.
RULE: tuple[tuple[float | None, tuple[float, ...], int, str | None], ...] = (
    (5, (0, 5, 16), 70, "13.8"),
    (5, (0, 5, 17), 70, "15.0"),
    (5, (0, 5, 17.1), 30, "15.2"),
    (30, (0, 5, 17), 0, "37.5"),
    (None, (0, 5, 17), 0, None),
)


@pytest.mark.parametrize(("market", "homes", "near", "minutes"), RULE)
def test_what_is_within_fifteen_minutes_counts(
    cast: Cast, market: float | None, homes: tuple[float, ...], near: int, minutes: str | None
) -> None:
    place = compound(cast, "步行小区", *zip(homes, (10, 20, 40), strict=True))
    shop(cast, market)
    walked(cast)
    assert told(place) == (70, near, near == 70, Decimal(minutes) if minutes else None)
    assert told(place, "care") == (70, 0, False, None)


def test_homes_facilities_and_sites(cast: Cast) -> None:
    one = compound(cast, "一号院", (1, 30), (2, 0))
    two = compound(cast, "二号院", (30, 50), (50, 20))
    far = compound(cast, "梧桐新苑", (40, 5), where="far_community")
    shop(cast, 2, "农贸市场")
    shop(cast, 48, "菜市场", state="闲置")
    shop(cast, None)
    Place.objects.filter(pk=cast.places["compound"].pk).update(households=99)
    network = walked(cast)
    circle = Circle.objects.get(network=network)
    assert (circle.homes, circle.households, circle.facilities) == (4, 105, 1)
    assert (circle.remarks["undrawn_homes"], circle.remarks["undrawn_households"]) == (1, 99)
    assert (circle.remarks["uncounted_homes"], circle.remarks["undrawn_facilities"]) == (2, 1)
    assert [told(place)[:2] for place in (one, two, far)] == [(30, 30), (70, 0), (5, 0)]
    county, community = page_of(cast.places["county"]), page_of(cast.places["community"])
    (market, care) = county.kinds
    assert (market.near, market.lacking, market.longest) == (30, 75, Decimal("60.0"))
    site = market.site
    assert site
    assert (site.gain, site.idle_gain, site.idle.name if site.idle else "") == (75, 25, "菜市场48")
    assert care.site
    assert (care.site.gain, care.lacking) == (75, 105)
    assert [item.place.name for item in county.inside] == ["春晓社区", "梧桐社区"]
    assert [(item.place.pk, [kind.code for kind, *_rest in item.missing]) for item in community.inside] == [
        (two.pk, ["market", "care"]),
        (one.pk, ["care"]),
    ]
    far_market = kind_lines(cast.places["far_community"], circle)[0]
    assert far_market.site
    assert (far_market.site.gain, far_market.site.beside) == (5, far)


def test_what_changed_holds_from_that_day_on(cast: Cast) -> None:
    place = compound(cast, "步行小区", (1, 30))
    walked(cast)
    assert circles_check() == 0
    market = shop(cast, 3)
    assert circles_check() == 1
    assert (told(place)[1], Reach.objects.filter(kind="market").count()) == (30, 1)
    with clock.frozen("2026-03-05T02:40"):
        assert circles_check() == 0
        Facility.objects.filter(pk=market.pk).update(until=date(2026, 3, 4))
        assert circles_check() == 1
        assert told(place)[1] == 0
        past = Reach.objects.get(kind="market", until=clock.today())
        assert (past.near, past.since, Reach.objects.filter(kind="care").count()) == (30, date(2026, 3, 2), 1)
        content_apply(actor=SYSTEM, content=lambda held: {**held, "circles": {**RULES, "kinds": RULES["kinds"][1:]}})
        assert circles_check() == 1
        assert list(Reach.objects.filter(until=None).values_list("kind", flat=True)) == ["care"]


def test_islands_and_versions_are_told(cast: Cast) -> None:
    compound(cast, "步行小区", (1, 30))
    compound(cast, "岛上小区", (51, 8))
    island = line(at(50), at(52))
    main = line(*(at(number) for number in range(20)))
    first = walked(cast, content=file(island, main))
    assert (first.version, first.parts, [item["households"] for item in first.islands]) == (1, 2, [8])
    assert (first.junctions, float(first.kilometres), first.islands[0]["metres"]) == (22, 2.1, 200)
    assert refused(cast, content=file(island, main)) == "streets.same"
    second = walked(cast)
    first.refresh_from_db()
    assert (second.version, second.parts, first.ended is None, Circle.objects.count()) == (2, 1, False, 2)
    with pytest.raises(DomainError) as caught:
        circle_compute(actor=SYSTEM, network_id=first.pk)
    assert caught.value.code == "not_found"


GOOD = line(at(0), at(1))
POINT = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": list(at(0))}}
BAD: tuple[tuple[bytes, str], ...] = (
    (b"\x00PK", "streets.not_a_file"),
    (b'{"type": "FeatureCollection"}', "streets.not_a_file"),
    (b"<osm><node", "streets.not_a_file"),
    (b"<osm/>", "streets.empty"),
    (file(), "streets.empty"),
    (file(line(at(0), at(1), foot="no")), "streets.empty"),
    (file(line(at(0), at(0))), "streets.empty"),
    (file(GOOD, POINT), "streets.not_lines"),
    (file(line(at(0))), "streets.bad_point"),
    (file(line((LAT, LNG), (LAT, LNG + 1))), "streets.bad_point"),
    (file(line(at(0), ("x", 1))), "streets.bad_point"),  # type: ignore[arg-type]
    (b'<osm><node id="1" lat="95" lon="1"/></osm>', "streets.bad_point"),
    (file(GOOD, crs_hint="mars"), "crs.unknown"),
)


@pytest.mark.parametrize(("content", "code"), BAD)
def test_a_file_that_is_no_network_is_refused(cast: Cast, content: bytes, code: str) -> None:
    assert refused(cast, content=content) == code
    assert not StreetNetwork.objects.exists()


def test_streets_lie_where_the_place_is(cast: Cast) -> None:
    outline = box(LNG - 0.002, LAT - 0.001, LNG + 0.002, LAT + 62 * STEP)
    boundary_redraw(actor=SYSTEM, place=cast.places["county"].pk, form=outline, on=date(2026, 1, 1))
    assert refused(cast, content=file(line(*((LNG + 1, LAT + n * STEP) for n in range(40))))) == "streets.outside"
    shifted = np.column_stack(wgs84_to_gcj02(np.full(61, LNG), np.array([LAT + n * STEP for n in range(61)]))).tolist()
    assert refused(cast, content=file(line(*shifted))) == "streets.shifted"
    assert refused(cast, content=file(line(*shifted)), source=" ") == "streets.source"
    assert refused(cast, day=clock.today() + timedelta(days=1)) == "streets.day"
    for system, more in (("gcj02", {}), ("", {"crs_hint": "GCJ-02"})):
        row = walked(cast, content=file(line(*shifted), **more), system=system)
        assert (row.system, float(row.kilometres)) == ("gcj02", 6.0)


def test_an_extract_of_openstreetmap_is_read(cast: Cast) -> None:
    place = compound(cast, "步行小区", (0, 30))
    shop(cast, 3)
    nodes = "".join(f'<node id="{n}" lon="{at(n)[0]}" lat="{at(n)[1]}"/>' for n in range(5))

    def way(first: int, last: int, **tags: str) -> str:
        refs = "".join(f'<nd ref="{n}"/>' for n in range(first, last + 1))
        said = "".join(f'<tag k="{name}" v="{value}"/>' for name, value in tags.items())
        return f"<way>{refs}{said}</way>"

    # Cars may not turn back; people may. The motorway is no way, and neither is the river.
    streets = way(0, 2, highway="residential", oneway="yes") + way(2, 4, highway="steps")
    others = way(3, 9, highway="footway") + way(0, 4, highway="motorway") + way(0, 4, waterway="river")
    row = walked(cast, content=f"<?xml version='1.0'?><osm>{nodes}{streets}{others}</osm>".encode())
    assert (row.stretches, row.junctions, told(place)[3]) == (4, 5, Decimal("3.8"))
    back = way(0, 2, highway="residential") + way(2, 4, highway="footway", oneway="-1")
    walked(cast, content=f"<osm>{nodes}{back}</osm>".encode())
    assert told(place) == (30, 0, False, None)


def test_who_brings_in_streets_and_has_them_computed(cast: Cast) -> None:
    for role in ("community_worker", "secretary"):
        assert refused(cast, role=role) == "not_found"
        assert refused(cast, role=role, where="community") == "streets.not_yours"
    assert refused(cast, role="leader") == "streets.not_yours"
    assert refused(cast, role="resident", where="street") == "not_found"
    assert refused(cast, role="street_officer", where="far_street") == "not_found"
    own = walked(cast, "street_officer", "street")
    assert refused(cast) == "streets.nested"
    StreetNetwork.objects.filter(pk=own.pk).update(ended=clock.now())
    whole = walked(cast)
    assert refused(cast, role="street_officer", where="street", content=straight(9)) == "streets.nested"
    assert circle_compute(actor=cast.actors["street_officer"], network_id=whole.pk).network == whole
    for role, code in (("leader", "streets.not_yours"), ("secretary", "not_found"), ("outsider", "not_found")):
        with pytest.raises(DomainError) as caught:
            circle_compute(actor=cast.actors[role], network_id=whole.pk)
        assert caught.value.code == code


def test_the_guide_holds_where_a_place_says_nothing() -> None:
    rules = CirclesSection()
    assert (len(rules.in_force), len({kind.code for kind in rules.in_force}), rules.metres) == (25, 25, 1125)
    assert sum(kind.group == "basic" for kind in rules.in_force) == 13
    assert brought().content == straight()


def test_by_command(cast: Cast, tmp_path: Path) -> None:
    compound(cast, "步行小区", (1, 30))
    (path := tmp_path / "streets.geojson").write_bytes(straight())
    said = io.StringIO()
    given = ("--place", "990901", "--source", "测绘", "--json")
    call_command("circle", "import", str(path), *given, stdout=said)
    call_command("circle", "compute", "--place", "990901001", stdout=io.StringIO())
    (row,) = json.loads(said.getvalue())
    assert (row["place"], row["version"], row["parts"], row["households"]) == ("990901", 1, 1, 30)
    assert Circle.objects.count() == 2
    for words in (("import", str(tmp_path / "no.geojson"), *given), ("compute", "--place", "990901001")):
        StreetNetwork.objects.update(ended=clock.now())
        with pytest.raises(DomainError) as caught:
            call_command("circle", *words, stdout=io.StringIO())
        assert caught.value.code in ("file.missing", "streets.none")
