"""Who sees and who writes contacts and visits. What is owed is seen first by whoever owes it.

A visit is written down by the visitor or the visitor's own office, never by the community that is visited.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from linli.contacts.models import Contact, ContactMatter, Visit
from linli.contacts.workflow import KEEP, VISIT, VISITS
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.organizations.models import Post
from linli.organizations.policies import VIEW, held_on
from linli.territory.models import Place


def own(actor: Actor) -> Q:
    """What is the actor's own: as a person, and for the bodies in which they hold a post that visits."""
    mine = Q(person_id=actor.person_id) if actor.person_id else Q(pk__in=[])
    return mine | (Q(organization_id__in=actor.organization_ids) if actor.can(VISITS) else Q(pk__in=[]))


def places_seen(actor: Actor, prefix: str = "") -> Q:
    """The places whose contacts the actor reads: those of the roster, and those that the actor answers for."""
    if actor.key == "system":
        return Q()
    answered = Contact.objects.filter(own(actor), held_on(clock.today())).values("place_id")
    roster = actor.places(VIEW, prefix=prefix) | actor.places(KEEP, prefix=prefix)
    return roster | Q(**{f"{prefix}pk__in": answered})


def contacts_visible_to(actor: Actor) -> Q:
    """The contacts of those places, and the actor's own; whoever answers for a place sees who else does and visits."""
    return Q() if actor.key == "system" else places_seen(actor, "place__") | own(actor)


visits_visible_to = contacts_visible_to
matters_visible_to = contacts_visible_to


def keeping(actor: Actor) -> Q:
    """The places for which the actor says who answers."""
    return Q() if actor.key == "system" else actor.places(KEEP, prefix="")


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether the actor says who answers for a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path, grid_path=place.grid_path)


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: contact.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("contact.not_yours", _("Your posts do not let you say who answers for this place."))


def recordable(actor: Actor) -> Q:
    """The contacts whose visits the actor writes down: their own, their body's, those of people in their own office."""
    if actor.key == "system":
        return Q()
    mine = own(actor) | actor.places(KEEP)
    if not actor.can(VISITS):
        return mine
    colleagues = Post.objects.filter(
        held_on(clock.today()), person_id=OuterRef("person_id"), organization_id__in=actor.organization_ids
    )
    return mine | Q(Exists(colleagues))


def may_record(actor: Actor, row: Visit) -> bool:
    """Whether the actor writes down a visit of this visitor at this place."""
    if actor.key == "system" or may_keep(actor, row.place):
        return True
    if row.person_id:
        return row.person_id == actor.person_id or (actor.can(VISITS) and _of_office(actor, row.person_id))
    return actor.can(VISITS) and row.organization_id in actor.organization_ids


def _of_office(actor: Actor, person_id: int) -> bool:
    posts = Post.objects.filter(held_on(clock.today()), person_id=person_id)
    return posts.filter(organization_id__in=actor.organization_ids).exists()


def require_record(actor: Actor, row: Visit) -> None:
    """Refuse who may not. Raises: visit.not_yours"""
    if not may_record(actor, row):
        raise NotAllowed("visit.not_yours", _("A visit is written down by the visitor or the visitor's own office."))


def verbs_of(actor: Actor, row: Visit) -> list[str]:
    """What the actor may do now with a visit."""
    if not may_record(actor, row):
        return []
    later = row.on > clock.today()
    return [item.verb for item in VISIT.allowed(row.state, ()) if not (item.verb == "make" and later)]


def contact_amendable(actor: Actor, row: Contact) -> bool:
    """Whether the actor may change what the profile adds to a contact."""
    return may_keep(actor, row.place)


def matter_amendable(actor: Actor, row: ContactMatter) -> bool:
    """Whether the actor may change what the profile adds to a matter of a contact."""
    return may_keep(actor, row.place)
