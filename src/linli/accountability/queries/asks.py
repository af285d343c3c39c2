"""The registry of asks as it is read: the list, its counts, what of a new ask exists already, and asks like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.accountability.models import Ask, AskAnswer
from linli.accountability.policies import asks as policies
from linli.accountability.queries.ask_answers import form_of
from linli.accountability.queries.filling.answering import Given, answered
from linli.accountability.queries.filling.forms import book_for
from linli.accountability.queries.filling.layout import is_free
from linli.accountability.queries.filling.matching import alike, asked
from linli.accountability.queries.filling.slots import FILLED
from linli.accountability.workflow.asks import ANSWER, ASK, LIVING, OWING, PROPOSE
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import NotFound
from linli.organizations.models import Organization, Post
from linli.organizations.policies import held_on
from linli.organizations.sections import kinds_in_force
from linli.publishing.models import PolicyDocument
from linli.publishing.policies.policy_documents import documents_visible_to
from linli.publishing.references import Reference
from linli.territory.models import Place

PAGE: Final = 50
LIKE: Final = 0.5
ANSWERING: Final = (Organization.Type.DEPARTMENT, Organization.Type.UNIT, Organization.Type.PROPERTY)
OFFICES: Final = (Organization.Type.OFFICE, Organization.Type.DEPARTMENT)
Choices = list[tuple[str, str]]
_GIVEN: Final = {"sent_to": Count("answers"), "given": Count("answers", filter=Q(answers__answered__isnull=False))}


@dataclass(frozen=True, slots=True)
class Counts:
    """What everybody is shown of the asks: in force by level, at short notice by office, and typed against filled."""

    in_force: list[tuple[Any, int]]
    short: list[tuple[str, int]]
    expired: int
    outside: int
    month: list[tuple[str, int]]
    cells: int
    filled: int
    typed: int

    @property
    def total(self) -> int:
        """How many are in force."""
        return sum(count for _level, count in self.in_force)

    @property
    def share(self) -> int | None:
        """How many cells in a hundred came from the records; None where nothing was answered yet."""
        return 100 * self.filled // self.cells if self.cells else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which fields of an ask the records hold already, and how many cells in a hundred that fills."""

    known: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    share: int


def listed(actor: Actor, *, state: str = "", words: str = "") -> QuerySet[Ask]:
    """The asks that the actor sees, the newest first, without their forms."""
    rows = Ask.objects.filter(policies.asks_visible_to(actor)).defer("form", "mapping", "fields")
    if state == "force":
        rows = rows.filter(in_force())
    elif state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(asker__icontains=words))
    return (
        rows.select_related("place", "document")
        .defer("document__search", "document__summary")
        .annotate(**_GIVEN)
        .order_by("-id")
    )


def listed_page(actor: Actor, *, state: str = "", words: str = "", before: int | None = None) -> tuple[list[Ask], str]:
    """A page of the asks that the actor sees, with the key of the next."""
    rows = listed(actor, state=state, words=words)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else ""


def ask_of(actor: Actor, pk: int) -> Ask:
    """One ask that the actor sees. Raises: not_found"""
    rows = Ask.objects.filter(policies.asks_visible_to(actor), pk=pk).annotate(**_GIVEN)
    ask = rows.select_related("place", "office", "document").first()
    if ask is None:
        raise NotFound
    return ask


def ground_shown(actor: Actor, ask: Ask) -> bool:
    """Whether the actor may open the document that an ask is grounded on."""
    if ask.document_id is None:
        return False
    return PolicyDocument.objects.filter(documents_visible_to(actor), pk=ask.document_id).exists()


def grounded_on(actor: Actor, document_id: int) -> list[Reference]:
    """The asks that name a document as their ground, as far as the actor sees them."""
    rows = Ask.objects.filter(policies.asks_visible_to(actor), document_id=document_id)
    kind = pgettext_lazy("reference", "Ask")
    return [
        Reference(kind, f"{ask.name} · {ask.asker}", reverse("asks:ask", args=[ask.pk]), ASK.label(ask.state))
        for ask in rows.only("name", "asker", "state").order_by("-id")[:100]
    ]


def in_force() -> Q:
    """Asks that are approved and valid today."""
    today = clock.today()
    return Q(state__in=LIVING, since__lte=today) & (Q(until=None) | Q(until__gt=today))


def owed(actor: Actor) -> list[AskAnswer]:
    """What the actor's own places and bodies still owe, the most pressing first."""
    open_ = AskAnswer.objects.filter(answered=None, ask__state__in=OWING)
    rows = open_.filter(policies.owed_by(actor)).select_related("ask", "place", "organization")
    return list(rows.defer("content", "ask__form", "ask__mapping").order_by("due", "id")[:50])


def to_decide(actor: Actor) -> list[Ask]:
    """The proposals that the actor may decide."""
    rows = listed(actor, state="proposed")[:50]
    return [ask for ask in rows if policies.may_decide(actor, ask)]


def counts(actor: Actor) -> Counts:
    """The counts of the registry, of the whole place: the same for asker, county and community."""
    labels = dict(Ask.Level.choices)
    today = clock.today()
    first = today.replace(day=1)
    levels = Ask.objects.filter(in_force()).values_list("level").annotate(n=Count("id")).order_by("-n")
    short = Ask.objects.filter(short=True).exclude(state__in=("proposed", "refused"))
    who = Coalesce("organization__name", "place__name")
    sent = AskAnswer.objects.filter(sent__gte=clock.day_start(first)).values_list(who).annotate(n=Count("id"))
    given = AskAnswer.objects.filter(answered__isnull=False)
    sums = given.aggregate(cells=Sum("cells"), filled=Sum("filled"), typed=Sum("typed"))
    return Counts(
        [(labels[level], count) for level, count in levels],
        list(short.values_list("asker").annotate(n=Count("id")).order_by("-n", "asker")[:5]),
        Ask.objects.filter(state="expired").count(),
        Ask.objects.filter(decider="", since__isnull=False).count(),
        list(sent.order_by("-n", who)[:8]),
        **{name: value or 0 for name, value in sums.items()},
    )


def coverage(ask: Ask) -> Coverage:
    """Which of an ask's cells the records hold, and under which name: as they are at the first who answers."""
    place = ask.places.select_related("street", "county").order_by("path").first()
    body = None if place else ask.bodies.select_related("place__street", "place__county").order_by("path").first()
    _paper, form = form_of(ask)
    book = book_for(SYSTEM, place or (body.place if body else ask.place), form, body=body)
    layout = answered(form, book, Given(choices=ask.mapping))
    known: dict[str, str] = {}
    unknown: dict[str, None] = {}
    for slot in layout.owed:
        if slot.state in FILLED:
            known.setdefault(slot.label, slot.source)
        else:
            unknown.setdefault(slot.label)
    missing = tuple(label for label in unknown if label not in known)
    return Coverage(tuple(known.items()), missing, layout.share)


def duplicates(ask: Ask) -> list[tuple[Ask, int]]:
    """Asks in force that ask for much the same, with how many in a hundred of the fields they share."""
    own = _stems(ask.fields)
    rows = Ask.objects.filter(in_force()).exclude(pk=ask.pk).defer("form", "mapping").order_by("-id")[:1000]
    found = []
    for other in rows:
        theirs = _stems(other.fields)
        share = len(own & theirs) / len(own | theirs) if own | theirs else 0.0
        if share >= LIKE or alike(ask.name, other.name) >= 0.8:
            found.append((other, round(100 * share)))
    return sorted(found, key=lambda item: -item[1])[:5]


def _stems(labels: Sequence[str]) -> frozenset[str]:
    return frozenset(asked(label).stem for label in labels if not is_free(label))


def answers_of(actor: Actor, ask: Ask) -> list[AskAnswer]:
    """The answers to an ask that the actor may know of, the newest period first."""
    rows = ask.answers.filter(policies.answers_visible_to(actor)).defer("content")
    rows = rows.select_related("place", "organization")
    return list(rows.order_by("-sent", "place__path", "organization__path")[:300])


def asked_of(ask: Ask) -> list[str]:
    """Who is to answer an ask: places, then bodies."""
    places = ask.places.order_by("path").values_list("name", flat=True)[:60]
    return [*places, *ask.bodies.order_by("path").values_list("name", flat=True)[:60]]


def offices_of(actor: Actor) -> list[tuple[str, str, int | None, int]]:
    """In whose name the actor may ask: bodies one works in, offices at one's places, and the places themselves."""
    bodies = Organization.objects.filter(held_on(clock.today()))
    own = Q(pk__in=actor.organization_ids) | (actor.places(PROPOSE) & Q(type__in=OFFICES))
    found: list[tuple[str, str, int | None, int]] = [
        (f"body-{body.pk}", body.name, body.pk, body.place_id) for body in bodies.filter(own).order_by("path")[:200]
    ]
    paths = [scope.path for scope in actor.scopes if PROPOSE in scope.abilities and scope.path]
    places = Place.objects.filter(path__in=paths, type=Place.Type.DIVISION)
    return [*((f"place-{place.pk}", place.name, None, place.pk) for place in places), *found]


def own_places(actor: Actor) -> Choices:
    """The places for which the actor answers."""
    paths = [scope.path for scope in actor.scopes if ANSWER in scope.abilities and scope.path]
    rows = Place.objects.filter(path__in=paths, type=Place.Type.DIVISION, until=None)
    return [(str(place.pk), place.name) for place in rows.order_by("path")]


def places_below(place_ids: Sequence[int]) -> Choices:
    """The communities and streets within the area of offices."""
    paths = Place.objects.filter(pk__in=place_ids).values_list("path", flat=True)
    within = Q(pk__in=[])
    for path in set(paths):
        within |= Q(path__startswith=path)
    rows = Place.objects.filter(within, type=Place.Type.DIVISION, level__in=("community", "street"), until=None)
    named = rows.filter(placeholder=False).select_related("parent").order_by("path")[:500]
    return [(str(place.pk), f"{place.name} · {place.parent.name}" if place.parent else place.name) for place in named]


def bodies_answering() -> QuerySet[Organization]:
    """Units in which somebody holds a post that answers asks."""
    today = clock.today()
    able = [code for code, kind in kinds_in_force().items() if ANSWER in kind.abilities]
    posts = Post.objects.filter(held_on(today), kind__in=able, confirmed=True, person__isnull=False)
    rows = Organization.objects.filter(held_on(today), type__in=ANSWERING)
    return rows.filter(pk__in=posts.values("organization_id"))


def bodies_below(place_ids: Sequence[int]) -> Choices:
    """The units that can answer within the area of offices, by their type and name."""
    within = Q(pk__in=[])
    for path in set(Place.objects.filter(pk__in=place_ids).values_list("path", flat=True)):
        within |= Q(place__path__startswith=path)
    rows = bodies_answering().filter(within).select_related("place").order_by("type", "name", "id")[:500]
    return [(str(body.pk), f"{body.name} · {body.get_type_display()} · {body.place.name}") for body in rows]


FILTERS: Final = (
    ("", _("all")),
    ("force", _("in force")),
    ("proposed", _("proposed")),
    ("outside", _("came past the registry")),
    ("expired", _("expired")),
    ("ended", _("ended")),
    ("refused", _("refused")),
)
