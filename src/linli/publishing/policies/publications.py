"""Who makes public at a place, who takes back, and who reads what: everybody, or residents who have signed in.

A notice for residents is read by whoever has signed in and said that they live there; that is kept nowhere but in
their session. Whoever makes public there, or reads its figures, reads it too.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.publishing.models import DisclosureDue, Publication, PublicationQuestion
from linli.publishing.workflow.disclosure import EVERYBODY
from linli.territory.models import Place

POST = "disclosure.post"
WITHDRAW = "disclosure.withdraw"
READ = "figures.view"


def publications_visible_to(actor: Actor) -> Q:
    """The notices that somebody works with: where they make public, or read figures."""
    if actor.key == "system":
        return Q()
    return actor.places(POST) | actor.places(READ)


def shown_to(actor: Actor, home: int | None) -> Q:
    """The notices that somebody reads on the public page; `home` is the community in which they say that they live."""
    theirs = Q(place_id=home) if actor.user_id and home else Q(pk__in=[])
    return Q(audience=EVERYBODY) | theirs | publications_visible_to(actor)


def dues_visible_to(actor: Actor) -> Q:
    """What is owed where somebody makes public or reads figures."""
    return publications_visible_to(actor)


def questions_visible_to(actor: Actor) -> Q:
    """The questions about notices that somebody works with: a question may say something private."""
    return Q() if actor.key == "system" else actor.places(POST)


def places_to_post(actor: Actor) -> Q:
    """The places for which somebody may make public."""
    return Q() if actor.key == "system" else actor.places(POST, prefix="")


def may_post(actor: Actor, place: Place) -> bool:
    """Whether somebody makes public at a place, corrects and answers there."""
    return actor.key == "system" or actor.reaches(POST, path=place.path)


def may_withdraw(actor: Actor, place: Place) -> bool:
    """Whether somebody may take a notice of a place back."""
    return actor.key == "system" or actor.reaches(WITHDRAW, path=place.path)


def may_amend(actor: Actor, row: Publication | DisclosureDue | PublicationQuestion) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_post(actor, row.place)


def require_post(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: publication.not_yours"""
    if not may_post(actor, place):
        raise NotAllowed("publication.not_yours", _("Your posts do not let you make anything public here."))


def require_withdraw(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: publication.not_yours_to_withdraw"""
    if not may_withdraw(actor, place):
        message = _("Taking a notice back is for the secretary of the community, the street or the county.")
        raise NotAllowed("publication.not_yours_to_withdraw", message)
