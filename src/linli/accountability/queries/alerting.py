"""What the rules of alerts say on a day: the value and the colour of every unit. Nothing is written here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db.models import Count, F, QuerySet

from linli.accountability.alert_section import AlertRule
from linli.accountability.queries.units import unit_values
from linli.accountability.workflow.alerts import GREEN, NAMES
from linli.core import clock
from linli.core.models import WorkItem
from linli.records.figures.compile import EVERYWHERE
from linli.records.figures.definitions import Figure
from linli.records.figures.words import Number
from linli.territory.models import Place

NOTHING: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says of a unit; without a value it says nothing."""

    place: Place
    value: Number
    denominator: Number
    colour: str

    @property
    def colour_name(self) -> str:
        """The colour in words."""
        return str(NAMES[self.colour])

    @property
    def known(self) -> bool:
        """Whether there is anything to go by."""
        return self.value is not None


def said(rule: AlertRule, at: date, figures: Mapping[str, Figure]) -> list[Said]:
    """What a rule says of each unit on a day, in the order of the units' codes."""
    places = list(units(rule.each))
    if rule.work:
        late = overdue(rule.work, rule.each, clock.now())
        return [_said(rule, place, Decimal(late.get(place.pk, 0)), None) for place in places]
    values = unit_values(figures[rule.figure], at, EVERYWHERE, rule.each, places, figures)
    return [_said(rule, place, *values[place.pk]) for place in places]


def units(each: str) -> QuerySet[Place]:
    """The places of a level that are held today."""
    held = Place.objects.filter(type=Place.Type.DIVISION, until=None, placeholder=False)
    return held.filter(pk=F(f"{each}_id")).order_by("code")


def overdue(work: str, each: str, now: datetime) -> dict[int, int]:
    """How many work items of these kinds are overdue at each unit."""
    late = WorkItem.objects.filter(kind__startswith=work, ended=None, due__lt=now, place_id__isnull=False)
    counted = dict(late.values_list("place_id").annotate(many=Count("pk")).order_by())
    found: dict[int, int] = {}
    for pk, unit in Place.objects.filter(pk__in=counted).values_list("pk", f"{each}_id"):
        found[unit] = found.get(unit, 0) + counted[pk]
    return found


def _said(rule: AlertRule, place: Place, value: Number, denominator: Number) -> Said:
    """A value with its colour; one that rests on too few says nothing."""
    few = rule.least and denominator is not None and denominator < rule.least
    if value is None or few:
        return Said(place, None, denominator, GREEN)
    return Said(place, value, denominator, rule.colour(value))
