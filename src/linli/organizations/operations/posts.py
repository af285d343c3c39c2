"""Posts one at a time: appoint, confirm, change, stand in, end with the hand-over of open work.

Set forms for ledgers are in recording.py, duty rosters in shifts.py.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.organizations import events, policies
from linli.organizations.abilities import SEPARATED
from linli.organizations.models import HandOver, Organization, Person, Post
from linli.organizations.operations import handing
from linli.organizations.operations.people import Named, person_found
from linli.organizations.sections import PostKind, kinds_in_force, recruited_kinds
from linli.territory.models import Place

CHANGEABLE: Final = ("title", "unit", "employment", "origin", "since", "consent", "duty_phone")
LONGEST: Final = {"title": 80, "unit": 160, "employment": 24, "origin": 64, "duty_phone": 30}


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who is to hold which post, where, from when and until when. The person is known by id, else found or made.

    A post under unified recruitment is given by a round, or with the reason for an `exception`.
    """

    kind: str
    place_id: int
    person_id: int | None = None
    named: Named | None = None
    organization_id: int | None = None
    since: date | None = None
    until: date | None = None
    lead: bool | None = None
    title: str = ""
    unit: str = ""
    employment: str = ""
    origin: str = ""
    duty_phone: str = ""
    consent: bool = False
    round_id: int | None = None
    exception: str = ""


@transaction.atomic
def post_appoint(*, actor: Actor, appointment: Appointment) -> Post:
    """Fill a post (PPL-16, PPL-21): abilities begin with it.

    A kind is held where the profile says; a place has one lead at a time; one person may hold several posts, but
    never two of the administrators' duties; nobody appoints themselves. Whoever keeps recruitment has a say in kinds
    that are under it (PPL-02).
    Raises: not_found, post.kind_unknown, post.wrong_place, post.not_yours, post.own, post.span,
    post.organization_missing, post.person_missing, post.lead_taken, post.held_already, post.duties_apart,
    post.recruitment, post.round, post.round_full
    """
    kind = kind_known(appointment.kind)
    place = _place_locked(appointment.place_id)
    _check_place(kind, place)
    body = _body_for(appointment.organization_id, kind, place)
    _require_appoint(actor, kind, place, body, appointment.person_id)
    person = _holder(appointment)
    _require_appoint(actor, kind, place, body, person.pk)
    since = appointment.since or clock.today()
    until = appointment.until or _term_end(kind, since)
    if until is not None and until <= since:
        raise InvalidInput("post.span", _("A post must end after it begins."))
    post = Post(
        person=person,
        kind=kind.code,
        place=place,
        organization=body,
        lead=kind.leads if appointment.lead is None else appointment.lead,
        employment=appointment.employment,
        since=since,
        until=until,
        confirmed=True,
        consent=appointment.consent,
        **{name: getattr(appointment, name)[:length] for name, length in LONGEST.items() if name != "employment"},
    )
    _check_free(post, kind)
    post.save()
    _done(actor, "post.appoint", post, {"kind": post.kind, "person": person.pk, "lead": post.lead})
    if appointment.round_id is not None or post.kind in recruited_kinds():
        fact = events.Recruited(actor, post.pk, appointment.round_id, appointment.exception)
        events.announce(events.post_recruited, fact)
    return post


@transaction.atomic
def post_confirm(*, actor: Actor, post_ids: Sequence[int]) -> list[Post]:
    """Stand by posts that came with a ledger, so that they allow what their kind allows.

    Raises: not_found, post.kind_unknown, post.wrong_place, post.not_yours, post.own, post.ended, post.duties_apart
    """
    posts = list(
        Post.objects.select_for_update(of=("self",)).select_related("place", "organization__place", "person")
        .filter(pk__in=post_ids).order_by("pk")
    )  # fmt: skip
    if len(posts) != len(set(post_ids)):
        raise NotFound
    for post in posts:
        policies.require_post_seen(actor, post)
        _confirm_one(actor, post)
    return posts


@transaction.atomic
def post_change(*, actor: Actor, post_id: int, version: int, **values: Any) -> Post:
    """Change what describes a post; who holds what and where changes only by ending and appointing.

    Raises: not_found, organization.not_yours, post.stale, post.ended, post.span
    """
    post = post_locked(actor, post_id)
    policies.require_manage(actor, post.place)
    _require_version(post, version)
    _require_held(post)
    unknown = set(values) - set(CHANGEABLE)
    assert not unknown, f"post_change does not know {unknown}"
    for name, value in values.items():
        setattr(post, name, value[: LONGEST[name]] if name in LONGEST else value)
    if post.since and post.until and post.until <= post.since:
        raise InvalidInput("post.span", _("A post must end after it begins."))
    post.version += 1
    post.save(update_fields=[*values, "version"])
    _done(actor, "post.change", post, {"changed": sorted(values)})
    return post


@transaction.atomic
def post_end(
    *, actor: Actor, post_id: int, on: date | None = None, successor_id: int | None = None, reason: str = ""
) -> HandOver:
    """End a post on a day; all its open work moves at once to the successor or to the body's inbox.

    The day is the first without the post. Stand-ins for it end with it.
    Raises: not_found, post.not_yours, post.ended, post.span, post.no_successor, post.no_inbox
    """
    post = post_locked(actor, post_id)
    if not policies.may_appoint(actor, kinds_in_force().get(post.kind, PLAIN), post.place):
        policies.require_manage(actor, post.place)
    _require_held(post)
    day = on or clock.today()
    if post.since and day < post.since:
        raise InvalidInput("post.span", _("A post must end after it begins."))
    successor = _successor(actor, post, successor_id, day)
    items = handing.open_items(post)
    inbox = None if successor else handing.inbox_of(post)
    if items and not successor and inbox is None:
        raise RuleBroken("post.no_inbox", _("Open work is left and no body takes it over; name a successor."))
    if items:
        handing.items_move(
            items,
            post_id=successor.pk if successor else None,
            organization_id=inbox.pk if inbox else None,
        )
    post.until, post.version = day, post.version + 1
    post.save(update_fields=["until", "version"])
    Post.objects.filter(policies.held_on(day), stands_in_for=post).update(until=day)
    sheet = HandOver.objects.create(
        post=post,
        successor=successor,
        organization=inbox,
        day=day,
        reason=reason[:200],
        items=handing.sheet_of(items),
        at=clock.now(),
    )
    _done(actor, "post.end", post, {"on": day.isoformat(), "moved": len(items)})
    taken = events.Ended(actor, post.pk, day, sheet.successor_id, sheet.organization_id)
    events.announce(events.post_ended, taken)
    return sheet


@transaction.atomic
def stand_in_appoint(*, actor: Actor, post_id: int, person_id: int, since: date, until: date) -> Post:
    """Let somebody stand in for a post from one day to another (AB岗), with the same abilities for so long.

    Raises: not_found, post.not_yours, post.own, post.ended, post.span, post.same_person, post.held_already,
    post.duties_apart
    """
    held = post_locked(actor, post_id)
    kind = kind_known(held.kind)
    policies.require_appoint(actor, kind, held.place, person_id)
    _require_held(held)
    if until <= since or (held.until is not None and until > held.until):
        raise InvalidInput("post.span", _("A stand-in ends after it begins and no later than the post itself."))
    if held.person_id == person_id:
        raise RuleBroken("post.same_person", _("Nobody stands in for themselves."))
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound
    post = Post(
        person=person,
        kind=held.kind,
        place=held.place,
        organization=held.organization,
        title=held.title,
        since=since,
        until=until,
        confirmed=True,
        stands_in_for=held,
    )
    _check_free(post, kind)
    post.save()
    _done(actor, "post.stand_in", post, {"for": held.pk, "person": person.pk})
    return post


PLAIN: Final = PostKind(code="", label="")


def kind_known(code: str) -> PostKind:
    """The kind of post with this code. Raises: post.kind_unknown."""
    kind = kinds_in_force().get(code)
    if kind is None or kind.retired:
        raise InvalidInput("post.kind_unknown", _("There is no kind of post “%(kind)s”."), kind=code)
    return kind


def post_locked(actor: Actor, post_id: int) -> Post:
    """The post, locked, if the actor sees it. Raises: not_found."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("place", "organization__place", "person")
    post = rows.filter(pk=post_id).first()
    if post is None:
        raise NotFound
    policies.require_post_seen(actor, post)
    return post


def check_duties_apart(person_id: int, kind: PostKind, since: date, until: date | None) -> None:
    """Refuse a second of the administrators' duties for one person. Raises: post.duties_apart."""
    duties = set(SEPARATED) & set(kind.abilities)
    kinds = kinds_in_force()
    for other in Post.objects.filter(_overlaps(since, until), person_id=person_id):
        known = kinds.get(other.kind)
        if known and duties and set(SEPARATED) & set(known.abilities) - duties:
            message = _("One person may hold only one of the duties of system, security and audit.")
            raise RuleBroken("post.duties_apart", message, held=other.kind)


def _confirm_one(actor: Actor, post: Post) -> None:
    kind = kind_known(post.kind)
    _check_place(kind, post.place)
    _require_appoint(actor, kind, post.place, post.organization, post.person_id)
    _require_held(post)
    if post.confirmed:
        return
    if post.person_id:
        check_duties_apart(post.person_id, kind, post.since or clock.today(), post.until)
    if post.organization is None:
        post.organization = _office_at(kind, post.place)
    post.confirmed, post.version = True, post.version + 1
    post.save(update_fields=["confirmed", "organization", "version"])
    _done(actor, "post.confirm", post, {"kind": post.kind, "person": post.person_id})


def _holder(appointment: Appointment) -> Person:
    if appointment.person_id is not None:
        person = Person.objects.select_for_update().filter(pk=appointment.person_id).first()
        if person is None:
            raise NotFound
        return person
    if appointment.named is None or not appointment.named.name.strip():
        raise InvalidInput("post.person_missing", _("Say who is to hold the post."))
    return person_found(appointment.named)


def _place_locked(place_id: int) -> Place:
    # The lock makes two appointments at one place wait for each other, so that there is one lead.
    place = Place.objects.select_for_update(of=("self",)).filter(pk=place_id, until=None).first()
    if place is None:
        raise NotFound
    return place


def _check_place(kind: PostKind, place: Place) -> None:
    if kind.at and place.type not in kind.at and place.level not in kind.at:
        message = _("A post of this kind is held at: %(at)s.")
        raise InvalidInput("post.wrong_place", message, at=", ".join(kind.at), kind=kind.code)


def _body_for(organization_id: int | None, kind: PostKind, place: Place) -> Organization | None:
    if organization_id is not None:
        body = Organization.objects.select_related("place").filter(pk=organization_id, until=None).first()
        if body is None:
            raise NotFound
        return body
    if kind.scope == "organization":
        raise InvalidInput("post.organization_missing", _("A post of this kind belongs to a body; choose it."))
    return _office_at(kind, place)


def _office_at(kind: PostKind, place: Place) -> Organization | None:
    """Who works at a place works in its office, where there is one: its inbox is theirs."""
    if kind.scope != "place" or kind.administers or place.type != Place.Type.DIVISION:
        return None
    offices = Organization.objects.filter(type=Organization.Type.OFFICE, place=place, until=None)
    return offices.select_related("place").order_by("pk").first()


def _require_appoint(
    actor: Actor, kind: PostKind, place: Place, body: Organization | None, person_id: int | None
) -> None:
    """The appointer must be allowed at the place and at the body: a post opens the body's inbox too."""
    policies.require_appoint(actor, kind, place, person_id)
    if body is not None:
        policies.require_appoint(actor, kind, body.place, person_id)


def _check_free(post: Post, kind: PostKind) -> None:
    since = post.since or clock.today()
    others = Post.objects.filter(_overlaps(since, post.until), place_id=post.place_id, kind=post.kind)
    if others.filter(person=post.person, organization=post.organization).exists():
        raise RuleBroken("post.held_already", _("This person holds this very post already."))
    leads = Post.objects.filter(_overlaps(since, post.until), place_id=post.place_id, lead=True)
    if post.lead and leads.exists():
        raise RuleBroken("post.lead_taken", _("The place has a lead already; end that post first."))
    assert post.person_id is not None
    check_duties_apart(post.person_id, kind, since, post.until)


def _overlaps(since: date, until: date | None) -> Any:
    later = Q(until=None) | Q(until__gt=since)
    return later & (Q() if until is None else Q(since=None) | Q(since__lt=until))


def _term_end(kind: PostKind, since: date) -> date | None:
    if not kind.term_months:
        return None
    years, month = divmod(since.month - 1 + kind.term_months, 12)
    year = since.year + years
    return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))


def _successor(actor: Actor, post: Post, successor_id: int | None, day: date) -> Post | None:
    if successor_id is None:
        return None
    successor = post_locked(actor, successor_id)
    if successor.pk == post.pk or (successor.until is not None and successor.until <= day):
        raise RuleBroken("post.no_successor", _("Work goes to another post that is still held."))
    return successor


def _require_held(post: Post) -> None:
    if post.until is not None and post.until <= clock.today():
        raise RuleBroken("post.ended", _("This post has ended."), until=post.until)


def _require_version(post: Post, version: int) -> None:
    if post.version != version:
        raise Stale("post.stale", _("Somebody changed this post since you read it."), version=post.version)


def _done(actor: Actor, operation: str, post: Post, facts: dict[str, Any]) -> None:
    journal.write(actor, operation, ("post", post.pk), place_id=post.place_id, facts=facts)
