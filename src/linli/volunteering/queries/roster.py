"""The roster: found by name, number, phone, place, skill, team and state, masked, a page at a time by key."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, Q, QuerySet

from linli.core import search, secrets
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.masks import mask_name, mask_phone
from linli.territory.models import Place
from linli.volunteering.models import PostAssignment, TeamMembership, Volunteer
from linli.volunteering.policies import volunteers as policies
from linli.volunteering.queries.candidates import registered_as_member
from linli.volunteering.sections import service_names, skill_names
from linli.volunteering.workflow import KEEP, STANDING, TIMES, VOLUNTEERS

PAGE: Final = 50
FEW: Final = 1_000
PLACES: Final = 400
PHONE_DIGITS: Final = 7
TONES: Final = {
    "registered": ("green", "circle-check"),
    "paused": ("yellow", "clock"),
    "ended": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the roster is asked for; `state` is empty for all who have not ended, `after` the id of the last line."""

    words: str = ""
    place: str = ""
    skill: str = ""
    team: str = ""
    state: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A volunteer on the roster, masked."""

    pk: int
    number: str
    name: str
    phone: str
    place: str
    skills: str
    registered_on: str
    standing: tuple[str, str, str]


def listed(actor: Actor, wanted: Wanted) -> tuple[list[Line], str]:
    """A page of the roster, the newest first, and the key of the next; empty where there is none."""
    rows = found(actor, wanted).select_related("person", "place")[: PAGE + 1]
    page = list(rows.only("number", "state", "registered_on", "skills", "person__name", "person__phone", "place__name"))
    names = skill_names()
    more = str(page[PAGE - 1].pk) if len(page) > PAGE else ""
    return [_line(row, names) for row in page[:PAGE]], more


def _line(row: Volunteer, names: dict[str, str]) -> Line:
    return Line(
        row.pk,
        row.number,
        mask_name(row.person.name),
        mask_phone(row.person.phone or ""),
        row.place.name,
        "、".join(names.get(code, code) for code in row.skills),
        row.registered_on.isoformat(),
        standing(row),
    )


def standing(row: Volunteer) -> tuple[str, str, str]:
    """How a registration stands, with its colour and sign."""
    return (*TONES[row.state], str(VOLUNTEERS.label(row.state)))


def found(actor: Actor, wanted: Wanted) -> QuerySet[Volunteer]:
    """The volunteers who are asked for, in the order of the roster.

    Where few are meant, they are looked up first and then put in order; walking the whole roster by number until a
    page is full would take long there.
    """
    places = _places(actor, wanted.place).values("pk")
    rows = Volunteer.objects.filter(_matches(wanted.words), place_id__in=places)
    rows = rows.filter(state=wanted.state) if wanted.state else rows.filter(state__in=STANDING)
    if wanted.skill:
        rows = rows.filter(skills__contains=[wanted.skill])
    if wanted.team:
        members = TeamMembership.objects.filter(team_id=_whole(wanted.team), state="member")
        rows = rows.filter(pk__in=members.values("volunteer_id"))
    if wanted.after:
        rows = rows.filter(pk__lt=wanted.after)
    few = rows[:FEW].count() < FEW
    return rows.order_by((F("pk") + 0).desc()) if few else rows.order_by("-pk")


def _places(actor: Actor, code: str) -> QuerySet[Place]:
    """The places whose roster is asked for, within those that somebody keeps."""
    rows = Place.objects.filter(Q() if actor.key == "system" else actor.places(KEEP, prefix=""))
    if not code:
        return rows
    upper = Place.objects.filter(type=Place.Type.DIVISION, code=code).values_list("path", flat=True).first()
    return rows.filter(path__startswith=upper) if upper else rows.none()


def _matches(words: str) -> Q:
    """The volunteers of a number, a phone, or with a part of the name."""
    text = words.strip()
    if not text:
        return Q()
    digits = secrets.normal_phone(text)
    if digits.isdecimal() and len(digits) >= PHONE_DIGITS:
        return Q(phone_hash=secrets.match_hash(digits, "phone")) | Q(number=text)
    return Q(search=search.query(text))


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


@dataclass(frozen=True, slots=True)
class VolunteerPage:
    """One volunteer, masked, with what they belong to and hold. `reported` is where and since when as a member."""

    row: Volunteer
    name: str
    phone: str
    standing: tuple[str, str, str]
    skills: list[str]
    services: list[str]
    times: list[str]
    memberships: list[TeamMembership]
    posts: list[PostAssignment]
    reported: tuple[str, date] | None
    verbs: frozenset[str]


def volunteer_page(actor: Actor, pk: int) -> VolunteerPage:
    """One volunteer at the desk. Raises: not_found"""
    rows = Volunteer.objects.filter(actor.places(KEEP) if actor.key != "system" else Q(), pk=pk)
    row = rows.select_related("person", "place").defer("search").first()
    if row is None:
        raise NotFound
    return page_of(actor, row)


def own_page(actor: Actor) -> VolunteerPage | None:
    """One's own registration that stands, if there is one."""
    rows = Volunteer.objects.filter(policies.own_volunteer(actor), state__in=STANDING)
    row = rows.select_related("person", "place").defer("search").first()
    return page_of(actor, row) if row else None


def page_of(actor: Actor, row: Volunteer) -> VolunteerPage:
    """What a page shows of a volunteer; one's own name and phone stand in the clear."""
    own = actor.person_id is not None and row.person_id == actor.person_id
    name, phone = row.person.name, row.person.phone or ""
    skills, services, times = skill_names(), service_names(), dict(TIMES)
    memberships = row.teams.filter(state__in=("asked", "member")).select_related("team").order_by("pk")
    posts = row.volunteer_posts.filter(state__in=("asked", "assigned")).select_related("post").order_by("pk")
    can = {move.verb for move in VOLUNTEERS.allowed(row.state, {KEEP})}
    return VolunteerPage(
        row,
        name if own else mask_name(name),
        phone if own else mask_phone(phone),
        standing(row),
        [skills.get(code, code) for code in row.skills],
        [services.get(code, code) for code in row.services],
        [str(times.get(code, code)) for code in row.times],
        list(memberships),
        list(posts),
        registered_as_member(row.person_id),
        frozenset(can) if policies.may_change(actor, row) else frozenset(),
    )


def keeping(actor: Actor) -> list[Place]:
    """The places whose volunteers somebody keeps, for the choices of forms."""
    return list(Place.objects.filter(policies.keeping_places(actor)).order_by("path")[:PLACES])


def living(actor: Actor, *, at_desk: bool) -> list[Place]:
    """The communities in which one may live; at a desk, those that it keeps."""
    rows = Place.objects.filter(policies.living_places()).select_related("street").order_by("path")
    if at_desk and actor.key != "system":
        rows = rows.filter(actor.places(KEEP, prefix=""))
    return list(rows)
