"""A vote that decides a step of a topic: which step it may be, and the numbers that the step gets from the count."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import InvalidInput, RuleBroken
from linli.deliberation.holding import Sitting
from linli.deliberation.models import Poll, TopicStep
from linli.deliberation.operations.polls import done, locked
from linli.deliberation.operations.steps import step_hold
from linli.deliberation.policies import topics as topic_policies
from linli.deliberation.workflow.polls import COUNTED


@transaction.atomic
def poll_step_choose(*, actor: Actor, poll_id: int, version: int, step_id: int | None) -> Poll:
    """Say which step of a topic of the place the vote decides, as long as it is set up; or none.

    Raises: not_found, poll.not_yours, poll.stale, poll.state, poll.step
    """
    poll = locked(actor, poll_id, version)
    if poll.state != "draft":
        raise RuleBroken("poll.state", _("What a vote decides is settled once it is announced."))
    if step_id is not None:
        rows = TopicStep.objects.filter(topic_policies.steps_to_hold(actor), pk=step_id)
        row = rows.select_related("topic__place").first()
        if row is None or poll.kind != "decision" or not poll.place.path.startswith(row.topic.place.path):
            message = _("This vote cannot decide that step: it is over, of another place, or the vote has options.")
            raise InvalidInput("poll.step", message)
    poll.step_id = step_id
    poll.version += 1
    poll.save()
    done(actor, "change", poll, {"step": step_id})
    return poll


@transaction.atomic
def poll_step_decide(*, actor: Actor, poll_id: int) -> Poll:
    """Give the step of the topic the numbers of the count, as one holding of it; once.

    Raises: not_found, poll.not_yours, poll.state, poll.step, poll.withheld, and as `step_hold`
    """
    poll = locked(actor, poll_id)
    if poll.state not in COUNTED:
        raise RuleBroken("poll.state", _("A step gets its numbers once the vote is counted."))
    if poll.step_id is None or poll.holding_id is not None:
        raise RuleBroken("poll.step", _("This vote decides no step, or the step has its numbers already."))
    if poll.result.get("withheld"):
        raise RuleBroken("poll.withheld", _("So few have voted that the numbers are not told, not even to the step."))
    poll.holding = step_hold(actor=actor, step_id=poll.step_id, sitting=_sitting(poll))
    poll.version += 1
    poll.save()
    done(actor, "step", poll, {"step": poll.step_id, "met": poll.holding.met})
    return poll


def _sitting(poll: Poll) -> Sitting:
    assert poll.held is not None, "a counted vote has its day"
    areas: dict[str, Any] = {}
    if poll.by_area:
        result = poll.result
        found = (result["due"], result["present"], result["options"][0])
        areas = {
            name: Decimal(part["area"]) for name, part in zip(("area_due", "area_came", "area_for"), found, strict=True)
        }
    return Sitting(
        held_on=poll.held,
        summary=poll.title,
        due=poll.heads,
        came=poll.present,
        votes_for=poll.votes_for,
        votes_against=poll.votes_against,
        abstained=poll.abstained,
        notice_on=poll.announced_on,
        **areas,
    )
