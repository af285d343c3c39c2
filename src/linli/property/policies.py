"""Who sees and who keeps how compounds are managed. One rule gives the filter and the check; hidden equals missing.

Communities write their own, streets and counties see theirs, a company sees the compounds and contracts that are its
own. A contract over several communities is kept by whoever keeps them all.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.property.models import Contract, Management
from linli.property.workflow import CONTRACT, KEEP, VIEW
from linli.territory.models import Place

COMPOUND = Q(type=Place.Type.COMPOUND, until=None, placeholder=False)


def managements_visible_to(actor: Actor) -> Q:
    """How compounds are managed where the actor keeps or sees it, and what one's own body manages."""
    if actor.key == "system":
        return Q()
    own = Q(manager_id__in=actor.organization_ids) if actor.can(VIEW) else Q(pk__in=[])
    return actor.places(KEEP, prefix="compound__") | actor.places(VIEW, prefix="compound__") | own


def contracts_visible_to(actor: Actor) -> Q:
    """The contracts that cover a compound of which the actor sees how it is managed by it."""
    if actor.key == "system":
        return Q()
    return Q(
        pk__in=Management.objects.filter(managements_visible_to(actor), contract__isnull=False).values("contract_id")
    )


def compounds_visible_to(actor: Actor) -> Q:
    """The compounds where the actor keeps or sees how they are managed, and those that one's own body managed."""
    if actor.key == "system":
        return COMPOUND
    seen = actor.places(KEEP, prefix="") | actor.places(VIEW, prefix="")
    if actor.can(VIEW) and actor.organization_ids:
        own = Management.objects.filter(manager_id__in=actor.organization_ids, void=False)
        seen |= Q(pk__in=own.values("compound_id"))
    return COMPOUND & seen


def compounds_kept_by(actor: Actor) -> Q:
    """The compounds of which the actor says how they are managed."""
    return COMPOUND if actor.key == "system" else COMPOUND & actor.places(KEEP, prefix="")


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether the actor says how a compound is managed, or keeps a contract of this division."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path)


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: contract.not_yours"""
    if not may_keep(actor, place):
        message = _("Only whoever keeps all its compounds changes this: ask the community, or the street above it.")
        raise NotAllowed("contract.not_yours", message)


def verbs_of(actor: Actor, contract: Contract) -> list[str]:
    """What the actor may do now with a contract."""
    verb = "end" if contract.since <= clock.today() else "withdraw"
    return [verb] if may_keep(actor, contract.place) and CONTRACT.can(contract.state, verb) else []


def amendable(actor: Actor, management: Management) -> bool:
    """Whether the actor may change what the profile adds to how a compound is managed."""
    return may_keep(actor, management.compound)
