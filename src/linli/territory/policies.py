"""Who may see and change the territory. One rule gives both the filter and the check; hidden equals missing.

Names, outlines and posted posts of current divisions and grids hang on a board at every corner: they are public.
The rest (totals of small places, history, faults) is for those whose post sees the territory, all of it, since
it holds nothing personal.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound
from linli.territory.models import Facility, Place

IMPORT = "imports.run"
VIEW = "territory.view"
MANAGE = "territory.manage"


def may_view(actor: Actor) -> bool:
    """Whether the actor sees the territory and not only what is posted."""
    return actor.key == "system" or actor.can(VIEW)


def places_visible_to(actor: Actor) -> Q:
    """The places whose rows the actor may open."""
    return Q() if may_view(actor) else Q(pk__in=[])


def posted() -> Q:
    """The places whose name and outline anyone may know."""
    return Q(placeholder=False, until=None)


def may_manage(actor: Actor, place: Place | None) -> bool:
    """Whether the actor may change this place; None stands for the whole territory."""
    if actor.key == "system":
        return True
    path, grid_path = (place.path, place.grid_path) if place else ("/", "")
    return actor.reaches(MANAGE, path=path, grid_path=grid_path)


def may_change_place(actor: Actor, place: Place) -> bool:
    """Whether the actor may change what the profile adds to a place: of those that exist."""
    return place.until is None and may_manage(actor, place)


def may_change_facility(actor: Actor, facility: Facility) -> bool:
    """Whether the actor may change what the profile adds to a facility: where they may change it, as by a ledger."""
    return facility.until is None and (may_manage(actor, facility.place) or may_import(actor, facility.place))


def may_import(actor: Actor, place: Place) -> bool:
    """Whether rows of a ledger that the actor brings may change what lies at this place."""
    return actor.reaches(IMPORT, path=place.path, grid_path=place.grid_path)


def require_view(actor: Actor) -> None:
    """Refuse as if there were nothing. Raises: not_found."""
    if not may_view(actor):
        raise NotFound


def require_manage(actor: Actor, place: Place | None) -> None:
    """Refuse who may not change this place. Raises: not_found, place.not_yours."""
    require_view(actor)
    if not may_manage(actor, place):
        raise NotAllowed("place.not_yours", _("Your posts do not let you change this place."))


def may_tend(actor: Actor, place: Place) -> bool:
    """Whether the actor's posts are about this place: its grid worker, its community, those above it."""
    return actor.key == "system" or actor.reaches(VIEW, path=place.path, grid_path=place.grid_path)


def require_tend(actor: Actor, place: Place) -> None:
    """Refuse whose posts are about other places. Raises: not_found, place.not_yours."""
    require_view(actor)
    if not may_tend(actor, place):
        raise NotAllowed("place.not_yours", _("Your posts do not let you change this place."))


def require_import(actor: Actor, places: Iterable[Place]) -> None:
    """Refuse a file that speaks of places for which the actor does not import. Raises: place.not_yours."""
    if actor.key == "system":
        return
    if not all(may_import(actor, place) for place in places):
        raise NotAllowed("place.not_yours", _("This file holds places that are not among those for which you import."))
