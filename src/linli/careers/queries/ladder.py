"""The ladder: on which rung somebody stands, who works where, promotions and rounds as they are read."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from linli.careers import policies
from linli.careers.models import Promotion, RecruitmentRound
from linli.careers.sections import STEPS, CareersSection, Rung, section
from linli.careers.workflow import MANAGE, PROMOTIONS, ROUNDS
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.organizations.models import Person, Post
from linli.organizations.policies import held_on
from linli.organizations.sections import kinds_in_force

PAGE: Final = 50
TONES: Final = {
    "running": ("yellow", "clock"),
    "appointed": ("green", "circle-check"),
    "dropped": ("grey", "circle-x"),
    "open": ("yellow", "clock"),
    "closed": ("grey", "circle-check"),
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that the rung asks for, and the day on which it was taken."""

    code: str
    label: str
    taken: bool
    on: date | None


@dataclass(frozen=True, slots=True)
class PromotionLine:
    """A promotion in a list."""

    row: Promotion
    rungs: tuple[str, str]
    standing: tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class PromotionPage:
    """One promotion with its steps and what may be done."""

    line: PromotionLine
    steps: list[StepLine]
    verbs: list[str]


@dataclass(frozen=True, slots=True)
class WorkerPage:
    """Somebody on the ladder: where they stand, their posts and promotions, and what comes next."""

    person: Person
    rung: str
    above: Rung | None
    posts: list[tuple[str, Post]]
    promotions: list[PromotionLine]
    rounds: list[RecruitmentRound]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list."""

    row: RecruitmentRound
    rung: str
    criteria: list[str]
    standing: tuple[str, str, Any]


def rung_of(person_id: int) -> str:
    """The highest rung on which somebody stands, by their posts of today and by promotion; empty where on none."""
    rules = section()
    posts = Post.objects.filter(held_on(clock.today()), person_id=person_id).values_list("kind", flat=True)
    risen = Promotion.objects.filter(person_id=person_id, state="appointed").values_list("to_rung", flat=True)
    held = set(posts)
    rungs = {item.code for item in rules.ladder if held & set(item.posts)} | set(risen)
    top = max(map(rules.height, rungs), default=-1)
    return rules.ladder[top].code if top >= 0 else ""


def named(rules: CareersSection, code: str) -> str:
    """What a rung is called."""
    rung = rules.rung(code)
    return rung.named if rung else code


def workers(actor: Actor, words: str = "") -> QuerySet[Person]:
    """The people in posts of the ladder at places that the actor manages, each once, with how many posts they hold."""
    kinds = [code for rung in section().ladder for code in rung.posts]
    held = Post.objects.filter(held_on(clock.today()), kind__in=kinds).filter(_at(actor))
    rows = Person.objects.filter(pk__in=held.values("person_id"))
    rows = rows.filter(Q(name__icontains=words) | Q(staff_number=words)) if words else rows
    today = held_on_posts(clock.today())
    return rows.annotate(held=Count("posts", filter=today, distinct=True)).order_by("name", "pk")


def held_on_posts(day: date) -> Q:
    """Posts of a person that stand on a day."""
    begun = Q(posts__since=None) | Q(posts__since__lte=day)
    return begun & (Q(posts__until=None) | Q(posts__until__gt=day))


def worker_page(actor: Actor, pk: int) -> WorkerPage:
    """Somebody on the ladder. Raises: not_found"""
    person = Person.objects.filter(policies.workers_visible_to(actor), pk=pk).distinct().first()
    if person is None:
        raise NotFound
    rules, code = section(), rung_of(pk)
    above = rules.next_after(code) if code else None
    mine = Promotion.objects.filter(policies.promotions_visible_to(actor), person=person)
    lines = [_line(rules, row) for row in mine.select_related("person", "place", "round").order_by("-pk")[:PAGE]]
    rounds = RecruitmentRound.objects.filter(policies.rounds_visible_to(actor), state="open")
    chosen = list(rounds.filter(rung=above.code).order_by("-pk")[:PAGE]) if above else []
    return WorkerPage(person, named(rules, code), above, posts_of(person.pk), lines, chosen)


def posts_of(person_id: int) -> list[tuple[str, Post]]:
    """The posts of somebody today, with what they are called."""
    kinds = kinds_in_force()
    rows = Post.objects.filter(held_on(clock.today()), person_id=person_id).select_related("place__street")
    return [(kinds[row.kind].named if row.kind in kinds else row.kind, row) for row in rows.order_by("-since", "pk")]


def promotions_of(person_id: int) -> list[PromotionLine]:
    """The promotions of somebody, for themselves."""
    rows = Promotion.objects.filter(person_id=person_id).select_related("person", "place", "round").order_by("-pk")
    return [_line(section(), row) for row in rows[:PAGE]]


def promotions(
    actor: Actor, *, state: str = "", words: str = "", before: tuple[date, int] | None = None
) -> tuple[list[PromotionLine], str]:
    """A page of promotions, the latest first, and the key of the next; empty where there is none."""
    rows = Promotion.objects.filter(policies.promotions_visible_to(actor))
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(person__name__icontains=words) if words else rows
    rows = rows.filter(pk__lt=before[1]) if before else rows
    page = list(rows.select_related("person", "place", "round").order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    rules = section()
    return [_line(rules, row) for row in page[:PAGE]], f"{more.begun_on}.{more.pk}" if more else ""


def promotion_page(actor: Actor, pk: int) -> PromotionPage:
    """One promotion. Raises: not_found"""
    rows = Promotion.objects.filter(policies.promotions_visible_to(actor))
    row = rows.select_related("person", "place", "round").filter(pk=pk).first()
    if row is None:
        raise NotFound
    rules = section()
    return PromotionPage(_line(rules, row), _steps(rules, row), policies.promotion_verbs(actor, row))


def rounds(actor: Actor, *, before: tuple[date, int] | None = None) -> tuple[list[RoundLine], str]:
    """A page of rounds, the latest first, and the key of the next; empty where there is none."""
    rows = RecruitmentRound.objects.filter(policies.rounds_visible_to(actor)).select_related("place")
    rows = rows.filter(pk__lt=before[1]) if before else rows
    page = list(rows.order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return [round_line(row) for row in page[:PAGE]], f"{more.opened_on}.{more.pk}" if more else ""


def round_page(actor: Actor, pk: int) -> RoundLine:
    """One round. Raises: not_found"""
    rows = RecruitmentRound.objects.filter(policies.rounds_visible_to(actor)).select_related("place")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return round_line(row)


def round_line(row: RecruitmentRound) -> RoundLine:
    """A round with its words."""
    rules = section()
    criteria = [item.named for item in rules.criteria if item.code in row.criteria]
    return RoundLine(row, named(rules, row.rung), criteria, (*TONES[row.state], ROUNDS.label(row.state)))


def _at(actor: Actor) -> Q:
    return Q() if actor.key == "system" else actor.places(MANAGE)


def _steps(rules: CareersSection, row: Promotion) -> list[StepLine]:
    rung = rules.rung(row.to_rung)
    asked = rung.steps if rung else ()
    return [
        StepLine(item.code, item.named, item.code in row.steps, _day(row.steps.get(item.code)))
        for item in STEPS
        if item.code in asked or item.code in row.steps
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _line(rules: CareersSection, row: Promotion) -> PromotionLine:
    rungs = (named(rules, row.from_rung), named(rules, row.to_rung))
    return PromotionLine(row, rungs, (*TONES[row.state], PROMOTIONS.label(row.state)))
