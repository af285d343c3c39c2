"""What all writers of the shop share: locked rows, words that are there, what is owed, the journal."""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.shop import policies
from linli.shop.models import PartnerShop, RewardItem
from linli.shop.sections import section
from linli.shop.workflow import ITEM, MANAGE, REFILL_OWED, SHOP
from linli.territory.models import Place

LONGEST: Final = 60
LONGEST_LINE: Final = 120
LONGEST_REASON: Final = 200
MOST: Final = 100_000


def shop_locked(actor: Actor, shop_id: int) -> PartnerShop:
    """A shop that one keeps, locked. Raises: not_found, shop.not_yours"""
    rows = PartnerShop.objects.select_for_update(of=("self",)).select_related("place", "organization")
    row = rows.filter(policies.shops_visible_to(actor), pk=shop_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place)
    return row


def item_locked(actor: Actor, item_id: int) -> RewardItem:
    """Goods of a shop that one keeps, locked. Raises: not_found, shop.not_yours"""
    rows = RewardItem.objects.select_for_update(of=("self",)).select_related("shop__place", "stock")
    row = rows.filter(policies.hangs_visible_to(actor), pk=item_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.shop.place)
    return row


def said(text: str, code: str, most: int = LONGEST) -> str:
    """What was written. Raises: the code, where it is nothing or too long"""
    words = " ".join(text.split())
    if not 0 < len(words) <= most:
        raise InvalidInput(code, _("Write something, at most %(most)s characters."), most=most)
    return words


def maybe(text: str, code: str, most: int = LONGEST) -> str:
    """What was written, or nothing. Raises: the code, where it is too long"""
    return said(text, code, most) if text.strip() else ""


def past(day: date, code: str) -> date:
    """A day that has come. Raises: the code"""
    if day > clock.today():
        raise InvalidInput(code, _("This day is still to come."))
    return day


def owe_at(kind: str, subject: tuple[str, int], title: str, place: Place, days: int) -> None:
    """Put a step on the list of whoever keeps the shops of a place, within working days."""
    calendar = calendar_of(place)
    holder: Holder = post_at(place.path, MANAGE)
    owe(kind, subject, title, place.pk, holder, after(calendar, clock.now(), Period(amount=days)), calendar)


def stock_looked_at(items: list[RewardItem]) -> None:
    """Put goods that run low on the list of whoever keeps them, and take off those that do not any more."""
    for item in items:
        item.stock.refresh_from_db()
        if item.ended_on is None and item.stock.available <= item.low:
            owe_at(
                REFILL_OWED, (ITEM, item.pk), f"{item.shop.name} {item.name}", item.shop.place, section().refill_days
            )
        else:
            settle(REFILL_OWED, (ITEM, item.pk))


def done(actor: Actor, operation: str, subject: tuple[str, int], place_id: int, **facts: Any) -> None:
    """Write to the journal what was done; nobody is named there."""
    journal.write(actor, operation, subject, place_id=place_id, facts=facts)


def shop_done(actor: Actor, verb: str, row: PartnerShop, **facts: Any) -> PartnerShop:
    """Save a shop as its next version, and write what was done."""
    row.version += 1
    row.save()
    done(actor, f"shop.{verb}", (SHOP, row.pk), row.place_id, **facts)
    return row


def item_done(actor: Actor, verb: str, row: RewardItem, **facts: Any) -> RewardItem:
    """Save goods as their next version, and write what was done."""
    row.version += 1
    row.save()
    done(actor, f"reward_item.{verb}", (ITEM, row.pk), row.place_id, **facts)
    return row
