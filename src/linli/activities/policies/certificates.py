"""Who may have what certified, who sees and revokes certificates, and who takes records along.

A person has their own records certified. A desk does so on behalf, for the records of its places and no others.
"""

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.activities.models import ServiceCertificate
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.organizations.models import Organization

KEEP: Final = "volunteering.keep"


def certifiable_by(actor: Actor, person_id: int) -> Q:
    """The attested records of a person that somebody may have certified."""
    attested = Q(person_id=person_id, state="attested")
    if actor.key == "system" or is_own(actor, person_id):
        return attested
    return attested & actor.places(KEEP)


def served_visible_to(actor: Actor) -> Q:
    """The records of service from which a desk issues certificates: those of its places."""
    return Q() if actor.key == "system" else actor.places(KEEP)


def certificates_visible_to(actor: Actor) -> Q:
    """The certificates that somebody sees: their own, and those of the places whose desk they are."""
    if actor.key == "system":
        return Q()
    near = actor.places(KEEP)
    return near | Q(person_id=actor.person_id) if actor.person_id else near


def is_own(actor: Actor, person_id: int) -> bool:
    """Whether somebody is that person."""
    return actor.person_id is not None and actor.person_id == person_id


def may_revoke(actor: Actor, row: ServiceCertificate) -> bool:
    """Whether somebody may revoke a certificate: at the desk of its place, and it is not their own."""
    if actor.key == "system":
        return True
    return actor.reaches(KEEP, path=row.place.path) and not is_own(actor, row.person_id)


def require_revoke(actor: Actor, row: ServiceCertificate) -> None:
    """Refuse who may not. Raises: certificate.not_yours"""
    if not may_revoke(actor, row):
        raise NotAllowed("certificate.not_yours", _("Only the desk of the place revokes it, and nobody their own."))


def bodies_reckoned_by(actor: Actor) -> Q:
    """The bodies whose totals somebody may ask for: those they work for, and those in the places of their desk."""
    if actor.key == "system":
        return Q()
    return Q(pk__in=actor.organization_ids) | actor.places(KEEP)


def may_take_records(actor: Actor, body: Organization) -> bool:
    """Whether somebody may take the records that a body recorded along: the desk of its place."""
    return actor.key == "system" or actor.reaches(KEEP, path=body.place.path)
