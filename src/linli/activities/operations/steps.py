"""What all writers of activities share: the locked row, words that are there, what is owed, messages, the journal."""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.activities.models import Activity
from linli.activities.policies import activities as policies
from linli.activities.workflow import KEEP, SUBJECT
from linli.cases.operations.clocks import Holder, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.messaging.operations.sending import Draft, message_send
from linli.messaging.queries import To
from linli.organizations.models import Post
from linli.organizations.policies import held_on
from linli.territory.models import Place

LONGEST_REASON: Final = 300
Subject = tuple[str, int]


def locked(actor: Actor, activity_id: int) -> Activity:
    """An activity that one keeps, locked. Raises: not_found, activity.not_yours"""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.activities_visible_to(actor), pk=activity_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row)
    return row


def said(text: str, code: str, most: int = LONGEST_REASON) -> str:
    """What was written. Raises: the code, where it is nothing or too long"""
    words = text.strip()
    if not 0 < len(words) <= most:
        raise InvalidInput(code, _("Write something, at most %(most)s characters."), most=most)
    return words


def desk_of(place: Place, leader_id: int | None = None) -> Holder:
    """Who owes what follows an activity: the post of who answers for it, else the desk of the place."""
    if leader_id:
        posts = Post.objects.filter(held_on(clock.today()), person_id=leader_id, confirmed=True)
        found = posts.order_by("pk").values_list("pk", flat=True).first()
        if found:
            return Holder(post_id=found)
    return post_at(place.path, KEEP)


def owed(kind: str, subject: Subject, title: str, place: Place, holder: Holder, due: datetime) -> None:
    """Put a step on somebody's list by an instant."""
    settle(kind, subject)
    owe(kind, subject, title, place.pk, holder, due, calendar_of(place))


def settled(kind: str, subject: Subject) -> None:
    """Take what is owed of a kind off every list."""
    settle(kind, subject)


def tell(actor: Actor, people: list[int], kind: str, link: str, **facts: Any) -> None:
    """Tell people who have an account."""
    if people:
        message_send(actor=actor, to=To(people=people), draft=Draft(kind, facts=facts, link=link))


def saved(actor: Actor, verb: str, row: Activity, **facts: Any) -> Activity:
    """Save an activity as its next version, and write what was done."""
    row.version += 1
    row.save()
    done(actor, verb, row, **facts)
    return row


def done(actor: Actor, verb: str, row: Activity, **facts: Any) -> None:
    """Write to the journal what was done to an activity."""
    journal.write(actor, f"{SUBJECT}.{verb}", (SUBJECT, row.pk), place_id=row.place_id, facts=facts)
