"""Bringing in the streets of a place: read, checked against what is drawn there, kept as its next version."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import numpy as np
import shapely
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from linli.circles import policies
from linli.circles.models import StreetNetwork
from linli.circles.operations.computing import circle_compute
from linli.circles.queries.inputs import Home, inputs_of
from linli.circles.sections import section
from linli.circles.streets.checking import LEAST, fits, suspected
from linli.circles.streets.network import Network, apart, joined, packed, parts, tie
from linli.circles.streets.reading import lines_of
from linli.circles.workflow import SUBJECT
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.territory.geometry import crs
from linli.territory.models import Boundary, Place

ISLANDS: Final = 20


@dataclass(frozen=True, slots=True)
class Brought:
    """A file of streets: where it comes from, as of which day; `system` only where the file does not say it itself."""

    name: str
    content: bytes
    source: str
    day: date
    system: str = ""


@transaction.atomic
def network_bring(*, actor: Actor, place_id: int, brought: Brought) -> StreetNetwork:
    """Keep the streets of a file as the place's next version, and compute what is within a walk along them.

    Parts that hang together with nothing else are kept, and told with the households that they hold.
    Raises: not_found, streets.not_yours, streets.source, streets.day, streets.nested, streets.same, streets.outside,
    streets.shifted, crs.unknown, and what reading.py raises
    """
    place = Place.objects.filter(policies.DIVISIONS, pk=place_id).first()
    if place is None or not policies.may_see(actor, place):
        raise NotFound
    policies.require_keep(actor, place)
    _require_said(brought)
    network, system = network_read(brought)
    network_check(place, network)
    # One at a time for a whole root, so that no two networks come to lie over one another.
    Place.objects.select_for_update().get(pk=int(place.path.split("/")[1]))
    held = StreetNetwork.objects.filter(ended=None)
    _require_alone(place, held.exclude(place=place).select_related("place"))
    digest = hashlib.sha256(brought.content + system.encode()).hexdigest()
    before = held.filter(place=place).first()
    if before and before.digest == digest:
        raise RuleBroken("streets.same", _("These streets are here already, since %(day)s."), day=f"{before.day}")
    held.filter(place=place).update(ended=clock.now())
    row = StreetNetwork(
        place=place,
        version=StreetNetwork.objects.filter(place=place).count() + 1,
        file=brought.name[:200],
        source=brought.source.strip(),
        day=brought.day,
        system=system,
        digest=digest,
        graph=packed(network),
        junctions=network.size,
        stretches=len(network.starts),
        kilometres=Decimal(f"{network.metres.sum() / 1000:.1f}"),
        parts=int(parts(network).max()) + 1,
        brought=clock.now(),
    )
    row.islands = _islands(network, inputs_of(row, section()).homes)
    row.save(force_insert=True)
    facts = {"file": row.file, "version": row.version, "junctions": row.junctions, "parts": row.parts}
    journal.write(actor, "street_network.bring", (SUBJECT, row.pk), place_id=place.pk, facts=facts)
    circle_compute(actor=actor, network_id=row.pk)
    return row


def network_read(brought: Brought) -> tuple[Network, str]:
    """The network of a file in WGS84, and the system in which it came. Raises what reading.py raises."""
    lines, said = lines_of(brought.name, brought.content)
    system = brought.system or said or "wgs84"
    network = joined(lines)
    if not len(network.starts):
        raise InvalidInput(
            "streets.empty", _("There is no street in %(name)s along which one may walk."), name=brought.name
        )
    if system != "wgs84":
        points = np.column_stack(crs.to_wgs84(system, network.points[:, 0], network.points[:, 1]))
        metres = np.maximum(apart(points[network.starts], points[network.ends]), 0.01)
        network = Network(points, network.starts, network.ends, metres, network.oneway)
    return network, system


def network_check(place: Place, network: Network) -> None:
    """Refuse streets that do not lie where they belong. Raises: streets.shifted, streets.outside"""
    outline, houses = _drawn(place)
    found = fits(network, outline, houses)
    system = suspected(found)
    if system:
        text = _(
            "The streets do not lie where the houses and borders of %(place)s are; they do as %(system)s. Choose"
            " %(system)s, or save the file as WGS84."
        )
        raise InvalidInput("streets.shifted", text, place=place.name, system=crs.NAMES[system])
    if found and found["wgs84"].inside < LEAST:
        text = _("Only %(share)s%% of the streets lie in %(place)s: choose the place that they belong to.")
        share = round(100 * found["wgs84"].inside)
        raise InvalidInput("streets.outside", text, share=share, place=place.name)


def _require_said(brought: Brought) -> None:
    if not brought.source.strip() or len(brought.source) > 200:
        raise InvalidInput("streets.source", _("Write where the streets come from, in at most 200 signs."))
    if brought.day > clock.today():
        raise InvalidInput("streets.day", _("The day as of which the streets are does not lie ahead."))


def _require_alone(place: Place, others: Any) -> None:
    for other in others:
        if place.path.startswith(other.place.path) or other.place.path.startswith(place.path):
            text = _("%(place)s has streets already, which lie over these: bring in a new version of those.")
            raise RuleBroken("streets.nested", text, place=other.place.name)


def _drawn(place: Place) -> tuple[Any | None, list[Any]]:
    """The outline of a place, or that of all communities in it, and the houses; what is not drawn is left out."""
    rows = Boundary.objects.filter(until=None, place__until=None, place__path__startswith=place.path)
    own = rows.filter(place=place).values_list("geometry", flat=True)
    areas = own or rows.filter(place__type=Place.Type.DIVISION).values_list("geometry", flat=True)
    forms = [shape(geometry) for geometry in areas]
    houses = rows.filter(place__type=Place.Type.BUILDING).values_list("geometry", flat=True)
    return shapely.union_all(forms) if forms else None, [shape(geometry) for geometry in houses]


def _islands(network: Network, homes: Sequence[Home]) -> list[dict[str, Any]]:
    """The parts that hang together with nothing else, but for the largest: those with most households first."""
    part = parts(network)
    count = int(part.max()) + 1
    points = np.array([home.point for home in homes], dtype=np.float64).reshape(-1, 2)
    tied = tie(network, points, section().nearest_m)
    of_home = part[network.starts[tied.stretch[tied.near]]] if len(homes) else np.empty(0, dtype=np.int64)
    living = np.array([home.households for home in homes], dtype=np.float64)
    households = np.bincount(of_home, weights=living[tied.near] if len(homes) else None, minlength=count)
    metres = np.bincount(part[network.starts], weights=network.metres, minlength=count)
    order = sorted(range(1, count), key=lambda number: (-households[number], -metres[number], number))
    first = {int(number): int(where) for number, where in zip(*np.unique(part, return_index=True), strict=True)}
    return [
        {
            "households": int(households[number]),
            "metres": round(float(metres[number])),
            "lng": round(float(network.points[first[number]][0]), 6),
            "lat": round(float(network.points[first[number]][1]), 6),
        }
        for number in order[:ISLANDS]
    ]
