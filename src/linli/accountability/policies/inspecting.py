"""Who plans inspections, who makes them and who puts right what they found."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accountability.models import Finding, Inspection
from linli.accountability.policies.assessments import bodies_of, may_run
from linli.accountability.policies.figures import VIEW
from linli.accountability.workflow.assessments import RUN
from linli.core.actors import Actor
from linli.core.errors import NotAllowed


def inspections_visible_to(actor: Actor) -> Q:
    """Inspections where one's posts run them or read figures, and those of one's own bodies."""
    if actor.key == "system":
        return Q()
    bodies = bodies_of(actor)
    mine = Q(inspector_id__in=bodies) | Q(inspected_id__in=bodies)
    return actor.places(RUN) | actor.places(VIEW) | mine


def findings_visible_to(actor: Actor) -> Q:
    """Findings of the inspections that the actor sees."""
    if actor.key == "system":
        return Q()
    bodies = bodies_of(actor)
    mine = Q(organization_id__in=bodies) | Q(inspection__inspector_id__in=bodies)
    return actor.places(RUN) | actor.places(VIEW) | mine


def may_record(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor makes this inspection, for the inspecting body and without being of the inspected one."""
    bodies = bodies_of(actor)
    return inspection.inspector_id in bodies and inspection.inspected_id not in {*bodies, *actor.organization_ids}


def require_record(actor: Actor, inspection: Inspection) -> None:
    """Refuse who may not. Raises: inspection.not_yours"""
    if not may_record(actor, inspection):
        raise NotAllowed("inspection.not_yours", _("This inspection is another body's to make."))


def may_cancel(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor may take a planned inspection off the plan."""
    return inspection.plan is not None and may_run(actor, inspection.plan.place)


def may_rectify(actor: Actor, finding: Finding) -> bool:
    """Whether it is the actor's to say that a finding was put right."""
    return finding.organization_id in bodies_of(actor)


def require_rectify(actor: Actor, finding: Finding) -> None:
    """Refuse who may not. Raises: finding.not_yours"""
    if not may_rectify(actor, finding):
        raise NotAllowed("finding.not_yours", _("The inspected body says what it has put right."))


def may_verify(actor: Actor, finding: Finding) -> bool:
    """Whether the actor verifies: for the inspecting body, and without being of the inspected one."""
    return may_record(actor, finding.inspection)


def require_verify(actor: Actor, finding: Finding) -> None:
    """Refuse who may not. Raises: finding.not_verifier"""
    if not may_verify(actor, finding):
        raise NotAllowed("finding.not_verifier", _("The inspecting body verifies what was put right."))
