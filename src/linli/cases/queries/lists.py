"""Lists of matters: filters, search in Chinese, and paging by key that costs the same on every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.cases.policies import at_places, cases_visible_to
from linli.cases.workflow import OPEN
from linli.core import clock, search
from linli.core.actors import Actor
from linli.core.errors import InvalidInput
from linli.territory.models import Place

PAGE: Final = 50


@dataclass(slots=True)
class Listing:
    """One page of a list and the key of the next."""

    rows: list[Case]
    next_key: str = ""


def case_list(viewer: Actor, query: Mapping[str, str], size: int = PAGE) -> Listing:
    """A page of matters, the newest first, by the query's filters and under the viewer's policy.

    The query may hold state (or `open`, the default, or `all`), kind, source, category, urgency, lead, place,
    colour, `from`, `to`, `q`, and `after`, the key of the page before. Raises: list.bad_filter
    """
    rows = filtered(viewer, query)
    if query.get("after"):
        day, pk = _key(query["after"])
        rows = rows.filter(Q(received_on__lt=day) | Q(received_on=day, pk__lt=pk), received_on__lte=day)
    wanted = rows.select_related("place", "lead").defer("search", "result", "extra")
    found = list(wanted.order_by("-received_on", "-pk")[: size + 1])
    shown = found[:size]
    last = shown[-1] if len(found) > size else None
    return Listing(shown, f"{last.received_on:%Y%m%d}-{last.pk}" if last else "")


CHOICES: Final = ("kind", "source", "category", "urgency", "door", "outcome")


def filtered(viewer: Actor, query: Mapping[str, str]) -> QuerySet[Case]:
    """The matters that a query asks for and the viewer may open. Raises: list.bad_filter"""
    rows = Case.objects.filter(cases_visible_to(viewer)).filter(_state(query.get("state") or "open"))
    chosen = {f"{name}__in": query[name].split(",") for name in CHOICES if query.get(name)}
    rows = rows.filter(**chosen)
    if query.get("lead"):
        rows = rows.filter(lead_id=_whole(query["lead"]))
    if query.get("place"):
        rows = rows.filter(_within(_whole(query["place"])))
    for bound, lookup in (("from", "gte"), ("to", "lte")):
        if query.get(bound):
            rows = rows.filter(**{f"received_on__{lookup}": _day(query[bound])})
    if query.get("overdue"):
        rows = rows.filter(due__lt=clock.now(), state__in=OPEN)
    words = query.get("q", "").strip()
    return rows.filter(search=search.query(words)) if words else rows


def _within(place: int) -> Q:
    """Matters at a place or below it; those of a grid lie at its buildings and say which grid it is."""
    step = f"/{place}/"
    return Q(place__path__contains=step) | Q(
        grid_id__in=Place.objects.filter(Q(path__contains=step) | Q(grid_path__contains=step)).values("id")
    )


def _state(state: str) -> Q:
    if state == "all":
        return Q()
    return Q(state__in=OPEN if state == "open" else state.split(","))


def unassigned(actor: Actor) -> QuerySet[Case]:
    """Matters at the actor's places that came in and wait for the desk."""
    return Case.objects.filter(at_places(actor, "cases.dispatch"), state__in=("received", "accepted"))


def _key(text: str) -> tuple[date, int]:
    day, _dash, pk = text.partition("-")
    try:
        return date.fromisoformat(day), int(pk)
    except ValueError as error:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is no page of this list."), value=text) from error


def _whole(text: str) -> int:
    if not text.isdigit() or len(text) > 18:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is no number."), value=text)
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is no date."), value=text) from error
