"""Household groups with a lead and a usual size, and the list of what bodies offer."""

from datetime import date
from typing import Any

import pytest

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.organizations.models import HouseholdGroup, Post, ResourceOffer
from linli.organizations.operations import groups as operations
from linli.organizations.operations.groups import Group, Offered
from linli.organizations.operations.moving import place_followed
from linli.organizations.queries import bodies, groups
from linli.organizations.tests.test_pages import enter
from linli.records.operations.profiles import content_apply


def formed(cast: Cast, role: str = "secretary", **more: Any) -> HouseholdGroup:
    """A group in the compound."""
    values: dict[str, Any] = {"name": "一组", "kind": "ten_household", "households": 10, **more}
    values.setdefault("place_id", cast.places["compound"].pk)
    return operations.group_form(actor=cast.actors[role], group=Group(**values))


def test_a_group_has_a_lead_with_a_post_there(cast: Cast) -> None:
    row = formed(cast, lead_id=cast.posts["grid_worker"].pk)
    assert list(groups.groups(cast.actors["secretary"])) == [row]
    assert list(groups.groups(cast.actors["outsider"])) == []
    with pytest.raises(DomainError) as refused:
        formed(cast, role="outsider")
    assert refused.value.code in ("organization.not_yours", "not_found")
    Post.objects.filter(pk=cast.posts["grid_worker"].pk).update(until=date(2020, 1, 2), since=None)
    with pytest.raises(DomainError) as elsewhere:
        formed(cast, lead_id=cast.posts["grid_worker"].pk)
    assert elsewhere.value.code == "group.lead_elsewhere"


@pytest.mark.parametrize(
    ("kind", "households", "odd"),
    [
        ("ten_household", 10, False),
        ("ten_household", 20, True),
        ("steward_unit", 50, False),
        ("steward_unit", 39, True),
    ],
)
def test_sizes_outside_the_band_are_pointed_out(kind: str, households: int, odd: bool) -> None:
    assert groups.outside_band(HouseholdGroup(kind=kind, households=households)) is odd


def test_a_group_is_dissolved_once(cast: Cast) -> None:
    row = formed(cast)
    operations.group_end(actor=cast.actors["secretary"], group_id=row.pk)
    assert not groups.groups(cast.actors["secretary"]).exists()
    with pytest.raises(DomainError) as twice:
        operations.group_end(actor=cast.actors["secretary"], group_id=row.pk)
    assert twice.value.code == "group.ended"


def test_groups_go_along_with_their_place(cast: Cast) -> None:
    post = cast.posts["grid_worker"]
    row = formed(cast, place_id=post.place_id, lead_id=post.pk)
    new = cast.places["second_grid"]
    place_followed(actor=cast.actors["secretary"], old_id=post.place_id, new_id=new.pk, on=clock.today())
    row.refresh_from_db()
    assert row.place_id == new.pk
    assert row.lead is not None
    assert (row.lead.place_id, row.lead.person_id) == (new.pk, post.person_id)


def offered(cast: Cast, role: str = "secretary", **more: Any) -> ResourceOffer:
    """Something that the office of the community offers."""
    values: dict[str, Any] = {"title": "会议室", "category": "parking", **more}
    values.setdefault("organization_id", cast.bodies["community_office"].pk)
    return operations.offer_add(actor=cast.actors[role], offered=Offered(**values))


def test_an_offer_is_found_around_its_place_and_for_its_category(cast: Cast) -> None:
    row = offered(cast)
    inside = cast.places["compound"].pk
    assert list(groups.offers_for(inside, "parking")) == [row]
    assert list(groups.offers_for(inside, "noise")) == []
    assert list(groups.offers_for(row.place.parent_id or 0, "parking")) == []
    page = enter(cast, "secretary").get("/organizations/offers/", {"category": "parking", "place": str(inside)})
    assert list(page.context["page"]) == [row]
    operations.offer_end(actor=cast.actors["secretary"], offer_id=row.pk)
    assert list(groups.offers_for(inside, "parking")) == []


def test_offices_of_the_template_that_are_not_there_are_listed(cast: Cast) -> None:
    template = {
        "level": "community",
        "offices": [{"code": "a", "label": "居委会"}, {"code": "b", "label": "移民服务站"}],
    }
    place = {"name": "清河县邻里", "root": "990901"}
    content_apply(actor=SYSTEM, content={"place": place, "organizations": {"office_templates": [template]}})
    missing = bodies.offices_missing(cast.actors["secretary"])
    assert "移民服务站" in {name for _place, name in missing}
    assert {place.pk for place, _name in missing} == {cast.bodies["community_office"].place_id}


@pytest.mark.parametrize(
    ("role", "more", "code"),
    [
        ("outsider", {}, "organization.not_yours"),
        ("secretary", {"until": date(2020, 1, 1)}, "offer.span"),
        ("secretary", {"title": " "}, "organization.bad_name"),
        ("secretary", {"organization_id": 999_999}, "not_found"),
    ],
)
def test_offers_that_are_none(cast: Cast, role: str, more: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        offered(cast, role, **more)
    assert refused.value.code == code


@pytest.mark.parametrize("page", ["groups", "offers"])
def test_lists_open_for_the_secretary_only(cast: Cast, page: str, django_assert_max_num_queries: Any) -> None:
    formed(cast)
    offered(cast)
    secretary = enter(cast, "secretary")
    secretary.get(f"/organizations/{page}/")
    with django_assert_max_num_queries(12):
        assert secretary.get(f"/organizations/{page}/").status_code == 200
    assert enter(cast, "resident").get(f"/organizations/{page}/").status_code == 404


def test_forms_add_and_buttons_end(cast: Cast) -> None:
    secretary = enter(cast, "secretary")
    assert secretary.get("/organizations/groups/new/").status_code == 200
    data = {"name": "二组", "kind": "ten_household", "place": cast.places["compound"].pk, "households": 9}
    assert secretary.post("/organizations/groups/new/", data).status_code == 302
    row = HouseholdGroup.objects.get()
    assert secretary.post(f"/organizations/groups/{row.pk}/end/").status_code == 302
    assert secretary.get("/organizations/offers/new/").status_code == 200
    offer_data = {"title": "车位", "organization": cast.bodies["community_office"].pk}
    assert secretary.post("/organizations/offers/new/", offer_data).status_code == 302
    offer = ResourceOffer.objects.get()
    assert enter(cast, "outsider").post(f"/organizations/offers/{offer.pk}/end/").status_code in (403, 404)
    assert secretary.post(f"/organizations/offers/{offer.pk}/end/").status_code == 302
