"""Whom a scheme assesses at a place, and which body gives which part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from django.db.models import Q

from linli.accountability.assessing.section import Assessor, Scheme
from linli.accountability.policies.assessments import RATE, SPOKEN_FOR
from linli.core import clock
from linli.organizations.models import Organization, Post
from linli.organizations.policies import held_on
from linli.organizations.sections import kinds_in_force
from linli.territory.models import Place

Giver = tuple[Organization | None, Post | None]
NOBODY: Final[Giver] = (None, None)


@dataclass(frozen=True, slots=True)
class Subject:
    """One to be assessed: a body, a place or a post, and where it lies."""

    label: str
    place: Place
    organization: Organization | None = None
    unit: Place | None = None
    post: Post | None = None

    @property
    def named(self) -> dict[str, int | None]:
        """The columns that say who it is."""
        return {
            "organization_id": self.organization.pk if self.organization else None,
            "unit_id": self.unit.pk if self.unit else None,
            "post_id": self.post.pk if self.post else None,
            "person_id": self.post.person_id if self.post else None,
            "place_id": self.place.pk,
        }


def subjects(scheme: Scheme, place: Place, day: date) -> list[Subject]:
    """Everybody whom a scheme assesses at a place on a day, by place and name."""
    if scheme.of == "organization":
        bodies = Organization.objects.filter(held_on(day), type__in=scheme.kinds, place__path__startswith=place.path)
        if scheme.body_kinds:
            bodies = bodies.filter(kind__in=scheme.body_kinds)
        rows = bodies.exclude(state="planned").select_related("place", "parent")
        return [Subject(item.name, item.place, organization=item) for item in rows.order_by("place__path", "name")]
    if scheme.of == "place":
        here = Q(type="division", level__in=scheme.kinds) | Q(type__in=set(scheme.kinds) - {"division"})
        units = Place.objects.filter(here, held_on(day), path__startswith=place.path, placeholder=False)
        return [Subject(item.name, item, unit=item) for item in units.order_by("path")]
    return [_of_post(item) for item in _posts(scheme, place).filter(held_on(day))]


def term_subject(scheme: Scheme, place: Place, post_id: int) -> Subject | None:
    """The holder of a post whose term is assessed, ended or not."""
    post = _posts(scheme, place).filter(pk=post_id).first()
    return _of_post(post) if post else None


def _posts(scheme: Scheme, place: Place) -> Any:
    held = Post.objects.filter(kind__in=scheme.kinds, person__isnull=False, place__path__startswith=place.path)
    return held.select_related("person", "place", "organization").order_by("place__path", "id")


def _of_post(post: Post) -> Subject:
    return Subject(f"{post.person} · {post.place.name}", post.place, post=post)


class Bodies:
    """Finds who gives a part, each body looked for once; None where there is no such body, or it would rate itself."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.office = cache(self._office)
        self.named = cache(self._named)
        self.speaker = cache(speaker_at)

    def own(self, subject: Subject) -> Giver:
        """Who speaks for the assessed: the post, the body, or whoever speaks for the place."""
        return self._at(subject.unit.pk, "office") if subject.unit else (subject.organization, subject.post)

    def rating(self, assessor: Assessor, subject: Subject) -> Giver:
        """Who an assessor of the scheme is for this subject; nobody where it would be the assessed."""
        found = self._rating(assessor, subject)
        return NOBODY if found == self.own(subject) else found

    def _rating(self, assessor: Assessor, subject: Subject) -> Giver:
        if assessor.role == "named":
            return self.named(assessor.name), None
        if assessor.role == "sending":
            return self._sending(subject.post), None
        if assessor.role == "above" and subject.organization is not None and subject.organization.parent_id:
            return subject.organization.parent, None
        return self._at(_place_of(assessor.role, subject), assessor.type)

    def _at(self, place_id: int | None, kind: str) -> Giver:
        """The body of a type at a place; where offices are not on the roster, the post that speaks for the place."""
        if place_id is None:
            return NOBODY
        body = self.office(place_id, kind)
        if body is None and kind == "office":
            body = self.office(place_id, "party_organization")
        return (body, None) if body or kind != "office" else (None, self.speaker(place_id))

    def _sending(self, post: Post | None) -> Organization | None:
        if post is None:
            return None
        found = self.named(post.unit) if post.unit else None
        if found is not None or post.organization is None:
            return found
        # Whoever holds a post in a department comes from it; an office is where one is sent to.
        return post.organization if post.organization.type in ("department", "member_unit") else None

    def _office(self, place_id: int, kind: str) -> Organization | None:
        return self._standing(Q(place_id=place_id, type=kind))

    def _named(self, name: str) -> Organization | None:
        return self._standing(Q(name=name))

    def _standing(self, which: Q) -> Organization | None:
        return Organization.objects.filter(which, held_on(self.day)).exclude(state="planned").order_by("id").first()


def _place_of(role: str, subject: Subject) -> int | None:
    """The place whose body rates: of a level; above a unit, but where a post is."""
    if role != "above":
        return _ancestor(subject.place, role)
    return int(subject.place.pk) if subject.post else subject.place.parent_id


def speaker_at(place_id: int) -> Post | None:
    """The post that rates for a place: one held there, the highest kind first."""
    kinds = [code for code, kind in kinds_in_force().items() if RATE in kind.abilities and kind.scope == "place"]
    held = Post.objects.filter(held_on(clock.today()), place_id=place_id, kind__in=kinds, confirmed=True)
    return held.filter(person__isnull=False).select_related("place").order_by("id").first()


def holder_of(body: Organization) -> tuple[int | None, int | None]:
    """Whose list shows what a body owes: its own, where somebody in it rates, else that of who speaks for the place."""
    kinds = [code for code, kind in kinds_in_force().items() if RATE in kind.abilities]
    inside = Post.objects.filter(held_on(clock.today()), organization=body, kind__in=kinds, confirmed=True)
    if body.type not in SPOKEN_FOR or inside.exists():
        return body.pk, None
    post = speaker_at(body.place_id)
    return (None, post.pk) if post else (body.pk, None)


def _ancestor(place: Place, level: str) -> int | None:
    if place.type == Place.Type.DIVISION and place.level == level:
        return int(place.pk)
    found: int | None = {"county": place.county_id, "street": place.street_id, "community": place.community_id}[level]
    return found


def candidates(subject_place: Place) -> Sequence[Organization]:
    """Bodies that may be named to rate: those at the place and at the places above it."""
    above = [int(step) for step in subject_place.path.split("/") if step]
    found = Organization.objects.filter(place_id__in=above, until=None).exclude(state="planned")
    kinds = ("office", "department", "party_organization", "member_unit")
    return list(found.filter(type__in=kinds).select_related("place").order_by("-place__path", "name")[:300])
