"""What pages of emergencies show, and whom a plan calls. Of help cards only how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Prefetch, Q, QuerySet

from linli.accounts.models import Look
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.emergencies import policies
from linli.emergencies.models import Activation, ActivationStep, Call, EmergencyPlan, HelpCard, PlanStep
from linli.emergencies.sections import names, section
from linli.emergencies.workflow import ACTIVE, ASSIST, CARD
from linli.organizations.models import Organization, Post
from linli.organizations.policies import held_on
from linli.organizations.sections import kinds_in_force
from linli.territory.models import Facility, Place

PAGE: Final = 50
MOST: Final = 300
RECENT: Final = 30
TEAMS: Final = ("volunteer_team", "task_force", "social_organization", "department", "member_unit", "property_company")
TONES: Final = {
    "active": ("red", "alert-triangle"),
    "ended": ("yellow", "clock"),
    "reviewed": ("green", "circle-check"),
}
ANSWERED: Final = {"here": ("green", "circle-check"), "coming": ("yellow", "clock"), "cannot": ("red", "circle-x")}
SILENT: Final = ("grey", "clock")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in the list, and whether it is active."""

    row: EmergencyPlan
    kind: str
    steps: int
    active: bool


@dataclass(frozen=True, slots=True)
class ActivationLine:
    """An activation in a list, with its level in words."""

    row: Activation
    level: str
    tone: tuple[str, str]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step, who does it, and whether the viewer says that it is done."""

    row: PlanStep | ActivationStep
    doer: str
    mine: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A post or body that is called, by its name, and what it answered."""

    who: str
    where: str
    row: Call
    tone: tuple[str, str]
    mine: bool


@dataclass(frozen=True, slots=True)
class Shelter:
    """A shelter and what is in stock there."""

    row: Facility
    stock: list[str]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan with its steps and shelters."""

    row: EmergencyPlan
    kind: str
    steps: list[StepLine]
    calls: list[str]
    shelters: list[Shelter]
    activations: list[ActivationLine]
    keeps: bool
    starts: bool


@dataclass(frozen=True, slots=True)
class ActivationPage:
    """An activation: where, its steps, who is called and what they answered; how many help cards one may look at."""

    row: Activation
    line: ActivationLine
    areas: list[Place]
    steps: list[StepLine]
    calls: list[Called]
    answers: list[tuple[str, int]]
    shelters: list[Shelter]
    verbs: list[str]
    called: bool
    assists: bool
    cards: int


@dataclass(frozen=True, slots=True)
class Notice:
    """What everybody reads of an emergency."""

    row: Activation
    level: str
    areas: str
    advice: list[str]
    phones: list[str]
    shelters: list[Facility]


def plans(actor: Actor, kind: str, before: int | None) -> tuple[list[PlanLine], int | None]:
    """A page of the plans in force, the latest first, and the key of the next."""
    rows = EmergencyPlan.objects.filter(policies.plans_visible_to(actor), state="in_force").select_related("place")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(pk__lt=before) if before is not None else rows
    active = Count("activations", filter=Q(activations__state="active"), distinct=True)
    counted = rows.annotate(many=Count("steps", distinct=True), running=active)
    page, known = list(counted.order_by("-pk")[: PAGE + 1]), names(section().kinds)
    lines = [PlanLine(row, known.get(row.kind, row.kind), row.many, bool(row.running)) for row in page[:PAGE]]
    return lines, page[PAGE - 1].pk if len(page) > PAGE else None


def activations(actor: Actor) -> list[ActivationLine]:
    """The latest activations that the actor sees, those that go on first."""
    rows = Activation.objects.filter(policies.activations_visible_to(actor)).select_related("plan", "place")
    return _lines(rows.order_by(F("ended").desc(nulls_first=True), "-pk")[:RECENT])


def banner(actor: Actor) -> list[ActivationLine]:
    """What goes on now and concerns the actor's posts."""
    if not actor.post_ids:
        return []
    rows = Activation.objects.filter(policies.activations_visible_to(actor), state="active", ends__gt=clock.now())
    return _lines(rows.select_related("plan", "place").order_by("-pk"))


def _lines(rows: Iterable[Activation]) -> list[ActivationLine]:
    known = names(section().levels)
    return [ActivationLine(row, known.get(row.level, row.level), TONES[row.state]) for row in rows]


def plan_page(actor: Actor, pk: int) -> PlanPage:
    """A plan with its steps and shelters. Raises: not_found"""
    row = EmergencyPlan.objects.filter(policies.plans_visible_to(actor), pk=pk).select_related("place").first()
    if row is None:
        raise NotFound
    kinds = {code: kind.named for code, kind in kinds_in_force().items()}
    steps = row.steps.select_related("organization").order_by("minutes", "pk")
    teams = [body.name for body in row.teams.order_by("name")]
    begun = _lines(row.activations.select_related("plan", "place").order_by("-pk")[:RECENT])
    active = any(line.row.state == "active" for line in begun)
    return PlanPage(
        row,
        names(section().kinds).get(row.kind, row.kind),
        [
            StepLine(step, step.organization.name if step.organization else kinds.get(step.post_kind, ""))
            for step in steps
        ],
        [*(kinds.get(code, code) for code in row.calls), *teams],
        _shelters(row),
        begun,
        row.state == "in_force" and policies.may_keep(actor, row.place),
        row.state == "in_force" and not active and policies.may_activate(actor, row.place),
    )


def _shelters(plan: EmergencyPlan) -> list[Shelter]:
    rows = plan.shelters.filter(until=None).prefetch_related("supplies").order_by("name")
    return [
        Shelter(row, [f"{item.name} {item.amount}{item.unit}" for item in row.supplies.all() if item.until is None])
        for row in rows
    ]


def activation_page(actor: Actor, pk: int) -> ActivationPage:
    """An activation as the actor sees it. Raises: not_found"""
    rows = Activation.objects.filter(policies.activations_visible_to(actor), pk=pk)
    row = rows.select_related("plan", "place").first()
    if row is None:
        raise NotFound
    calls = [_called(actor, call) for call in row.calls.select_related("post__place", "organization").order_by("pk")]
    told = {code: sum(1 for line in calls if line.row.answer == code) for code in (*ANSWERED, "")}
    leads, running = policies.may_activate(actor, row.place), policies.running(row)
    verbs = [verb for verb in ("extend", "end", "review") if leads and ACTIVE.can(row.state, verb)]
    open_cards = HelpCard.objects.filter(policies.cards_open_to(actor, row)) if actor.can(ASSIST) else None
    return ActivationPage(
        row,
        _lines([row])[0],
        list(row.areas.order_by("path")),
        _steps(actor, row, running),
        calls,
        [(code, many) for code, many in told.items() if many],
        _shelters(row.plan),
        verbs,
        running and any(line.mine for line in calls),
        running and open_cards is not None,
        open_cards.count() if open_cards is not None else 0,
    )


def _steps(actor: Actor, row: Activation, running: bool) -> list[StepLine]:
    steps = row.steps.select_related("post__person", "post__place", "organization", "activation__place")
    now = clock.now()
    return [
        StepLine(
            step,
            _name(step.post, step.organization),
            running and step.done is None and policies.may_tick(actor, step),
            running and step.done is None and step.due <= now,
        )
        for step in steps.order_by("due", "pk")
    ]


def _called(actor: Actor, call: Call) -> Called:
    mine = call.post_id in actor.post_ids or call.organization_id in actor.organization_ids
    where = call.post.place.name if call.post else ""
    return Called(_name(call.post, call.organization), where, call, ANSWERED.get(call.answer, SILENT), mine)


def _name(post: Post | None, body: Organization | None) -> str:
    """What a post or body is called: persons are not named."""
    if body is not None:
        return body.name
    if post is None:
        return ""
    kind = kinds_in_force().get(post.kind)
    return post.title or (kind.named if kind else post.kind)


def notices() -> list[Notice]:
    """What goes on now, for everybody."""
    shelters = Prefetch("plan__shelters", Facility.objects.filter(until=None).order_by("name"))
    rows = Activation.objects.filter(state="active", ends__gt=clock.now()).select_related("plan", "place")
    found = rows.prefetch_related("areas", shelters).order_by("-pk")[:PAGE]
    return [
        Notice(
            line.row,
            line.level,
            "、".join(area.name for area in line.row.areas.all()),
            line.row.plan.advice.splitlines(),
            line.row.plan.phones.splitlines(),
            list(line.row.plan.shelters.all()),
        )
        for line in _lines(found)
    ]


def running_at(place: Place) -> QuerySet[Activation]:
    """The emergencies that cover a place, a part of it or all around it now."""
    covers = Q(areas__in=_above(place.path)) | Q(areas__path__startswith=place.path)
    return Activation.objects.filter(covers, state="active", ends__gt=clock.now()).select_related("plan").distinct()


def cards_told(actor: Actor) -> int | None:
    """How many help cards there are where the actor keeps emergencies; nothing where they are few."""
    many = HelpCard.objects.filter(policies.cards_counted_by(actor), expires__gte=clock.today()).count()
    return many if many == 0 or many >= section().few else None


def own_card(actor: Actor) -> HelpCard | None:
    """One's own help card."""
    return HelpCard.objects.filter(user_id=actor.user_id).first() if actor.user_id else None


def looks_at(card: HelpCard) -> list[Any]:
    """When a card was looked at, and for which emergency."""
    return list(Look.objects.filter(subject_type=CARD, subject_id=card.pk).order_by("-pk")[:RECENT])


def keeping(actor: Actor) -> QuerySet[Place]:
    """The divisions whose plans the actor keeps."""
    return Place.objects.filter(policies.keeping_places(actor)).order_by("path")


def communities(actor: Actor | None = None) -> QuerySet[Place]:
    """The communities; of an actor, those where they keep emergencies."""
    rows = Place.objects.filter(policies.COMMUNITIES)
    return (rows.filter(policies.keeping_places(actor)) if actor else rows).order_by("path")


def areas_for(place: Place) -> QuerySet[Place]:
    """The divisions for which a plan of this place may become active."""
    return Place.objects.filter(policies.DIVISIONS, path__startswith=place.path).order_by("path")


def teams_for(place: Place) -> QuerySet[Organization]:
    """The bodies that a plan of this place may call: those there, and those of the places above."""
    near = Q(place__path__startswith=place.path) | Q(place_id__in=_above(place.path))
    return Organization.objects.filter(near, until=None, type__in=TEAMS).order_by("type", "name")


def shelters_for(place: Place) -> QuerySet[Facility]:
    """The facilities of a place."""
    return Facility.objects.filter(place__path__startswith=place.path, until=None).order_by("name")


def posts_called(plan: EmergencyPlan, row: Activation) -> list[int]:
    """The posts that a plan calls in the areas of an activation: those there, and those of the places above."""
    return list(_near(plan.calls, row).order_by("pk").values_list("pk", flat=True))


def doer_of(step: PlanStep, row: Activation) -> tuple[int | None, int | None]:
    """The post or body that does a step: of posts the one nearest above the place, else the first within the areas."""
    if step.organization_id:
        return None, step.organization_id
    posts = list(_near([step.post_kind], row).order_by("pk").values_list("place__path", "pk"))
    above = [item for item in posts if row.place.path.startswith(item[0])]
    if above:
        return max(above, key=lambda item: len(item[0]))[1], None
    return min(posts, default=("", None))[1], None


def _near(kinds: list[str], row: Activation) -> QuerySet[Post]:
    """The posts of some kinds that somebody holds in the areas of an activation, and at the places above them."""
    near = Q(pk__in=[])
    for path in row.areas.values_list("path", flat=True):
        near |= Q(place__path__startswith=path) | Q(place_id__in=_above(path))
    held = Post.objects.filter(held_on(clock.today()), confirmed=True, person__isnull=False)
    return held.filter(near, kind__in=kinds)


def _above(path: str) -> list[int]:
    """The places above one with this path, itself included."""
    return [int(step) for step in path.split("/") if step]
