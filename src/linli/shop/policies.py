"""Who keeps, serves and sees shops: the desk of the place, and those who serve in a shop; members see their own.

Nobody sees what somebody else redeemed but who serves or keeps that shop. Goods and prices are public.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.points.models import Member
from linli.points.workflow import POINTS
from linli.shop.models import PartnerShop, Redemption
from linli.shop.workflow import BOTH, MANAGE, SERVE
from linli.territory.models import Place


def _of_body(actor: Actor) -> Q:
    """The shops of the bodies for which somebody serves."""
    near = Q(pk__in=[])
    for scope in actor.scopes:
        if scope.organization_path and SERVE in scope.abilities:
            near |= Q(organization__path__startswith=scope.organization_path)
    return near


def shops_visible_to(actor: Actor) -> Q:
    """The shops that somebody keeps or serves in."""
    if actor.key == "system":
        return Q()
    return actor.places(MANAGE) | actor.places(SERVE) | _of_body(actor)


def hangs_visible_to(actor: Actor) -> Q:
    """The goods, redemptions and papers of the shops that somebody keeps or serves in."""
    return Q(shop__in=PartnerShop.objects.filter(shops_visible_to(actor)).values("pk"))


def redemptions_visible_to(actor: Actor) -> Q:
    """The redemptions of the shops that somebody keeps or serves in, and those of ledgers at the places they keep."""
    return hangs_visible_to(actor) | Q(shop=None) & (Q() if actor.key == "system" else actor.places(MANAGE))


def settlements_visible_to(actor: Actor) -> Q:
    """The settlements with the shops that somebody keeps; who serves in a shop sees its own too."""
    return hangs_visible_to(actor)


def own_redemptions(actor: Actor) -> Q:
    """What somebody redeemed as a member."""
    if not actor.person_id:
        return Q(pk__in=[])
    return Q(member__in=Member.objects.filter(book=POINTS, person_id=actor.person_id).values("pk"))


def public_shops() -> Q:
    """The shops whose agreement holds today: everybody sees them, their goods and prices."""
    today = clock.today()
    return Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))


def public_items() -> Q:
    """The goods that these shops offer."""
    return Q(ended_on=None, shop__in=PartnerShop.objects.filter(public_shops()).values("pk"))


def keeping_places(actor: Actor) -> Q:
    """The divisions at which somebody may open shops."""
    there = Q(placeholder=False, until=None, type=Place.Type.DIVISION)
    return there & (Q() if actor.key == "system" else actor.places(MANAGE, prefix=""))


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody keeps the shops of a place."""
    return actor.key == "system" or actor.reaches(MANAGE, path=place.path)


def may_serve(actor: Actor, shop: PartnerShop) -> bool:
    """Whether somebody serves in a shop, or keeps it."""
    if may_keep(actor, shop.place) or actor.reaches(SERVE, path=shop.place.path):
        return True
    if shop.organization is None:
        return False
    path = shop.organization.path
    bodies = [scope.organization_path for scope in actor.scopes if SERVE in scope.abilities and scope.organization_path]
    return any(path.startswith(body) for body in bodies)


def may_amend(actor: Actor, row: Redemption) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_keep(actor, row.place)


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: shop.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("shop.not_yours", _("Your posts do not let you keep the shops of this place."))


def require_serve(actor: Actor, shop: PartnerShop) -> None:
    """Refuse who may not. Raises: shop.not_yours"""
    if not may_serve(actor, shop):
        raise NotAllowed("shop.not_yours", _("Only those who serve in this shop may do this."))


def serves(actor: Actor) -> bool:
    """Whether somebody serves in or keeps any shop."""
    return any(actor.can(ability) for ability in BOTH)
