"""The table of powers as rows, and a dry run of it over past matters; reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases import routing, sections
from linli.cases.models import Case
from linli.cases.policies import cases_visible_to
from linli.core import clock
from linli.core.actors import Actor
from linli.organizations.models import Organization

ROLES = {"lead": _("leads"), "assist": _("helps"), "taken_back": _("taken back")}
LEVELS = {"county": _("county"), "street": _("street"), "community": _("community")}
FAULTS = {
    "category_unknown": _("there is no such category"),
    "nobody_leads": _("nobody leads"),
    "no_such_body": _("no body in the roster fits"),
    "led_and_taken_back": _("leads and is taken back at the same time"),
    "said_twice": _("said twice"),
}


@dataclass(frozen=True, slots=True)
class PowerLine:
    """One line of the table as people read it; `holds` says whether it is in force today."""

    category: str
    body: str
    role: Any
    list: str
    ground: str
    since: date | None
    until: date | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A past matter for which the table names another body than the one that led."""

    case: Case
    suggested: Organization | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A dry run: how many matters, for how many the table agrees with what was done, and the others."""

    count: int
    same: int
    differences: list[Difference]


def powers_table() -> list[PowerLine]:
    """The table of powers in its own order."""
    return list(_lines())


def _lines() -> Iterator[PowerLine]:
    chosen = sections.section()
    known = sections.categories(chosen)
    today = clock.today()
    kinds = dict(Organization.Type.choices)
    for line in chosen.powers:
        label = known[line.category].label if line.category in known else line.category
        body = " ".join(str(part) for part in (LEVELS.get(line.level, line.level), kinds.get(line.type, line.type)))
        named = f"{body.strip()} “{line.name}”" if line.name else body.strip()
        holds = (line.since is None or line.since <= today) and (line.until is None or today < line.until)
        yield PowerLine(label, named, ROLES[line.role], line.list, line.ground, line.since, line.until, holds)


def tried(viewer: Actor, last: int) -> Trial:
    """The newest matters that were led by somebody, beside what the table would suggest now."""
    rows = Case.objects.filter(cases_visible_to(viewer)).exclude(lead=None).select_related("place", "lead")
    cases = list(rows.defer("search").order_by("-received_on", "-pk")[:last])
    runs = routing.dry_run(cases)
    other = [
        Difference(case, route.body, route.reasons)
        for case, route in runs
        if route.body is None or route.body.pk != case.lead_id
    ]
    return Trial(len(cases), len(cases) - len(other), other)
