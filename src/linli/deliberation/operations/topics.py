"""The only writers of topics as wholes: proposing, beginning by a procedure, declining, postponing, ending."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.policies import cases_visible_to
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import VISITOR, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.deliberation import procedures_section
from linli.deliberation.models import ResolutionTask, Topic, TopicStep
from linli.deliberation.policies import topics as policies
from linli.deliberation.procedures import Procedure
from linli.deliberation.workflow.topics import HOST, OBJECTION_OWED, SOURCES, STEP, STEP_OWED, TOPIC
from linli.organizations.models import Post
from linli.territory.models import Place

KIND: Final = "topic"
LONGEST: Final = 4000
LONGEST_TITLE: Final = 120
LONGEST_REASON: Final = 500
# So many proposals of residents may wait at one place; more are somebody's game.
MOST_WAITING: Final = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """What should be deliberated, and from where it came; a matter may be behind it."""

    place_id: int
    title: str
    text: str = ""
    source: str = "resident"
    catalogue: str = ""
    case_id: int | None = None
    forum: str = ""


@transaction.atomic
def topic_propose(*, actor: Actor, proposal: Proposal) -> Topic:
    """Propose a topic: everybody as a resident without a name, hosts also from elsewhere.

    Raises: not_found, topic.not_yours, topic.title, topic.too_long, topic.source, topic.catalogue, topic.confidential,
    topic.twice, topic.too_many
    """
    place = Place.objects.filter(pk=proposal.place_id, placeholder=False, until=None).first()
    if place is None or place.community_id is None:
        raise NotFound
    hosts = policies.may_host(actor, place)
    if not hosts and (proposal.source != "resident" or proposal.case_id):
        policies.require_host(actor, place)
    topic = _sound(proposal, place)
    topic.case = _case(actor, proposal.case_id)
    _require_new(topic)
    # Neither the row nor the journal is told which resident proposes.
    by = actor if hosts else VISITOR
    topic.proposed_on, topic.recorded, topic.recorder = clock.today(), clock.now(), by.key
    topic.save()
    done(by, "propose", topic, source=topic.source, case=topic.case_id)
    owe_next(topic, str(_("take up or decline")))
    return topic


@transaction.atomic
def topic_begin(*, actor: Actor, topic_id: int, procedure: str, tier: str = "", public: bool = True) -> Topic:
    """Take a topic up: it keeps the procedure as it is today, whatever the profile says later.

    Raises: not_found, topic.not_yours, topic.state, topic.procedure, topic.tier
    """
    topic = locked(actor, topic_id)
    topic.state = TOPIC.step(topic.state, "begin")
    rule = procedures_section.startable().get(procedure)
    if rule is None:
        raise InvalidInput("topic.procedure", _("Choose a procedure that is in force and checked."))
    if tier and tier not in (rule.tiers or [item.code for item in procedures_section.tiers()]):
        raise InvalidInput("topic.tier", _("This procedure has no such tier."))
    topic.procedure, topic.rule, topic.tier, topic.public = rule.code, rule.model_dump(mode="json"), tier, public
    topic.version += 1
    topic.save()
    TopicStep.objects.bulk_create(
        TopicStep(topic=topic, position=number, code=step.code, label=step.named[:60])
        for number, step in enumerate(rule.steps)
    )
    done(actor, "begin", topic, procedure=rule.code, tier=tier)
    reach_next(topic)
    return topic


@transaction.atomic
def topic_decline(*, actor: Actor, topic_id: int, reason: str) -> Topic:
    """Not take a topic up, with a reason. Raises: not_found, topic.not_yours, topic.state, topic.reason"""
    return _over(actor, topic_id, "decline", reason)


@transaction.atomic
def topic_postpone(*, actor: Actor, topic_id: int, reason: str) -> Topic:
    """Leave a topic for later, with a reason. Raises: not_found, topic.not_yours, topic.state, topic.reason"""
    return _over(actor, topic_id, "postpone", reason)


@transaction.atomic
def topic_end(*, actor: Actor, topic_id: int, reason: str) -> Topic:
    """End a topic without a resolution. Raises: not_found, topic.not_yours, topic.state, topic.reason"""
    return _over(actor, topic_id, "end", reason)


@transaction.atomic
def topic_resume(*, actor: Actor, topic_id: int) -> Topic:
    """Go on with a topic that was postponed. Raises: not_found, topic.not_yours, topic.state, topic.no_steps"""
    topic = locked(actor, topic_id)
    topic.state = TOPIC.step(topic.state, "resume")
    if not topic.rule:
        raise RuleBroken("topic.no_steps", _("This topic came from a ledger; propose it anew."))
    topic.outcome, topic.decided_on = "", None
    topic.version += 1
    topic.save()
    done(actor, "resume", topic)
    reach_next(topic)
    return topic


def _over(actor: Actor, topic_id: int, verb: str, reason: str) -> Topic:
    topic = locked(actor, topic_id)
    topic.state, topic.reason = TOPIC.step(topic.state, verb), reason_of(reason)
    topic.outcome = {"postpone": "postponed", "end": "none"}.get(verb, "")
    topic.decided_on = clock.today() if topic.outcome else None
    topic.version += 1
    topic.save()
    settle(STEP_OWED, (KIND, topic.pk))
    settle(OBJECTION_OWED, (KIND, topic.pk))
    done(actor, verb, topic, reason=topic.reason)
    return topic


def _sound(proposal: Proposal, place: Place) -> Topic:
    """The row of a proposal that holds to the rules; not yet saved."""
    title, text = proposal.title.strip(), proposal.text.strip()
    if not 0 < len(title) <= LONGEST_TITLE:
        raise InvalidInput("topic.title", _("A topic has a title of at most %(most)s characters."), most=LONGEST_TITLE)
    if len(text) > LONGEST or len(proposal.forum) > 60:
        raise InvalidInput("topic.too_long", _("This is longer than %(most)s characters."), most=LONGEST)
    if proposal.source not in dict(SOURCES):
        raise InvalidInput("topic.source", _("Say from where the topic came."))
    if proposal.catalogue and proposal.catalogue not in procedures_section.catalogue():
        raise InvalidInput("topic.catalogue", _("The catalogue has no such topic."))
    return Topic(
        place=place,
        title=title,
        text=text,
        source=proposal.source,
        catalogue=proposal.catalogue,
        forum=proposal.forum.strip(),
    )


def _case(actor: Actor, case_id: int | None) -> Case | None:
    """The matter behind a topic. Raises: not_found, topic.confidential"""
    if not case_id:
        return None
    found = Case.objects.filter(cases_visible_to(actor), pk=case_id).first()
    if found is None:
        raise NotFound
    if found.confidential:
        raise RuleBroken("topic.confidential", _("A confidential matter is not deliberated in public."))
    return found


def _require_new(topic: Topic) -> None:
    """Refuse the same topic while it is proposed or under way. Raises: topic.twice, topic.too_many"""
    rows = Topic.objects.filter(place=topic.place)
    if rows.filter(title=topic.title, state__in=("proposed", "under_way")).exists():
        raise RuleBroken("topic.twice", _("The same topic is proposed here already."))
    if rows.filter(state="proposed").count() >= MOST_WAITING:
        raise RuleBroken("topic.too_many", _("Very many topics wait here already; please come back later."))


def locked(actor: Actor, topic_id: int, version: int | None = None) -> Topic:
    """A topic that one hosts, locked. Raises: not_found, topic.not_yours, topic.stale"""
    rows = Topic.objects.select_for_update(of=("self",)).select_related("place")
    topic = rows.filter(policies.topics_visible_to(actor), pk=topic_id).first()
    if topic is None:
        raise NotFound
    policies.require_host(actor, topic.place)
    if version is not None and topic.version != version:
        raise Stale("topic.stale", _("Somebody changed this topic meanwhile."), version=topic.version)
    return topic


def rule_of(topic: Topic) -> Procedure:
    """The procedure as it was when the topic began."""
    return Procedure.model_validate(topic.rule)


def reach_next(topic: Topic) -> TopicStep | None:
    """Let the turn of the next step come, and put it on the list of whoever hosts; None where all are over."""
    step = topic.steps.select_for_update().exclude(state__in=("done", "merged", "skipped")).order_by("position").first()
    settle(STEP_OWED, (KIND, topic.pk))
    if step is None:
        return None
    if step.state == "waiting":
        step.state = STEP.step(step.state, "reach")
        step.save(update_fields=["state"])
    owe_step(topic, step)
    return step


def owe_step(topic: Topic, step: TopicStep) -> None:
    """Put a step on the list of whoever hosts: one that is public once its days are over, none while tasks are open."""
    notice = step.publication
    if ResolutionTask.objects.filter(resolution__topic=topic, state="open").exists() and _carries_out(topic, step):
        settle(STEP_OWED, (KIND, topic.pk))
    elif notice is not None and not notice.withdrawn:
        owe_next(topic, step.label, clock.day_start(notice.up_until))
    else:
        owe_next(topic, step.label)


def _carries_out(topic: Topic, step: TopicStep) -> bool:
    return rule_of(topic).step(step.code).kind == "carry_out"


def owe_next(topic: Topic, what: str, start: datetime | None = None) -> None:
    """What whoever hosts owes next, within the working days of the profile, from now or from another instant."""
    days = calendar_of(topic.place)
    due = after(days, start or clock.now(), Period(amount=procedures_section.section().step_days))
    owe(STEP_OWED, (KIND, topic.pk), f"{topic.title} · {what}", topic.place_id, holder_at(topic.place), due, days)


def holder_at(place: Place) -> Holder:
    """Who owes the steps of topics at a place: the body of whoever hosts nearest above it, else that post."""
    found = post_at(place.path, HOST)
    body = Post.objects.filter(pk=found.post_id or 0).values_list("organization_id", flat=True).first()
    return Holder(organization_id=body) if body else found


def reason_of(text: str) -> str:
    """Why, in a few words. Raises: topic.reason"""
    reason = text.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise InvalidInput("topic.reason", _("Say why, in at most %(most)s characters."), most=LONGEST_REASON)
    return reason


def done(actor: Actor, verb: str, topic: Topic, **facts: Any) -> None:
    """Write to the journal what was done to a topic."""
    journal.write(actor, f"topic.{verb}", (KIND, topic.pk), place_id=topic.place_id, facts=facts)
