"""Topics as they are read: the list with its filters, one with the line of its steps and their evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from django.db.models import F, Prefetch, Q, QuerySet

from linli.cases.queries.pages import named
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.models import Entry
from linli.core.paging import older
from linli.deliberation import procedures_section
from linli.deliberation.models import Holding, Resolution, ResolutionTask, StepPaper, Topic, TopicObjection, TopicStep
from linli.deliberation.policies import topics as policies
from linli.deliberation.procedures import Procedure, Step
from linli.deliberation.queries.people import one_person
from linli.deliberation.thresholds import Threshold
from linli.deliberation.workflow.topics import HAPPENED, STEP_OVER, TOPIC
from linli.territory.models import Place

PAGE: Final = 50
PLACES: Final = 500
TONES: Final = {
    "proposed": ("yellow", "clock"),
    "under_way": ("yellow", "message-circle"),
    "decided": ("yellow", "list-check"),
    "postponed": ("grey", "clock"),
    "closed": ("green", "circle-check"),
    "ended": ("grey", "circle-x"),
    "declined": ("grey", "circle-x"),
}
USER: Final = "user:"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `before` is the day and id of the last line of the page before."""

    words: str = ""
    state: str = ""
    procedure: str = ""
    place: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A topic in a list: how it stands, and which step has its turn."""

    topic: Topic
    tone: str
    icon: str
    words: Any
    procedure: str
    step: str


@dataclass(frozen=True, slots=True)
class Check:
    """A threshold in words, with the numbers it was held against."""

    threshold: Threshold
    quorum: bool
    part: str
    whole: str
    met: bool


@dataclass(frozen=True, slots=True)
class Held:
    """One time a step was held, with its thresholds."""

    row: Holding
    checks: list[Check]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the line: what the procedure says of it, and its evidence. `place` is past, now or ahead."""

    row: TopicStep
    rule: Step
    place: str
    held: list[Held]
    papers: list[StepPaper]


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to a topic, as its page tells it."""

    at: datetime
    what: Any
    who: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One topic with everything that its page shows."""

    topic: Topic
    standing: tuple[str, str, Any]
    rule: Procedure | None
    steps: list[StepLine]
    current: StepLine | None
    objections: list[TopicObjection]
    resolution: Resolution | None
    tasks: list[ResolutionTask]
    rated: "Rated | None"
    history: list[Moment] = field(default_factory=list)
    verbs: frozenset[str] = frozenset()

    @property
    def waiting(self) -> list[TopicObjection]:
        """The objections that wait for an answer."""
        return [item for item in self.objections if item.state == "waiting"]

    @property
    def ready(self) -> bool:
        """Whether the disclosure that is up was public long enough, with every objection answered."""
        line = self.current
        notice = line.row.publication if line else None
        if line is None or notice is None or notice.withdrawn or self.waiting:
            return False
        return clock.today() >= notice.posted_on + timedelta(days=line.rule.publication_days)

    @property
    def answered(self) -> list[TopicObjection]:
        """The objections that were answered."""
        return [item for item in self.objections if item.state == "answered"]


@dataclass(frozen=True, slots=True)
class Rated:
    """What residents said of a topic that was carried out: how many, how many call it solved, the mean of five."""

    count: int
    solved: int
    mean: str


def listed(rows: QuerySet[Topic], wanted: Wanted) -> tuple[list[Line], str]:
    """A page of topics, and the key of the next; empty where there is none."""
    if wanted.words:
        rows = rows.filter(Q(title__icontains=wanted.words) | Q(number__istartswith=wanted.words))
    for name in ("state", "procedure"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.place:
        rows = rows.filter(place__path__contains=f"/{wanted.place}/")
    if wanted.before:
        rows = rows.filter(older("proposed_on", wanted.before))
    turn = Prefetch("steps", TopicStep.objects.filter(state__in=("under_way", "not_met")), to_attr="turn")
    found = rows.select_related("place").defer("rule", "text").prefetch_related(turn)
    page = list(found.order_by("-proposed_on", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    names = {code: item.named for code, item in procedures_section.all_procedures().items()}
    return [_line(topic, names) for topic in page[:PAGE]], f"{more.proposed_on}.{more.pk}" if more else ""


def seen_by(actor: Actor) -> QuerySet[Topic]:
    """The topics that somebody sees."""
    return Topic.objects.filter(policies.topics_visible_to(actor))


def _line(topic: Topic, names: dict[str, str]) -> Line:
    turn: Sequence[TopicStep] = getattr(topic, "turn", ())
    step = turn[0].label if turn and topic.state in ("under_way", "decided") else ""
    return Line(topic, *standing(topic), names.get(topic.procedure, topic.procedure), step)


def standing(topic: Topic) -> tuple[str, str, Any]:
    """How a topic stands: a colour, an icon, and in words."""
    return (*TONES[topic.state], TOPIC.label(topic.state))


def hosting(actor: Actor) -> list[Place]:
    """The communities, and where it is but one also its compounds, at which somebody proposes topics."""
    rows = Place.objects.filter(policies.hosting_places(actor), placeholder=False, until=None)
    communities = list(rows.filter(community_id=F("pk")).order_by("code")[:PLACES])
    if len(communities) != 1:
        return communities
    return communities + list(rows.filter(type=Place.Type.COMPOUND).order_by("name")[:PLACES])


def topic_page(actor: Actor, pk: int) -> TopicPage:
    """One topic as a post sees it. Raises: not_found"""
    topic = seen_by(actor).select_related("place", "case").filter(pk=pk).first()
    if topic is None:
        raise NotFound
    return _page(topic, verbs=_verbs(actor, topic), history=_history(topic))


def public_topic(pk: int) -> TopicPage:
    """One topic as everybody reads it. Raises: not_found"""
    topic = Topic.objects.filter(policies.public_topics(), pk=pk).select_related("place").first()
    if topic is None:
        raise NotFound
    return _page(topic)


def _page(topic: Topic, **more: Any) -> TopicPage:
    rule = Procedure.model_validate(topic.rule) if topic.rule else None
    steps = _steps(topic, rule) if rule else []
    going = topic.state in ("under_way", "decided")
    resolution = Resolution.objects.filter(topic=topic).first()
    tasks = resolution.tasks.select_related("owner", "case").order_by("due", "pk") if resolution else []
    return TopicPage(
        topic,
        standing(topic),
        rule,
        steps,
        next((line for line in steps if line.place == "now"), None) if going else None,
        list(topic.objections.order_by("raised")),
        resolution,
        list(tasks),
        _rated(topic),
        **more,
    )


def _steps(topic: Topic, rule: Procedure) -> list[StepLine]:
    rows = topic.steps.select_related("publication").prefetch_related(
        Prefetch("holdings", Holding.objects.order_by("held_on", "pk")),
        Prefetch("papers", StepPaper.objects.order_by("pk")),
    )
    places = {"under_way": "now", "not_met": "now", "waiting": "ahead"}
    return [
        StepLine(
            row,
            rule.step(row.code),
            "past" if row.state in STEP_OVER else places[row.state],
            [Held(item, [_check(check) for check in item.checks]) for item in row.holdings.all()],
            list(row.papers.all()),
        )
        for row in rows.order_by("position")
    ]


def _check(held: dict[str, Any]) -> Check:
    threshold = Threshold(Fraction(held["share"]), held["bound"], held["of"], held["by"])
    return Check(threshold, held["of_what"] == "quorum", held["part"], held["whole"], held["met"])


def _rated(topic: Topic) -> Rated | None:
    given = list(topic.ratings.values_list("solved", "satisfied"))
    if not given:
        return None
    mean = Fraction(sum(stars for _solved, stars in given), len(given))
    return Rated(len(given), sum(solved for solved, _stars in given), f"{float(mean):.1f}")


def _verbs(actor: Actor, topic: Topic) -> frozenset[str]:
    """What somebody may do now with a topic."""
    if not policies.may_host(actor, topic.place):
        return frozenset()
    found = {verb for verb in ("begin", "decline", "postpone", "end") if TOPIC.can(topic.state, verb)}
    if topic.state in ("under_way", "decided") and topic.rule:
        found.add("step")
        if policies.may_except(actor, topic.place):
            found.add("skip")
        if one_person(topic.place):
            found.add("merge")
    if topic.state == "postponed" and topic.rule:
        found.add("resume")
    return frozenset(found)


def _history(topic: Topic) -> list[Moment]:
    entries = list(Entry.objects.filter(subject_type="topic", subject_id=topic.pk).order_by("-id")[:PAGE])
    ids = tuple(int(item.actor.removeprefix(USER)) for item in entries if item.actor.startswith(USER))
    names = {f"{USER}{user.pk}": str(user) for user in named(ids)} if ids else {}
    labels = dict(topic.steps.values_list("code", "label"))
    return [_moment(item, names, labels) for item in entries]


def _moment(entry: Entry, names: dict[str, str], labels: dict[str, str]) -> Moment:
    what = str(HAPPENED.get(entry.operation, entry.operation))
    step = labels.get(str(entry.facts.get("step", "")), "")
    return Moment(entry.at, f"{what}：{step}" if step else what, names.get(entry.actor, ""), _why(entry))


def _why(entry: Entry) -> str:
    return str(entry.facts.get("reason", ""))


def paper_for(seen: QuerySet[Topic], pk: int) -> StepPaper:
    """A paper of a topic that is seen. Raises: not_found"""
    row = StepPaper.objects.select_related("file").filter(pk=pk, step__topic__in=seen).first()
    if row is None:
        raise NotFound
    return row


def public_listed(place: Place) -> list[Line]:
    """The topics of a place and of all inside, as everybody reads them: those going on first."""
    rows = Topic.objects.filter(policies.public_topics(), place__path__startswith=place.path)
    lines, _more = listed(rows, Wanted())
    return sorted(lines, key=lambda line: line.topic.state not in ("under_way", "decided"))
