"""Stewards' units against their rules (PPL-20): between 40 and 50 households, one steward each, nobody left out."""

from dataclasses import dataclass

from django.db.models import QuerySet

from linli.careers.sections import section
from linli.core import clock
from linli.core.actors import Actor
from linli.organizations.models import HouseholdGroup
from linli.organizations.policies import groups_visible_to, held_on
from linli.organizations.sections import GroupKind, OrganizationsSection
from linli.records import profiles


@dataclass(frozen=True, slots=True)
class Unit:
    """A household group that breaks a rule: by how many households it is off, or that nobody leads it."""

    row: HouseholdGroup
    kind: str
    off: int
    led: bool

    @property
    def short(self) -> int:
        """How many households are missing."""
        return max(0, -self.off)


@dataclass(frozen=True, slots=True)
class Covered:
    """How many households of stewards' units have somebody to turn to."""

    units: int
    households: int
    helped: int

    @property
    def share(self) -> float | None:
        """In percent; None where there are no households."""
        return 100 * self.helped / self.households if self.households else None


def off_band(households: int | None, band: GroupKind) -> int:
    """By how many households a group is larger (above zero) or smaller (below) than its kind may be."""
    if households is None:
        return 0
    if households < band.households_from:
        return households - band.households_from
    return max(0, households - band.households_to) if band.households_to else 0


def units(actor: Actor, kind: str = "") -> tuple[list[Unit], int, Covered]:
    """The groups that break a rule, the first 500, how many there are in all, and how far stewards reach."""
    bands = {item.code: item for item in profiles.current().section(OrganizationsSection).household_groups}
    rows = _groups(actor)
    rows = rows.filter(kind=kind) if kind else rows.filter(kind__in=bands)
    wrong, stewards, households, helped = [], 0, 0, 0
    for row in rows:
        band = bands.get(row.kind)
        led = _led(row)
        off = off_band(row.households, band) if band else 0
        if off or not led:
            wrong.append(Unit(row, band.named if band else row.kind, off, led))
        if row.kind == section().steward_unit:
            stewards += 1
            households += row.households or 0
            helped += (row.households or 0) if led else 0
    return wrong[:500], len(wrong), Covered(stewards, households, helped)


def _groups(actor: Actor) -> QuerySet[HouseholdGroup]:
    rows = HouseholdGroup.objects.filter(groups_visible_to(actor), held_on(clock.today()))
    return rows.select_related("place__community", "lead__person").order_by("place__path", "pk")


def _led(row: HouseholdGroup) -> bool:
    """Whether somebody leads it today."""
    post = row.lead
    return bool(post and post.person_id and (post.until is None or post.until > clock.today()))
