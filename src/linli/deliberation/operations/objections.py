"""The only writers of what residents say of a topic: objections to its disclosure with their answers, and ratings.

Nothing is kept of who objects or rates, neither in the rows nor in the journal.
"""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import after, calendar_of
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock
from linli.core.actors import VISITOR, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.deliberation import procedures_section
from linli.deliberation.models import Topic, TopicObjection, TopicRating
from linli.deliberation.operations.topics import KIND, done, holder_at, locked, rule_of
from linli.deliberation.policies import topics as policies
from linli.deliberation.queries.standing import open_to_objections, open_to_rating
from linli.deliberation.workflow.topics import OBJECTION, OBJECTION_OWED

LONGEST: Final = 500
LONGEST_ANSWER: Final = 2000
MOST_WAITING: Final = 100
STARS: Final = range(1, 6)


@transaction.atomic
def objection_raise(*, actor: Actor, topic_id: int, text: str) -> TopicObjection:
    """Object to what a topic makes public now; whoever hosts owes an answer before anything is carried out.

    Raises: not_found, objection.text, objection.closed, objection.twice, objection.too_many
    """
    topic = _public(actor, topic_id)
    step = open_to_objections(topic, rule_of(topic)) if topic.rule else None
    if step is None:
        raise RuleBroken("objection.closed", _("No disclosure of this topic takes objections now."))
    said = _said(text, LONGEST, "objection.text")
    waiting = topic.objections.filter(state="waiting")
    if waiting.filter(text=said).exists():
        raise RuleBroken("objection.twice", _("The same objection waits for its answer already."))
    if waiting.count() >= MOST_WAITING:
        raise RuleBroken("objection.too_many", _("Very many objections wait here already; please come back later."))
    days, now = calendar_of(topic.place), clock.now()
    due = after(days, now, Period(amount=procedures_section.section().objection_days))
    row = TopicObjection.objects.create(topic=topic, step=step, text=said, raised=now, due=due)
    owe(OBJECTION_OWED, (KIND, topic.pk), topic.title, topic.place_id, holder_at(topic.place), due, days)
    done(VISITOR, "object", topic, objection=row.pk)
    return row


@transaction.atomic
def objection_answer(*, actor: Actor, objection_id: int, text: str) -> TopicObjection:
    """Answer an objection; from then on everybody reads it with its answer.

    Raises: not_found, topic.not_yours, topic_objection.state, objection.answer
    """
    topic_id = TopicObjection.objects.filter(pk=objection_id).values_list("topic_id", flat=True).first()
    if topic_id is None:
        raise NotFound
    topic = locked(actor, topic_id)
    row = topic.objections.select_for_update().get(pk=objection_id)
    row.state = OBJECTION.step(row.state, "answer")
    row.answer = _said(text, LONGEST_ANSWER, "objection.answer")
    row.answered, row.answered_by = clock.now(), actor.key
    row.save()
    if not topic.objections.filter(state="waiting").exists():
        settle(OBJECTION_OWED, (KIND, topic.pk))
    done(actor, "answer", topic, objection=row.pk)
    return row


@transaction.atomic
def topic_rate(*, actor: Actor, topic_id: int, solved: bool, satisfied: int) -> TopicRating:
    """Say how a topic turned out: whether it is solved, and apart from that how satisfied one is. An opinion, no vote.

    Raises: not_found, topic.not_rated_now, topic.satisfied
    """
    topic = _public(actor, topic_id)
    if not topic.rule or not open_to_rating(topic, rule_of(topic)):
        raise RuleBroken("topic.not_rated_now", _("This topic is rated once it was carried out."))
    if satisfied not in STARS:
        raise InvalidInput("topic.satisfied", _("Say how satisfied you are, from 1 to 5."))
    row = TopicRating.objects.create(topic=topic, solved=solved, satisfied=satisfied, on=clock.today())
    done(VISITOR, "rate", topic)
    return row


def _public(actor: Actor, topic_id: int) -> Topic:
    """A topic that everybody reads, locked. Raises: not_found"""
    rows = Topic.objects.select_for_update(of=("self",)).select_related("place")
    topic = rows.filter(policies.public_topics() | policies.topics_visible_to(actor), pk=topic_id).first()
    if topic is None:
        raise NotFound
    return topic


def _said(text: str, most: int, code: str) -> str:
    said = text.strip()
    if not 0 < len(said) <= most:
        raise InvalidInput(code, _("Write something, at most %(most)s characters."), most=most)
    return said
