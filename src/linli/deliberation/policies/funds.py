"""Who sees, keeps and opens accounts; what everybody reads of them.

Whoever works for the body of an account keeps it, and for bodies that have no desk of their own that of their
community does: one enters, another approves. What quarters brought is read by whoever reads their notices.
"""

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.deliberation.models import FundAccount, FundEntry, FundQuarter
from linli.deliberation.workflow.funds import KEEP, OPEN, VIEW
from linli.organizations.models import Organization
from linli.territory.models import Place

# The types of bodies that keep accounts.
HELD_BY: Final = (
    Organization.Type.SELF_GOVERNMENT,
    Organization.Type.COMMITTEE,
    Organization.Type.OFFICE,
    Organization.Type.PARTY,
    Organization.Type.VOLUNTEER,
    Organization.Type.SOCIAL,
)


def accounts_visible_to(actor: Actor) -> Q:
    """The accounts that somebody sees: those of places where they see accounts, and their own body's."""
    return _seen(actor, "")


def hangs_visible_to(actor: Actor) -> Q:
    """The entries and quarters of accounts that somebody sees."""
    return _seen(actor, "account__")


def _seen(actor: Actor, prefix: str) -> Q:
    if actor.key == "system":
        return Q()
    own = actor.organization_ids if actor.can(KEEP) else ()
    return actor.places(VIEW) | Q(**{f"{prefix}organization_id__in": own})


def places_to_open(actor: Actor) -> Q:
    """The places at which somebody opens accounts."""
    return Q() if actor.key == "system" else actor.places(OPEN, prefix="")


def may_open(actor: Actor, place: Place) -> bool:
    """Whether somebody opens accounts at a place."""
    return actor.key == "system" or actor.reaches(OPEN, path=place.path)


def may_keep(actor: Actor, account: FundAccount) -> bool:
    """Whether somebody enters, approves and closes: they work for its body, or at the desk of its community."""
    if not actor.can(KEEP):
        return False
    return account.organization_id in actor.organization_ids or _at_desk(actor, account.place)


def _at_desk(actor: Actor, place: Place) -> bool:
    """Whether a post of the place's community, or of less, reaches the place; streets above look on."""
    within = f"/{place.community_id}/"
    held = (scope.path for scope in actor.scopes if KEEP in scope.abilities and within in scope.path)
    return any(place.path.startswith(path) for path in held)


def may_amend(actor: Actor, row: FundAccount | FundEntry | FundQuarter) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_keep(actor, row if isinstance(row, FundAccount) else row.account)


def require_open(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: fund_account.not_yours_to_open"""
    if not may_open(actor, place):
        message = _("Accounts are opened by the secretary of the community or the street above.")
        raise NotAllowed("fund_account.not_yours_to_open", message)


def require_keep(actor: Actor, account: FundAccount) -> None:
    """Refuse who may not. Raises: fund_account.not_yours"""
    if not may_keep(actor, account):
        raise NotAllowed(
            "fund_account.not_yours", _("This account is kept by its body and by the desk of its community.")
        )
