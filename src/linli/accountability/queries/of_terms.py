"""By what a term is assessed, as its page tells it: the schemes of terms, and the rounds that there are."""

from collections.abc import Sequence
from typing import Final

from django.urls import reverse

from linli.accountability.assessing.section import schemes
from linli.accountability.models import Assessed
from linli.accountability.policies import assessments as policies
from linli.accountability.workflow.assessments import ASSESSMENT
from linli.core.actors import Actor
from linli.secondments.models import Secondment
from linli.secondments.queries.assessed import Assessment

MOST: Final = 20


def assessments_of_term(viewer: Actor, secondment: Secondment) -> Sequence[Assessment]:
    """The rounds over the term's post that the viewer sees, and the schemes of terms of which there is none."""
    if secondment.post is None:
        return []
    kind, place = secondment.post.kind, secondment.place
    wanted = {item.code: item for item in schemes().values() if item.period == "term" and kind in item.kinds}
    rows = Assessed.objects.filter(policies.assessed_visible_to(viewer), post=secondment.post)
    rows = rows.exclude(assessment__state="withdrawn").select_related("assessment").order_by("-assessment__last", "-pk")
    due = secondment.until or secondment.planned_end
    found = []
    for row in rows[:MOST]:
        held = row.assessment
        wanted.pop(held.scheme, None)
        url = reverse("assessments:sheet", args=[row.pk])
        label = held.label if held.period.startswith("term") else str(held)
        found.append(Assessment(label, due, ASSESSMENT.label(held.state), url))
    opens = reverse("assessments:new") if policies.may_run(viewer, place) else ""
    return [*(Assessment(item.named, due, "", opens) for item in wanted.values()), *found]
