"""Moving subtrees: paths and repeated ancestors of everything below a place. Other operations call it."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from linli.core.errors import RuleBroken
from linli.territory.models import Place

STEPS = ("county", "street", "community")


def settle(place: Place, parent: Place | None, upper: Place | None = None) -> None:
    """Give a new place its paths and repeat its ancestors; nothing is saved."""
    place.parent = parent
    place.path = f"{parent.path if parent else '/'}{place.pk}/"
    for step in STEPS:
        setattr(place, f"{step}_id", getattr(parent, f"{step}_id") if parent else None)
    if place.type == Place.Type.DIVISION:
        own = {6: "county", 9: "street", 12: "community"}.get(len(place.code))
        if own:
            setattr(place, f"{own}_id", place.pk)
    elif parent is not None:
        holds = parent.pk if parent.type == Place.Type.COMPOUND else None
        place.compound_id = parent.compound_id or holds
    if place.type == Place.Type.GRID:
        place.upper = upper
        place.grid_path = f"{upper.grid_path if upper else '/'}{place.pk}/"


def rehang(place: Place, parent: Place) -> None:
    """Move a place with all below it under another parent. The row given is made current.

    Raises: place.ring.
    """
    if parent.path.startswith(place.path):
        raise RuleBroken("place.ring", _("A place cannot lie in itself."))
    holds = parent.pk if parent.type == Place.Type.COMPOUND else None
    compound = None if place.type == Place.Type.DIVISION else parent.compound_id or holds
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE territory_place SET
                path = %(new)s || substr(path, length(%(old)s) + 1),
                county_id = coalesce(%(county)s, county_id),
                street_id = coalesce(%(street)s, street_id),
                community_id = coalesce(%(community)s, community_id),
                compound_id = CASE WHEN compound_id IS NULL OR compound_id = %(before)s OR id = %(id)s
                                   THEN coalesce(%(compound)s, compound_id) ELSE compound_id END
            WHERE path LIKE %(old)s || '%%'
            """,
            {
                "new": f"{parent.path}{place.pk}/",
                "old": place.path,
                "county": parent.county_id,
                "street": parent.street_id,
                "community": parent.community_id,
                "compound": compound,
                "before": place.compound_id,
                "id": place.pk,
            },
        )
    Place.objects.filter(pk=place.pk).update(parent=parent)
    place.refresh_from_db()


def regrid(place: Place, upper: Place | None) -> None:
    """Move a grid with all below it in the network, or a compound or building, under another upper grid.

    Raises: place.ring.
    """
    if place.type != Place.Type.GRID:
        Place.objects.filter(pk=place.pk).update(upper=upper)
        place.refresh_from_db()
        return
    if upper is not None and upper.grid_path.startswith(place.grid_path):
        raise RuleBroken("place.ring", _("A place cannot lie in itself."))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE territory_place SET grid_path = %s || substr(grid_path, length(%s) + 1)"
            " WHERE grid_path LIKE %s || '%%'",
            [f"{upper.grid_path if upper else '/'}{place.pk}/", place.grid_path, place.grid_path],
        )
    Place.objects.filter(pk=place.pk).update(upper=upper)
    place.refresh_from_db()
