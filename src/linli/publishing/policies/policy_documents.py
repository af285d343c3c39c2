"""Who reads and who keeps policy documents. A document is read where it holds, and above and below that place.

Public ones are read by everybody on the public page, and by all staff here.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.organizations.models import Organization
from linli.publishing.models import PolicyDocument
from linli.publishing.workflow.policy_documents import KEEP, VIEW
from linli.territory.models import Place


def documents_visible_to(actor: Actor) -> Q:
    """The documents that a post reads: public ones, those of its places and all above, those of its own bodies."""
    if actor.key == "system":
        return Q()
    if not actor.can(VIEW):
        return Q(pk__in=[])
    own = Q(public=True) | actor.places(VIEW) | Q(organization_id__in=actor.organization_ids)
    return own | Q(place_id__in=_above(actor))


def public_documents() -> Q:
    """The documents that everybody reads."""
    return Q(public=True)


def _above(actor: Actor) -> set[int]:
    """The places above the actor's own, where they read documents: what holds there holds for them."""
    scopes = [scope for scope in actor.scopes if VIEW in scope.abilities]
    paths = [path for scope in scopes for path in (scope.path, scope.grid_path) if path]
    if any(scope.organization_path for scope in scopes):
        bodies = Organization.objects.filter(pk__in=actor.organization_ids)
        paths += bodies.values_list("place__path", flat=True)
    return {int(step) for path in paths for step in path.split("/") if step}


def keeping_places(actor: Actor) -> Q:
    """The places for which the actor keeps documents of any body."""
    return Q() if actor.key == "system" else actor.places(KEEP, prefix="")


def may_keep(actor: Actor, place: Place, organization_id: int | None) -> bool:
    """Whether the actor records, corrects and repeals: for their own places, or documents of their own body."""
    if actor.key == "system" or actor.reaches(KEEP, path=place.path):
        return True
    return actor.can(KEEP) and organization_id is not None and organization_id in actor.organization_ids


def may_keep_document(actor: Actor, document: PolicyDocument) -> bool:
    """Whether the actor keeps this document."""
    return may_keep(actor, document.place, document.organization_id)


def require_keep(actor: Actor, place: Place, organization_id: int | None) -> None:
    """Refuse who may not. Raises: policy_document.not_yours"""
    if not may_keep(actor, place, organization_id):
        message = _("Your posts do not let you keep documents of this place or body.")
        raise NotAllowed("policy_document.not_yours", message)
