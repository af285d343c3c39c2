"""The only writers of stock papers: deliveries and stock-takings, each line a transfer of the ledger.

The book of goods has the stock of each item on one side, and what a place got and used on the other.
"""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, RuleBroken
from linli.points.models import Account
from linli.points.operations.accounts import place_account
from linli.points.operations.posting import lock, post
from linli.points.values import Move, Source
from linli.points.workflow import GOODS, ISSUE, USED
from linli.shop.models import PartnerShop, RewardItem, StockLine, StockPaper
from linli.shop.operations.steps import LONGEST_REASON, MOST, done, maybe, past, said, shop_locked, stock_looked_at
from linli.shop.workflow import COUNT, DELIVERY, PAPER


@transaction.atomic
def stock_deliver(
    *, actor: Actor, shop_id: int, number: str, day: date, pieces: Mapping[int, int], note: str = ""
) -> StockPaper:
    """Take in a delivery under the number of its document: pieces by goods.

    Raises: not_found, shop.not_yours, stock.number, stock.day, stock.pieces, stock.twice
    """
    shop, items = _goods(actor, shop_id, pieces, least=1)
    paper = _paper(actor, shop, DELIVERY, number, day, note)
    other = place_account(GOODS, ISSUE, shop.place_id)
    lines = [StockLine(paper=paper, item=item, pieces=pieces[item.pk], change=pieces[item.pk]) for item in items]
    return _written(actor, paper, lines, [_move(line, other, line.item.stock) for line in lines])


@transaction.atomic
def stock_count(
    *, actor: Actor, shop_id: int, number: str, day: date, pieces: Mapping[int, int], note: str = ""
) -> StockPaper:
    """Take stock: pieces that were counted, by goods; the difference to the books is posted.

    Fewer than are reserved cannot be there: cancel reservations first.
    Raises: not_found, shop.not_yours, stock.number, stock.day, stock.pieces, stock.reserved, stock.twice
    """
    shop, items = _goods(actor, shop_id, pieces, least=0)
    paper = _paper(actor, shop, COUNT, number, day, note)
    more, less = (place_account(GOODS, kind, shop.place_id) for kind in (ISSUE, USED))
    # Locked before it is compared, so that nothing is handed over in between.
    held = lock([more.pk, less.pk, *(item.stock_id for item in items)])
    lines, moves = [], []
    for item in items:
        stock = held[item.stock_id]
        if pieces[item.pk] < stock.held:
            raise RuleBroken("stock.reserved", _("More of %(name)s is reserved than was counted."), name=item.name)
        line = StockLine(paper=paper, item=item, pieces=pieces[item.pk], change=pieces[item.pk] - stock.balance)
        lines.append(line)
        if line.change:
            moves.append(_move(line, more, stock) if line.change > 0 else _move(line, stock, less))
    return _written(actor, paper, lines, moves)


def _goods(
    actor: Actor, shop_id: int, pieces: Mapping[int, int], *, least: int
) -> tuple[PartnerShop, list[RewardItem]]:
    shop = shop_locked(actor, shop_id)
    items = list(shop.items.filter(pk__in=pieces).select_related("stock", "shop__place").order_by("pk"))
    if not pieces or len(items) != len(pieces) or any(not least <= many <= MOST for many in pieces.values()):
        raise InvalidInput("stock.pieces", _("Write down whole pieces of at least one of the goods of this shop."))
    return shop, items


def _paper(actor: Actor, shop: PartnerShop, kind: str, number: str, day: date, note: str) -> StockPaper:
    paper = StockPaper(shop=shop, kind=kind, at=clock.now(), actor=actor.key)
    paper.number, paper.day = said(number, "stock.number", 40), past(day, "stock.day")
    paper.note = maybe(note, "stock.note", LONGEST_REASON)
    try:
        with transaction.atomic():
            paper.save()
    except IntegrityError as error:
        if "stock_paper_once" not in str(error):
            raise
        raise RuleBroken("stock.twice", _("The document with this number was taken in already.")) from error
    return paper


def _move(line: StockLine, debit: Account, credit: Account) -> Move:
    source = Source(PAPER, f"{line.paper_id}.{line.item_id}")
    return Move(debit.pk, credit.pk, abs(line.change), source, line.paper.kind, GOODS)


def _written(actor: Actor, paper: StockPaper, lines: list[StockLine], moves: list[Move]) -> StockPaper:
    StockLine.objects.bulk_create(lines)
    post(actor=actor, moves=moves, day=paper.day, place_id=paper.shop.place_id, reason=paper.number)
    done(actor, f"stock.{paper.kind}", (PAPER, paper.pk), paper.shop.place_id, lines=len(lines))
    stock_looked_at([line.item for line in lines])
    return paper
