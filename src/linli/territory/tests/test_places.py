"""Single places: create, change, move, redraw, end; who may, what is refused, what stays as history."""

from datetime import date
from typing import Any

import pytest

from linli.core.actors import VISITOR, Actor
from linli.core.errors import DomainError, InvalidInput, NotAllowed, NotFound, RuleBroken, Stale
from linli.core.models import Entry
from linli.territory import events
from linli.territory.models import Boundary, Place, Revision
from linli.territory.operations import places
from linli.territory.operations.places import Sketch
from linli.territory.tests.county import County, again, square

ON = date(2026, 3, 1)


def sketch(county: County, **values: Any) -> Sketch:
    """A third grid for the first community."""
    return Sketch(**{"type": "grid", "name": "3号网格", "code": f"{county.one.code}003", "level": "2", **values})


def create(county: County, actor: Actor | None = None, **values: Any) -> Place:
    """That grid, made."""
    return places.place_create(actor=actor or county.keeper(), sketch=sketch(county, **values), parent=county.one.pk)


def test_a_new_grid_hangs_in_the_tree_and_is_journalled(county: County) -> None:
    before = Revision.objects.get().stamp
    made = again(create(county))
    assert made.path == f"{county.one.path}{made.pk}/"
    assert (made.street_id, made.community_id, made.grid_path) == (county.east.pk, county.one.pk, f"/{made.pk}/")
    entry = Entry.objects.latest("id")
    assert (entry.operation, entry.subject_id, entry.actor) == ("place.create", made.pk, "user:keeper")
    assert Revision.objects.get().stamp != before


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "  "}, "place.bad_name"),
        ({"name": "网" * 121}, "place.bad_name"),
        ({"name": "网格\u202e"}, "place.bad_name"),
        ({"type": "moon"}, "place.bad_type"),
        ({"code": "410199001001001"}, "place.code_used"),
        ({"code": "41019900100100X"}, "grid.bad_code"),
        ({"code": "4101990010010031"}, "grid.bad_code"),
        ({"code": "410199002001009"}, "grid.bad_code"),
        ({"households": -1}, "place.negative"),
    ],
)
def test_what_a_new_place_may_not_be(county: County, values: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as caught:
        create(county, **values)
    assert caught.value.code == code
    assert caught.value.sentence != code


def test_rare_characters_are_names_too(county: County) -> None:
    assert again(create(county, name="𠮷㐂里3号网格")).name == "𠮷㐂里3号网格"


def test_the_code_of_an_ended_place_is_not_used_again(county: County) -> None:
    places.place_end(actor=county.keeper(), place=county.one_a.pk, version=1, on=ON)
    with pytest.raises(RuleBroken) as caught:
        create(county, code=county.one_a.code)
    assert caught.value.code == "place.code_used"


def test_others_may_not_and_strangers_do_not_know(county: County) -> None:
    for actor, refusal in ((county.outsider(), NotAllowed), (county.viewer(), NotAllowed), (VISITOR, NotFound)):
        with pytest.raises(refusal):
            create(county, actor=actor)


def test_a_changed_name_and_kind_stay_on_record(county: County) -> None:
    changed = places.place_change(
        actor=county.keeper(), place=county.two.pk, version=1, on=ON, name="二里新社区", kind="village_converted"
    )
    assert (changed.name, changed.kind, changed.version) == ("二里新社区", "village_converted", 2)
    assert again(county.two).extra["former"] == [{"name": "二里社区居民委员会", "until": "2026-03-01"}]
    assert Entry.objects.latest("id").facts["was"]["name"] == "二里社区居民委员会"


def test_a_change_from_an_older_view_is_refused(county: County) -> None:
    places.place_change(actor=county.keeper(), place=county.two.pk, version=1, on=ON, households=900)
    with pytest.raises(Stale) as caught:
        places.place_change(actor=county.keeper(), place=county.two.pk, version=1, on=ON, households=800)
    assert (caught.value.code, again(county.two).households) == ("place.stale", 900)


def test_a_change_that_changes_nothing_leaves_no_trace(county: County) -> None:
    count = Entry.objects.count()
    places.place_change(actor=county.keeper(), place=county.two.pk, version=1, on=ON, name=county.two.name)
    assert (Entry.objects.count(), again(county.two).version) == (count, 1)


def test_a_moved_grid_takes_along_what_is_below_it(county: County) -> None:
    below = places.place_create(
        actor=county.keeper(),
        sketch=Sketch(type="grid", name="微网格", code="m1", level="micro"),
        parent=county.one_a.pk,
        upper=county.one_a.pk,
    )
    places.place_move(actor=county.keeper(), place=county.one_a.pk, version=1, parent=county.two.pk)
    moved = again(below)
    assert moved.path == f"{county.two.path}{county.one_a.pk}/{below.pk}/"
    assert (moved.community_id, moved.grid_path) == (county.two.pk, f"/{county.one_a.pk}/{below.pk}/")
    with pytest.raises(RuleBroken) as caught:
        places.place_move(actor=county.keeper(), place=county.one_a.pk, version=2, parent=below.pk)
    assert caught.value.code == "place.ring"


def test_a_place_moves_only_between_places_of_ones_own(county: County) -> None:
    with pytest.raises(NotAllowed):
        places.place_move(actor=county.keeper(), place=county.one_a.pk, version=1, parent=county.three.pk)
    assert again(county.one_a).community_id == county.one.pk


def test_a_new_outline_ends_the_one_before(county: County) -> None:
    places.boundary_redraw(actor=county.keeper(), place=county.one_a.pk, form=square(0, 0, 0.5), on=ON)
    spans = Boundary.objects.filter(place=county.one_a).order_by("since").values_list("since", "until")
    assert list(spans) == [(date(2026, 1, 1), ON), (ON, None)]


def test_a_redrawn_grid_is_a_new_row_that_succeeds_the_old(county: County) -> None:
    heard: list[events.Succeeded] = []

    def hear(fact: events.Succeeded, **_rest: Any) -> None:
        heard.append(fact)

    events.place_succeeded.connect(hear)
    try:
        new = places.place_redraw(
            actor=county.keeper(), place=county.one_a.pk, sketch=sketch(county), on=ON, form=square(0, 0)
        )
    finally:
        events.place_succeeded.disconnect(hear)
    old = again(county.one_a)
    assert (old.until, old.successor_id, new.since) == (ON, new.pk, ON)
    assert Boundary.objects.filter(place=old, until=None).count() == 0
    assert [(fact.old, fact.new, fact.how) for fact in heard] == [(old.pk, (new.pk,), "redrawn")]


def test_a_receiver_that_fails_undoes_the_whole_operation(county: County) -> None:
    def fail(**_rest: Any) -> None:
        raise RuleBroken("work.stuck")

    events.place_succeeded.connect(fail)
    try:
        with pytest.raises(RuleBroken):
            places.place_end(actor=county.keeper(), place=county.one_a.pk, version=1, on=ON)
    finally:
        events.place_succeeded.disconnect(fail)
    assert again(county.one_a).until is None


@pytest.mark.parametrize("target", ["one", "east"])
def test_a_place_in_which_others_lie_does_not_end(county: County, target: str) -> None:
    place: Place = getattr(county, target)
    with pytest.raises(RuleBroken) as caught:
        places.place_end(actor=county.keeper(), place=place.pk, version=1, on=ON)
    assert caught.value.code == "place.not_empty"


def test_an_end_before_the_beginning_and_a_second_end_are_refused(county: County) -> None:
    made = create(county, since=date(2026, 2, 1))
    with pytest.raises(InvalidInput) as caught:
        places.place_end(actor=county.keeper(), place=made.pk, version=1, on=date(2026, 1, 1))
    assert caught.value.code == "place.before_it_began"
    places.place_end(actor=county.keeper(), place=made.pk, version=1, on=ON)
    with pytest.raises(RuleBroken) as again_caught:
        places.place_end(actor=county.keeper(), place=made.pk, version=2, on=ON)
    assert again_caught.value.code == "place.ended"
