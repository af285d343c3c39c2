"""Computing what is within a walk, along the streets that are in force, and keeping what has changed since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any, Final

import numpy as np
from django.db import transaction

from linli.circles import policies
from linli.circles.models import Circle, Reach, StreetNetwork
from linli.circles.queries.inputs import Inputs, inputs_of
from linli.circles.sections import CirclesSection, ServiceKind, section
from linli.circles.streets.covering import Asked, Covered, cover, suggested
from linli.circles.streets.network import unpacked
from linli.circles.streets.walking import SLACK_M
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.core.errors import NotFound

TENTH: Final = Decimal("0.1")
NOBODY: Final = -1
FIELDS: Final = ("group", "households", "near", "reached", "minutes")


@dataclass(frozen=True, slots=True)
class Told:
    """What is within a walk of a compound, of one kind."""

    kind: ServiceKind
    households: int
    near: int
    minutes: Decimal | None

    @property
    def values(self) -> dict[str, Any]:
        """The columns that say it."""
        return {
            "group": self.kind.group,
            "households": self.households,
            "near": self.near,
            "reached": self.near == self.households,
            "minutes": self.minutes,
        }


@transaction.atomic
def circle_compute(*, actor: Actor, network_id: int) -> Circle:
    """Walk the streets from all homes; what is as it was stays, and the rest holds from today on.

    Raises: not_found, streets.not_yours
    """
    network = StreetNetwork.objects.select_for_update(of=("self",)).select_related("place")
    row = network.filter(pk=network_id, ended=None).first()
    if row is None or not policies.may_see_network(actor, row):
        raise NotFound
    policies.require_compute(actor, row)
    rules = section()
    return _computed(actor, row, rules, inputs_of(row, rules))


def circles_check() -> int:
    """Compute anew where streets, homes, facilities or rules have changed since; returns how many."""
    return sum(_checked(pk) for pk in StreetNetwork.objects.filter(ended=None).values_list("pk", flat=True))


@transaction.atomic
def _checked(network_id: int) -> bool:
    row = StreetNetwork.objects.select_for_update(of=("self",)).select_related("place").get(pk=network_id)
    rules = section()
    inputs = inputs_of(row, rules)
    latest = row.circles.order_by("-pk").first()
    if row.ended or (latest and latest.inputs == inputs.stamp(row, rules)):
        return False
    _computed(SYSTEM, row, rules, inputs)
    return True


def _computed(actor: Actor, network: StreetNetwork, rules: CirclesSection, inputs: Inputs) -> Circle:
    kinds = rules.in_force
    covered = cover(unpacked(bytes(network.graph)), asked_of(inputs, rules))
    _keep(network, _told(kinds, inputs, covered, rules))
    circle = Circle.objects.create(
        network=network,
        minutes=rules.minutes,
        km_per_hour=Decimal(str(rules.km_per_hour)),
        homes=len(inputs.homes),
        households=sum(home.households for home in inputs.homes),
        facilities=sum(bool(service.kinds) and not service.idle for service in inputs.services),
        sites=_sites(network, kinds, inputs, covered),
        remarks=_remarks(inputs, covered),
        inputs=inputs.stamp(network, rules),
        computed=clock.now(),
    )
    facts = {"network": network.pk, "homes": circle.homes, "facilities": circle.facilities}
    journal.write(actor, "circle.compute", ("circle", circle.pk), place_id=network.place_id, facts=facts)
    return circle


def asked_of(inputs: Inputs, rules: CirclesSection) -> Asked:
    """The inputs as numbers."""
    serving = [service for service in inputs.services if not service.idle]
    kinds = [
        np.array([n for n, service in enumerate(serving) if number in service.kinds], dtype=np.int64)
        for number in range(len(rules.in_force))
    ]
    return Asked(
        _points(home.point for home in inputs.homes),
        np.array([home.households for home in inputs.homes], dtype=np.int64),
        _points(service.point for service in serving),
        kinds,
        _points(service.point for service in inputs.services if service.idle),
        rules.metres,
        float(rules.nearest_m),
    )


def _points(points: Iterable[tuple[float, float]]) -> Any:
    return np.array(list(points), dtype=np.float64).reshape(-1, 2)


def _told(
    kinds: Sequence[ServiceKind], inputs: Inputs, covered: Covered, rules: CirclesSection
) -> dict[tuple[int, str], Told]:
    """What is told of each compound and kind: sums over its homes, and the longest walk."""
    units, of_home = np.unique(np.array([home.unit for home in inputs.homes], dtype=np.int64), return_inverse=True)
    living, size = covered.asked.households, len(units)
    households = np.bincount(of_home, weights=living, minlength=size)
    told: dict[tuple[int, str], Told] = {}
    for number, kind in enumerate(kinds):
        near = np.bincount(of_home, weights=living * covered.near[number], minlength=size)
        longest = np.zeros(size)
        np.maximum.at(longest, of_home, covered.metres[number])
        for unit, all_of_it, some, metres in zip(units, households, near, longest, strict=True):
            minutes = _minutes(float(metres), rules) if np.isfinite(metres) else None
            told[int(unit), kind.code] = Told(kind, int(all_of_it), int(some), minutes)
    return told


def _minutes(metres: float, rules: CirclesSection) -> Decimal:
    """Minutes on foot, to the tenth that is not shorter; what is near enough never reads as too far."""
    exact = Decimal(repr(round(max(0.0, metres - SLACK_M) * 60 / (rules.km_per_hour * 1000), 6)))
    return exact.quantize(TENTH, ROUND_CEILING)


def _keep(network: StreetNetwork, told: dict[tuple[int, str], Told]) -> None:
    """End what is no more so and add what is new; what was said today already is corrected."""
    today = clock.today()
    rows = Reach.objects.filter(until=None, place__path__startswith=network.place.path)
    held = {(row.place_id, row.kind): row for row in rows}
    # A compound that moved to another place's streets is told by those.
    elsewhere = Reach.objects.filter(until=None, place_id__in={unit for unit, _kind in told})
    held |= {(row.place_id, row.kind): row for row in elsewhere}
    ended, corrected, dropped, fresh = list[Reach](), list[Reach](), list[int](), list[tuple[int, Told]]()
    for key, row in held.items():
        new = told.get(key)
        if new and all(getattr(row, name) == value for name, value in new.values.items()):
            continue
        if row.since < today:
            row.until = today
            ended.append(row)
            fresh += [(key[0], new)] if new else []
        elif new:
            vars(row).update(new.values)
            corrected.append(row)
        else:
            dropped.append(row.pk)
    fresh += [(unit, new) for (unit, kind), new in told.items() if (unit, kind) not in held]
    Reach.objects.filter(pk__in=dropped).delete()
    change(Reach, ended, ["until"])
    change(Reach, corrected, FIELDS)
    ids = next_ids(Reach, len(fresh))
    copy_in(
        [
            Reach(id=pk, place_id=unit, kind=new.kind.code, since=today, **new.values)
            for pk, (unit, new) in zip(ids, fresh, strict=True)
        ]
    )


def _sites(
    network: StreetNetwork, kinds: Sequence[ServiceKind], inputs: Inputs, covered: Covered
) -> list[dict[str, Any]]:
    """Where one more of each kind would serve most, in the whole, in each street and in each community."""
    if not inputs.homes:
        return []
    whole = np.full(len(inputs.homes), network.place_id, dtype=np.int64)
    levels = [
        np.array([getattr(home, level) or NOBODY for home in inputs.homes], dtype=np.int64)
        for level in ("street", "community")
    ]
    levels = [np.where(level == network.place_id, NOBODY, level) for level in levels]
    idle = [service for service in inputs.services if service.idle]
    found = []
    for item in suggested(covered, [whole, *levels], range(len(kinds))):
        row = {
            "division": item.division,
            "kind": kinds[item.kind].code,
            "lacking": item.lacking,
            "gain": item.site.gain,
        }
        if item.site.gain:
            lng, lat = covered.paths.points[item.site.node]
            beside = int(np.argmin(((covered.asked.homes - (lng, lat)) ** 2).sum(axis=1)))
            row |= {"lng": round(float(lng), 6), "lat": round(float(lat), 6), "beside": inputs.homes[beside].unit}
        if item.idle.gain:
            row |= {"idle": idle[item.idle.node].id, "idle_gain": item.idle.gain}
        found.append(row)
    return found


def _remarks(inputs: Inputs, covered: Covered) -> dict[str, int]:
    """What could not be taken, and how much of it."""
    far = ~covered.tied_homes
    return {
        "undrawn_homes": inputs.undrawn_homes,
        "undrawn_households": inputs.undrawn_households,
        "uncounted_homes": inputs.uncounted_homes,
        "far_homes": int(far.sum()),
        "far_households": int(covered.asked.households[far].sum()),
        "undrawn_facilities": inputs.undrawn_facilities,
        "far_facilities": int((~covered.tied_facilities).sum()),
    }
