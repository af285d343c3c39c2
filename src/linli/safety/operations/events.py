"""Plans for large events: posts that bodies fill, approved when all are, looked back on afterwards (SAF-08)."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.organizations.models import Organization
from linli.safety import policies
from linli.safety.models import LONGEST, EventPlan, EventPost
from linli.safety.operations.hazards import about_places
from linli.safety.sections import section
from linli.safety.workflow import EVENT, EVENTS, FILL_OWED, KEEP, REVIEW_OWED
from linli.territory.models import Place

LONGEST_TITLE: Final = 120
MOST: Final = 999
MOST_VISITORS: Final = 10_000_000
AHEAD: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Plan:
    """An event: where, when, how many visitors are expected, and the numbers on which the bodies are reached."""

    place_id: int
    title: str
    venue: str
    on: date
    starts: time
    ends: time
    contacts: str
    visitors: int | None = None


@transaction.atomic
def event_plan(*, actor: Actor, plan: Plan) -> EventPlan:
    """Plan an event.

    Raises: not_found, event_plan.words, event_plan.day, event_plan.hours, event_plan.visitors, safety.person
    """
    place = Place.objects.filter(policies.keeping_places(actor), pk=plan.place_id).first()
    if place is None:
        raise NotFound
    if not clock.today() <= plan.on <= clock.today() + AHEAD:
        raise InvalidInput("event_plan.day", _("Choose a day from today on, within a year."))
    if plan.ends <= plan.starts:
        raise InvalidInput("event_plan.hours", _("It ends after it begins, on the same day."))
    if plan.visitors is not None and not 0 <= plan.visitors <= MOST_VISITORS:
        raise InvalidInput("event_plan.visitors", _("Write how many visitors are expected."))
    row = EventPlan(place=place, on=plan.on, starts=plan.starts, ends=plan.ends, visitors=plan.visitors)
    row.title = said(plan.title, LONGEST_TITLE, "event_plan.words")
    row.venue = said(plan.venue, LONGEST_TITLE, "event_plan.words")
    row.contacts = about_places(said(plan.contacts, LONGEST, "event_plan.words"), LONGEST, "event_plan.words")
    row.save(force_insert=True)
    _done(actor, "plan", row)
    return row


@transaction.atomic
def event_post_add(*, actor: Actor, plan_id: int, title: str, many: int, organization_id: int) -> EventPost:
    """Add a post that a body fills; the body owes it until the day before.

    Raises: not_found, safety.not_yours, event_plan.fixed, event_post.many, event_post.words, event_post.body,
    event_post.once
    """
    row = _keeping(actor, plan_id)
    _require_draft(row)
    if not 1 <= many <= MOST:
        raise InvalidInput("event_post.many", _("Write how many people this post needs."))
    body = Organization.objects.filter(policies.BODIES, pk=organization_id).first()
    if body is None:
        raise InvalidInput("event_post.body", _("There is no such body now."))
    post = EventPost(plan=row, many=many, organization=body, title=said(title, LONGEST_TITLE, "event_post.words"))
    try:
        with transaction.atomic():
            post.save(force_insert=True)
    except IntegrityError as error:
        raise RuleBroken("event_post.once", _("This post is there already.")) from error
    days = calendar_of(row.place)
    due = max(clock.now(), days.close_of(row.on - timedelta(days=1)))
    holder = Holder(organization_id=body.pk)
    owe(FILL_OWED, (EVENT, row.pk), f"{row.title} {row.on}", row.place_id, holder, due, days)
    _done(actor, "post", row, post=post.pk)
    return post


@transaction.atomic
def event_post_fill(*, actor: Actor, post_id: int, filled: int) -> EventPost:
    """Say how many of its people a body sends to a post; their names stay with the body.

    Raises: not_found, safety.not_yours, event_plan.fixed, event_post.many
    """
    seen = EventPost.objects.filter(pk=post_id, plan__in=_seen(actor)).values_list("plan_id", flat=True)
    row = _locked(actor, seen.first() or 0)
    post = EventPost.objects.select_related("plan__place").get(pk=post_id)
    policies.require_fill(actor, post)
    _require_draft(row)
    if not 0 <= filled <= post.many:
        raise InvalidInput("event_post.many", _("As many as the post needs, at most."))
    post.filled = filled
    post.save()
    if all(item.filled == item.many for item in row.posts.filter(organization=post.organization_id)):
        settle(FILL_OWED, (EVENT, row.pk), Holder(organization_id=post.organization_id))
    _done(actor, "fill", row, post=post.pk, filled=filled)
    return post


@transaction.atomic
def event_approve(*, actor: Actor, plan_id: int) -> EventPlan:
    """Approve a plan all of whose posts are filled (SAF-08); who approves owes a look back after the day.

    Raises: not_found, safety.not_yours, event_plan.state, event_plan.unfilled, event_plan.day
    """
    row = _keeping(actor, plan_id)
    row.state = EVENTS.step(row.state, "approve")
    lacking = [post.title for post in row.posts.order_by("pk") if post.filled < post.many]
    if lacking or not row.posts.exists():
        message = _("Posts are still to be filled: %(posts)s.")
        raise RuleBroken("event_plan.unfilled", message, posts="、".join(lacking) or "—")
    if row.on < clock.today():
        raise RuleBroken("event_plan.day", _("Its day is over."))
    days = calendar_of(row.place)
    due = days.add_working(days.close_of(row.on), section().review_days * days.day_minutes)
    owe(REVIEW_OWED, (EVENT, row.pk), row.title, row.place_id, post_at(row.place.path, KEEP), due, days)
    return _saved(actor, "approve", row)


@transaction.atomic
def event_close(*, actor: Actor, plan_id: int, review: str) -> EventPlan:
    """Look back on an event that is over, in a few words, and close its plan.

    Raises: not_found, safety.not_yours, event_plan.state, event_plan.early, event_plan.review, safety.person
    """
    row = _keeping(actor, plan_id)
    row.state = EVENTS.step(row.state, "close")
    if row.on > clock.today():
        raise RuleBroken("event_plan.early", _("This event is still to come."))
    return _ended(actor, "close", row, review)


@transaction.atomic
def event_drop(*, actor: Actor, plan_id: int, review: str) -> EventPlan:
    """Drop a plan, with the reason.

    Raises: not_found, safety.not_yours, event_plan.state, event_plan.review, safety.person
    """
    row = _keeping(actor, plan_id)
    row.state = EVENTS.step(row.state, "drop")
    return _ended(actor, "drop", row, review)


def _ended(actor: Actor, verb: str, row: EventPlan, review: str) -> EventPlan:
    row.review = about_places(said(review, LONGEST, "event_plan.review"), LONGEST, "event_plan.review")
    for kind in (FILL_OWED, REVIEW_OWED):
        settle(kind, (EVENT, row.pk))
    return _saved(actor, verb, row)


def _seen(actor: Actor) -> Any:
    return EventPlan.objects.filter(policies.events_visible_to(actor)).values("pk")


def _locked(actor: Actor, plan_id: int) -> EventPlan:
    rows = EventPlan.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.events_visible_to(actor), pk=plan_id).first()
    if row is None:
        raise NotFound
    return row


def _keeping(actor: Actor, plan_id: int) -> EventPlan:
    row = _locked(actor, plan_id)
    policies.require_keep(actor, row.place)
    return row


def _require_draft(row: EventPlan) -> None:
    if row.state != "draft":
        raise RuleBroken("event_plan.fixed", _("Posts change only while the event is being planned."))


def _saved(actor: Actor, verb: str, row: EventPlan) -> EventPlan:
    row.version += 1
    row.save()
    _done(actor, verb, row)
    return row


def _done(actor: Actor, verb: str, row: EventPlan, **facts: Any) -> None:
    journal.write(actor, f"{EVENT}.{verb}", (EVENT, row.pk), place_id=row.place_id, facts=facts)
