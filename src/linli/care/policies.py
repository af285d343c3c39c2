"""Who sees and keeps care. One rule gives the filter and the check; hidden equals missing.

The community keeps its own; a body sees what it was asked to give; streets and counties see that help was given, and
no names. Names are shown to whoever keeps them, once each, with a reason in the access log.
"""

from django.db.models import F, Q

from linli.care.models import CareClient, CareService
from linli.care.workflow import AGREEMENT, KEEP, SERVE, VIEW
from linli.core.actors import Actor

COMMUNITIES = Q(placeholder=False, until=None, community_id=F("pk"))
# Whoever may be asked to give help: clinics and hospitals, service bodies, volunteers.
PROVIDERS = Q(until=None, type__in=["department", "member_unit", "social_organization", "volunteer_team", "office"])


def clients_visible_to(actor: Actor) -> Q:
    """The people cared for where the actor keeps care, or sees that it is given."""
    return Q() if actor.key == "system" else actor.places(KEEP) | actor.places(VIEW)


def services_visible_to(actor: Actor) -> Q:
    """What was given there, and what one's own body was asked for."""
    if actor.key == "system":
        return Q()
    own = Q(provider_id__in=actor.organization_ids) if actor.can(SERVE) else Q(pk__in=[])
    return actor.places(KEEP) | actor.places(VIEW) | own


def own_clients(actor: Actor) -> Q:
    """Those for whom the actor asked by their own account."""
    return Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])


def keeping_places(actor: Actor) -> Q:
    """The communities where the actor keeps care."""
    return COMMUNITIES & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def may_keep(actor: Actor, client: CareClient) -> bool:
    """Whether the actor keeps the care of somebody."""
    return actor.key == "system" or actor.reaches(KEEP, path=client.place.path)


def verbs_of(actor: Actor, client: CareClient) -> list[str]:
    """What the actor may do now for somebody."""
    return [verb for verb in ("agree", "end") if may_keep(actor, client) and AGREEMENT.can(client.state, verb)]


def may_answer(actor: Actor, service: CareService) -> bool:
    """Whether the actor answers what was asked for: the body that was asked, or whoever keeps the care."""
    return (actor.can(SERVE) and service.provider_id in actor.organization_ids) or may_keep(actor, service.client)


def client_amendable(actor: Actor, client: CareClient) -> bool:
    """Whether the actor may change what the profile adds to somebody's record."""
    return may_keep(actor, client)


def service_amendable(actor: Actor, service: CareService) -> bool:
    """Whether the actor may change what the profile adds to the record of a service."""
    return may_keep(actor, service.client)
