"""A hub community and those it serves: one hub each, no chains, with dates, shown and counted."""

from datetime import date

import pytest

from linli.core.actors import SYSTEM, Actor
from linli.core.errors import DomainError
from linli.records.figures import compute
from linli.records.figures.compile import EVERYWHERE
from linli.records.figures.definitions import Figure
from linli.territory import queries
from linli.territory.models import HubService, Place
from linli.territory.operations import places
from linli.territory.operations.hubs import hub_end, hub_serve
from linli.territory.tests.county import County
from linli.territory.tests.test_pages import Browser, browser

__all__ = ["browser"]
DAY = date(2026, 3, 1)


def serve(county: County, hub: str = "one", served: str = "two", actor: Actor = SYSTEM) -> HubService:
    return hub_serve(actor=actor, hub=getattr(county, hub).pk, served=getattr(county, served).pk, since=DAY)


def test_both_pages_show_it_and_it_counts_from_its_day(county: County) -> None:
    row = serve(county)
    assert [item.served_id for item in queries.place_page(SYSTEM, county.one.pk).serves] == [county.two.pk]
    hub = queries.place_page(SYSTEM, county.two.pk).hub
    assert hub is not None
    assert hub.hub_id == county.one.pk
    served = Figure.model_validate({"id": "s", "of": "hub_service", "where": {"hub.name": county.one.name}})
    has = {"of": "hub_service", "on": "place"}
    around = Figure.model_validate({"id": "a", "of": "facility", "where": {"has": has}})
    book = {"s": served, "a": around}
    Place.objects.get(pk=county.two.pk).facilities.create(name="食堂")
    Place.objects.get(pk=county.one.pk).facilities.create(name="中心")
    values = [compute.value_of(item, DAY, EVERYWHERE, book).value for item in (served, around)]
    assert values == [1, 1]
    assert compute.value_of(served, date(2026, 2, 1), EVERYWHERE, book).value == 0
    groups = compute.grouped(served, DAY, EVERYWHERE, "hub_name")
    assert [(name, compute.number(value)) for name, value in groups] == [(county.one.name, 1)]
    hub_end(actor=SYSTEM, service=row.pk)
    assert queries.place_page(SYSTEM, county.two.pk).hub is None
    serve(county, "three", "two")


@pytest.mark.parametrize(
    ("hub", "served", "code"),
    [
        ("one", "one", "hub.itself"),
        ("one", "one_a", "hub.not_a_community"),
        ("county", "two", "hub.not_a_community"),
        ("one", "two", "hub.has_one"),
        ("two", "three", "hub.chain"),
        ("three", "one", "hub.chain"),
    ],
)
def test_refusals(county: County, hub: str, served: str, code: str) -> None:
    serve(county, "one", "two")
    with pytest.raises(DomainError) as refused:
        serve(county, hub, served)
    assert refused.value.code == code
    assert HubService.objects.count() == 1


@pytest.mark.parametrize("who", ["viewer", "outsider", "grid_worker"])
def test_only_who_keeps_both_says_so(county: County, who: str) -> None:
    with pytest.raises(DomainError) as refused:
        serve(county, actor=getattr(county, who)())
    assert refused.value.code == "place.not_yours"
    row = serve(county)
    with pytest.raises(DomainError):
        hub_end(actor=getattr(county, who)(), service=row.pk)


def test_it_ends_with_a_community_and_not_twice(county: County) -> None:
    row = serve(county)
    two = Place.objects.get(pk=county.two.pk)
    Place.objects.filter(parent=two).update(until=DAY)
    places.place_end(actor=SYSTEM, place=two.pk, version=two.version, on=date(2026, 3, 10), successor=county.one.pk)
    row.refresh_from_db()
    assert row.until == date(2026, 3, 10)
    with pytest.raises(DomainError) as refused:
        hub_end(actor=SYSTEM, service=row.pk)
    assert refused.value.code == "not_found"


def test_by_clicking(county: County, browser: Browser) -> None:
    browser.actor = SYSTEM
    address = f"/territory/{county.one.pk}/hub/"
    offered = [pk for pk, _name in browser.get(address).context["form"].fields["served"].choices]
    assert {county.two.pk, county.three.pk} <= set(offered)
    assert county.one.pk not in offered
    assert browser.post(address, {"served": county.two.pk, "since": "2026-03-01"}).status_code == 302
    row = HubService.objects.get()
    assert browser.get(f"/territory/{county.one.pk}/").status_code == 200
    assert browser.get(f"/territory/{county.two.pk}/hub/").status_code == 200
    assert browser.post(f"/territory/hubs/{row.pk}/end/").status_code == 302
    browser.actor = county.viewer()
    assert browser.get(address).status_code == 403
