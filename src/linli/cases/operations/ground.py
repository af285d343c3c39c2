"""Where a matter lies and who receives it there: place, grid, codes above and the nearest office, in one query.

Written in SQL because intake asks it for every report: the same through the ORM costs four times the whole rest
of an intake (six joined rows of which a few columns are needed).
"""

from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.composed import planned_cursor
from linli.core.errors import InvalidInput
from linli.organizations.models import Organization
from linli.territory.locating import locate
from linli.territory.models import Place

_SQL: Final = """
SELECT p.id, p.path, p.grid_path, p.parent_id,
       array_remove(ARRAY[county.code, street.code, community.code], NULL),
       grid.id, grid.grid_path, office.id, CASE WHEN p.type = 'building' THEN ARRAY[p.lng, p.lat] END
FROM territory_place p
LEFT JOIN territory_place county ON county.id = p.county_id
LEFT JOIN territory_place street ON street.id = p.street_id
LEFT JOIN territory_place community ON community.id = p.community_id
LEFT JOIN territory_place compound ON compound.id = p.compound_id
LEFT JOIN territory_place grid ON grid.type = 'grid' AND grid.id = COALESCE(
    %(grid)s::bigint, CASE WHEN p.type = 'grid' THEN p.id END, p.upper_id, compound.upper_id)
LEFT JOIN LATERAL (
    SELECT o.id FROM organizations_organization o JOIN territory_place seat ON seat.id = o.place_id
    WHERE o.type = %(office)s AND (o.until IS NULL OR o.until > %(today)s) AND o.id IS DISTINCT FROM %(without)s::bigint
      AND o.place_id = ANY (string_to_array(trim(BOTH '/' FROM p.path), '/')::bigint[])
    ORDER BY length(seat.path) DESC, o.id LIMIT 1
) office ON true
WHERE p.id = %(place)s AND NOT p.placeholder
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """The place of a matter, the grid around it, the codes of the divisions above, and the office that answers."""

    place_id: int
    path: str
    grid_path: str
    parent_id: int | None
    codes: tuple[str, ...]
    grid_id: int | None
    grid_grid_path: str
    office_id: int | None


def ground_at(place_id: int, *, grid_id: int | None = None, without: int | None = None) -> Ground:
    """The ground at a place; `without` is a body that must not receive the matter.

    Raises: case.place_unknown
    """
    values = {
        "place": place_id,
        "grid": grid_id,
        "without": without,
        "office": Organization.Type.OFFICE.value,
        "today": clock.today(),
    }
    with planned_cursor(connection) as cursor:
        cursor.execute(_SQL, values)
        row = cursor.fetchone()
    if row is None:
        raise InvalidInput("case.place_unknown", _("There is no such place."), place=place_id)
    _place, path, grid_path, parent_id, codes, grid, inner_path, office, point = row
    if grid is None and point and None not in point:
        # A drawn building tells its grid by where it stands, so that nobody has to keep a list of both.
        leaf = locate(*point).leaf
        if leaf is not None:
            return ground_at(place_id, grid_id=leaf.id, without=without)
    return Ground(place_id, path, grid_path, parent_id, tuple(codes), grid, inner_path or "", office)


def ground_of(place_id: int | None, lng: float | None, lat: float | None, without: int | None = None) -> Ground:
    """The ground at a place, at a point in WGS84, or at both: then the point says only in which grid it is.

    Raises: case.place_unknown, point.impossible
    """
    if lng is None or lat is None:
        return ground_at(place_id or 0, without=without)
    chain = locate(lng, lat)
    inner = next((step.id for step in chain.steps if step.type != Place.Type.GRID), 0)
    return ground_at(place_id or inner, grid_id=chain.leaf.id if chain.leaf else None, without=without)
