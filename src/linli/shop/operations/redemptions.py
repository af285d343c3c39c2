"""The only writers of redemptions: reserved, handed over by the code or at the counter at once, ended, taken back.

Points and stock move together or not at all. The order in which rows are locked is the same everywhere: a redemption
first, then accounts by their ids.
"""

import secrets as random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.core import clock, secrets
from linli.core.actors import SYSTEM, Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.points.models import Account, Hold, Member
from linli.points.operations.accounts import member_account, place_account, subject_account
from linli.points.operations.posting import hold, lock, post, post_holds, reverse, void_holds
from linli.points.sections import section as points_section
from linli.points.values import Move, Reserve, Source
from linli.points.workflow import CAMPAIGN, GOODS, POINTS, USED
from linli.points.workflow import SHOP as OF_SHOP
from linli.shop import policies
from linli.shop.models import PartnerShop, Redemption, RewardItem
from linli.shop.operations.steps import LONGEST_REASON, MOST, done, said, stock_looked_at
from linli.shop.workflow import REDEEM, REDEMPTION, REDEMPTION_LIFE, SHOP

DIGITS: Final = 8
CODE: Final = "pick-up code"
ENDED_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What is redeemed: goods, how many, and a key under which the same wish sent twice counts once."""

    item_id: int
    quantity: int
    key: str = ""


@transaction.atomic
def redemption_reserve(*, actor: Actor, wish: Wish) -> Redemption:
    """Reserve goods as a member: points and pieces are set aside, and a code to pick them up is given.

    Raises: redemption.not_joined, redemption.quantity, redemption.not_offered, redemption.no_stock,
    redemption.no_points, redemption.limit, redemption.other_input
    """
    found = Member.objects.filter(book=POINTS, person_id=actor.person_id or 0).first()
    if found is None:
        raise RuleBroken("redemption.not_joined", _("Join the points first: then you can redeem what you earned."))
    item = _offered(wish)
    holder, stock, known = _ready(found, item, wish)
    if known is not None:
        return known
    row = _new(actor, found, item, wish, "online")
    # What is kept until a day is kept until its end.
    row.until = clock.day_start(clock.today() + timedelta(days=points_section().reserve_days + 1))
    source = Source(REDEMPTION, row.pk)
    holds = hold(
        actor=actor,
        reserves=[
            Reserve(holder.pk, row.points, source, row.until),
            Reserve(stock.pk, row.quantity, source, row.until),
        ],
    )
    row.points_hold, row.stock_hold = holds
    row.code = _code()
    row.code_hash = secrets.match_hash(row.code, CODE)
    row.save(force_insert=True)
    _done(actor, "reserve", row)
    stock_looked_at([item])
    return row


@transaction.atomic
def redemption_counter(*, actor: Actor, wish: Wish, number: str) -> Redemption:
    """Redeem at the counter on behalf of a member who tells their number: reserved and handed over at once.

    Raises: not_found, shop.not_yours, redemption.member, redemption.own, and as `redemption_reserve`
    """
    item = _offered(wish, RewardItem.objects.filter(policies.hangs_visible_to(actor)))
    policies.require_serve(actor, item.shop)
    found = Member.objects.filter(book=POINTS, number=number.strip()).first() if number.strip() else None
    if found is None:
        raise InvalidInput("redemption.member", _("No member has this number."))
    _not_own(actor, found)
    taken, used = account_of(item.shop), place_account(GOODS, USED, item.place_id)
    holder, stock, known = _ready(found, item, wish, taken, used)
    if known is not None:
        return known
    row = _new(actor, found, item, wish, "counter")
    row.state, row.handed_on, row.handed_by = "handed_over", clock.today(), actor.key
    source, place_id = Source(REDEMPTION, row.pk), item.place_id
    moves = [
        Move(holder.pk, taken.pk, row.points, source, REDEEM, POINTS),
        Move(stock.pk, used.pk, row.quantity, source, REDEEM, GOODS),
    ]
    row.paid, row.gone = post(actor=actor, moves=moves, day=clock.today(), place_id=place_id)
    row.save(force_insert=True)
    _done(actor, "counter", row)
    stock_looked_at([item])
    return row


@transaction.atomic
def redemption_hand_over(*, actor: Actor, shop_id: int, code: str) -> Redemption:
    """Hand over what a code stands for: points go to the shop, pieces leave the stock.

    Raises: not_found, shop.not_yours, redemption.code, redemption.state, redemption.expired, redemption.own
    """
    shop = _shop(actor, shop_id)
    row = Redemption.objects.select_for_update().filter(pk=redemption_by_code(shop, code).pk).get()
    row.state = REDEMPTION_LIFE.step(row.state, "hand_over")
    if row.until is None or row.until <= clock.now():
        raise RuleBroken("redemption.expired", _("This reservation was not picked up in time. The points are back."))
    _not_own(actor, row.member)
    to = {
        row.points_hold_id or 0: account_of(shop).pk,
        row.stock_hold_id or 0: place_account(GOODS, USED, row.place_id).pk,
    }
    moved = post_holds(actor=actor, to=to, rule=REDEEM, day=clock.today(), place_id=row.place_id)
    by_book = {transfer.book: transfer for transfer in moved}
    row.paid, row.gone = by_book[POINTS], by_book[GOODS]
    row.handed_on, row.handed_by = clock.today(), actor.key
    _saved(actor, "hand_over", row)
    _stock_of(row)
    return row


@transaction.atomic
def redemption_cancel(*, actor: Actor, redemption_id: int, reason: str = "") -> Redemption:
    """Cancel a reservation, as its member, or with a reason as who serves there; points and pieces are free again.

    Raises: not_found, redemption.state, redemption.reason
    """
    row = _locked(actor, redemption_id)
    row.state = REDEMPTION_LIFE.step(row.state, "cancel")
    own = bool(actor.person_id) and row.member.person_id == actor.person_id
    row.reason = "" if own and not reason.strip() else said(reason, "redemption.reason", LONGEST_REASON)
    return _freed(actor, "cancel", row)


@transaction.atomic
def redemption_return(*, actor: Actor, redemption_id: int, reason: str, restock: bool = True) -> Redemption:
    """Take goods back once, with a reason: the member gets the points again, and good pieces go back into the stock.

    Raises: not_found, shop.not_yours, redemption.state, redemption.reason, redemption.own, redemption.ledger
    """
    row = _locked(actor, redemption_id)
    policies.require_keep(actor, row.place)
    row.state = REDEMPTION_LIFE.step(row.state, "return")
    row.reason = said(reason, "redemption.reason", LONGEST_REASON)
    if row.source == "ledger" or row.paid is None or row.gone is None:
        raise RuleBroken("redemption.ledger", _("What a ledger of before tells is corrected there."))
    _not_own(actor, row.member)
    sides = [side for transfer in (row.paid, row.gone) for side in (transfer.debit_id, transfer.credit_id)]
    budgets = [place_account(book, CAMPAIGN, row.place_id).pk for book in (POINTS, GOODS)]
    lock([*sides, *budgets])
    reverse(actor=actor, transfer_id=row.paid.pk, reason=row.reason)
    if restock:
        reverse(actor=actor, transfer_id=row.gone.pk, reason=row.reason)
    row.ended_on = clock.today()
    _saved(actor, "return", row, restock=restock)
    _stock_of(row)
    return row


def redemptions_expire() -> int:
    """End the reservations that nobody picked up in time, each by itself; returns how many."""
    over = Redemption.objects.filter(state="reserved", until__lte=clock.now()).order_by("until")
    return sum(_expired(pk) for pk in list(over.values_list("pk", flat=True)[:ENDED_AT_ONCE]))


@transaction.atomic
def _expired(pk: int) -> int:
    row = Redemption.objects.select_for_update().filter(pk=pk, state="reserved").first()
    if row is None:
        # Cancelled in the meantime.
        return 0
    row.state = REDEMPTION_LIFE.step(row.state, "expire")
    _freed(SYSTEM, "expire", row)
    return 1


def account_of(shop: PartnerShop) -> Account:
    """The account of a shop: the points that it took in."""
    return subject_account(OF_SHOP, SHOP, shop.pk, shop.place_id, POINTS)


def redemption_by_code(shop: PartnerShop, code: str) -> Redemption:
    """What a code of a shop stands for. Raises: redemption.code"""
    digits = "".join(code.split())
    row = None
    if digits.isascii() and digits.isdigit() and len(digits) == DIGITS:
        held = shop.redemptions.filter(code_hash=secrets.match_hash(digits, CODE))
        row = held.select_related("item", "member").order_by("-pk").first()
    if row is None:
        message = _("No reservation of this shop has this code. It has %(digits)s digits.")
        raise InvalidInput("redemption.code", message, digits=DIGITS)
    return row


def _offered(wish: Wish, rows: QuerySet[RewardItem] | None = None) -> RewardItem:
    """The goods that are wished for, offered today. Raises: not_found, redemption.quantity, redemption.not_offered"""
    found = RewardItem.objects.all() if rows is None else rows
    item: RewardItem | None = (
        found.select_related("shop__place", "shop__organization", "stock").filter(pk=wish.item_id).first()
    )
    if item is None:
        raise NotFound
    if not 0 < wish.quantity <= MOST:
        raise InvalidInput("redemption.quantity", _("Say how many: a whole number above zero."))
    shop_open = PartnerShop.objects.filter(policies.public_shops(), pk=item.shop_id).exists()
    if item.ended_on is not None or not shop_open:
        raise RuleBroken("redemption.not_offered", _("These goods are not offered any more."))
    return item


def _ready(
    member: Member, item: RewardItem, wish: Wish, *others: Account
) -> tuple[Account, Account, Redemption | None]:
    """The accounts, locked with the others, and what the same wish led to before; refused where anything is short."""
    holder_id = member_account(member).pk
    # All at once, in the order of their ids, so that nobody waits for each other in a circle.
    held = lock([holder_id, item.stock_id, *(other.pk for other in others)])
    holder, stock = held[holder_id], held[item.stock_id]
    known = Redemption.objects.filter(member=member, key=wish.key).first() if wish.key else None
    if known is not None:
        if (known.item_id, known.quantity) != (wish.item_id, wish.quantity):
            raise RuleBroken("redemption.other_input", _("Something else was redeemed with this form. Load it again."))
        return holder, stock, known
    if stock.available < wish.quantity:
        raise RuleBroken("redemption.no_stock", _("There is not enough left of these goods."))
    if holder.available < item.points * wish.quantity:
        raise RuleBroken("redemption.no_points", _("These points are not enough for it."))
    if item.month_limit is not None and had_this_month(member.pk, item.pk) + wish.quantity > item.month_limit:
        message = _("Each member may have %(most)s of it a month.")
        raise RuleBroken("redemption.limit", message, most=item.month_limit)
    return holder, stock, None


def had_this_month(member_id: int, item_id: int) -> int:
    """How many of some goods a member reserved or took this month."""
    month = clock.today().replace(day=1)
    rows = Redemption.objects.filter(member_id=member_id, item_id=item_id, day__gte=month)
    return sum(rows.filter(state__in=("reserved", "handed_over")).values_list("quantity", flat=True))


def _new(actor: Actor, member: Member, item: RewardItem, wish: Wish, source: str) -> Redemption:
    pk = next_ids(Redemption, 1)[0]
    return Redemption(
        id=pk,
        number=f"{clock.today():%Y%m%d}-{pk:06d}",
        place_id=item.place_id,
        shop=item.shop,
        item=item,
        goods=item.name,
        member=member,
        quantity=wish.quantity,
        points=item.points * wish.quantity,
        value_fen=item.value_fen * wish.quantity,
        source=source,
        day=clock.today(),
        key=wish.key[:64],
        recorded=clock.now(),
        recorder=actor.key,
    )


def _code() -> str:
    while True:
        code = f"{random.randbelow(10**DIGITS):0{DIGITS}d}"
        taken = Redemption.objects.filter(state="reserved", code_hash=secrets.match_hash(code, CODE))
        if not taken.exists():
            return code


def _shop(actor: Actor, shop_id: int) -> PartnerShop:
    rows = PartnerShop.objects.filter(policies.shops_visible_to(actor)).select_related("place", "organization")
    shop = rows.filter(pk=shop_id).first()
    if shop is None:
        raise NotFound
    policies.require_serve(actor, shop)
    return shop


def _locked(actor: Actor, redemption_id: int) -> Redemption:
    rows = Redemption.objects.select_for_update(of=("self",)).select_related("member", "place", "paid", "gone")
    mine = policies.redemptions_visible_to(actor) | policies.own_redemptions(actor)
    row = rows.filter(mine, pk=redemption_id).first()
    if row is None:
        raise NotFound
    return row


def _not_own(actor: Actor, member: Member) -> None:
    """Nobody hands out to themselves. Raises: redemption.own"""
    if actor.person_id and member.person_id == actor.person_id:
        raise NotAllowed("redemption.own", _("Nobody hands out to themselves. Ask a colleague."))


def _freed(actor: Actor, verb: str, row: Redemption) -> Redemption:
    """End a reservation and give back what was set aside, as far as the ledger has not done so by itself."""
    ids = [pk for pk in (row.points_hold_id, row.stock_hold_id) if pk]
    void_holds(actor=actor, hold_ids=list(Hold.objects.filter(pk__in=ids, state="held").values_list("pk", flat=True)))
    row.ended_on = clock.today()
    _saved(actor, verb, row)
    _stock_of(row)
    return row


def _stock_of(row: Redemption) -> None:
    items = RewardItem.objects.filter(pk=row.item_id or 0).select_related("stock", "shop__place")
    stock_looked_at(list(items))


def _saved(actor: Actor, verb: str, row: Redemption, **facts: Any) -> Redemption:
    row.version += 1
    row.save()
    _done(actor, verb, row, **facts)
    return row


def _done(actor: Actor, verb: str, row: Redemption, **facts: Any) -> None:
    named = {"item": row.item_id, "quantity": row.quantity, "points": row.points, **facts}
    done(actor, f"redemption.{verb}", (REDEMPTION, row.pk), row.place_id, **named)
