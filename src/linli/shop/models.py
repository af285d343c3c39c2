"""Partner shops, their goods with dated prices, what was redeemed, stock papers and monthly settlements.

Stock and points are accounts of the ledger; here stands only what they are of. Sums are whole fen.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.fields import EncryptedTextField
from linli.shop.workflow import KINDS, PAPERS, REDEMPTION_LIFE, SETTLEMENT_LIFE, SOURCES

KEY: Final = 64


def _in_yuan(name: str) -> models.GeneratedField:
    """A sum in yuan beside its fen, kept by the database, for figures and exports."""
    kept = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    expression = models.ExpressionWrapper(F(name) * Value(Decimal("0.01")), output_field=kept)
    return models.GeneratedField(expression=expression, output_field=kept, db_persist=True)


class PartnerShop(models.Model):
    """A shop where points are redeemed: the points shop of a place, or a good-neighbour shop under an agreement.

    `settles` says that the partner is paid monthly for what it handed over. The phone is the shop's, for its staff.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="partner_shops")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="partner_shops"
    )
    kind = models.CharField(max_length=12, choices=KINDS, default="points")
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=120)
    hours = models.CharField(max_length=120)
    contact = EncryptedTextField()
    phone = EncryptedTextField()
    settles = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("shop", "shop")
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="partner_shop_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="partner_shop_agreement"),
            models.CheckConstraint(
                condition=Q(settles=False) | Q(organization__isnull=False), name="partner_shop_settles_with"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RewardItem(models.Model):
    """Goods of a shop: the price in points and the value in money that hold today, and what a person may have a month.

    `stock` is an account of the ledger in pieces. Once `ended_on` is there nobody can reserve it any more.
    """

    id = models.BigAutoField(primary_key=True)
    shop = models.ForeignKey(PartnerShop, on_delete=models.PROTECT, related_name="items")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=12, blank=True)
    points = models.PositiveIntegerField()
    value_fen = models.PositiveBigIntegerField()
    value_yuan = _in_yuan("value_fen")
    month_limit = models.PositiveSmallIntegerField(null=True)
    low = models.PositiveIntegerField(default=0)
    stock = models.OneToOneField("points.Account", on_delete=models.PROTECT, related_name="reward_item")
    since = models.DateField()
    ended_on = models.DateField(null=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("shop", "goods")
        constraints = [
            models.UniqueConstraint(fields=["shop", "name"], condition=Q(ended_on=None), name="reward_item_once"),
            models.CheckConstraint(condition=Q(points__gt=0), name="reward_item_price"),
        ]

    def __str__(self) -> str:
        return self.name


class RewardPrice(models.Model):
    """What goods cost from a day on. It never changes; another price begins on another day."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(RewardItem, on_delete=models.PROTECT, related_name="prices")
    since = models.DateField()
    points = models.PositiveIntegerField()
    value_fen = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = pgettext_lazy("shop", "price")
        constraints = [models.CheckConstraint(condition=Q(points__gt=0), name="reward_price_points")]
        indexes = [models.Index(fields=["since"], name="reward_price_since")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.since}"


class Settlement(models.Model):
    """What a partner shop is owed for a month, at money value. One that was paid never changes: the database says so.

    `lines` are what was handed over by goods, less what came back after it was settled: name, pieces, points, fen.
    """

    id = models.BigAutoField(primary_key=True)
    shop = models.ForeignKey(PartnerShop, on_delete=models.PROTECT, related_name="settlements")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=SETTLEMENT_LIFE.choices, default=SETTLEMENT_LIFE.start)
    lines = models.JSONField(default=list)
    pieces = models.IntegerField()
    points = models.BigIntegerField()
    value_fen = models.BigIntegerField()
    value_yuan = _in_yuan("value_fen")
    drawn_on = models.DateField()
    drawn_by = models.CharField(max_length=KEY)
    checked_on = models.DateField(null=True)
    checked_by = models.CharField(max_length=KEY, blank=True)
    paid_on = models.DateField(null=True)
    paid_by = models.CharField(max_length=KEY, blank=True)
    voucher = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("shop", "settlement")
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "month"], condition=~Q(state="sent_back"), name="settlement_month_once"
            ),
            models.CheckConstraint(
                condition=Q(checked_by="") | ~Q(checked_by=F("drawn_by")), name="settlement_two_persons"
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | (Q(paid_on__isnull=False) & ~Q(voucher="")), name="settlement_paid"
            ),
            models.CheckConstraint(condition=Q(value_fen__gte=0), name="settlement_value"),
        ]
        indexes = [models.Index(fields=["-month", "-id"], name="settlement_month")]

    def __str__(self) -> str:
        return self.number


class Redemption(models.Model):
    """Goods that a member took for points: reserved with a pick-up code, then handed over; or at the counter at once.

    The code is encrypted, and found by its keyed hash. One of a ledger of before has neither shop nor goods here.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=40)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="redemptions")
    shop = models.ForeignKey(PartnerShop, on_delete=models.PROTECT, null=True, related_name="redemptions")
    item = models.ForeignKey(RewardItem, on_delete=models.PROTECT, null=True, related_name="redemptions")
    goods = models.CharField(max_length=60)
    member = models.ForeignKey("points.Member", on_delete=models.PROTECT, related_name="redemptions")
    quantity = models.PositiveIntegerField()
    points = models.PositiveBigIntegerField()
    value_fen = models.PositiveBigIntegerField(default=0)
    value_yuan = _in_yuan("value_fen")
    source = models.CharField(max_length=8, choices=SOURCES, default="online")
    state = models.CharField(max_length=12, choices=REDEMPTION_LIFE.choices, default=REDEMPTION_LIFE.start)
    day = models.DateField()
    until = models.DateTimeField(null=True)
    code = EncryptedTextField()
    code_hash = models.BinaryField(max_length=32, null=True)
    key = models.CharField(max_length=KEY, blank=True)
    points_hold = models.OneToOneField("points.Hold", on_delete=models.PROTECT, null=True, related_name="+")
    stock_hold = models.OneToOneField("points.Hold", on_delete=models.PROTECT, null=True, related_name="+")
    paid = models.OneToOneField("points.Transfer", on_delete=models.PROTECT, null=True, related_name="+")
    gone = models.OneToOneField("points.Transfer", on_delete=models.PROTECT, null=True, related_name="+")
    handed_on = models.DateField(null=True)
    handed_by = models.CharField(max_length=KEY, blank=True)
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, related_name="redemptions")
    deducted = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, related_name="returns")
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("shop", "redemption")
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="redemption_number"),
            models.UniqueConstraint(fields=["member", "key"], condition=~Q(key=""), name="redemption_once"),
            models.UniqueConstraint(fields=["code_hash"], condition=Q(state="reserved"), name="redemption_code_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0, points__gt=0), name="redemption_amount"),
            models.CheckConstraint(
                condition=~Q(state="reserved") | Q(until__isnull=False, code_hash__isnull=False),
                name="redemption_reserved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("handed_over", "returned")) | Q(handed_on__isnull=False),
                name="redemption_handed",
            ),
            models.CheckConstraint(
                condition=Q(source="ledger") | Q(shop__isnull=False, item__isnull=False), name="redemption_of_shop"
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "-day", "-id"], name="redemption_shop"),
            models.Index(fields=["member", "item", "day"], name="redemption_member"),
            models.Index(fields=["until"], condition=Q(state="reserved"), name="redemption_running"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def last_day(self) -> date | None:
        """The last day on which it is kept."""
        return clock.day_of(self.until) - timedelta(days=1) if self.until else None


class StockPaper(models.Model):
    """A delivery or a stock-taking, with the number of its document and who signed for it. It never changes."""

    id = models.BigAutoField(primary_key=True)
    shop = models.ForeignKey(PartnerShop, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=8, choices=PAPERS)
    number = models.CharField(max_length=40)
    day = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = pgettext_lazy("shop", "stock paper")
        constraints = [models.UniqueConstraint(fields=["shop", "kind", "number"], name="stock_paper_once")]

    def __str__(self) -> str:
        return self.number


class StockLine(models.Model):
    """A line of a stock paper: pieces that came, or that were counted, and by how much the stock changed."""

    id = models.BigAutoField(primary_key=True)
    paper = models.ForeignKey(StockPaper, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(RewardItem, on_delete=models.PROTECT, related_name="stock_lines")
    pieces = models.PositiveIntegerField()
    change = models.IntegerField()

    class Meta:
        verbose_name = pgettext_lazy("shop", "line of a stock paper")
        constraints = [models.UniqueConstraint(fields=["paper", "item"], name="stock_line_once")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.item_id} {self.change}"
