"""On what posts under unified recruitment were given, as pages show it: numbers, and each exception with its reason."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count

from linli.careers import policies
from linli.careers.models import RecruitedPost, RecruitmentRound
from linli.careers.workflow import BASES
from linli.core.actors import Actor
from linli.organizations.sections import kinds_in_force, recruited_kinds

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Recruited:
    """The kinds under unified recruitment, how many posts were given on which ground, and the exceptions."""

    kinds: list[str]
    numbers: list[tuple[Any, int]]
    exceptions: list[RecruitedPost]


def recruited(actor: Actor) -> Recruited:
    """What was given at places that the actor manages."""
    names = kinds_in_force()
    kinds = [names[code].named for code in sorted(recruited_kinds()) if code in names]
    rows = RecruitedPost.objects.filter(policies.given_visible_to(actor))
    counted = dict(rows.values_list("basis").annotate(Count("pk")).order_by())
    found = rows.filter(basis="exception").select_related("post__person", "place").order_by("-given", "-pk")
    return Recruited(kinds, [(label, counted.get(code, 0)) for code, label in BASES], list(found[:MOST]))


def left_of(row: RecruitmentRound) -> int:
    """How many of those chosen in a round have no post yet."""
    return max(0, (row.chosen or 0) - row.given.count()) if row.state == "closed" else 0
