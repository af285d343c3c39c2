"""To which grids a body belongs and how many of its members live in each (ORG-04): numbers only, never names."""

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations import policies
from linli.organizations.models import GridMembers, Organization
from linli.organizations.operations.bodies import body_locked
from linli.territory.models import Place


@transaction.atomic
def grid_members_set(*, actor: Actor, organization_id: int, grid_id: int, members: int | None) -> GridMembers:
    """Say that a body belongs to a grid, with how many of its members live there; None is not counted yet.

    Raises: not_found, organization.not_yours, organization.ended, grid_members.elsewhere, grid_members.too_many
    """
    body = body_locked(organization_id)
    policies.require_body_manage(actor, body)
    if body.until is not None:
        raise RuleBroken("organization.ended", _("This body has ended."))
    grid = Place.objects.filter(pk=grid_id, type=Place.Type.GRID, until=None).first()
    if grid is None:
        raise NotFound
    if not (grid.path.startswith(body.place.path) or _one_community(grid, body.place)):
        raise InvalidInput("grid_members.elsewhere", _("This grid lies elsewhere than the body."))
    _require_room(body, grid, members or 0)
    row = _counted(body, grid, members)
    facts = {"grid": grid.pk, "members": members}
    journal.write(actor, "grid_members.set", ("organization", body.pk), place_id=grid.pk, facts=facts)
    return row


@transaction.atomic
def grid_members_remove(*, actor: Actor, grid_members_id: int) -> Organization:
    """Say that a body no longer belongs to a grid. Raises: not_found, organization.not_yours"""
    row = GridMembers.objects.select_for_update().filter(pk=grid_members_id, until=None).first()
    if row is None:
        raise NotFound
    body = body_locked(row.organization_id)
    policies.require_body_manage(actor, body)
    facts = {"grid": row.grid_id, "members": row.members}
    journal.write(actor, "grid_members.remove", ("organization", body.pk), place_id=row.grid_id, facts=facts)
    _end(row)
    return body


def _counted(body: Organization, grid: Place, members: int | None) -> GridMembers:
    """The number as of today; the one before ends and stays as history, unless it was of today too."""
    today = clock.today()
    held = GridMembers.objects.filter(organization=body, grid=grid, until=None).first()
    if held is not None and held.counted == today:
        held.members = members
        held.save(update_fields=["members"])
        return held
    if held is not None:
        _end(held)
    return GridMembers.objects.create(organization=body, grid=grid, members=members, counted=today)


def _end(row: GridMembers) -> None:
    row.until = clock.today()
    row.save(update_fields=["until"])


def _one_community(grid: Place, place: Place) -> bool:
    return grid.community_id is not None and grid.community_id == place.community_id


def _require_room(body: Organization, grid: Place, members: int) -> None:
    """Everybody is in one grid at most, so the grids hold no more than the body has."""
    others = (
        GridMembers.objects.filter(organization=body, until=None).exclude(grid=grid).aggregate(n=Sum("members"))["n"]
        or 0
    )
    if body.members is not None and others + members > body.members:
        raise InvalidInput(
            "grid_members.too_many",
            _("The body has %(members)s members; its other grids have %(others)s of them."),
            members=body.members,
            others=others,
        )
