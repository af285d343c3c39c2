"""Which place a feature of a map means: by its code, else by its name within what it says holds it.

Names in ledgers are resolved in resolving.py.
"""

from collections.abc import Mapping
from typing import Any, Final

from linli.records.ledgers.names import place_keys
from linli.territory.models import Place

UNKNOWN: Final = "reference.unknown_place"
AMBIGUOUS: Final = "reference.ambiguous_place"
CODES: Final = ("code", "编码", "代码", "网格编码", "区划代码", "id", "adcode")
NAMES: Final = ("name", "名称", "网格名称", "NAME", "Name")
PARENTS: Final = ("parent", "parent_code", "上级", "上级编码", "所属小区", "小区")
TYPES: Final = {"community": "division", "street": "division", "county": "division", "micro": "grid"}


class FeatureIndex:
    """All places that there are now, by code and by name."""

    def __init__(self) -> None:
        self._by_code: dict[str, list[Place]] = {}
        self._by_name: dict[str, list[Place]] = {}
        # Compounds are among the places themselves: joined, a database without statistics yet reads them N² times.
        places = list(Place.objects.filter(until=None, placeholder=False))
        names = {place.pk: place.name for place in places}
        for place in places:
            if place.code:
                self._by_code.setdefault(place.code, []).append(place)
            for key in _spoken(place, names.get(place.compound_id or 0, "")):
                self._by_name.setdefault(key, []).append(place)

    def place_of(self, properties: Mapping[str, Any]) -> Place | str:
        """The place that is meant, or the code of why there is none."""
        kind = _type_of(str(properties.get("level") or properties.get("type") or ""))
        code = _first(properties, CODES)
        found = _of_type(self._by_code.get(code, []), kind)
        if len(found) == 1:
            return found[0]
        name = _first(properties, NAMES)
        named = [place for key in place_keys(name) for place in self._by_name.get(key, [])] if name else []
        named = _of_type(list({place.pk: place for place in named}.values()), kind)
        within = self._within(named, _first(properties, PARENTS))
        if len(within) == 1:
            return within[0]
        exact = [place for place in within if place.name == name]
        if len(exact) == 1:
            return exact[0]
        return AMBIGUOUS if within else UNKNOWN

    def _within(self, places: list[Place], parent: str) -> list[Place]:
        """Those that lie in the place with this code or name, where that says anything."""
        above = self._by_code.get(parent) or [p for key in place_keys(parent) for p in self._by_name.get(key, [])]
        inside = [
            place
            for place in places
            if any(
                place.pk != outer.pk and (f"/{outer.pk}/" in place.path or f"/{outer.pk}/" in place.grid_path)
                for outer in above
            )
        ]
        return inside or places


def _first(properties: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(properties[name]).strip() for name in names if properties.get(name)), "")


def _type_of(level: str) -> str:
    """The type that a map's word for the level shows; empty where it shows none."""
    bare = level.lower()
    if "grid" in bare or "网格" in bare:
        return "grid"
    return TYPES.get(bare, bare if bare in Place.Type.values else "")


def _of_type(places: list[Place], kind: str) -> list[Place]:
    return [place for place in places if place.type == kind] or places if kind else places


def _spoken(place: Place, compound: str) -> tuple[str, ...]:
    """The names a place goes by: a building also with its compound, and without the compound's letter."""
    keys = place_keys(place.name)
    if place.type != Place.Type.BUILDING or not compound:
        return keys
    bare = place.name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return (*keys, f"{compound}{place.name}", f"{compound}{bare}")
