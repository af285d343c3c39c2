"""Boundaries handed in on the page: what cannot be brought in is told with its reason and a way to mend it."""

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from shapely import LineString, transform
from shapely.geometry.base import BaseGeometry

from linli.core.actors import SYSTEM
from linli.territory.geometry import crs
from linli.territory.models import Boundary
from linli.territory.tests.county import County, collection, feature, square
from linli.territory.tests.test_pages import Browser, browser, upload

__all__ = ["browser"]
URL = "/territory/boundaries/"
LINE = LineString([(113.6, 34.6), (113.7, 34.6)])


def shifted(form: BaseGeometry) -> BaseGeometry:
    """A square as a map of GCJ-02 draws it."""
    return transform(form, lambda points: np.column_stack(crs.wgs84_to_gcj02(points[:, 0], points[:, 1])))


def test_where_nothing_can_be_brought_in_there_is_only_the_form_again(county: County, browser: Browser) -> None:
    browser.actor = SYSTEM
    answer = browser.post(URL, upload(collection(feature(LINE, code=county.one_a.code), feature(LINE, code="999"))))
    assert answer.status_code == 200
    assert "key" not in answer.context
    page = answer.content.decode()
    assert "grids.geojson" in page
    assert 'type="file"' in page
    assert "/import/" not in page
    assert [item.code for item in answer.context["report"].rejected] == [
        "geometry.not_an_area",
        "reference.unknown_place",
    ]


def test_what_is_sound_may_come_in_beside_what_is_refused(county: County, browser: Browser) -> None:
    browser.actor = SYSTEM
    sound = feature(square(0, 0, 0.5), code=county.one_a.code)
    answer = browser.post(URL, upload(collection(sound, feature(LINE, code=county.one_b.code))))
    assert (answer.context["usable"], answer.context["system"]) == (1, "WGS84")
    before = Boundary.objects.get(place=county.one_b)
    browser.post(f"{URL}{answer.context['key']}/import/", {"as_of": "2026-03-01", "name": "grids.geojson"})
    assert Boundary.objects.filter(place=county.one_a).count() == 2
    assert list(Boundary.objects.filter(place=county.one_b)) == [before]


@pytest.mark.parametrize("said", [None, "urn:ogc:def:crs:OGC:1.3:CRS84"])
def test_the_page_says_as_what_the_coordinates_were_read(county: County, browser: Browser, said: str | None) -> None:
    browser.actor = SYSTEM
    document = collection(
        *(feature(shifted(square(n, 0, 1)), code=p.code) for n, p in enumerate((county.one_a, county.one_b)))
    )
    if said:
        document["crs"] = {"type": "name", "properties": {"name": said}}
    answer = browser.post(URL, upload(document))
    assert answer.context["system"] == "GCJ-02"
    (warning,) = [item for item in answer.context["report"].warnings if item.code == "crs.mismatch"]
    assert ("WGS84" in warning.message) == bool(said), "a file that says nothing is not told that it said something"


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b'{"type": "FeatureCollection", "features": [], "crs_hint": "EPSG:3857"}', "EPSG:4326"),
        (b"no json", "grids.geojson"),
        (b'{"type": "Topology"}', "grids.geojson"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_as_the_office_named_it(
    county: County, browser: Browser, content: bytes, part: str
) -> None:
    browser.actor = SYSTEM
    file = SimpleUploadedFile("grids.geojson", content)
    answer = browser.post(URL, {"file": file, "as_of": "2026-03-01"})
    assert answer.status_code == 400
    assert part in " ".join(answer.context["form"].non_field_errors())
