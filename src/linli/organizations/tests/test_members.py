"""Members as numbers: by grid with the gaps, and those of a mobile branch whose home is elsewhere."""

from datetime import timedelta
from typing import Any

import pytest

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.organizations.models import GridMembers, Organization
from linli.organizations.operations.bodies import Sketch, organization_change, organization_create
from linli.organizations.operations.membership import grid_members_remove, grid_members_set
from linli.organizations.operations.recording import organization_record_many
from linli.organizations.queries import bodies
from linli.organizations.tests.test_pages import enter
from linli.records.figures import compute
from linli.records.figures.compile import EVERYWHERE
from linli.records.figures.definitions import Figure


@pytest.fixture
def branch(cast: Cast) -> Organization:
    """A Party branch of the community with thirty members."""
    sketch = Sketch("party_organization", "春晓第二党支部", cast.places["community"].pk, members=30)
    return organization_create(actor=cast.secretary, sketch=sketch)


def put(cast: Cast, branch: Organization, grid: str = "grid", members: int | None = 12, **more: Any) -> GridMembers:
    """So many members in a grid."""
    actor = cast.actors[more.get("role", "secretary")]
    place = cast.places[grid].pk
    return grid_members_set(actor=actor, organization_id=branch.pk, grid_id=place, members=members)


def gap(cast: Cast, branch: Organization) -> int:
    """How many members the list of what is missing says are in no grid."""
    return next((row.gap for row in bodies.members_in_no_grid(cast.secretary) if row.pk == branch.pk), 0)  # type: ignore[attr-defined]


def test_members_are_counted_by_grid_and_the_gap_is_listed(cast: Cast, branch: Organization) -> None:
    assert gap(cast, branch) == 30
    put(cast, branch)
    put(cast, branch, "second_grid", 10)
    assert gap(cast, branch) == 8
    assert bodies.body_for(cast.secretary, branch.pk).members_in_none == 8
    put(cast, branch, "second_grid", 18)
    assert gap(cast, branch) == 0


def test_members_of_a_body_at_a_grid_are_in_it_and_those_below_count_once(cast: Cast, branch: Organization) -> None:
    sketch = Sketch("party_organization", "第一网格党小组", cast.places["grid"].pk, parent_id=branch.pk, members=11)
    group = organization_create(actor=cast.secretary, sketch=sketch)
    put(cast, branch, "second_grid", 4)
    assert (gap(cast, group), gap(cast, branch)) == (0, 15)


def test_a_grid_to_which_a_branch_belongs_lacks_none(cast: Cast, branch: Organization) -> None:
    def without() -> set[int]:
        return set(bodies.grids_without("party_organization").values_list("pk", flat=True))

    second = cast.places["second_grid"].pk
    assert second in without()
    row = put(cast, branch, "second_grid", None)
    assert second not in without()
    grid_members_remove(actor=cast.secretary, grid_members_id=row.pk)
    assert second in without()


def test_a_new_number_leaves_the_old_one_as_history(cast: Cast, branch: Organization) -> None:
    row = put(cast, branch)
    put(cast, branch, members=13)
    assert [item.members for item in GridMembers.objects.all()] == [13]
    today = clock.today()
    GridMembers.objects.filter(pk=row.pk).update(counted=today - timedelta(days=9))
    put(cast, branch, members=15)
    figure = Figure.model_validate({"id": "m", "of": "grid_members", "measure": {"sum": "members"}})
    for day, value in ((today, 15), (today - timedelta(days=1), 13)):
        assert compute.value_of(figure, day, EVERYWHERE, {"m": figure}).value == value


@pytest.mark.parametrize(
    ("grid", "members", "role", "code"),
    [
        ("far_grid", 1, "secretary", "grid_members.elsewhere"),
        ("grid", 31, "secretary", "grid_members.too_many"),
        ("compound", 1, "secretary", "not_found"),
        ("grid", 1, "outsider", "organization.not_yours"),
        ("grid", 1, "grid_worker", "organization.not_yours"),
    ],
)
def test_refusals(cast: Cast, branch: Organization, grid: str, members: int, role: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        put(cast, branch, grid, members, role=role)
    assert refused.value.code == code
    assert not GridMembers.objects.exists()


def test_a_mobile_branch_has_members_with_their_home_elsewhere(cast: Cast, branch: Organization) -> None:
    def change(elsewhere: int) -> Organization:
        held = Organization.objects.get(pk=branch.pk)
        return organization_change(
            actor=cast.secretary, organization_id=branch.pk, version=held.version, members_elsewhere=elsewhere
        )

    change(25)
    assert bodies.body_for(cast.secretary, branch.pk).members_at_home == 5
    with pytest.raises(DomainError) as refused:
        change(31)
    assert refused.value.code == "organization.members_elsewhere"
    # A ledger with fewer members than that leaves it to be counted again.
    record = organization_record_many("party_organization")
    record(actor=SYSTEM, rows=[{"id": branch.pk, "members": 20}])
    branch.refresh_from_db()
    assert (branch.members, branch.members_elsewhere) == (20, None)


def test_by_clicking(cast: Cast, branch: Organization) -> None:
    client = enter(cast, "secretary")
    address = f"/organizations/{branch.pk}/grids/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"grid": cast.places["grid"].pk, "members": "40"}).status_code == 400
    assert client.post(address, {"grid": cast.places["grid"].pk, "members": "4"}).status_code == 302
    row = GridMembers.objects.get()
    page = client.get(f"/organizations/{branch.pk}/")
    assert page.context["page"].members_in_none == 26
    assert client.post(f"/organizations/members-by-grid/{row.pk}/remove/").status_code == 302
    assert client.post(f"/organizations/members-by-grid/{row.pk}/remove/").status_code == 404
    assert client.get("/organizations/missing/").status_code == 200
