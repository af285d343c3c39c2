"""One matter as its page shows it: timeline, who holds it, masked reporters, moves; and the work that is owed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from linli.accounts.models import User
from linli.cases import sections, words
from linli.cases.models import Case, PublicSummary, Reporter
from linli.cases.policies import STAFF, cases_visible_to, moves_of, sees_reporter
from linli.cases.queries.beside import spoken_of
from linli.cases.queries.parts import HelpLine, NoteLine, PhotoLine, RatingLine, WhistleLine, parts_of
from linli.core import clock, masks
from linli.core.actors import Actor
from linli.core.composed import composed
from linli.core.errors import NotFound
from linli.core.models import Entry, WorkItem
from linli.core.work import colour_of
from linli.core.workflow import Step
from linli.organizations.models import Organization, Post
from linli.territory.models import Boundary

# What the reporter reads of the timeline; notes among the staff, looks and names of staff are not in it.
PUBLIC: Final = frozenset(
    {
        "case.receive",
        "case.accept",
        "case.refuse",
        "case.contact",
        "case.dispatch",
        "case.recall",
        "case.take",
        "case.return",
        "case.reassign",
        "case.arbitrate",
        "case.defer",
        "case.review",
        "case.resume",
        "case.ask_extension",
        "case.decide_extension",
        "case.finish",
        "case.confirm",
        "case.verify",
        "case.reject",
        "case.deny",
        "case.close",
        "case.close_unconfirmed",
        "case.rate",
        "case.reopen",
        "case.withdraw",
        "case.merge",
        "case.unmerge",
        "case.urge",
        "case.whistle",
        "case.approve_out_of_scope",
        "case.refer",
        "case.hand_up",
    }
)
PUBLIC_FACTS: Final = ("reason", "outcome", "until", "days", "granted")


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline: when, who, what, and the facts that go with it."""

    at: datetime
    who: str
    verb: str
    label: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MaskedReporter:
    """A reporter as a screen shows one: masked until somebody unmasks it with a reason."""

    id: int
    name: str
    phone: str
    behalf_of: str
    callback: bool
    hidden: bool
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Who owes the open step, by when, and its colour."""

    kind: str
    name: str
    due: datetime | None
    colour: str


@dataclass(slots=True)
class CasePage:
    """Everything the page of one matter shows."""

    case: Case
    moves: list[str]
    steps: list[Step]
    held: list[Held]
    timeline: list[Happening]
    notes: list[NoteLine]
    attachments: list[PhotoLine]
    reporters: list[MaskedReporter]
    reporter_hidden: bool
    helps: list[HelpLine]
    whistles: list[WhistleLine]
    ratings: list[RatingLine]


# What of the places and bodies around a matter no page of it shows: reading it costs more than the matter itself.
_OF_PLACES: Final = ("households", "residents", "buildings", "area_m2", "address", "since", "until", "extra", "version")
_AROUND: Final = ("place__county", "place__street", "place__community", "grid", "lead", "desk")
_UNSHOWN: Final = tuple(
    f"{around}__{name}"
    for around in ("place", *_AROUND[:4])
    for name in (*_OF_PLACES, "successor", "lng", "lat")
    if around != "place" or name not in ("lng", "lat")
)


def case_for(viewer: Actor, pk: int) -> Case:
    """The matter, if the viewer may open it. Raises: not_found"""
    found = matters.one(viewer, pk)
    if found is None:
        raise NotFound
    return found


@composed(planned=True)
def matters(viewer: Actor, pk: int) -> QuerySet[Case]:
    """The matter with an id and what lies around it, if the viewer may open it."""
    rows = Case.objects.select_related("summary", *_AROUND).defer("search", *_UNSHOWN)
    rows = rows.annotate(outlined=_outlined(), spoken_of=ExpressionWrapper(spoken_of(), BooleanField()))
    return rows.filter(cases_visible_to(viewer), pk=pk)


def _outlined() -> Exists:
    """Whether an outline is drawn of the matter's place or of what is next around it; whereabouts.py draws it."""
    around = Q(pk__in=[])
    for name in ("place_id", "place__compound_id", "grid_id"):
        around |= Q(place_id=OuterRef(name))
    return Exists(Boundary.objects.filter(around, until=None))


def slip_of(pk: int) -> Case:
    """A matter for the receipt of whoever registered it, whom the session knows; not for its page."""
    return Case.objects.select_related("place", "complained_of", "lead", "desk").defer("search").get(pk=pk)


def summary_of(case: Case) -> PublicSummary | None:
    """What is public about a matter; nothing where it was never published or is withdrawn."""
    row: PublicSummary | None = getattr(case, "summary", None)
    return row if row and row.withdrawn is None else None


def case_page(viewer: Actor, pk: int) -> CasePage:
    """One matter with its timeline and what the viewer may do, in a fixed number of queries. Raises: not_found

    A reporter reads what the public page tells: no names of staff, no notes among them.
    """
    case = case_for(viewer, pk)
    flow = sections.flow()
    entries = history_of(pk)
    shown = [item for item in case.raised_by if sees_reporter(viewer, case, item)]
    parts = parts_of(pk)
    inside = viewer.key == "system" or any(viewer.can(ability) for ability in STAFF)
    visited = {str(entry.facts.get("to", "")) for entry in entries} | {case.state}
    return CasePage(
        case=case,
        moves=moves_of(viewer, case, flow),
        steps=flow.line_of_steps(case.state, visited),
        held=held_by(case),
        timeline=happenings(entries, public=not inside),
        notes=[note for note in parts.notes if inside or note.public],
        attachments=parts.photos,
        reporters=[masked(item) for item in shown],
        reporter_hidden=bool(case.raised_by) and not shown,
        helps=parts.helps,
        whistles=parts.whistles,
        ratings=parts.ratings,
    )


@composed(planned=True)
def history_of(pk: int) -> QuerySet[Entry]:
    """What the journal says of a matter, in order."""
    return Entry.objects.filter(subject_type="case", subject_id=pk).order_by("id")


def happenings(entries: Iterable[Entry], *, public: bool = False) -> list[Happening]:
    """Journal entries as lines of a timeline; for the public without names and with few facts."""
    rows = [entry for entry in entries if not public or entry.operation in PUBLIC]
    names = {} if public else _names({entry.actor for entry in rows})
    labels = words.HAPPENED | {move.verb: move.label for move in sections.flow().moves}
    return [
        Happening(
            entry.at,
            names.get(entry.actor, ""),
            verb := entry.operation.removeprefix("case."),
            str(labels.get(verb, verb)),
            {name: entry.facts[name] for name in PUBLIC_FACTS if name in entry.facts} if public else entry.facts,
        )
        for entry in rows
    ]


def _names(keys: set[str]) -> dict[str, str]:
    """The names of those who did things; the reporter and the system have none."""
    ids = [int(key.split(":")[1]) for key in keys if key.startswith("user:") and key[5:].isdecimal()]
    return {f"user:{user.pk}": str(user) for user in (named(tuple(sorted(ids))) if ids else ())}


@composed(planned=True)
def named(ids: tuple[int, ...]) -> QuerySet[User]:
    """Accounts with these ids, to be called by their names."""
    return User.objects.filter(pk__in=ids).only("username", "display_name")


@composed(planned=True)
def owed_for(pk: int) -> QuerySet[WorkItem]:
    """The open work items of a matter, the soonest due first."""
    return WorkItem.objects.filter(subject_type="case", subject_id=pk, ended=None).order_by("due", "id")


def held_by(case: Case) -> list[Held]:
    """The open steps of a matter and who owes each."""
    items = owed_for(case.pk)
    bodies = {body.pk: body for body in (case.lead, case.desk) if body}
    unknown = {item.organization_id for item in items if item.organization_id} - bodies.keys()
    bodies |= Organization.objects.in_bulk(unknown) if unknown else {}
    posts = Post.objects.select_related("person").in_bulk({item.post_id for item in items if item.post_id})
    return [Held(item.kind, _holder_name(item, bodies, posts), item.due, colour_of(item)) for item in items]


def _holder_name(item: WorkItem, bodies: dict[int, Organization], posts: dict[int, Post]) -> str:
    if item.organization_id in bodies:
        return bodies[item.organization_id or 0].name
    post = posts.get(item.post_id or 0)
    return str(post.person or post.title or post.kind) if post else ""


def masked(row: Reporter) -> MaskedReporter:
    """A reporter with everything personal masked."""
    return MaskedReporter(
        row.pk,
        masks.mask_name(row.name or ""),
        masks.mask_phone(row.phone or ""),
        masks.mask_name(row.behalf_of or ""),
        row.callback,
        row.hidden,
        row.forgotten is not None,
    )


def work_of(actor: Actor, *, limit: int = 200) -> list[tuple[WorkItem, str]]:
    """What the actor's posts and bodies owe, the most pressing first, each with its colour."""
    mine = Q(post_id__in=actor.post_ids) | Q(organization_id__in=actor.organization_ids)
    items = WorkItem.objects.filter(mine, ended=None).order_by("-urgent", "due", "id")[:limit]
    now = clock.now()
    return [(item, colour_of(item, now)) for item in items]
