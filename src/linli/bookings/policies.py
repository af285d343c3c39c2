"""Who books and who answers. A community books by its desk, a body by its own people; whoever shares decides.

For a body that has nobody here who could answer, whoever keeps the list of offers at its place writes its answer down -
never for a booking of their own.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.bookings.models import Booking
from linli.bookings.workflow import BOOK, BOOKING, LEND
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, RuleBroken
from linli.organizations.models import Post, ResourceOffer
from linli.organizations.policies import MANAGE, VIEW, held_on, lends_for, may_manage
from linli.organizations.sections import kinds_in_force
from linli.territory.models import Place


def bookings_visible_to(actor: Actor) -> Q:
    """The bookings at places whose roster the actor looks at, and those that their own bodies made or are asked for."""
    if actor.key == "system":
        return Q()
    seen = Q(pk__in=[])
    for ability in (VIEW, MANAGE, BOOK):
        seen |= actor.places(ability) | actor.places(ability, prefix="offer__place__")
    own = lends_for(actor)
    return seen | Q(organization_id__in=own) | Q(offer__organization_id__in=own)


def booking_places(actor: Actor) -> Q:
    """The communities and streets for which the actor books."""
    there = Q(placeholder=False, until=None) & (Q(community_id=F("pk")) | Q(street_id=F("pk")))
    return there & (Q() if actor.key == "system" else actor.places(BOOK, prefix=""))


def may_book_for(actor: Actor, place: Place) -> bool:
    """Whether the actor books for a community or street."""
    return actor.key == "system" or actor.reaches(BOOK, path=place.path)


def answers_itself(offer: ResourceOffer) -> bool:
    """Whether the body that shares has somebody here who can answer."""
    able = [code for code, kind in kinds_in_force().items() if LEND in kind.abilities]
    held = Post.objects.filter(held_on(clock.today()), kind__in=able, confirmed=True, person__isnull=False)
    return offer.organization_id is not None and held.filter(organization_id=offer.organization_id).exists()


def may_answer(actor: Actor, booking: Booking) -> bool:
    """Whether the actor answers for whoever shares."""
    offer = booking.offer
    if actor.key == "system" or (offer.organization_id and offer.organization_id in lends_for(actor)):
        return True
    return may_manage(actor, offer.place) and booking.asked_by != actor.key and not answers_itself(offer)


def to_answer(actor: Actor) -> Q:
    """The bookings that somebody may have to answer: of their own bodies, and where they keep the list of offers."""
    return Q(offer__organization_id__in=lends_for(actor)) | actor.places(MANAGE, prefix="offer__place__")


def made_by(actor: Actor) -> Q:
    """The bookings for the places and bodies for which somebody books."""
    return Q(organization_id__in=lends_for(actor)) | Q(organization=None) & actor.places(BOOK)


def may_withdraw(actor: Actor, booking: Booking) -> bool:
    """Whether the actor speaks for whoever booked."""
    if booking.organization_id:
        return actor.key == "system" or booking.organization_id in lends_for(actor)
    return may_book_for(actor, booking.place)


def verbs_of(actor: Actor, booking: Booking) -> list[str]:
    """What the actor may do now with a booking."""
    able = {"withdraw"} if may_withdraw(actor, booking) else set()
    if may_answer(actor, booking):
        able |= {"approve", "refuse", "cancel"}
    return [item.verb for item in BOOKING.allowed(booking.state, ()) if item.verb in able]


def require_answer(actor: Actor, booking: Booking) -> None:
    """Refuse who may not answer. Raises: booking.own, booking.not_yours"""
    if may_answer(actor, booking):
        return
    if booking.asked_by == actor.key and may_manage(actor, booking.offer.place):
        raise RuleBroken("booking.own", _("Nobody answers for another body what they asked for themselves."))
    raise NotAllowed("booking.not_yours", _("Only whoever shares this answers."))


def require_withdraw(actor: Actor, booking: Booking) -> None:
    """Refuse who may not. Raises: booking.not_yours"""
    if not may_withdraw(actor, booking):
        raise NotAllowed("booking.not_yours", _("Only whoever booked this may withdraw it."))


def amendable(actor: Actor, booking: Booking) -> bool:
    """Whether the actor may change what the profile adds to a booking."""
    return may_withdraw(actor, booking)
