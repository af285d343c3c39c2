"""Communities and grids merge, communities split: what lies in them moves, history stays, the work goes along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from linli.core import journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, RuleBroken
from linli.territory import events, policies
from linli.territory.models import Boundary, Facility, Place
from linli.territory.operations.places import (
    Sketch,
    boundary_redraw,
    end_row,
    place_locked,
    sketched,
)
from linli.territory.operations.revisions import revision_mark
from linli.territory.operations.tree import regrid, rehang


@dataclass(frozen=True, slots=True)
class Part:
    """One of the communities that a community is split into, and the places in it that go there."""

    sketch: Sketch
    children: tuple[int, ...]


@transaction.atomic
def communities_merge(*, actor: Actor, places: Sequence[int], into: int, on: date) -> Place:
    """Merge communities into one of them or into another that exists; grids, compounds and facilities move.

    Totals and closed work stay with the old communities. The outline of the one that remains becomes the union.
    Raises: not_found, place.not_yours, community.not_one, community.too_few, place.before_it_began.
    """
    target = place_locked(into)
    old = [place_locked(place) for place in dict.fromkeys(places) if place != into]
    for place in (target, *old):
        policies.require_manage(actor, place)
        _require_community(place)
    return _merged(actor, target, old, on, "community.merge")


@transaction.atomic
def grids_merge(*, actor: Actor, places: Sequence[int], into: int, on: date) -> Place:
    """Merge grids into one of them, also those of separate lines of work, so that one network is left (TER-05).

    Lower grids, compounds and facilities go along, posts and open work too; households and residents add up where
    all are known. Raises: not_found, place.not_yours, grid.not_one, grid.too_few, place.ring,
    place.before_it_began.
    """
    target = place_locked(into)
    old = [place_locked(place) for place in dict.fromkeys(places) if place != into]
    for place in (target, *old):
        policies.require_manage(actor, place)
        if place.type != Place.Type.GRID or place.until is not None:
            raise RuleBroken("grid.not_one", _("%(name)s is no grid now."), name=place.name)
    if not old:
        raise InvalidInput("grid.too_few", _("Name at least one grid that merges into another."))
    for field in ("households", "residents"):
        counted = [getattr(place, field) for place in (target, *old)]
        setattr(target, field, None if None in counted else sum(counted))
    target.version += 1
    target.save(update_fields=["households", "residents", "version"])
    return _merged(actor, target, old, on, "grid.merge")


def _merged(actor: Actor, target: Place, old: Sequence[Place], on: date, operation: str) -> Place:
    if not old:
        raise InvalidInput("community.too_few", _("Name at least one community that merges into another."))
    _unite_outlines(actor, target, old, on)
    for place in old:
        for child in list(place.children.filter(until=None)):
            rehang(child, target)
        for lower in list(place.lower.filter(until=None)):
            regrid(lower, target)
        Facility.objects.filter(place=place, until=None).update(place=target)
        end_row(place, on, target)
        events.announce(events.Succeeded(actor, place.pk, (target.pk,), on, "merged"))
    facts = {"merged": [place.pk for place in old], "on": on.isoformat()}
    journal.write(actor, operation, (target.type, target.pk), place_id=target.pk, facts=facts)
    revision_mark()
    target.refresh_from_db()
    return target


def _unite_outlines(actor: Actor, target: Place, old: Sequence[Place], on: date) -> None:
    """Draw the target anew where all of them are drawn; else its outline would claim what nobody drew."""
    ids = [target.pk, *(place.pk for place in old)]
    drawn = Boundary.objects.filter(place_id__in=ids, until=None).values_list("geometry", flat=True)
    forms = np.array([shape(geometry) for geometry in drawn], dtype=object)
    if len(forms) == len(ids):
        boundary_redraw(actor=actor, place=target.pk, form=shapely.union_all(forms), on=on)


@transaction.atomic
def community_split(*, actor: Actor, place: int, parts: Sequence[Part], on: date) -> list[Place]:
    """Split a community into new ones with codes of their own; every place in it goes to one of them.

    Raises: not_found, place.not_yours, community.not_one, community.too_few, community.unassigned, and those of
    `place_create`.
    """
    old = place_locked(place)
    policies.require_manage(actor, old)
    _require_community(old)
    if len(parts) < 2:
        raise InvalidInput("community.too_few", _("A community is split into at least two."))
    children = {child.pk: child for child in old.children.filter(until=None)}
    assigned = [pk for part in parts for pk in part.children]
    if sorted(assigned) != sorted(children):
        raise RuleBroken(
            "community.unassigned",
            _("Every grid and compound goes to exactly one of the new communities."),
            left=sorted(set(children) - set(assigned)),
        )
    assert old.parent is not None
    made = []
    for part in parts:
        new = sketched(part.sketch, old.parent, None)
        new.since = on
        Place.objects.bulk_create([new])
        for pk in part.children:
            rehang(children[pk], new)
        made.append(new)
    Facility.objects.filter(place=old, until=None).update(place=made[0])
    end_row(old, on, made[0])
    ids = tuple(new.pk for new in made)
    facts = {"into": list(ids), "on": on.isoformat()}
    journal.write(actor, "community.split", ("division", old.pk), place_id=old.pk, facts=facts)
    revision_mark()
    events.announce(events.Succeeded(actor, old.pk, ids, on, "split"))
    return made


def _require_community(place: Place) -> None:
    if place.type != Place.Type.DIVISION or place.community_id != place.pk or place.until is not None:
        raise RuleBroken("community.not_one", _("%(name)s is no community now."), name=place.name)
