"""The only writers of responsibility areas and model posts: set up, what was done in them, ended (ORG-10)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.members import policies
from linli.members.models import NAME, TEXT, ResponsibilityPost
from linli.members.workflow import RESPONSIBILITY, TYPES
from linli.territory.models import Place

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Assigned:
    """An area or a post for a member: where, from which day on, with which duties."""

    type: str
    title: str
    name: str
    place_id: int
    since: date
    duties: str = ""
    until: date | None = None


@transaction.atomic
def responsibility_open(*, actor: Actor, assigned: Assigned) -> ResponsibilityPost:
    """Give a member an area or a model post; it needs the member, the place and the time.

    Raises: not_found, responsibility.type, responsibility.title, responsibility.name, responsibility.duties,
    responsibility.span
    """
    place = Place.objects.filter(policies.keeping_places(actor), pk=assigned.place_id).first()
    if place is None:
        raise NotFound
    if assigned.type not in dict(TYPES):
        raise InvalidInput("responsibility.type", _("Choose from the list."))
    if assigned.until is not None and assigned.until < assigned.since:
        raise InvalidInput("responsibility.span", _("It ends after it begins."))
    row = ResponsibilityPost(type=assigned.type, place=place, since=assigned.since, until=assigned.until)
    row.title = said(assigned.title, LONGEST_TITLE, "responsibility.title")
    row.name = said(assigned.name, NAME, "responsibility.name")
    row.duties = said(assigned.duties, TEXT, "responsibility.duties") if assigned.duties.strip() else ""
    row.recorder = actor.key
    row.save(force_insert=True)
    _done(actor, "open", row)
    return row


@transaction.atomic
def responsibility_tell(*, actor: Actor, post_id: int, done: str) -> ResponsibilityPost:
    """Write down what was done last in an area or post.

    Raises: not_found, members.not_yours, responsibility.ended, responsibility.done
    """
    row = _locked(actor, post_id)
    row.done, row.done_on = said(done, TEXT, "responsibility.done"), clock.today()
    return _saved(actor, "tell", row)


@transaction.atomic
def responsibility_end(*, actor: Actor, post_id: int) -> ResponsibilityPost:
    """End an area or post. Raises: not_found, members.not_yours, responsibility.ended"""
    row = _locked(actor, post_id)
    row.until = max(clock.today(), row.since)
    return _saved(actor, "end", row)


def _locked(actor: Actor, post_id: int) -> ResponsibilityPost:
    rows = ResponsibilityPost.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.posts_visible_to(actor), pk=post_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place)
    if row.until is not None and row.until <= clock.today():
        raise RuleBroken("responsibility.ended", _("This has ended already."))
    return row


def _saved(actor: Actor, verb: str, row: ResponsibilityPost) -> ResponsibilityPost:
    row.version += 1
    row.save()
    _done(actor, verb, row)
    return row


def _done(actor: Actor, verb: str, row: ResponsibilityPost) -> None:
    journal.write(actor, f"{RESPONSIBILITY}.{verb}", (RESPONSIBILITY, row.pk), place_id=row.place_id)
