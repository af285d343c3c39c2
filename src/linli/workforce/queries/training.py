"""Sessions as they are read: the list, one session, the list of people who may be put down, one's own page."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.paging import older
from linli.organizations.models import Person, Post
from linli.organizations.policies import held_on
from linli.territory.models import Place
from linli.workforce import policies
from linli.workforce.models import Credential, Mentoring, TrainingAttendance, TrainingSession
from linli.workforce.queries.gaps import mentored, period_of, times_came
from linli.workforce.sections import TrainingRule, named, section
from linli.workforce.workflow import CREDENTIAL, SESSION

PAGE: Final = 50
# So many people stand on one screen; more are reached by place.
PEOPLE: Final = 200
PLACES: Final = 500
TONES: Final = {
    "planned": ("yellow", "clock"),
    "held": ("green", "circle-check"),
    "cancelled": ("grey", "circle-x"),
    "entered": ("yellow", "clock"),
    "verified": ("green", "circle-check"),
    "refused": ("red", "circle-x"),
    "withdrawn": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list of sessions is asked for."""

    state: str = ""
    programme: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A session in words, with how many are named and how many came."""

    row: TrainingSession
    words: dict[str, str]
    standing: tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session with who is on its list and what may be done. Person-times and persons are one number here."""

    line: Line
    people: list[TrainingAttendance]
    counts: dict[str, int]
    verbs: list[str]

    @property
    def row(self) -> TrainingSession:
        """The session."""
        return self.line.row


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be put down, with what is put down of them now."""

    person_id: int
    name: str
    staff_number: str
    where: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What a rule asks of oneself, and how far one has come."""

    rule: TrainingRule
    have: int
    until: date

    @property
    def met(self) -> bool:
        """Whether it is met."""
        return self.have >= self.rule.times


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What the worker sees first: sessions of this year and those to come, credentials, mentors, what is asked."""

    sessions: list[TrainingAttendance]
    came: int
    credentials: list[tuple[Credential, str, tuple[str, str, Any]]]
    mentors: list[Mentoring]
    mentees: list[Mentoring]
    duties: list[Duty] = field(default_factory=list)


def seen_by(actor: Actor) -> QuerySet[TrainingSession]:
    """The sessions that somebody sees."""
    return TrainingSession.objects.filter(policies.sessions_visible_to(actor)).select_related("place")


def listed(actor: Actor, wanted: Wanted) -> tuple[list[Line], str]:
    """A page of sessions, the latest first, and the key of the next; empty where there is none."""
    rows = seen_by(actor)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.programme:
        rows = rows.filter(programme=wanted.programme)
    if wanted.before:
        rows = rows.filter(older("since", wanted.before))
    came = Count("attendances", filter=Q(attendances__outcome="came"))
    page = list(rows.order_by("-since", "-pk").annotate(came=came)[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    names = _names()
    return [line_of(row, names) for row in page[:PAGE]], f"{more.since}.{more.pk}" if more else ""


def _names() -> dict[str, dict[str, str]]:
    held = section()
    return {
        "programme": dict(named(held.programmes)),
        "channel": dict(named(held.channels)),
        "mode": dict(named(held.modes)),
    }


def line_of(row: TrainingSession, names: dict[str, dict[str, str]] | None = None) -> Line:
    """A session in words."""
    words = {name: known.get(getattr(row, name), getattr(row, name)) for name, known in (names or _names()).items()}
    return Line(row, words, (*TONES[row.state], SESSION.label(row.state)))


def session_seen(actor: Actor, pk: int) -> TrainingSession:
    """One session. Raises: not_found"""
    row = seen_by(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def session_page(actor: Actor, pk: int) -> SessionPage:
    """One session. Who else is on the list is only for whoever plans. Raises: not_found"""
    row = session_seen(actor, pk)
    people = row.attendances.filter(policies.attendances_visible_to(actor))
    people = people.select_related("person", "place").order_by("place__path", "person__name", "pk")
    counts = dict(row.attendances.values_list("outcome").annotate(many=Count("pk")))
    return SessionPage(line_of(row), list(people), counts, policies.session_verbs(actor, row))


def candidates(session: TrainingSession, place: Place | None) -> tuple[list[Candidate], bool]:
    """Whoever is on the list or works in a place for which the session is, and whether there are more of them."""
    held = {row.person_id: row for row in session.attendances.select_related("person", "place")}
    where = place or session.place
    posts = Post.objects.filter(held_on(clock.today()), person__isnull=False, place__path__startswith=where.path)
    kinds = session.posts or sorted({kind for rule in section().rules for kind in rule.posts})
    if kinds:
        posts = posts.filter(kind__in=kinds)
    rows = posts.order_by("place__path", "person__name").values_list(
        "person_id", "person__name", "person__staff_number", "place__name"
    )
    found: dict[int, Candidate] = {}
    for pk, name, number, there in rows[: 2 * PEOPLE + 1]:
        found.setdefault(pk, Candidate(pk, name, number, there, held[pk].outcome if pk in held else ""))
    few = list(found.values())
    if place is None:
        few = [
            *(
                Candidate(row.person_id, row.person.name, row.person.staff_number, row.place.name, row.outcome)
                for row in held.values()
                if row.person_id not in found
            ),
            *few,
        ]
    return few[:PEOPLE], len(few) > PEOPLE


def places_of(session: TrainingSession) -> list[Place]:
    """The streets and communities in which people for a session are looked for."""
    rows = Place.objects.filter(type=Place.Type.DIVISION, until=None, path__startswith=session.place.path)
    return list(rows.exclude(pk=session.place_id).order_by("path")[:PLACES])


def own_page(actor: Actor) -> OwnPage:
    """What somebody sees of their own. Raises: not_found"""
    person_id = actor.person_id
    if not person_id:
        raise NotFound
    year = clock.today().year
    sessions = TrainingAttendance.objects.filter(person_id=person_id, day__gte=date(year, 1, 1))
    rows = list(sessions.select_related("session").order_by("-day", "-pk"))
    kinds = dict(named(section().credentials))
    credentials = [
        (row, kinds.get(row.kind, row.kind), (*TONES[row.state], CREDENTIAL.label(row.state)))
        for row in Credential.objects.filter(person_id=person_id).order_by("-issued", "-pk")
    ]
    pairs = Mentoring.objects.filter(held_on(clock.today())).select_related("mentor", "mentee")
    return OwnPage(
        rows,
        sum(1 for row in rows if row.outcome == "came" and row.day.year == year),
        credentials,
        list(pairs.filter(mentee_id=person_id).order_by("pk")),
        list(pairs.filter(mentor_id=person_id).order_by("pk")),
        _duties(person_id),
    )


def _duties(person_id: int) -> list[Duty]:
    today = clock.today()
    posts = set(Post.objects.filter(held_on(today), person_id=person_id).values_list("kind", flat=True))
    found = []
    for rule in section().rules:
        if not posts & set(rule.posts):
            continue
        since, until = period_of(rule, today)
        have = mentored(today) if rule.of == "mentors" else times_came(since, until, rule.programme, [person_id])
        found.append(Duty(rule, have[person_id], until))
    return found


def home_of(person_id: int, day: date) -> Place | None:
    """Where somebody works: the place of the post that they have held longest of those of a day."""
    post = Post.objects.filter(held_on(day), person_id=person_id).order_by("since", "pk").select_related("place")
    found = post.first()
    return _division(found.place) if found else None


def homes_of(people: set[int]) -> dict[int, int]:
    """Where people work or worked last, by person."""
    rows = Post.objects.filter(person_id__in=people).order_by("until", "-since", "-pk").select_related("place")
    found: dict[int, int] = {}
    for post in sorted(rows, key=lambda item: item.until is not None):
        found.setdefault(post.person_id or 0, _division(post.place).pk)
    return found


def _division(place: Place) -> Place:
    return place.community or place.street or place


def person_named(words: str, within: Place) -> Person:
    """Somebody by name or staff number who works in a place. Raises: not_found"""
    posts = Post.objects.filter(held_on(clock.today()), place__path__startswith=within.path)
    known = Q(name=words.strip()) | Q(staff_number=words.strip())
    rows = list(Person.objects.filter(known, pk__in=posts.values("person_id")).order_by("pk")[:2])
    if len(rows) != 1:
        raise NotFound(
            "training.person",
            pgettext_lazy("training", "Nobody, or more than one, is called so there; use the staff number."),
        )
    return rows[0]
