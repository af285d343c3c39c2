"""Boundaries with a day to come: they wait, come into force on it, can be cancelled, and tell when they misfit."""

import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.clock import Frozen
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.territory import locating
from linli.territory.models import Boundary, Redrawing
from linli.territory.operations import places
from linli.territory.operations.redrawing import redrawing_cancel, redrawing_plan, redrawings_apply
from linli.territory.tasks import redraw
from linli.territory.tests.county import County, collection, feature, square
from linli.territory.tests.test_pages import Browser, browser, upload

__all__ = ["browser"]
TODAY, DAY = date(2026, 3, 10), date(2026, 4, 1)


def content(county: County, *more: dict[str, Any]) -> bytes:
    """A file that moves the border between the first two grids."""
    wider = feature(square(0, 0, 1.5), code=county.one_a.code)
    narrower = feature(square(1.5, 0, 0.5), code=county.one_b.code)
    return json.dumps(collection(wider, narrower, *more)).encode()


def plan(county: County, actor: Actor = SYSTEM, day: date = DAY) -> Redrawing:
    return redrawing_plan(actor=actor, name="四月.geojson", content=content(county), day=day)


def since(county: County) -> list[date]:
    """The days from which the first grid's outlines hold."""
    return list(Boundary.objects.filter(place=county.one_a).order_by("since").values_list("since", flat=True))


def test_it_waits_and_is_applied_once_on_its_day(county: County, noon: Frozen) -> None:
    row = plan(county)
    before = since(county)
    assert (redraw(0), since(county)) == (0, before)
    with clock.frozen("2026-04-01T00:05"):
        locating.refresh()
        assert (redraw(0), redraw(0)) == (1, 0)
    row.refresh_from_db()
    assert (row.state, bytes(row.content), row.remarks) == ("applied", b"", [])
    assert since(county) == [*before, DAY]
    assert Boundary.objects.get(place=county.one_a, until=DAY).since == before[-1]
    told = Entry.objects.filter(operation__in=["redrawing.plan", "boundary.import", "redrawing.apply"])
    assert list(told.order_by("id").values_list("operation", flat=True)) == [
        "redrawing.plan",
        "boundary.import",
        "redrawing.apply",
    ]


def test_a_worker_that_was_away_applies_from_the_day_itself(county: County) -> None:
    plan(county)
    with clock.frozen("2026-04-09T12:00"):
        assert redrawings_apply(actor=SYSTEM) == 1
    assert since(county)[-1] == DAY


def test_what_the_coverage_lacks_afterwards_stays_on_record(county: County) -> None:
    row = redrawing_plan(
        actor=SYSTEM,
        name="x.geojson",
        content=json.dumps(collection(feature(square(0, 0, 1.5), code=county.one_a.code))).encode(),
        day=DAY,
    )
    with clock.frozen("2026-04-01T12:00"):
        redrawings_apply(actor=SYSTEM)
    row.refresh_from_db()
    assert [item["code"] for item in row.remarks] == ["coverage.overlap"]


def test_where_a_place_is_gone_nothing_is_applied_and_who_planned_it_is_told(county: County) -> None:
    row = plan(county)
    Redrawing.objects.filter(pk=row.pk).update(post_id=77)
    before = since(county)
    places.place_end(actor=SYSTEM, place=county.one_b.pk, version=county.one_b.version, on=TODAY)
    with clock.frozen("2026-04-01T12:00"):
        assert (redrawings_apply(actor=SYSTEM), redrawings_apply(actor=SYSTEM)) == (0, 0)
        row.refresh_from_db()
        assert (row.state, [item["code"] for item in row.remarks]) == ("failed", ["reference.unknown_place"])
        assert since(county) == before
        work = WorkItem.objects.get(subject_type="redrawing", subject_id=row.pk)
        assert (work.kind, work.post_id, work.ended) == ("boundaries.misfit", 77, None)
        redrawing_cancel(actor=SYSTEM, redrawing=row.pk)
    work.refresh_from_db()
    assert work.ended is not None


def test_what_was_refused_when_planned_is_not_taken_later(county: County) -> None:
    twice = feature(square(0, 0, 1), code="X9")
    row = redrawing_plan(actor=SYSTEM, name="x.geojson", content=content(county, twice), day=DAY)
    assert [item["code"] for item in row.remarks] == ["reference.unknown_place"]
    made = places.Sketch(type="grid", name="新网格", code="X9", level="3")
    late = places.place_create(actor=SYSTEM, sketch=made, parent=county.one.pk)
    with clock.frozen("2026-04-01T12:00"):
        assert redrawings_apply(actor=SYSTEM) == 1
    assert not Boundary.objects.filter(place=late).exists()


def test_it_can_be_cancelled_before_and_not_twice(county: County) -> None:
    row = plan(county)
    redrawing_cancel(actor=SYSTEM, redrawing=row.pk)
    with clock.frozen("2026-04-01T12:00"):
        assert redrawings_apply(actor=SYSTEM) == 0
    with pytest.raises(DomainError) as refused:
        redrawing_cancel(actor=SYSTEM, redrawing=row.pk)
    assert refused.value.code == "redrawing.settled"


@pytest.mark.parametrize(
    ("who", "day", "code"),
    [
        ("SYSTEM", TODAY, "redrawing.not_to_come"),
        ("viewer", DAY, "place.not_yours"),
        ("keeper", DAY, "place.not_yours"),
    ],
)
def test_planning_is_refused(county: County, who: str, day: date, code: str) -> None:
    actor = SYSTEM if who == "SYSTEM" else getattr(county, who)()
    with pytest.raises(DomainError) as refused:
        plan(county, actor, day)
    assert refused.value.code == code
    assert not Redrawing.objects.exists()


def test_the_same_file_waits_once_for_a_day(county: County) -> None:
    plan(county)
    with pytest.raises(DomainError) as refused:
        plan(county)
    assert refused.value.code == "redrawing.twice"
    plan(county, day=date(2026, 5, 1))


def test_by_clicking(county: County, browser: Browser) -> None:
    browser.actor = SYSTEM
    form = {**upload(json.loads(content(county))), "as_of": "2026-04-01"}
    looked = browser.post("/territory/boundaries/", form)
    assert looked.context["to_come"] is True
    address = f"/territory/boundaries/{looked.context['key']}/import/"
    kept = browser.post(address, {"as_of": "2026-04-01", "name": "四月.geojson"})
    row = Redrawing.objects.get()
    assert (kept.status_code, row.file, row.day) == (302, "四月.geojson", DAY)
    assert "四月.geojson" in browser.shown("/territory/boundaries/")
    assert browser.get(f"/territory/boundaries/waiting/{row.pk}/").status_code == 200
    browser.actor = county.viewer()
    assert browser.get(f"/territory/boundaries/waiting/{row.pk}/").status_code == 403
    assert browser.post(f"/territory/boundaries/waiting/{row.pk}/cancel/").status_code == 403
    browser.actor = SYSTEM
    assert browser.post(reverse("territory:redrawing_cancel", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.state == "cancelled"
