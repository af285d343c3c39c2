"""What each one owes in a year and has done: places held, visits made, problems solved. By each one, never on average.

Nobody is compared with anybody: lists stand in the order of tiers and names.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from linli.contacts import policies
from linli.contacts.models import Contact, ContactMatter, Visit
from linli.contacts.sections import Tier, section
from linli.contacts.workflow import KEEP, LEVELS
from linli.core import clock
from linli.core.actors import Actor
from linli.organizations.policies import VIEW, held_on

Key = tuple[int | None, int | None]
QUOTAS: Final[dict[str, Any]] = {
    **dict(LEVELS),
    "visits": pgettext_lazy("contact", "visits"),
    "solved": pgettext_lazy("contact", "problems solved"),
}
SOLVED: Final = Q(voiced="resident", solved_on__isnull=False)


@dataclass(frozen=True, slots=True)
class Quota:
    """Something owed: how many there are and how many there should be."""

    code: str
    have: int
    need: int

    @property
    def label(self) -> Any:
        """What it is called."""
        return QUOTAS[self.code]

    @property
    def short(self) -> int:
        """How many are lacking."""
        return max(0, self.need - self.have)


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands with what a tier owes in a year."""

    person_id: int | None
    organization_id: int | None
    name: str
    tier: Tier
    holds: tuple[Quota, ...]
    visits: Quota
    solved: Quota

    @property
    def quotas(self) -> tuple[Quota, ...]:
        """Everything that is owed."""
        return tuple(item for item in (*self.holds, self.visits, self.solved) if item.need)

    @property
    def lacking(self) -> list[Quota]:
        """What is lacking."""
        return [item for item in self.quotas if item.short]


def standings(contacts: Q, year: int) -> list[Standing]:
    """How those who hold these contacts stand in a year; five queries, whoever they are.

    A quota counts all that somebody holds and did, wherever it was. In a year that is over, those count whose
    contact ran on its last day.
    """
    day = min(clock.today(), date(year, 12, 31))
    held = Contact.objects.filter(held_on(day))
    asked = held.filter(contacts)
    rows = list(
        held.filter(
            Q(person_id__in=asked.exclude(person=None).values("person_id"))
            | Q(organization_id__in=asked.exclude(organization=None).values("organization_id"))
        ).values_list("person_id", "organization_id", "tier", "level", "person__name", "organization__name")
    )
    keys: set[Key] = {(person, body) for person, body, *_rest in rows}
    visits = _counted(Visit.objects.filter(state="made", on__year=year), keys)
    solved = _counted(ContactMatter.objects.filter(SOLVED, solved_on__year=year), keys)
    return sorted(_standings(rows, visits, solved), key=lambda item: (item.tier.code, item.name))


def _standings(rows: Iterable[Any], visits: Counter[Key], solved: Counter[Key]) -> Iterable[Standing]:
    chosen = section()
    levels: dict[tuple[Key, str], Counter[str]] = {}
    names: dict[Key, str] = {}
    for person, body, tier, where, name, title in rows:
        levels.setdefault(((person, body), tier), Counter())[where] += 1
        names[(person, body)] = name or title or ""
    for (key, code), counts in levels.items():
        tier = chosen.tier(code)
        holds = tuple(Quota(where, counts[where], need) for where, need in tier.holds.items())
        made, done = Quota("visits", visits[key], tier.visits), Quota("solved", solved[key], tier.solved)
        yield Standing(key[0], key[1], names[key], tier, holds, made, done)


def _counted(rows: Any, keys: set[Key]) -> Counter[Key]:
    people = [person for person, _body in keys if person]
    bodies = [body for _person, body in keys if body]
    mine = rows.filter(Q(person_id__in=people) | Q(organization_id__in=bodies))
    return Counter(mine.values_list("person_id", "organization_id"))


def standings_seen(actor: Actor, year: int, tier: str = "", *, short: bool = False) -> list[Standing]:
    """How those stand who answer for places that the actor looks at."""
    seen = Q() if actor.key == "system" else actor.places(VIEW) | actor.places(KEEP)
    chosen = [item for item in standings(seen, year) if not tier or item.tier.code == tier]
    return [item for item in chosen if item.lacking] if short else chosen


def own_standings(actor: Actor, year: int) -> list[Standing]:
    """How the actor stands, and the bodies for which the actor visits."""
    return standings(policies.own(actor), year)
