"""Every member stands in a grid: which organisations fall short, who is asked, and when that is over."""

import pytest

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.core.models import WorkItem
from linli.members.operations.attaching import attaching_check
from linli.organizations.operations.bodies import Sketch, organization_create
from linli.organizations.operations.membership import grid_members_set
from linli.organizations.queries.bodies import members_in_no_grid
from linli.records.operations.profiles import content_apply

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "members", "at", "counted", "short"),
    [
        (20, 30, "community", (), 30),
        (20, 30, "community", (12,), 18),
        (20, 30, "community", (12, 18), 0),
        (20, 30, "grid", (), 0),
        (20, None, "community", (), 0),
        (0, 30, "community", (), 30),
    ],
)
def test_members_in_no_grid_are_asked_for_until_they_are_in_one(
    cast: Cast, days: int, members: int | None, at: str, counted: tuple[int, ...], short: int
) -> None:
    content_apply(actor=SYSTEM, content=lambda held: {**held, "members": {"attach_days": days}})
    sketch = Sketch("party_organization", "春晓第二党支部", cast.places[at].pk, members=members)
    body = organization_create(actor=cast.secretary, sketch=sketch)
    for grid, number in zip(("grid", "second_grid"), counted, strict=False):
        put = {"organization_id": body.pk, "grid_id": cast.places[grid].pk}
        grid_members_set(actor=cast.secretary, members=number, **put)
    gaps = {row.pk: row.gap for row in members_in_no_grid(SYSTEM)}  # type: ignore[attr-defined]
    assert gaps.get(body.pk, 0) == short
    for _again in range(2):
        attaching_check()
    asked = WorkItem.objects.filter(kind="members.unattached", subject_id=body.pk)
    assert asked.filter(ended=None).count() == (1 if short and days else 0)
    if asked.exists():
        rest = grid_members_set(
            actor=cast.secretary,
            organization_id=body.pk,
            grid_id=cast.places["second_grid"].pk,
            members=short,
        )
        attaching_check()
        assert rest.members == short
        assert not asked.filter(ended=None).exists()
