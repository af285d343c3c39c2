"""Shops as they are read: by their staff, by members, and by everybody; the settlements with them."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.masks import mask_name
from linli.core.money import yuan
from linli.core.paging import older
from linli.core.workflow import Step
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.points.models import Account, Entry, Member
from linli.points.queries import statement
from linli.points.workflow import HOLDER, POINTS
from linli.shop import policies
from linli.shop.models import PartnerShop, Redemption, RewardItem, RewardPrice, Settlement, StockPaper
from linli.shop.workflow import REDEMPTION_LIFE, SETTLEMENT_LIFE
from linli.territory.models import Place

PAGE: Final = 50
SHOWN: Final = 300
FEW: Final = 12
TONES: Final = {
    "reserved": ("yellow", "clock"),
    "handed_over": ("green", "circle-check"),
    "cancelled": ("grey", "circle-x"),
    "expired": ("grey", "circle-x"),
    "returned": ("grey", "refresh"),
    "drawn": ("yellow", "clock"),
    "checked": ("yellow", "list-check"),
    "paid": ("green", "circle-check"),
    "sent_back": ("grey", "circle-x"),
}
Standing = tuple[str, str, Any]
Key = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods in a list, with what is there and what may still be reserved."""

    row: RewardItem
    value: str
    there: int
    free: int
    low: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A redemption in a list; the member is a number and an alias, or a masked name."""

    row: Redemption
    standing: Standing
    value: str
    member: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A settlement with its lines in yuan, how it stands, and what may be done with it now."""

    row: Settlement
    standing: Standing
    value: str
    lines: list[tuple[str, int, int, str]]
    steps: list[Step]
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class ShopPage:
    """A shop as those see it who serve there."""

    row: PartnerShop
    goods: list[Goods]
    waiting: list[Line]
    papers: list[StockPaper]
    settlements: list[Settled]
    keeps: bool
    open: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Goods with their prices and the last postings of their stock; `more` is the key of those before."""

    goods: Goods
    prices: list[tuple[RewardPrice, str]]
    entries: list[Entry]
    more: int | None
    keeps: bool

    @property
    def row(self) -> RewardItem:
        """The goods."""
        return self.goods.row


@dataclass(frozen=True, slots=True)
class RedemptionPage:
    """One redemption and what may be done with it now."""

    line: Line
    verbs: frozenset[str]

    @property
    def row(self) -> Redemption:
        """The redemption."""
        return self.line.row


@dataclass(frozen=True, slots=True)
class Offer:
    """Goods as everybody sees them, with the price that is announced next."""

    goods: Goods
    next: RewardPrice | None


@dataclass(frozen=True, slots=True)
class Own:
    """What a member has: points, reservations with their codes, what was picked up, and the shops, nearest first."""

    member: Member | None
    free: int
    waiting: list[Line]
    past: list[Line]
    shops: list[PartnerShop]


def shops_of(actor: Actor) -> list[PartnerShop]:
    """The shops that somebody keeps or serves in, each with how many reservations wait there."""
    waiting = Count("redemptions", filter=Q(redemptions__state="reserved"))
    rows = PartnerShop.objects.filter(policies.shops_visible_to(actor)).annotate(waiting=waiting)
    return list(rows.select_related("place").defer("contact", "phone").order_by("place__path", "name")[:SHOWN])


def shop_of(actor: Actor, pk: int) -> PartnerShop:
    """A shop that somebody keeps or serves in. Raises: not_found"""
    rows = PartnerShop.objects.filter(policies.shops_visible_to(actor)).select_related("place", "organization")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def shop_page(actor: Actor, pk: int) -> ShopPage:
    """A shop with its goods, what waits to be picked up, its papers and settlements. Raises: not_found"""
    row = shop_of(actor, pk)
    waiting = row.redemptions.filter(state="reserved").select_related("member__person").order_by("day", "pk")
    keeps = policies.may_keep(actor, row.place)
    settled = row.settlements.select_related("shop__place").order_by("-month", "-pk")[:FEW]
    return ShopPage(
        row,
        goods_of(row.items.all()),
        [_line(item) for item in waiting[:PAGE]],
        list(row.papers.order_by("-day", "-pk")[:FEW]),
        [_settled(actor, item) for item in settled],
        keeps,
        row.since <= clock.today() and (row.until is None or row.until >= clock.today()),
    )


def goods_of(rows: Any) -> list[Goods]:
    """Goods with their stock, those that are offered first."""
    found = rows.select_related("stock").order_by(F("ended_on").desc(nulls_first=True), "points", "name")
    return [_goods(row) for row in found[:SHOWN]]


def _goods(row: RewardItem) -> Goods:
    free = row.stock.available
    return Goods(row, yuan(row.value_fen), row.stock.balance, free, row.ended_on is None and free <= row.low)


def items_to_count(shop: PartnerShop) -> list[RewardItem]:
    """The goods of a shop that may be delivered or counted."""
    return list(shop.items.filter(ended_on=None).select_related("stock").order_by("name")[:SHOWN])


def item_page(actor: Actor, pk: int, after: int | None = None) -> ItemPage:
    """Goods with their prices and postings. Raises: not_found"""
    rows = RewardItem.objects.filter(policies.hangs_visible_to(actor)).select_related("shop__place", "stock")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    entries = statement(row.stock_id, after, PAGE + 1)
    more = entries[PAGE - 1].pk if len(entries) > PAGE else None
    prices = [(price, yuan(price.value_fen)) for price in row.prices.order_by("-since", "-pk")[:FEW]]
    return ItemPage(_goods(row), prices, entries[:PAGE], more, policies.may_keep(actor, row.shop.place))


def redemptions_of(shop: PartnerShop, state: str, before: Key | None) -> tuple[list[Line], str]:
    """A page of the redemptions of a shop, the latest first, and the key of the next."""
    rows = shop.redemptions.select_related("member__person").defer("code")
    if state:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(older("day", before))
    page = list(rows.order_by("-day", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return [_line(row) for row in page[:PAGE]], f"{more.day}.{more.pk}" if more else ""


def redemption_page(actor: Actor, pk: int) -> RedemptionPage:
    """One redemption of a shop where one serves. Raises: not_found"""
    rows = Redemption.objects.select_related("member__person", "shop__place", "shop__organization", "place")
    row = rows.filter(policies.redemptions_visible_to(actor), pk=pk).first()
    if row is None:
        raise NotFound
    verbs = set()
    if row.shop is not None and row.state == "reserved" and policies.may_serve(actor, row.shop):
        verbs.add("cancel")
    if row.state == "handed_over" and row.source != "ledger" and policies.may_keep(actor, row.place):
        verbs.add("return")
    return RedemptionPage(_line(row), frozenset(verbs))


def line_of(row: Redemption) -> Line:
    """A redemption as it is shown."""
    return _line(row)


def _line(row: Redemption) -> Line:
    standing = (*TONES[row.state], REDEMPTION_LIFE.label(row.state))
    return Line(row, standing, yuan(row.value_fen), member_name(row.member))


def member_name(member: Member) -> str:
    """What staff see of a member: the number, and the alias that was chosen, else the masked name."""
    name = member.alias or mask_name(str(member.person.name if member.person else member.name or ""))
    return f"{member.number} {name}".strip()


def settlements_of(actor: Actor, before: Key | None) -> tuple[list[Settled], str]:
    """A page of settlements, the latest month first, and the key of the next."""
    rows = Settlement.objects.filter(policies.settlements_visible_to(actor)).select_related("shop__place", "place")
    if before:
        rows = rows.filter(older("month", before))
    page = list(rows.order_by("-month", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return [_settled(actor, row) for row in page[:PAGE]], f"{more.month}.{more.pk}" if more else ""


def settlement_of(actor: Actor, pk: int) -> Settled:
    """One settlement. Raises: not_found"""
    rows = Settlement.objects.filter(policies.settlements_visible_to(actor))
    row = rows.select_related("shop__place", "shop__organization", "place").filter(pk=pk).first()
    if row is None:
        raise NotFound
    return _settled(actor, row)


def _settled(actor: Actor, row: Settlement) -> Settled:
    lines = [(line["name"], line["pieces"], line["points"], yuan(line["fen"])) for line in row.lines]
    verbs: set[str] = set()
    if policies.may_keep(actor, row.shop.place):
        verbs = {item.verb for item in SETTLEMENT_LIFE.moves if row.state in item.frm}
        if row.drawn_by == actor.key:
            verbs.discard("check")
    standing = (*TONES[row.state], SETTLEMENT_LIFE.label(row.state))
    return Settled(
        row, standing, yuan(row.value_fen), lines, SETTLEMENT_LIFE.line_of_steps(row.state), frozenset(verbs)
    )


def places_to_open(actor: Actor) -> list[Place]:
    """Where somebody may open shops."""
    return list(Place.objects.filter(policies.keeping_places(actor)).order_by("path")[:SHOWN])


def partners(actor: Actor) -> list[Organization]:
    """The bodies with which a shop may be agreed on: those at the places that somebody keeps."""
    places = Place.objects.filter(policies.keeping_places(actor)).order_by()
    rows = Organization.objects.filter(held_on(clock.today()), place__community__in=places.values("pk"))
    return list(rows.order_by("name")[:SHOWN])


def public_shops(place: Place) -> list[PartnerShop]:
    """The shops of a division and of all inside and above it, as everybody sees them."""
    above = [int(step) for step in place.path.split("/") if step]
    rows = PartnerShop.objects.filter(policies.public_shops()).select_related("place").defer("contact", "phone")
    near = Q(place__path__startswith=place.path) | Q(place_id__in=above)
    return list(rows.filter(near).order_by("-place__path", "name")[:SHOWN])


def public_shop(pk: int) -> tuple[PartnerShop, list[Offer]]:
    """A shop with its price list. Raises: not_found"""
    rows = PartnerShop.objects.filter(policies.public_shops()).select_related("place__community")
    row = rows.defer("contact", "phone").filter(pk=pk).first()
    if row is None:
        raise NotFound
    coming = RewardPrice.objects.filter(item__shop=row, since__gt=clock.today()).order_by("item", "since", "pk")
    next_of = {price.item_id: price for price in coming.distinct("item")}
    goods = goods_of(row.items.filter(ended_on=None))
    return row, [Offer(item, next_of.get(item.row.pk)) for item in goods]


def own_of(actor: Actor) -> Own:
    """What a member has, and where it may be spent."""
    member = Member.objects.select_related("place").filter(book=POINTS, person_id=actor.person_id or 0).first()
    if member is None:
        return Own(None, 0, [], [], _near(None))
    mine = member.redemptions.select_related("member__person", "shop__place")
    waiting = mine.filter(state="reserved").order_by("until", "pk")[:PAGE]
    past = mine.exclude(state="reserved").defer("code").order_by("-day", "-pk")[:PAGE]
    return Own(
        member, free_of(member), [_line(row) for row in waiting], [_line(row) for row in past], _near(member.place)
    )


def free_of(member: Member) -> int:
    """The points that a member may spend."""
    account = Account.objects.filter(book=POINTS, kind=HOLDER, member=member).first()
    return account.available if account else 0


def member_of(actor: Actor) -> Member | None:
    """The member that somebody is, who may redeem."""
    return Member.objects.filter(book=POINTS, person_id=actor.person_id or 0).first()


def _near(home: Place | None) -> list[PartnerShop]:
    """The shops that are open to members, those of one's own community first, then of the street."""
    rows: QuerySet[PartnerShop] = PartnerShop.objects.filter(policies.public_shops()).select_related("place")
    found = list(rows.defer("contact", "phone").order_by("place__path", "name")[:SHOWN])
    if home is None:
        return found[:FEW]
    return sorted(found, key=lambda row: -_shared(row.place.path, home.path))[:FEW]


def _shared(one: str, other: str) -> int:
    """How many steps from the top two paths have in common."""
    steps = zip(one.strip("/").split("/"), other.strip("/").split("/"), strict=False)
    return sum(1 for first, second in steps if first == second)
