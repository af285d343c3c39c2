"""What the doctor asks of the territory: sound paths, no outline of what has ended, codes and sizes as agreed."""

from collections.abc import Iterator
from typing import Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from linli.core import doctor
from linli.records import profiles
from linli.territory.models import Boundary, Place
from linli.territory.sections import GridsSection

NAMED: Final = 5
BROKEN: Final = """
    SELECT p.code || ' ' || p.name FROM territory_place p
    LEFT JOIN territory_place up ON up.id = p.parent_id
    LEFT JOIN territory_place net ON net.id = p.upper_id
    WHERE p.path <> coalesce(up.path, '/') || p.id || '/'
       OR (p.type = 'grid' AND p.grid_path <> coalesce(net.grid_path, '/') || p.id || '/')
    ORDER BY p.id LIMIT 6
"""


@doctor.register("territory", _("Territory"))
def territory() -> Iterator[doctor.Finding]:
    """The tree and the outlines agree with themselves."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN)
        broken = [str(row[0]).strip() for row in cursor.fetchall()]
    if broken:
        yield doctor.fault("territory.path", _named(_("Places do not lie where their parents say: "), broken))
    ended = Boundary.objects.filter(until=None, place__until__isnull=False)
    names = list(ended.values_list("place__name", flat=True)[: NAMED + 1])
    if names:
        yield doctor.fault("territory.outline", _named(_("Ended places are still drawn: "), names))


@doctor.register("grids", _("Grids"))
def grids() -> Iterator[doctor.Finding]:
    """Codes keep to the schemes of the profile, and sizes lie within the bands it gives."""
    section = profiles.current().section(GridsSection)
    rows = Place.objects.filter(type=Place.Type.GRID, until=None).values_list(
        "level", "kind", "code", "name", "households", "upper__code", "parent__code"
    )
    bands = {item.code: item for item in section.levels if item.households_to}
    codes, sizes = [], []
    for level, kind, code, name, households, upper, parent in rows.iterator(5000):
        schemes = [item for item in section.codes if item.applies(level, kind)]
        if any(not item.allows(code, upper or parent or "") for item in schemes):
            codes.append(f"{code} {name}".strip())
        band = bands.get(level)
        if band and households is not None and not band.households_from <= households <= band.households_to:
            sizes.append(f"{code} {name} ({households})".strip())
    if codes:
        yield doctor.warning("grids.codes", _named(_("Codes do not keep to their scheme: "), codes))
    if sizes:
        yield doctor.warning("grids.sizes", _named(_("Households are outside the usual band: "), sizes))


def _named(sentence: object, names: list[str]) -> str:
    """The sentence with the first names and how many more there are."""
    more = f" +{len(names) - NAMED}" if len(names) > NAMED else ""
    return f"{sentence}{'、'.join(names[:NAMED])}{more}"
