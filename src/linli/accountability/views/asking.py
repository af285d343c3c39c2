"""What the address of a page of figures asks for: a day, a place and a period, and the same again for its links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.accountability.forms.figures import PERIODS
from linli.cases.queries.nearby import places_named
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput
from linli.core.forms import day_of
from linli.records.figures import compute
from linli.records.figures.compile import Scope
from linli.records.figures.definitions import Figure, Period, Span
from linli.territory.models import Place

# A state counts on its day whatever is asked for, so the day itself is no period to choose.
CHOICES: Final = tuple(item for item in PERIODS if item[0] != "as_of")


@dataclass(frozen=True, slots=True)
class Asked:
    """A day, a scope with its place, the period where one is asked for, and the figures as they are then."""

    at: date
    scope: Scope
    place: Place | None
    found: tuple[Place, ...]
    words: str
    chosen: str
    first: date | None
    period: Period | None
    figures: Mapping[str, Figure]

    @property
    def query(self) -> str:
        """What keeps asking for the same."""
        first = self.first.isoformat() if self.first else ""
        asked = {"at": self.at.isoformat(), "scope": self.scope.code, "period": self.chosen, "from": first}
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def choices(self) -> tuple[tuple[str, Any], ...]:
        """The periods that may be chosen."""
        return CHOICES


def asked(request: HttpRequest, actor: Actor) -> Asked:
    """What the address asks for. Raises: figure.bad_day, figure.bad_period, scope.unknown."""
    given = request.GET
    at = _day(given.get("at", "")) or clock.today()
    code, words = given.get("scope", ""), given.get("q", "").strip()
    found = places_with_codes(words, actor) if words and not code else []
    if len(found) == 1:
        code = found[0].code
    chosen, first = given.get("period", ""), _day(given.get("from", ""))
    if chosen and chosen not in dict(CHOICES):
        raise InvalidInput("figure.bad_period", _("“%(value)s” is no period."), value=chosen)
    if first is not None and first > at:
        raise InvalidInput("figure.bad_period", _("The period begins after the day it ends on."))
    period: Period | None = Span.model_validate({"from": first}) if first else chosen or None  # type: ignore[assignment]
    scope = compute.scope_of(code)
    place = Place.objects.filter(path=scope.path).select_related("parent", "community").first() if code else None
    few = () if place else tuple(found)
    return Asked(at, scope, place, few, "" if place else words, chosen, first, period, compute.book_over(period))


def asked_for(at: str, code: str) -> tuple[date, Scope]:
    """The day and the scope that a form names. Raises: figure.bad_day, scope.unknown."""
    return _day(at) or clock.today(), compute.scope_of(code)


def places_with_codes(words: str, actor: Actor) -> list[Place]:
    """Places by name, those of one's own posts first; a figure names its place by code."""
    return [place for place in places_named(words, actor, limit=40) if place.code][:12]


def _day(written: str) -> date | None:
    day = day_of(written)
    if written and day is None:
        raise InvalidInput("figure.bad_day", _("“%(value)s” is not a date."), value=written)
    return day
