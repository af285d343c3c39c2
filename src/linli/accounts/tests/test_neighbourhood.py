"""The cast itself: everybody can do what their post allows, and no more."""

import pytest

from linli.accounts.neighbourhood import PEOPLE, Cast
from linli.core.actors import Actor


def test_everybody_is_there(cast: Cast) -> None:
    assert {role for role, *_rest in PEOPLE} | {"resident"} == set(cast.users)
    assert cast.secretary.person_id == cast.posts["secretary"].person_id
    assert cast.resident.abilities == frozenset()


@pytest.mark.parametrize(
    ("role", "ability", "here", "there"),
    [
        ("grid_worker", "cases.register", True, False),
        ("community_worker", "cases.dispatch", True, False),
        ("outsider", "cases.dispatch", False, True),
        ("street_officer", "cases.arbitrate", True, False),
        ("leader", "cases.supervise", True, True),
        ("resident", "cases.view", False, False),
    ],
)
def test_abilities_reach_as_far_as_the_post(cast: Cast, role: str, ability: str, here: bool, there: bool) -> None:
    actor: Actor = cast.actors[role]
    near, far = cast.places["grid"], cast.places["far_grid"]
    assert actor.reaches(ability, path=near.path, grid_path=near.grid_path) is here
    assert actor.reaches(ability, path=far.path, grid_path=far.grid_path) is there


def test_a_handler_reaches_a_body_and_no_place(cast: Cast) -> None:
    handler = cast.department_handler
    assert handler.organization_ids == (cast.bodies["department"].pk,)
    assert handler.can("cases.handle")
    assert not handler.reaches("cases.handle", path=cast.places["county"].path)


def test_the_three_duties_lie_with_three_people(cast: Cast) -> None:
    duties = {"system.configure", "security.manage", "audit.read"}
    roles = ("system_administrator", "security_administrator", "audit_administrator")
    held = [cast.actors[role].abilities & duties for role in roles]
    assert held == [{"system.configure"}, {"security.manage"}, {"audit.read"}]
