"""What pages of safety show: patrols and who falls short of the rule, rounds, hazards, plans for events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from linli.cases.models import Case
from linli.cases.policies import cases_visible_to
from linli.cases.queries.beside import Beside, Teller, Word
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.paging import older
from linli.organizations.models import Organization
from linli.safety import policies
from linli.safety.models import EventPlan, EventPost, Hazard, InspectionRound, PatrolShift, Recheck, RoundTarget
from linli.safety.sections import Checklist, Patrols, item_name, kind_name, section, severity_name
from linli.safety.workflow import FORCES, HAZARD_KIND, KEEP, RESULTS
from linli.territory.models import Place

PAGE: Final = 50
MOST: Final = 500
TONES: Final = {
    "planned": ("azure", "calendar"),
    "reported": ("green", "circle-check"),
    "running": ("azure", "clock"),
    "done": ("green", "circle-check"),
    "open": ("yellow", "clock"),
    "waiting": ("azure", "clock"),
    "removed": ("green", "circle-check"),
    "draft": ("yellow", "clock"),
    "approved": ("green", "circle-check"),
    "closed": ("grey", "circle-check"),
}
OVER: Final = ("grey", "circle-x")
LATE: Final = ("red", "alert-triangle")
Key = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list, with its sign, and what the list says beside it."""

    row: Any
    tone: tuple[str, str]
    name: str = ""
    done: int = 0
    many: int = 0
    late: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A force of which too few or too many came: how many, how many there should be, and by how much it is off."""

    force: Any
    came: int
    least: int
    most: int | None

    @property
    def by(self) -> int:
        """How many are missing, or too many."""
        if self.missing or self.most is None:
            return max(0, self.least - self.came)
        return self.came - self.most

    @property
    def missing(self) -> bool:
        """Whether too few came."""
        return self.came < self.least


@dataclass(frozen=True, slots=True)
class Short:
    """The latest patrol of a place that falls short of the rule, and in what."""

    row: PatrolShift
    gaps: list[Gap]


@dataclass(frozen=True, slots=True)
class PatrolPage:
    """One patrol."""

    row: PatrolShift
    tone: tuple[str, str]
    stops: list[Place]
    came: list[tuple[str, Any, int | None]]
    gaps: list[Gap]
    hazards: list[Line]
    reports: bool


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round: its places as far as the reader sees them, and its hazards."""

    row: InspectionRound
    kind: str
    tone: tuple[str, str]
    targets: list[Line]
    done: int
    many: int
    hazards: list[Line]
    open: int
    keeps: bool


@dataclass(frozen=True, slots=True)
class TargetPage:
    """One place of a round: its items as they were found, in words, and whether the reader goes through it."""

    row: RoundTarget
    items: list[tuple[Any, str, str, str]]
    hazards: list[Line]
    goes: bool


@dataclass(frozen=True, slots=True)
class HazardPage:
    """One hazard with its re-checks and its matter, as far as the reader may open it."""

    row: Hazard
    tone: tuple[str, str]
    severity: str
    item: str
    case: Case | None
    rechecks: list[Recheck]
    checks: bool
    late: bool


@dataclass(frozen=True, slots=True)
class EventPage:
    """One plan for an event with its posts: each, and whether the reader says who fills it."""

    row: EventPlan
    tone: tuple[str, str]
    posts: list[tuple[EventPost, bool]]
    keeps: bool
    lacking: int
    over: bool


def gaps_of(row: PatrolShift, rule: Patrols) -> list[Gap]:
    """Where a patrol is off the rule, force by force."""
    found = []
    for code, label in FORCES:
        came = getattr(row, code) or 0
        least, most = rule.least.get(code, 0), rule.most.get(code)  # type: ignore[call-overload]
        if came < least or (most is not None and came > most):
            found.append(Gap(label, came, least, most))
    return found


def shortfalls(actor: Actor) -> list[Short]:
    """Of each place the latest patrol of the last days, where it is off the rule (SAF-04)."""
    rule = section().patrols
    if not rule.least and not rule.most:
        return []
    since = clock.today() - timedelta(days=rule.days)
    rows = PatrolShift.objects.filter(policies.patrols_visible_to(actor), state="reported", on__gte=since)
    latest = rows.order_by("place_id", "-on", "-pk").distinct("place_id").select_related("place")
    return [Short(row, gaps) for row in latest[:MOST] if (gaps := gaps_of(row, rule))]


def _page(rows: QuerySet[Any], day: str, before: Key | None) -> tuple[list[Any], str]:
    """A page of rows, the latest first, and the key of the next page; nothing where there is none."""
    rows = rows.filter(older(day, before)) if before else rows
    page = list(rows.order_by(f"-{day}", "-pk")[: PAGE + 1])
    last = page[PAGE - 1] if len(page) > PAGE else None
    return page[:PAGE], f"{getattr(last, day)}.{last.pk}" if last else ""


def patrols(actor: Actor, before: Key | None) -> tuple[list[Line], str]:
    """A page of patrols; one that nobody wrote down by its day is late."""
    rows = PatrolShift.objects.filter(policies.patrols_visible_to(actor))
    page, more = _page(rows.select_related("place", "team", "lead__person"), "on", before)
    today = clock.today()
    return [_patrol(row, today) for row in page], more


def _patrol(row: PatrolShift, today: date) -> Line:
    late = row.state == "planned" and row.on < today
    came = sum(getattr(row, code) or 0 for code, _label in FORCES)
    return Line(row, LATE if late else TONES.get(row.state, OVER), done=row.forces, many=came, late=late)


def rounds(actor: Actor, before: Key | None) -> tuple[list[Line], str]:
    """A page of rounds with how many places are gone through, of how many."""
    rows = InspectionRound.objects.filter(policies.rounds_visible_to(actor)).select_related("place", "office")
    page, more = _page(rows, "since", before)
    counted = _counted(page)
    today = clock.today()
    return [_round(row, counted, today) for row in page], more


def _counted(rows: Sequence[InspectionRound]) -> dict[int, tuple[int, int]]:
    found = RoundTarget.objects.filter(round__in=rows).values("round_id").order_by()
    told = found.annotate(many=Count("pk"), done=Count("pk", filter=Q(gone_on__isnull=False)))
    return {item["round_id"]: (item["done"], item["many"]) for item in told}


def _round(row: InspectionRound, counted: dict[int, tuple[int, int]], today: date) -> Line:
    late = row.state == "running" and row.until < today
    done, many = counted.get(row.pk, (0, 0))
    return Line(row, LATE if late else TONES.get(row.state, OVER), kind_name(row.kind), done, many, late)


def hazards(actor: Actor, before: Key | None, state: str = "") -> tuple[list[Line], str]:
    """A page of hazards."""
    rows = Hazard.objects.filter(policies.hazards_visible_to(actor)).select_related("place__compound")
    page, more = _page(rows.filter(state=state) if state else rows, "found_on", before)
    return hazard_lines(page), more


def hazard_lines(rows: Iterable[Hazard]) -> list[Line]:
    """Hazards with how grave they are; one that should be put right by now is late."""
    today = clock.today()
    lines = []
    for row in rows:
        late = row.state == "open" and row.due < today
        lines.append(Line(row, LATE if late else TONES.get(row.state, OVER), severity_name(row.severity), late=late))
    return lines


def events(actor: Actor, before: Key | None) -> tuple[list[Line], str]:
    """A page of plans for events with how many posts are filled, of how many."""
    filled = Count("posts", filter=Q(posts__filled=F("posts__many")))
    rows = EventPlan.objects.filter(policies.events_visible_to(actor)).select_related("place")
    page, more = _page(rows.annotate(full=filled, all=Count("posts")), "on", before)
    return [Line(row, TONES.get(row.state, OVER), done=row.full, many=row.all) for row in page], more


def patrol_page(actor: Actor, pk: int) -> PatrolPage:
    """One patrol. Raises: not_found"""
    rows = PatrolShift.objects.filter(policies.patrols_visible_to(actor))
    row = rows.select_related("place", "team", "lead__person").filter(pk=pk).first()
    if row is None:
        raise NotFound
    seen = row.hazards.filter(policies.hazards_visible_to(actor)).select_related("place__compound").order_by("-pk")
    return PatrolPage(
        row,
        _patrol(row, clock.today()).tone,
        list(row.stops.order_by("path")) or [row.place],
        [(code, label, getattr(row, code)) for code, label in FORCES],
        gaps_of(row, section().patrols) if row.state == "reported" else [],
        hazard_lines(seen[:PAGE]),
        policies.may_report(actor, row),
    )


def round_page(actor: Actor, pk: int) -> RoundPage:
    """One round. Raises: not_found"""
    rows = InspectionRound.objects.filter(policies.rounds_visible_to(actor)).select_related("place", "office")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    seen = row.targets.filter(policies.targets_visible_to(actor)).select_related("place__compound", "facility")
    seen = seen.annotate(found=Count("hazards")).order_by(F("gone_on").asc(nulls_first=True), "place__path", "pk")
    found = Hazard.objects.filter(target__round=row).select_related("place__compound")
    line = _round(row, _counted([row]), clock.today())
    told = found.filter(policies.hazards_visible_to(actor)).order_by("state", "-pk")
    return RoundPage(
        row,
        line.name,
        line.tone,
        [
            Line(item, TONES["done" if item.gone_on else "open"], many=item.found, done=int(item.gone_on is not None))
            for item in seen[:MOST]
        ],
        line.done,
        line.many,
        hazard_lines(told[:MOST]),
        found.filter(state__in=("open", "waiting")).count(),
        policies.may_keep(actor, row.place),
    )


def target_page(actor: Actor, pk: int) -> TargetPage:
    """One place of a round. Raises: not_found"""
    rows = RoundTarget.objects.filter(policies.targets_visible_to(actor))
    row = rows.select_related("round__place", "place__compound", "facility").filter(pk=pk).first()
    if row is None:
        raise NotFound
    marks = dict(row.marks.values_list("item", "result"))
    words = {code: str(label) for code, label in RESULTS}
    kind: Checklist | None = section().checklist(row.round.kind)
    items = [
        (item, severity_name(item.severity), marks.get(item.code, ""), words.get(marks.get(item.code, ""), ""))
        for item in (kind.items if kind else ())
    ]
    seen = row.hazards.filter(policies.hazards_visible_to(actor)).select_related("place__compound").order_by("pk")
    return TargetPage(row, items, hazard_lines(seen), row.round.state == "running" and policies.may_inspect(actor, row))


def hazard_page(actor: Actor, pk: int) -> HazardPage:
    """One hazard. Raises: not_found"""
    rows = Hazard.objects.filter(policies.hazards_visible_to(actor))
    row = rows.select_related("place__compound", "target__round", "shift__place").filter(pk=pk).first()
    if row is None:
        raise NotFound
    case = Case.objects.defer("search").select_related("lead").get(pk=row.case_id)
    opens = Case.objects.filter(cases_visible_to(actor), pk=row.case_id).exists()
    (line,) = hazard_lines([row])
    return HazardPage(
        row,
        line.tone,
        line.name,
        item_name(row.kind, row.item) if row.item else "",
        case if opens else None,
        list(row.rechecks.order_by("-pk")),
        row.state == "waiting" and policies.may_recheck(actor, row, case),
        line.late,
    )


def event_page(actor: Actor, pk: int) -> EventPage:
    """One plan for an event. Raises: not_found"""
    row = EventPlan.objects.filter(policies.events_visible_to(actor)).select_related("place").filter(pk=pk).first()
    if row is None:
        raise NotFound
    posts = list(row.posts.select_related("organization", "plan__place").order_by("pk"))
    return EventPage(
        row,
        TONES.get(row.state, OVER),
        [(post, row.state == "draft" and policies.may_fill(actor, post)) for post in posts],
        policies.may_keep(actor, row.place),
        sum(post.filled < post.many for post in posts),
        row.on <= clock.today(),
    )


def places(actor: Actor) -> list[Place]:
    """The communities and streets whose safety the actor keeps."""
    return list(Place.objects.filter(policies.keeping_places(actor)).order_by("path")[:MOST])


def compounds(actor: Actor) -> list[Place]:
    """The compounds in them."""
    there = Q() if actor.key == "system" else actor.places(KEEP, prefix="")
    rows = Place.objects.filter(there, type=Place.Type.COMPOUND, until=None, placeholder=False)
    return list(rows.select_related("community").order_by("path")[:MOST])


def bodies() -> list[tuple[str, str]]:
    """The bodies that may inspect, patrol, or fill posts."""
    rows = Organization.objects.filter(policies.BODIES).order_by("name")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")[:MOST]]


def told_of(viewer: Actor, case_id: int) -> list[Beside]:
    """That a matter is a hazard that will be re-checked, and until when it is to be put right."""
    rows = Hazard.objects.filter(policies.hazards_visible_to(viewer), case_id=case_id)
    return [
        Beside(
            pgettext_lazy("safety", "hazard of a place"),
            severity_name(row.severity),
            f"safety:{HAZARD_KIND}",
            row.pk,
            row.get_state_display(),
            row.found_on,
            *TONES.get(row.state, OVER),
            words=_("to be put right by %(day)s") % {"day": row.due},
        )
        for row in rows
    ]


def public_of(_case_id: int) -> list[Word]:
    """Nothing more than its matter says."""
    return []


def _knows() -> Q:
    return Q(Exists(Hazard.objects.filter(case_id=OuterRef("pk"))))


TELLER: Final = Teller(told_of, public_of, _knows)
