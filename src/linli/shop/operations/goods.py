"""The only writers of goods and their prices: added, changed, priced from a day on, no longer offered."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, RuleBroken, Stale
from linli.core.money import fen_of
from linli.points.operations.accounts import subject_account
from linli.points.workflow import GOODS, STOCK
from linli.shop.models import RewardItem, RewardPrice
from linli.shop.operations.steps import MOST, done, item_done, item_locked, maybe, said, shop_locked, stock_looked_at
from linli.shop.workflow import ITEM

MOST_MONTH: Final = 1000
AHEAD: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Price:
    """What one piece costs: points, and its value in yuan."""

    points: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class About:
    """What goods are called and in what they are counted; how many a person may have a month; when they run low."""

    name: str
    unit: str = ""
    month_limit: int | None = None
    low: int = 0


@transaction.atomic
def item_add(*, actor: Actor, shop_id: int, about: About, price: Price) -> RewardItem:
    """Put goods on the list of a shop, with an empty stock.

    Raises: not_found, shop.not_yours, reward_item.name, reward_item.limit, reward_item.price, reward_item.twice
    """
    shop = shop_locked(actor, shop_id)
    fen = _fen(price)
    pk = next_ids(RewardItem, 1)[0]
    row = RewardItem(id=pk, shop=shop, place_id=shop.place_id, points=price.points, value_fen=fen)
    row.since, row.recorded, row.recorder = clock.today(), clock.now(), actor.key
    row.stock = subject_account(STOCK, ITEM, pk, shop.place_id, GOODS)
    _fill(row, about)
    _keep(row, new=True)
    RewardPrice.objects.create(
        item=row, since=row.since, points=row.points, value_fen=fen, at=clock.now(), actor=actor.key
    )
    done(actor, "reward_item.add", (ITEM, pk), row.place_id, points=row.points, value_fen=fen)
    return row


@transaction.atomic
def item_change(*, actor: Actor, item_id: int, version: int, about: About) -> RewardItem:
    """Change what goods are called, how many a person may have a month, and when they run low.

    Raises: not_found, shop.not_yours, reward_item.stale, reward_item.name, reward_item.limit, reward_item.twice
    """
    row = item_locked(actor, item_id)
    if row.version != version:
        raise Stale("reward_item.stale", _("Somebody changed this since you read it. Look at it again."))
    _fill(row, about)
    row.version += 1
    _keep(row)
    done(actor, "reward_item.change", (ITEM, row.pk), row.place_id, month_limit=row.month_limit, low=row.low)
    stock_looked_at([row])
    return row


@transaction.atomic
def item_price(*, actor: Actor, item_id: int, price: Price, since: date) -> RewardItem:
    """Give goods another price from a day on: today, or announced. What is reserved already keeps its own.

    Raises: not_found, shop.not_yours, reward_item.price, reward_item.day, reward_item.ended
    """
    row = item_locked(actor, item_id)
    _offered(row)
    fen = _fen(price)
    if not clock.today() <= since <= clock.today() + AHEAD:
        raise InvalidInput("reward_item.day", _("A price begins today or on a day within a year."))
    RewardPrice.objects.create(
        item=row, since=since, points=price.points, value_fen=fen, at=clock.now(), actor=actor.key
    )
    if since == clock.today():
        row.points, row.value_fen = price.points, fen
    return item_done(actor, "price", row, points=price.points, value_fen=fen, since=since.isoformat())


@transaction.atomic
def item_end(*, actor: Actor, item_id: int) -> RewardItem:
    """Offer goods no longer; what is reserved is still handed over.

    Raises: not_found, shop.not_yours, reward_item.ended
    """
    row = item_locked(actor, item_id)
    _offered(row)
    row.ended_on = clock.today()
    item_done(actor, "end", row)
    stock_looked_at([row])
    return row


@transaction.atomic
def prices_apply() -> int:
    """Let the prices that begin today or began before hold; returns how many changed. Twice does nothing twice."""
    today = clock.today()
    due = RewardPrice.objects.filter(since__lte=today, since__gte=today - AHEAD, item__ended_on=None)
    latest = {price.item_id: price for price in due.order_by("item", "-since", "-pk").distinct("item")}
    changed = 0
    for row in RewardItem.objects.select_for_update().filter(pk__in=latest).order_by("pk"):
        price = latest[row.pk]
        if (row.points, row.value_fen) != (price.points, price.value_fen):
            row.points, row.value_fen = price.points, price.value_fen
            item_done(SYSTEM, "priced", row, points=row.points, value_fen=row.value_fen)
            changed += 1
    return changed


def _offered(row: RewardItem) -> None:
    if row.ended_on is not None:
        raise RuleBroken("reward_item.ended", _("These goods are not offered any more."))


def _fen(price: Price) -> int:
    fen = fen_of(price.value)
    if fen is None or fen < 0 or not 0 < price.points <= MOST:
        raise InvalidInput("reward_item.price", _("A price is whole points above zero, and a value in yuan."))
    return fen


def _fill(row: RewardItem, about: About) -> None:
    if (about.month_limit is not None and not 0 < about.month_limit <= MOST_MONTH) or not 0 <= about.low <= MOST:
        raise InvalidInput("reward_item.limit", _("How many a person may have a month is a number above zero."))
    row.name, row.unit = said(about.name, "reward_item.name"), maybe(about.unit, "reward_item.name", 12)
    row.month_limit, row.low = about.month_limit, about.low


def _keep(row: RewardItem, *, new: bool = False) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=new)
    except IntegrityError as error:
        if "reward_item_once" not in str(error):
            raise
        raise RuleBroken("reward_item.twice", _("This shop offers goods of this name already.")) from error
