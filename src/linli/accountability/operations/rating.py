"""What the assessed and the rating bodies give: points with words, put right until the ratings are closed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accountability.assessing.scoring import half_up
from linli.accountability.models import Assessed, Assessment, AssessmentPart
from linli.accountability.operations.assessments import ASSIGN, KIND, RATE, locked, parts_owe, text_of
from linli.accountability.policies import assessments as policies
from linli.accountability.queries.subjects import holder_of
from linli.accountability.workflow.assessments import RATED_IN, TOLD
from linli.cases.operations.clocks import Holder
from linli.cases.operations.owing import settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.organizations.models import Organization

LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class Given:
    """What is given for a part: points between 0 and 100, and words or the evidence."""

    points: Decimal
    words: str = ""


@transaction.atomic
def part_rate(*, actor: Actor, part_id: int, version: int, given: Given) -> AssessmentPart:
    """Give a part, or put right what was given (ASM-02). Whoever gives the last of theirs owes nothing more.

    Raises: not_found, assessment.about_yourself, assessment.not_your_part, assessment.closed, assessment.stale,
    assessment.points, assessment.met_or_not, assessment.reason_missing
    """
    row, part = _locked_part(actor, part_id)
    policies.require_give(actor, part)
    _require_open(row)
    if part.version != version:
        raise Stale("assessment.stale", _("Somebody changed this meanwhile."), version=part.version)
    criterion = row.rules.criterion(part.criterion)
    assert criterion is not None, "a part belongs to a criterion of its round"
    if not 0 <= given.points <= 100 or given.points != half_up(given.points):
        raise InvalidInput("assessment.points", _("Points are between 0 and 100, with at most two decimals."))
    if criterion.scale == "met" and given.points not in (0, 100):
        raise InvalidInput("assessment.met_or_not", _("This criterion is met or not: 100 points or none."))
    part.points, part.words = given.points, text_of(given.words, LONGEST) if given.words.strip() else ""
    part.given, part.given_by = clock.now(), actor.key
    part.version += 1
    part.save()
    _settle(row, part.organization, part.post_id)
    facts = {"criterion": part.criterion, "role": part.role, "assessed": part.assessed_id}
    journal.write(actor, "assessment.rate", (KIND, row.pk), place_id=row.place_id, facts=facts)
    return part


@transaction.atomic
def part_assign(*, actor: Actor, part_id: int, organization_id: int) -> AssessmentPart:
    """Name the body that gives a part which nobody was found for, or another body while nothing is given.

    Raises: not_found, assessment.not_yours, assessment.closed, assessment.given, assessment.about_yourself
    """
    row, part = _locked_part(actor, part_id)
    policies.require_run(actor, row.place)
    _require_open(row)
    body = Organization.objects.filter(pk=organization_id, until=None).first()
    if body is None:
        raise NotFound
    if part.points is not None:
        raise RuleBroken("assessment.given", _("What was asked of the other body is given already."))
    if part.role == AssessmentPart.Role.BODY and body.pk == part.assessed.organization_id:
        raise RuleBroken("assessment.about_yourself", _("Nobody rates themselves or their own body."))
    before = (part.organization, part.post_id)
    part.organization, part.post = body, None
    part.version += 1
    part.save()
    parts_owe(row, [part])
    _settle(row, *before)
    facts = {"criterion": part.criterion, "assessed": part.assessed_id, "body": body.pk}
    journal.write(actor, "assessment.assign", (KIND, row.pk), place_id=row.place_id, facts=facts)
    return part


@transaction.atomic
def assessed_state(*, actor: Actor, assessed_id: int, text: str) -> Assessed:
    """Say before the ratings are closed what one has done (晒绩): the assessed, in their own words.

    Raises: not_found, assessment.not_assessed, assessment.closed, assessment.reason_missing
    """
    row, assessed = locked_assessed(actor, assessed_id)
    policies.require_object(actor, assessed)
    _require_open(row)
    assessed.statement = text_of(text, LONGEST)
    assessed.save(update_fields=["statement"])
    _said(actor, row, assessed, "state")
    return assessed


@transaction.atomic
def assessed_comment(*, actor: Actor, assessed_id: int, text: str) -> Assessed:
    """Comment on what one was given, once it is known (ASM-05). It stays beside the result.

    Raises: not_found, assessment.not_assessed, assessment.not_told, assessment.reason_missing
    """
    row, assessed = locked_assessed(actor, assessed_id)
    policies.require_object(actor, assessed)
    if row.state not in TOLD:
        raise RuleBroken("assessment.not_told", _("The results are not known yet."))
    assessed.comment, assessed.commented = text_of(text, LONGEST), clock.now()
    assessed.save(update_fields=["comment", "commented"])
    _said(actor, row, assessed, "comment")
    return assessed


def locked_assessed(actor: Actor, assessed_id: int) -> tuple[Assessment, Assessed]:
    """An assessed of whom the actor knows, under the lock of its round."""
    known = Assessed.objects.filter(policies.assessed_visible_to(actor), pk=assessed_id)
    round_id = known.values_list("assessment_id", flat=True).first()
    if round_id is None:
        raise NotFound
    row = locked(actor, round_id, run=False)
    assessed = Assessed.objects.select_for_update(of=("self",)).select_related("unit", "place").get(pk=assessed_id)
    assessed.assessment = row
    return row, assessed


def _locked_part(actor: Actor, part_id: int) -> tuple[Assessment, AssessmentPart]:
    assessed_id = AssessmentPart.objects.filter(pk=part_id).values_list("assessed_id", flat=True).first()
    if assessed_id is None:
        raise NotFound
    row, assessed = locked_assessed(actor, assessed_id)
    parts = AssessmentPart.objects.select_for_update(of=("self",)).select_related("organization", "post__place")
    part = parts.get(pk=part_id)
    part.assessed = assessed
    return row, part


def _require_open(row: Assessment) -> None:
    if row.state not in RATED_IN:
        raise RuleBroken("assessment.closed", _("The ratings of this round are closed."))


def _settle(row: Assessment, body: Organization | None, post_id: int | None) -> None:
    """End the work item of whoever has nothing more to give; one post may speak for several bodies of its place."""
    missing = AssessmentPart.objects.filter(assessed__assessment=row, points=None)
    if body is None:
        mine, holder = Q(organization=None, post=post_id), Holder(post_id=post_id)
    else:
        holder = Holder(*holder_of(body))
        near = Q(organization__place=body.place_id, organization__type__in=policies.SPOKEN_FOR)
        mine = Q(organization=body) if holder.organization_id else near | Q(post=holder.post_id)
    if not missing.filter(mine).exists():
        nobody = holder.organization_id is None and holder.post_id is None
        settle(ASSIGN if nobody else RATE, (KIND, row.pk), None if nobody else holder)


def _said(actor: Actor, row: Assessment, assessed: Assessed, verb: str) -> None:
    facts = {"assessed": assessed.pk}
    journal.write(actor, f"assessment.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
