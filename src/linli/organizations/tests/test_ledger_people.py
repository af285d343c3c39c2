"""Who a row of a roster is: a person elsewhere is linked by name and phone, never by a number that others can read."""

from typing import Any

import pytest

from linli.accounts.neighbourhood import Cast
from linli.core.actors import SYSTEM, Actor
from linli.organizations import policies
from linli.organizations.models import Person, Post
from linli.organizations.operations.recording import post_record_many

NUMBER = "QH0016"
PHONE = "10000000016"


def row(cast: Cast, **known: str) -> dict[str, Any]:
    return {"kind": "grid_worker", "place": cast.places["second_grid"].pk, "name": "沈外", **known}


def holder(actor: Actor, wanted: dict[str, Any]) -> Person:
    (pk,) = post_record_many(actor=actor, rows=[wanted])
    person = Post.objects.get(pk=pk).person
    assert person is not None
    return person


def test_a_number_links_nobody_who_works_elsewhere(cast: Cast) -> None:
    outsider = cast.posts["outsider"].person
    assert outsider is not None
    made = holder(cast.community_worker, row(cast, staff_number=NUMBER))
    assert (made.pk != outsider.pk, made.staff_number, made.phone) == (True, "", None)
    assert not policies.can_see_person(cast.community_worker, outsider)
    with_phone = holder(cast.community_worker, row(cast, staff_number=NUMBER, phone=PHONE))
    assert with_phone.pk == outsider.pk


@pytest.mark.parametrize("who", ["system", "system_administrator"])
def test_whoever_imports_for_both_places_links_by_number(cast: Cast, who: str) -> None:
    actor = SYSTEM if who == "system" else cast.actors[who]
    assert holder(actor, row(cast, staff_number=NUMBER)).pk == cast.posts["outsider"].person_id


def test_a_number_links_whoever_works_near(cast: Cast) -> None:
    wanted = row(cast, name="郑小禾", staff_number="QH0001")
    assert holder(cast.community_worker, wanted).pk == cast.posts["grid_worker"].person_id


def test_the_same_row_again_keeps_the_person_it_made(cast: Cast) -> None:
    (pk,) = post_record_many(actor=cast.community_worker, rows=[row(cast, staff_number=NUMBER)])
    was = Post.objects.get(pk=pk).person_id
    post_record_many(actor=cast.community_worker, rows=[row(cast, staff_number=NUMBER, id=str(pk)) | {"id": pk}])
    assert Post.objects.get(pk=pk).person_id == was
