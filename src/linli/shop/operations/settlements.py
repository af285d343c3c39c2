"""The only writers of settlements with partner shops: owed when a month is over, drawn up, checked by another, paid.

A month is settled at money value: what was handed over, less what came back after it had been settled. Once it is
paid the points that the shop took in are used up.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.owing import settle
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.points.models import Transfer
from linli.points.operations.accounts import place_account
from linli.points.operations.posting import lock, post
from linli.points.values import Move, Source
from linli.points.workflow import CAMPAIGN, POINTS, USED
from linli.shop import policies
from linli.shop.models import PartnerShop, Redemption, Settlement
from linli.shop.operations.redemptions import account_of
from linli.shop.operations.steps import LONGEST_REASON, done, owe_at, past, said, shop_locked
from linli.shop.sections import section
from linli.shop.workflow import CHECK_OWED, DRAW_OWED, PAY_OWED, SETTLED, SETTLEMENT, SETTLEMENT_LIFE, SHOP

DAY = timedelta(days=1)


@transaction.atomic
def settlements_check() -> int:
    """Put on the list which shops are to be settled with for the months that are over; returns how many there are."""
    until = clock.today().replace(day=1) - DAY
    raised = 0
    for shop in PartnerShop.objects.filter(settles=True).select_related("place").order_by("pk"):
        if to_settle(shop, until).exists():
            owe_at(DRAW_OWED, (SHOP, shop.pk), shop.name, shop.place, section().settle_days)
            raised += 1
    return raised


def to_settle(shop: PartnerShop, until: date) -> QuerySet[Redemption]:
    """What was handed over in a shop until a day and is in no settlement yet."""
    return shop.redemptions.filter(state="handed_over", settlement=None, handed_on__lte=until)


def to_deduct(shop: PartnerShop, until: date) -> QuerySet[Redemption]:
    """What came back until a day after it had been settled."""
    back = shop.redemptions.filter(state="returned", settlement__isnull=False, deducted=None, ended_on__lte=until)
    return back


@transaction.atomic
def settlement_draw(*, actor: Actor, shop_id: int, month: date) -> Settlement:
    """Draw up what a partner shop is owed for a month that is over.

    Raises: not_found, shop.not_yours, settlement.not_settled_with, settlement.month, settlement.twice,
    settlement.nothing
    """
    shop = shop_locked(actor, shop_id)
    first = month.replace(day=1)
    until = (first + timedelta(days=32)).replace(day=1) - DAY
    if not shop.settles:
        raise RuleBroken("settlement.not_settled_with", _("Nothing is settled with this shop: it is run by the place."))
    if until >= clock.today():
        raise InvalidInput("settlement.month", _("A month is settled once it is over."))
    if shop.settlements.filter(month=first).exclude(state="sent_back").exists():
        raise RuleBroken("settlement.twice", _("This month has been settled with this shop."))
    given = list(to_settle(shop, until).select_for_update().order_by("pk"))
    back = list(to_deduct(shop, until).select_for_update().order_by("pk"))
    fen = sum(row.value_fen for row in given) - sum(row.value_fen for row in back)
    if not given or fen < 0:
        raise RuleBroken("settlement.nothing", _("Nothing is owed to this shop for this month."))
    row = Settlement(shop=shop, place_id=shop.place_id, month=first, lines=_lines(given, back), value_fen=fen)
    row.number = f"{first:%Y%m}-{shop.pk:04d}"
    row.pieces = sum(item.quantity for item in given) - sum(item.quantity for item in back)
    row.points = sum(item.points for item in given) - sum(item.points for item in back)
    row.drawn_on, row.drawn_by = clock.today(), actor.key
    row.save()
    Redemption.objects.filter(pk__in=[item.pk for item in given]).update(settlement=row)
    Redemption.objects.filter(pk__in=[item.pk for item in back]).update(deducted=row)
    settle(DRAW_OWED, (SHOP, shop.pk))
    _owed(row, CHECK_OWED)
    done(actor, "settlement.draw", (SETTLEMENT, row.pk), row.place_id, value_fen=fen, redemptions=len(given))
    return row


@transaction.atomic
def settlement_check(*, actor: Actor, settlement_id: int) -> Settlement:
    """Say as a second person that a settlement is right.

    Raises: not_found, shop.not_yours, settlement.state, settlement.two_persons
    """
    row = _locked(actor, settlement_id)
    row.state = SETTLEMENT_LIFE.step(row.state, "check")
    if row.drawn_by == actor.key:
        message = _("Somebody else than who drew it up checks a settlement.")
        raise NotAllowed("settlement.two_persons", message)
    row.checked_on, row.checked_by = clock.today(), actor.key
    _owed(row, PAY_OWED)
    return _saved(actor, "check", row)


@transaction.atomic
def settlement_send_back(*, actor: Actor, settlement_id: int, reason: str) -> Settlement:
    """Send a settlement back with a reason: what was in it is free for another one.

    Raises: not_found, shop.not_yours, settlement.state, settlement.reason
    """
    row = _locked(actor, settlement_id)
    row.state = SETTLEMENT_LIFE.step(row.state, "send_back")
    row.reason = said(reason, "settlement.reason", LONGEST_REASON)
    row.redemptions.update(settlement=None)
    row.returns.update(deducted=None)
    settle("shop.", (SETTLEMENT, row.pk))
    owe_at(DRAW_OWED, (SHOP, row.shop_id), row.shop.name, row.place, section().settle_days)
    return _saved(actor, "send_back", row)


@transaction.atomic
def settlement_pay(*, actor: Actor, settlement_id: int, on: date, voucher: str) -> Settlement:
    """Write down on which day and under which voucher a settlement was paid. It never changes after.

    Raises: not_found, shop.not_yours, settlement.state, settlement.day, settlement.voucher
    """
    row = _locked(actor, settlement_id)
    row.state = SETTLEMENT_LIFE.step(row.state, "pay")
    row.paid_on, row.voucher = past(on, "settlement.day"), said(voucher, "settlement.voucher")
    if row.checked_on and row.paid_on < row.checked_on:
        raise InvalidInput("settlement.day", _("Nothing is paid before it was checked."))
    row.paid_by = actor.key
    _used_up(actor, row)
    settle("shop.", (SETTLEMENT, row.pk))
    return _saved(actor, "pay", row)


def _used_up(actor: Actor, row: Settlement) -> None:
    """Move what the shop took in: what is paid is used; what returns cost the budget of the place goes back to it."""
    source, account = Source(SETTLEMENT, row.pk), account_of(row.shop)
    places = [place_account(POINTS, kind, row.place_id).pk for kind in (USED, CAMPAIGN)]
    taken = lock([account.pk, *places])[account.pk]
    ids = list(row.returns.values_list("paid_id", flat=True))
    borne = sum(Transfer.objects.filter(reverses_id__in=ids).values_list("charged", flat=True))
    there = taken.available
    borne = min(borne, there)
    used = min(max(row.points, 0), there - borne)
    sides = zip(places, (used, borne), (SETTLED, "settlement_return"), strict=True)
    moves = [Move(taken.pk, pk, amount, source, rule, POINTS) for pk, amount, rule in sides if amount > 0]
    post(actor=actor, moves=moves, day=clock.today(), place_id=row.place_id, reason=row.number)


def _lines(given: Iterable[Redemption], back: Iterable[Redemption]) -> list[dict[str, Any]]:
    """What is settled, by goods."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for sign, rows in ((1, given), (-1, back)):
        for row in rows:
            for at, value in enumerate((row.quantity, row.points, row.value_fen)):
                sums[row.goods][at] += sign * value
    return [
        {"name": name, "pieces": pieces, "points": points, "fen": fen}
        for name, (pieces, points, fen) in sorted(sums.items())
    ]


def _locked(actor: Actor, settlement_id: int) -> Settlement:
    rows = Settlement.objects.select_for_update(of=("self",)).select_related("shop__place", "place")
    row = rows.filter(policies.settlements_visible_to(actor), pk=settlement_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place)
    return row


def _owed(row: Settlement, kind: str) -> None:
    settle("shop.", (SETTLEMENT, row.pk))
    owe_at(kind, (SETTLEMENT, row.pk), f"{row.shop.name} {row.number}", row.place, section().settle_days)


def _saved(actor: Actor, verb: str, row: Settlement) -> Settlement:
    row.version += 1
    row.save()
    done(actor, f"settlement.{verb}", (SETTLEMENT, row.pk), row.place_id, value_fen=row.value_fen)
    return row
