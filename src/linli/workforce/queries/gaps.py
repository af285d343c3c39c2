"""Who falls short of the rules of training, and by how much: by place and in the order of places, never of people."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.organizations.models import Post
from linli.organizations.policies import held_on
from linli.territory.models import Place
from linli.territory.queries import root_place
from linli.workforce import policies
from linli.workforce.models import Mentoring, TrainingAttendance, TrainingSession
from linli.workforce.sections import TrainingRule, section

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gap:
    """What a place lacks by a rule: of so many (sessions owed or people), so many are missing; and who they are."""

    rule: TrainingRule
    place_id: int
    place_name: str
    of: int
    short: int
    names: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A rule against all that somebody answers for: how many are held to it, how many meet it, and the gaps."""

    rule: TrainingRule
    since: date
    until: date
    of: int
    short: int
    gaps: list[Gap]

    @property
    def met(self) -> int:
        """How many meet it."""
        return self.of - self.short


def period_of(rule: TrainingRule, day: date) -> tuple[date, date]:
    """The first and last day of the period of a rule in which a day lies."""
    if rule.every == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    first = day.replace(day=1)
    return first, (first + 31 * DAY).replace(day=1) - DAY


def rules_held(actor: Actor, day: date | None = None, place: Place | None = None) -> list[Held]:
    """Every rule against the places where somebody plans training, or against one of them and what lies in it."""
    at = day or clock.today()
    where = policies.plans(actor, "")
    if place is not None:
        where &= Q(path__startswith=place.path)
    return [_held(rule, where, at) for rule in section().rules]


def every_gap(day: date) -> list[Gap]:
    """All gaps of all places, for what is owed."""
    return [gap for held in rules_held(SYSTEM, day) for gap in held.gaps]


def _held(rule: TrainingRule, where: Q, day: date) -> Held:
    since, until = period_of(rule, day)
    sessions = rule.of == "sessions"
    lines = _sessions(rule, where, since, until) if sessions else _people(rule, where, since, until, day)
    gaps = [line for line in lines if line.short]
    return Held(rule, since, until, sum(line.of for line in lines), sum(line.short for line in lines), gaps)


def _sessions(rule: TrainingRule, where: Q, since: date, until: date) -> list[Gap]:
    """The units of a rule, each with how many sessions of its programme were held in it."""
    rows = TrainingSession.objects.filter(state="held", since__range=(since, until))
    if rule.programme:
        rows = rows.filter(programme=rule.programme)
    paths = list(rows.values_list("place__path", flat=True))
    found = []
    for pk, name, path in _units(rule.each).filter(where).order_by("path").values_list("pk", "name", "path"):
        held = sum(1 for other in paths if other.startswith(path))
        found.append(Gap(rule, pk, name, rule.times, max(0, rule.times - held)))
    return found


def _units(each: str) -> Any:
    rows = Place.objects.filter(type=Place.Type.DIVISION, until=None, placeholder=False)
    if each == "root":
        root = root_place()
        return rows.filter(pk=root.pk if root else 0)
    return rows.filter(**{each: F("pk")})


def _people(rule: TrainingRule, where: Q, since: date, until: date, day: date) -> list[Gap]:
    """Whoever holds a post of the rule today, at each community or street, with how often they came or a mentor."""
    there = Place.objects.filter(where)
    posts = Post.objects.filter(held_on(day), kind__in=rule.posts, person__isnull=False, place__in=there)
    rows: Any = posts.annotate(within=Coalesce("place__community", "place__street", "place"))
    people: dict[int, dict[int, str]] = defaultdict(dict)
    for place_id, person_id, name in rows.values_list("within", "person_id", "person__name").distinct():
        people[place_id][person_id] = name
    have = mentored(day) if rule.of == "mentors" else times_came(since, until, rule.programme)
    places = Place.objects.filter(pk__in=people).order_by("path").values_list("pk", "name")
    return [_line(rule, pk, name, people[pk], have) for pk, name in places]


def _line(rule: TrainingRule, place_id: int, place_name: str, people: dict[int, str], have: Counter[int]) -> Gap:
    short = [(name, have[pk]) for pk, name in people.items() if have[pk] < rule.times]
    return Gap(rule, place_id, place_name, len(people), len(short), tuple(sorted(short)))


def times_came(since: date, until: date, programme: str = "", people: Iterable[int] | None = None) -> Counter[int]:
    """How often each person came in a span of days, to sessions of a programme where one is named."""
    rows = TrainingAttendance.objects.filter(outcome="came", day__range=(since, until))
    if programme:
        rows = rows.filter(session__programme=programme)
    if people is not None:
        rows = rows.filter(person_id__in=people)
    return Counter(dict(rows.values_list("person_id").annotate(times=Count("pk"))))


def mentored(day: date) -> Counter[int]:
    """Who has a mentor on a day."""
    return Counter(set(Mentoring.objects.filter(held_on(day)).values_list("mentee_id", flat=True)))
