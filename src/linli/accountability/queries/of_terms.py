"""By which assessment a secondment ends, as the page of the term tells it: the schemes of terms and their rounds."""

from collections.abc import Sequence

from django.urls import reverse

from linli.accountability.assessing.section import schemes
from linli.accountability.models import Assessed
from linli.accountability.policies import assessments as policies
from linli.accountability.workflow.assessments import ASSESSMENT
from linli.core.actors import Actor
from linli.secondments.models import Secondment
from linli.secondments.queries.assessed import Assessment


def assessments_of_term(viewer: Actor, secondment: Secondment) -> Sequence[Assessment]:
    """The rounds over the term's post that the viewer sees, and the schemes of which there is none to be seen."""
    if secondment.post is None:
        return []
    kind, place = secondment.post.kind, secondment.place
    wanted = [item for item in schemes().values() if item.period == "term" and kind in item.kinds]
    if not wanted:
        return []
    rows = Assessed.objects.filter(policies.assessed_visible_to(viewer), post=secondment.post)
    rows = rows.filter(assessment__period__startswith="term").exclude(assessment__state="withdrawn")
    rounds = {row.assessment.scheme: row.assessment for row in rows.select_related("assessment").order_by("pk")}
    due = secondment.until or secondment.planned_end
    opens = reverse("assessments:new") if policies.may_run(viewer, place) else ""
    found = []
    for scheme in wanted:
        held = rounds.get(scheme.code)
        if held is None:
            found.append(Assessment(scheme.named, due, "", opens))
        else:
            url = reverse("assessments:assessment", args=[held.pk])
            found.append(Assessment(held.label, due, ASSESSMENT.label(held.state), url))
    return found
