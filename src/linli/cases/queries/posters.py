"""Posters: a short code for every place, printed as a QR code, and which places somebody may print posters for.

The code is the place's id with a check sign, so that a code read or typed wrongly is no other building.
"""

from collections.abc import Collection
from typing import Final

from django.db.models import Q

from linli.core.actors import Actor
from linli.territory.locating import locate_many
from linli.territory.models import Place

# No letters or digits that are read as one another; their number is a prime, as the check sign needs.
SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
ABLE: Final = ("cases.register", "cases.dispatch", "territory.manage")
AT_ONCE: Final = 300
_MOVES: Final = 8


def poster_code(place_id: int) -> str:
    """The short code of a place."""
    digits: list[int] = []
    while place_id:
        place_id, digit = divmod(place_id, len(SIGNS))
        digits.append(digit)
    return "".join(SIGNS[digit] for digit in (*reversed(digits), _check(digits)))


def place_of_poster(code: str) -> Place | None:
    """The place that a poster names, or the one that succeeded it; None where the code is wrong or nothing follows."""
    digits = [SIGNS.find(sign) for sign in code.strip().upper()]
    if not 2 <= len(digits) <= 12 or -1 in digits or _check(digits[-2::-1]) != digits[-1]:
        return None
    number = 0
    for digit in digits[:-1]:
        number = number * len(SIGNS) + digit
    rows = Place.objects.select_related("community", "compound", "parent").filter(placeholder=False)
    place = rows.filter(pk=number).first()
    for _move in range(_MOVES):
        if place is None or place.until is None:
            return place
        place = rows.filter(pk=place.successor_id or 0).first()
    return None


def within(actor: Actor, abilities: Collection[str]) -> Q:
    """The places in being where the actor holds any of the abilities: those of a grid as well as the grid."""
    condition = Q(pk__in=[])
    for scope in actor.scopes:
        if scope.abilities.isdisjoint(abilities):
            continue
        if scope.path:
            condition |= Q(path__startswith=scope.path)
        if scope.grid_path:
            condition |= _in_grid(scope.grid_path)
    return condition & Q(until=None, placeholder=False)


def below(place: Place) -> Q:
    """A place and what lies in it: a compound's buildings, a grid's compounds and buildings."""
    if place.type == Place.Type.GRID and place.grid_path:
        return _in_grid(place.grid_path)
    return Q(path__startswith=place.path)


def full_name(place: Place, *, community: bool = True) -> str:
    """The name as somebody at the door would say it: community, compound, place."""
    outer = (place.community if community else None, place.compound)
    names = [above.name for above in outer if above and above.pk != place.pk]
    return " ".join((*names, place.name))


def _in_grid(path: str) -> Q:
    """A grid, those below it, the compounds and buildings that are theirs by name, and those that stand in them."""
    outer = Q(upper__grid_path__startswith=path) | Q(compound__upper__grid_path__startswith=path)
    return Q(grid_path__startswith=path) | outer | Q(pk__in=_standing_in(path))


def _standing_in(path: str) -> list[int]:
    """Drawn buildings that no ledger assigns to a grid, by where they stand; a report there finds its grid so too."""
    grids = dict(Place.objects.filter(grid_path__startswith=path, until=None).values_list("id", "parent__path"))
    around = Q(pk__in=[])
    for parent in {parent for parent in grids.values() if parent}:
        around |= Q(path__startswith=parent)
    rows = Place.objects.filter(around, type=Place.Type.BUILDING, until=None, upper=None, compound__upper=None)
    points = list(rows.exclude(lng=None).exclude(lat=None).values_list("id", "lng", "lat"))
    if not points:
        return []
    leaves = locate_many([lng for _pk, lng, _lat in points], [lat for _pk, _lng, lat in points])
    return [pk for (pk, _lng, _lat), leaf in zip(points, leaves, strict=True) if int(leaf) in grids]


def _check(digits: list[int]) -> int:
    """A weighted sum from the last digit on: one wrong sign or two that changed places give another."""
    return sum((weight + 2) * digit for weight, digit in enumerate(digits)) % len(SIGNS)
