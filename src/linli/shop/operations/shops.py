"""The only writers of partner shops: opened under an agreement, changed, ended."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.organizations.models import Organization
from linli.shop import policies
from linli.shop.models import PartnerShop
from linli.shop.operations.steps import LONGEST_LINE, done, maybe, said, shop_done, shop_locked
from linli.shop.workflow import KINDS, SHOP
from linli.territory.models import Place


@dataclass(frozen=True, slots=True)
class Agreement:
    """A shop as it is written down: who runs it, where and when it is open, from when to when the agreement holds."""

    kind: str
    name: str
    address: str
    hours: str
    since: date
    until: date | None = None
    organization_id: int | None = None
    settles: bool = False
    contact: str = ""
    phone: str = ""


@transaction.atomic
def shop_open(*, actor: Actor, place_id: int, agreement: Agreement) -> PartnerShop:
    """Open a shop of a division, under an agreement with whoever runs it.

    Raises: not_found, shop.not_yours, shop.kind, shop.name, shop.address, shop.hours, shop.agreement, shop.partner,
    shop.contact, shop.twice
    """
    place = Place.objects.filter(policies.keeping_places(actor), pk=place_id).first()
    if place is None:
        raise NotFound
    row = PartnerShop(place=place, recorded=clock.now(), recorder=actor.key)
    _fill(row, agreement)
    _keep(row)
    done(actor, "shop.open", (SHOP, row.pk), row.place_id, kind=row.kind, settles=row.settles)
    return row


@transaction.atomic
def shop_change(*, actor: Actor, shop_id: int, version: int, agreement: Agreement) -> PartnerShop:
    """Write down what changed about a shop. Raises: as `shop_open`, and shop.stale"""
    row = shop_locked(actor, shop_id)
    if row.version != version:
        raise Stale("shop.stale", _("Somebody changed this since you read it. Look at it again."))
    _fill(row, agreement)
    row.version += 1
    _keep(row)
    done(actor, "shop.change", (SHOP, row.pk), row.place_id, kind=row.kind, settles=row.settles)
    return row


@transaction.atomic
def shop_end(*, actor: Actor, shop_id: int) -> PartnerShop:
    """End an agreement today: nothing can be reserved there any more; what was reserved is still handed over.

    Raises: not_found, shop.not_yours, shop.ended
    """
    row = shop_locked(actor, shop_id)
    if row.until is not None and row.until < clock.today():
        raise RuleBroken("shop.ended", _("This agreement has ended."))
    row.until = max(clock.today(), row.since)
    return shop_done(actor, "end", row)


def _fill(row: PartnerShop, given: Agreement) -> None:
    if given.kind not in dict(KINDS):
        raise InvalidInput("shop.kind", _("Choose the kind of shop."))
    if given.until is not None and given.until < given.since:
        raise InvalidInput("shop.agreement", _("An agreement does not end before it begins."))
    partner = Organization.objects.filter(pk=given.organization_id or 0).first()
    if (given.organization_id and partner is None) or (given.settles and partner is None):
        raise InvalidInput("shop.partner", _("Name the body with which you settle every month."))
    row.kind, row.since, row.until, row.settles = given.kind, given.since, given.until, given.settles
    row.organization = partner
    row.name = said(given.name, "shop.name")
    row.address = said(given.address, "shop.address", LONGEST_LINE)
    row.hours = said(given.hours, "shop.hours", LONGEST_LINE)
    row.contact = maybe(given.contact, "shop.contact", 40)
    row.phone = maybe(given.phone, "shop.contact", 30)


def _keep(row: PartnerShop) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "partner_shop_once" not in str(error):
            raise
        raise RuleBroken("shop.twice", _("This place has a shop of this name already.")) from error
