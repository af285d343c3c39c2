"""Bursts: near-identical matters of one source that came close together, to draw a sample of for verification (R16).

Who reported is neither read nor compared: a burst is a few matters, never a person, and no figure counts it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import ceil
from typing import Any, Final

from django.db.models import Count, F, Window
from django.db.models.functions import Coalesce

from linli.cases import sections
from linli.cases.models import Case
from linli.cases.policies import bursts_visible_to
from linli.cases.queries.nearby import shared, words_of
from linli.cases.queries.tallies import GONE
from linli.cases.words import SOURCES
from linli.cases.workflow import UNDONE
from linli.core import clock
from linli.core.actors import Actor

LEAST: Final = 4
DAYS: Final = 3
BACK: Final = 30
ALIKE: Final = 0.8
# One of so many is verified.
EACH: Final = 5
MOST: Final = 2000
# Whose verification still lies ahead.
DRAWABLE: Final = (*UNDONE, "done")


@dataclass(frozen=True, slots=True)
class Burst:
    """Matters that read alike, in the order of their days."""

    cases: tuple[Case, ...]

    @property
    def first(self) -> Case:
        """The one that names the burst."""
        return self.cases[0]

    @property
    def last_day(self) -> date:
        """The day of the last."""
        return self.cases[-1].received_on

    @property
    def category(self) -> str:
        """The category in words; empty where nobody chose one."""
        return sections.category_name(self.first.category)

    @property
    def source(self) -> Any:
        """From where they came, as a kind of source."""
        return dict(SOURCES).get(self.first.source, self.first.source)

    @property
    def where(self) -> str:
        """The community, or the place itself."""
        place = self.first.place
        return (place.community or place).name

    @property
    def solved(self) -> int:
        """How many were solved."""
        return sum(case.outcome == "resolved" for case in self.cases)

    @property
    def verified(self) -> int:
        """How many another person has verified."""
        return sum(case.verification == "person" for case in self.cases)

    @property
    def drawn(self) -> int:
        """How many are of a sample already."""
        return sum(case.sampled for case in self.cases)

    @property
    def wanted(self) -> int:
        """How many a sample holds."""
        return ceil(len(self.cases) / EACH)

    @property
    def left(self) -> list[Case]:
        """Those that may still be drawn."""
        return [case for case in self.cases if not case.sampled and case.state in DRAWABLE]

    @property
    def may_draw(self) -> bool:
        """Whether a sample is still to be drawn, and can be."""
        return self.drawn < self.wanted and bool(self.left)


def bursts_for(actor: Actor) -> list[Burst]:
    """The bursts of the last month where the actor verifies or supervises, the newest first."""
    near = Coalesce("place__community_id", "place_id")
    together = Window(Count("pk"), partition_by=[F("source"), F("category"), near])
    since = clock.today() - timedelta(days=BACK)
    rows = Case.objects.filter(bursts_visible_to(actor), received_on__gte=since, imported=False)
    rows = rows.exclude(state__in=GONE).annotate(near=near, together=together).filter(together__gte=LEAST)
    rows = rows.select_related("place__community").defer("search", "result", "extra")
    return bursts_of(rows.order_by("-received_on", "-pk")[:MOST])


def burst_with(actor: Actor, case_id: int) -> Burst | None:
    """The burst that a matter names."""
    return next((burst for burst in bursts_for(actor) if burst.first.pk == case_id), None)


def bursts_of(rows: Iterable[Case]) -> list[Burst]:
    """What among matters, each with the neighbourhood it is `near`, makes a burst, the newest first."""
    ordered = sorted(rows, key=lambda case: (*_kin(case), case.received_on, case.pk))
    found = [burst for _key, kin in groupby(ordered, key=_kin) for burst in _alike(kin)]
    return sorted(found, key=lambda burst: (burst.last_day, burst.first.pk), reverse=True)


def _kin(case: Any) -> tuple[str, str, int]:
    return case.source, case.category, case.near


def _alike(kin: Iterable[Case]) -> Iterator[Burst]:
    """Each matter goes to the first group that began at most so many days before and reads like it."""
    groups: list[tuple[set[str], list[Case]]] = []
    for case in kin:
        words = words_of(case.text)
        for theirs, cases in groups:
            near = (case.received_on - cases[0].received_on).days < DAYS
            if near and shared(words, theirs, whole=True) >= ALIKE:
                cases.append(case)
                break
        else:
            groups.append((words, [case]))
    return (Burst(tuple(cases)) for _words, cases in groups if len(cases) >= LEAST)
