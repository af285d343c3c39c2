"""The duty roster: shifts for nights, weekends and holidays. It plans who answers; it records no presence."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations import policies
from linli.organizations.models import Person, Post, Shift
from linli.organizations.operations.posts import post_locked

LONGEST: Final = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Duty:
    """One stretch of duty for a post."""

    post_id: int
    kind: str
    starts: datetime
    ends: datetime


@transaction.atomic
def shift_plan(*, actor: Actor, duties: list[Duty]) -> list[Shift]:
    """Put shifts on the roster, all or none; a person is on duty once at a time.

    Raises: not_found, organization.not_yours, shift.bad_kind, shift.span, shift.not_held, shift.overlap
    """
    made = [_planned(actor, duty) for duty in duties]
    if made:
        journal.write(actor, "shift.plan", None, place_id=made[0].place_id, count=len(made))
    return made


@transaction.atomic
def shift_cancel(*, actor: Actor, shift_id: int) -> Shift:
    """Take a shift that has not ended off the roster.

    Raises: not_found, organization.not_yours, shift.over
    """
    shift = Shift.objects.select_for_update(of=("self",)).select_related("place", "post__place").filter(pk=shift_id)
    held = shift.first()
    if held is None or not policies.can_see_post(actor, held.post):
        raise NotFound
    policies.require_manage(actor, held.place)
    if held.cancelled or held.ends <= clock.now():
        raise RuleBroken("shift.over", _("This shift is over or was cancelled."))
    held.cancelled = True
    held.save(update_fields=["cancelled"])
    journal.write(actor, "shift.cancel", ("shift", held.pk), place_id=held.place_id)
    return held


def _planned(actor: Actor, duty: Duty) -> Shift:
    post = post_locked(actor, duty.post_id)
    policies.require_manage(actor, post.place)
    if duty.kind not in Shift.Kind.values:
        raise InvalidInput("shift.bad_kind", _("There is no duty of the kind “%(kind)s”."), kind=duty.kind)
    if duty.ends <= duty.starts or duty.ends - duty.starts > LONGEST:
        raise InvalidInput("shift.span", _("A shift ends after it begins, within eight days."))
    if not _held_through(post, duty):
        raise RuleBroken("shift.not_held", _("The post is not held on these days."))
    # Two planners may hold two posts of one person; the person's row makes them wait for each other.
    Person.objects.select_for_update().filter(pk=post.person_id or 0).first()
    same = Shift.objects.filter(cancelled=False, starts__lt=duty.ends, ends__gt=duty.starts)
    if same.filter(post__person_id=post.person_id or 0).exists():
        raise RuleBroken("shift.overlap", _("This person is on duty at that time already."))
    return Shift.objects.create(
        post=post,
        place=post.place,
        organization=post.organization,
        kind=duty.kind,
        starts=duty.starts,
        ends=duty.ends,
    )


def _held_through(post: Post, duty: Duty) -> bool:
    first, last = clock.day_of(duty.starts), clock.day_of(duty.ends - timedelta(seconds=1))
    begun = post.since is None or post.since <= first
    return post.person_id is not None and begun and (post.until is None or last < post.until)
