"""Where a matter lies, to be drawn on its page: the point that was given, and the outline around it."""

from typing import Any

from django.db.models import QuerySet

from linli.cases.models import Case
from linli.core.composed import composed
from linli.territory.models import Boundary


def has_map(case: Case) -> bool:
    """Whether there is anything to draw of a matter that was read for its page."""
    return _point(case) is not None or bool(getattr(case, "outlined", False))


def whereabouts(case: Case) -> dict[str, Any]:
    """The point and the nearest outline around it, as one GeoJSON document in WGS84."""
    around = _around(case)
    outlines = sorted(drawn(around), key=lambda row: around.index(row.place_id))
    features = [_feature(row.place.name, row.geometry) for row in outlines[:1]]
    point = _point(case)
    if point:
        features.append(_feature(case.address, {"type": "Point", "coordinates": point}))
    return {"type": "FeatureCollection", "features": features}


@composed(planned=True)
def drawn(places: tuple[int, ...]) -> QuerySet[Boundary]:
    """The outlines in force of these places."""
    return Boundary.objects.filter(until=None, place_id__in=places).select_related("place")


def _around(case: Case) -> tuple[int, ...]:
    """The place and what is next around it, the smallest first."""
    around = (case.place_id, case.place.compound_id, case.grid_id)
    return tuple(dict.fromkeys(pk for pk in around if pk))


def _point(case: Case) -> tuple[float, float] | None:
    for lng, lat in ((case.lng, case.lat), (case.place.lng, case.place.lat)):
        if lng is not None and lat is not None:
            return lng, lat
    return None


def _feature(name: str, geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"name": name}}
