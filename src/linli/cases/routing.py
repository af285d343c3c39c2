"""Which body should lead a matter, and why, in words: from its place, its category and the table of powers.

Reads only; who dispatches decides. Also the report of conflicts in the table and the dry run over past matters.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.cases import sections
from linli.cases.models import Case
from linli.cases.sections import CasesSection, Power
from linli.core import clock
from linli.core.errors import RuleBroken
from linli.organizations.models import Organization
from linli.records import profiles
from linli.territory.locating import locate
from linli.territory.models import Place
from linli.territory.sections import GridsSection

# Division codes tell the level by their length, whatever the level is called here.
BY_LENGTH = {6: "county", 9: "street", 12: "community"}
Point = tuple[float | None, float | None]
# Bodies by the id of their place.
Bodies = dict[int, list[Organization]]
LOCAL = frozenset({Organization.Type.OFFICE.value, Organization.Type.SELF_GOVERNMENT.value})


@dataclass(frozen=True, slots=True)
class Route:
    """The body that should lead, who else may, and the sentences that say why."""

    body: Organization | None
    reasons: tuple[str, ...]
    others: tuple[Organization, ...] = ()
    helpers: tuple[Organization, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two lines of the table that contradict each other, or one that leads nowhere."""

    code: str
    category: str
    detail: str


def route(place: Place, category: str, on: date | None = None, at: Point | None = None) -> Route:
    """Suggest who leads a matter of this category at this place, or at a point in it, on a day.

    In a dedicated grid whose kind names the category it is the body that answers for that grid, wherever the grid
    lies (TER-09), if it has the power. Else the first line of the table that fits wins, and for it the body whose
    place is nearest. Lines are tried in the table's order, so a place that wants its grids and communities first
    puts them first.
    """
    grids = _dedicated(place, category, at)
    return _route(place, category, on or clock.today(), grids, _bodies_at({*_above(place), *grids}))


def route_of(case: Case) -> Route:
    """Suggest who leads this matter, by its own point where it has one."""
    return route(case.place, case.category, at=(case.lng, case.lat))


def _route(place: Place, category: str, day: date, grids: Collection[int], bodies: Bodies) -> Route:
    ordinary = _by_table(category, day, _nearest(place, bodies))
    body = _dedicated_body(category, grids, bodies)
    leads = [line for line in in_force(sections.section(), day, category) if line.role == "lead"]
    if body is None or (leads and not any(fits(line, body) for line in leads)):
        return ordinary
    reason = _("It lies in a dedicated grid whose matters of this category go to %(body)s.") % {"body": body.name}
    rest = [ordinary.body, *ordinary.others] if ordinary.body else list(ordinary.others)
    return Route(body, (reason,), tuple(other for other in rest if other.pk != body.pk), ordinary.helpers)


def _kinds(category: str) -> set[str]:
    """The kinds of dedicated grids that name a category."""
    kinds = profiles.current().section(GridsSection).kinds
    return {kind.code for kind in kinds if category and category in kind.categories}


def _dedicated(place: Place, category: str, at: Point | None) -> tuple[int, ...]:
    """The grids over a place or point beside the ordinary ones, where some kind of them names the category."""
    own = (place.lng, place.lat) if place.type != Place.Type.DIVISION else None
    point = at if at is not None and None not in at else own
    if point is None or point[0] is None or point[1] is None or not _kinds(category):
        return ()
    return tuple(step.id for step in locate(point[0], point[1]).overlays)


def _dedicated_body(category: str, grids: Collection[int], bodies: Bodies) -> Organization | None:
    """The body at the smallest of these grids whose kind, or whose upper grid's kind, names the category."""
    kinds = _kinds(category)
    found = [
        body
        for grid in grids
        for body in bodies.get(grid, ())
        if body.place.kind in kinds or (body.place.upper and body.place.upper.kind in kinds)
    ]
    return max(found, key=lambda body: (len(body.place.grid_path), body.type in LOCAL, -body.pk), default=None)


def _by_table(category: str, day: date, bodies: list[Organization]) -> Route:
    chosen = sections.section()
    known = sections.categories(chosen).get(category)
    label = known.label if known else category or _("no category")
    lines = [line for line in in_force(chosen, day, category) if line.role == "lead"]
    if not lines:
        return _without_table(label, bodies)
    ranked = [(line, body) for line in lines for body in _matching(line, bodies)]
    helpers = tuple(
        body for line in in_force(chosen, day, category) if line.role == "assist" for body in _matching(line, bodies)
    )
    if not ranked:
        reason = _("“%(label)s” is led by a body that is not in the roster here.") % {"label": label}
        return Route(None, (reason,), (), helpers)
    line, body = ranked[0]
    others = tuple(dict.fromkeys(other for _line, other in ranked[1:] if other.pk != body.pk))
    return Route(body, _reasons(line, body, label), others, helpers)


def power_check(place: Place, category: str, body: Organization, on: date | None = None) -> None:
    """Refuse a lead without power: where the table names leaders, only they; never a duty taken back.

    Raises: case.taken_back, case.no_power
    """
    chosen = sections.section()
    lines = in_force(chosen, on or clock.today(), category)
    for line in lines:
        if line.role == "taken_back" and fits(line, body):
            message = _("This duty was taken back from “%(body)s” (%(ground)s).")
            raise RuleBroken("case.taken_back", message, body=body.name, ground=line.ground or line.list)
    leads = [line for line in lines if line.role == "lead"]
    if leads and not any(fits(line, body) for line in leads):
        message = _("“%(body)s” has no power to lead this; whistle instead, or choose the body that has.")
        raise RuleBroken("case.no_power", message, body=body.name, category=category)


def local_may_lead(category: str, on: date | None = None) -> bool:
    """Whether grid or community may lead, so that resolving on the spot is theirs to do (DSP-03)."""
    leads = [line for line in in_force(sections.section(), on or clock.today(), category) if line.role == "lead"]
    return not leads or any(line.type in LOCAL for line in leads)


def in_force(chosen: CasesSection, day: date, category: str) -> list[Power]:
    """The lines of the table for a category that hold on a day."""
    return [
        line
        for line in chosen.powers
        if line.category == category
        and (line.since is None or line.since <= day)
        and (line.until is None or day < line.until)
    ]


def fits(line: Power, body: Organization) -> bool:
    """Whether a line of the table means this body."""
    return (
        line.type == body.type
        and (not line.level or line.level in (body.level, body.place.level, BY_LENGTH.get(len(body.place.code))))
        and (not line.name or line.name in body.name)
    )


def conflicts(chosen: CasesSection | None = None) -> list[Conflict]:
    """Everything wrong with the table of powers of the place, category by category."""
    chosen = chosen or sections.section()
    known = sections.categories(chosen)
    found = [
        Conflict("category_unknown", line.category, line.type) for line in chosen.powers if line.category not in known
    ]
    bodies = list(Organization.objects.filter(until=None).select_related("place"))
    for category in known:
        lines = [line for line in chosen.powers if line.category == category]
        found += _faults_of(category, lines, bodies)
    return found


def dry_run(rows: Iterable[Case]) -> list[tuple[Case, Route]]:
    """What the table would suggest for past matters, beside what was done; nothing is written.

    All bodies are read at once, however many matters there are.
    """
    cases = [(row, _dedicated(row.place, row.category, (row.lng, row.lat))) for row in rows]
    bodies = _bodies_at({place for row, grids in cases for place in (*_above(row.place), *grids)})
    today = clock.today()
    return [(row, _route(row.place, row.category, today, grids, bodies)) for row, grids in cases]


def bodies_for(place: Place) -> list[Organization]:
    """The bodies on the way from the place up, the nearest first."""
    return _nearest(place, _bodies_at(_above(place)))


def _above(place: Place) -> set[int]:
    return {int(step) for step in place.path.split("/") if step}


def _bodies_at(places: Collection[int]) -> Bodies:
    """The bodies that stand today, by their place."""
    found: Bodies = {}
    bodies = Organization.objects.filter(Q(until=None) | Q(until__gt=clock.today()), place_id__in=places)
    for body in bodies.select_related("place__upper"):
        found.setdefault(body.place_id, []).append(body)
    return found


def _nearest(place: Place, bodies: Bodies) -> list[Organization]:
    near = [body for step in _above(place) for body in bodies.get(step, ())]
    return sorted(near, key=lambda body: (-len(body.place.path), body.pk))


def _matching(line: Power, bodies: Iterable[Organization]) -> list[Organization]:
    return [body for body in bodies if fits(line, body)]


def _reasons(line: Power, body: Organization, label: str) -> tuple[str, ...]:
    facts: dict[str, Any] = {"label": label, "body": body.name, "place": body.place.name}
    reasons = [_("“%(label)s” at this place is led by %(body)s, which answers for %(place)s.") % facts]
    if line.ground or line.list:
        ground = "; ".join(part for part in (line.list, line.ground) if part)
        reasons.append(_("Ground: %(ground)s.") % {"ground": ground})
    return tuple(reasons)


def _without_table(label: str, bodies: list[Organization]) -> Route:
    """No line of the table speaks: the local office first, so that it is resolved where it happens."""
    local = [body for body in bodies if body.type == Organization.Type.OFFICE]
    reason = _("The table of powers says nothing about “%(label)s”.") % {"label": label}
    if not local:
        return Route(None, (reason,), tuple(bodies))
    nearest = _("%(body)s is the office nearest to the place.") % {"body": local[0].name}
    return Route(local[0], (reason, nearest), tuple(body for body in bodies if body.pk != local[0].pk))


def _faults_of(category: str, lines: list[Power], bodies: list[Organization]) -> Iterator[Conflict]:
    leads = [line for line in lines if line.role == "lead"]
    if lines and not leads:
        yield Conflict("nobody_leads", category, "")
    for index, line in enumerate(leads):
        if not _matching(line, bodies):
            yield Conflict("no_such_body", category, f"{line.type} {line.level} {line.name}".strip())
        for other in lines:
            if other.role == "taken_back" and _same(line, other) and _overlap(line, other):
                yield Conflict("led_and_taken_back", category, line.type)
        if any(_same(line, other) and _overlap(line, other) for other in leads[:index]):
            yield Conflict("said_twice", category, line.type)


def _same(one: Power, other: Power) -> bool:
    return (one.type, one.level, one.name) == (other.type, other.level, other.name)


def _overlap(one: Power, other: Power) -> bool:
    ends = one.until is None or other.since is None or other.since < one.until
    begins = other.until is None or one.since is None or one.since < other.until
    return ends and begins
