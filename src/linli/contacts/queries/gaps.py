"""Coverage: which places have nobody of the tiers that should answer for them (RSP-02, RSP-05)."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.contacts.models import Contact
from linli.contacts.queries.levels import places_of
from linli.contacts.sections import Coverage, section, tier_names
from linli.contacts.workflow import KEEP, LEVELS
from linli.core import clock
from linli.core.actors import Actor
from linli.organizations.policies import VIEW, held_on
from linli.territory.models import Place

SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Gap:
    """How a rule of coverage is kept: how many places there are, and those that have nobody."""

    rule: Coverage
    by: str
    places: int
    lacking: int
    rows: list[Place]

    @property
    def level(self) -> Any:
        """What the places are."""
        return dict(LEVELS)[self.rule.level]

    @property
    def more(self) -> int:
        """How many that lack somebody are not shown."""
        return self.lacking - len(self.rows)

    @property
    def covered(self) -> int:
        """How many have somebody."""
        return self.places - self.lacking


def uncovered(rule: Coverage) -> QuerySet[Place]:
    """The places that a rule leaves with nobody."""
    held = Contact.objects.filter(held_on(clock.today()), place_id=OuterRef("pk"), tier__in=rule.by)
    return _asked(rule).exclude(Exists(held))


def _asked(rule: Coverage) -> QuerySet[Place]:
    rows = Place.objects.filter(places_of(rule.level))
    return rows.filter(kind__in=rule.kinds) if rule.kinds else rows


def gaps(actor: Actor) -> list[Gap]:
    """How each rule is kept at the places that the actor looks at."""
    seen = Q() if actor.key == "system" else actor.places(VIEW, prefix="") | actor.places(KEEP, prefix="")
    names = tier_names()
    found = []
    for rule in section().covered:
        rows = uncovered(rule).filter(seen)
        by = "、".join(names.get(code, code) for code in rule.by)
        shown = list(rows.select_related("street", "community").order_by("path")[:SHOWN])
        found.append(Gap(rule, by, _asked(rule).filter(seen).count(), rows.count(), shown))
    return found
