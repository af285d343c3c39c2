"""Accounts of a courtyard or a self-government body, their entries with receipts, their quarters and counts.

Sums are whole fen. An entry that was approved never changes: the database refuses it; it is reversed by another.
"""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.deliberation.money import yuan
from linli.deliberation.workflow.funds import COUNT, DIRECTIONS, ENTRY, PURPOSES, QUARTER
from linli.publishing import periods

KEY = 64


def _in_yuan(name: str) -> models.GeneratedField:
    """A sum in yuan beside its fen, kept by the database, for figures and exports."""
    # Multiplied, not divided: the database would divide whole numbers to whole numbers.
    kept = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    expression = models.ExpressionWrapper(F(name) * Value(Decimal("0.01")), output_field=kept)
    return models.GeneratedField(expression=expression, output_field=kept, db_persist=True)


class FundAccount(models.Model):
    """The account (费用账) of a body at a compound or community, kept by quarters from `opens_on`.

    `balance_fen` is what the approved entries leave; `open_from` is the first day of the first quarter not closed.
    From `closed_on` on nothing is entered any more.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="fund_accounts")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="fund_accounts"
    )
    name = models.CharField(max_length=60)
    opens_on = models.DateField()
    open_from = models.DateField()
    closed_on = models.DateField(null=True)
    opening_fen = models.BigIntegerField(default=0)
    balance_fen = models.BigIntegerField(default=0)
    balance_yuan = _in_yuan("balance_fen")
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("fund", "account")
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="fund_account_once"),
            models.CheckConstraint(condition=Q(balance_fen__gte=0, opening_fen__gte=0), name="fund_account_covered"),
            models.CheckConstraint(condition=Q(open_from__gte=F("opens_on")), name="fund_account_open"),
            models.CheckConstraint(condition=Q(closed_on=None) | Q(balance_fen=0), name="fund_account_closed_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def balance(self) -> str:
        """What is there now, in yuan."""
        return yuan(self.balance_fen)


class FundEntry(models.Model):
    """An entry of income or spending (费用收支). `party` is a body; empty it stands for residents, never named.

    One that reverses another has its kind and direction, and its sum below zero.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(FundAccount, on_delete=models.PROTECT, related_name="entries")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    direction = models.CharField(max_length=8, choices=DIRECTIONS)
    kind = models.CharField(max_length=60)
    amount_fen = models.BigIntegerField()
    amount_yuan = _in_yuan("amount_fen")
    purpose = models.CharField(max_length=200)
    party = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=ENTRY.choices, default=ENTRY.start)
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reversals")
    receipts = models.PositiveSmallIntegerField(default=0)
    entered = models.DateTimeField()
    entered_by = models.CharField(max_length=KEY)
    decided = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=KEY, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("entry of an account")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("entered", "book"), decided=None, decided_by="")
                | (Q(state__in=("approved", "refused"), decided__isnull=False) & ~Q(decided_by="")),
                name="fund_entry_decided",
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("entered_by")), name="fund_entry_two_persons"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="fund_entry_refused_why"),
            models.CheckConstraint(
                condition=Q(reverses=None, amount_fen__gt=0) | Q(reverses__isnull=False, amount_fen__lt=0),
                name="fund_entry_amount",
            ),
            models.UniqueConstraint(
                fields=["reverses"], condition=~Q(state="refused"), name="fund_entry_reversed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-day", "-id"], name="fund_entry_account"),
            models.Index(fields=["account"], condition=Q(state="entered"), name="fund_entry_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.day} {self.amount}"

    @property
    def amount(self) -> str:
        """The sum in yuan."""
        return yuan(self.amount_fen)

    @property
    def change_fen(self) -> int:
        """What it does to the balance."""
        return self.amount_fen if self.direction == "income" else -self.amount_fen


class FundReceipt(models.Model):
    """A receipt of an entry. The public sees how many there are; a photo itself only once it is said to name nobody."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(FundEntry, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    at = models.DateTimeField()
    actor = models.CharField(max_length=KEY)
    shown = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("receipt")

    def __str__(self) -> str:
        return self.name


class FundQuarter(models.Model):
    """A quarter of an account: owed once it is over, then closed with its sums and made public by a notice.

    `by_kind` are the lines of its table as they were closed: direction, kind, label, fen, entries.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(FundAccount, on_delete=models.PROTECT, related_name="quarters")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=12, choices=QUARTER.choices, default=QUARTER.start)
    opening_fen = models.BigIntegerField(null=True)
    income_fen = models.BigIntegerField(null=True)
    spending_fen = models.BigIntegerField(null=True)
    closing_fen = models.BigIntegerField(null=True)
    opening_yuan = _in_yuan("opening_fen")
    income_yuan = _in_yuan("income_fen")
    spending_yuan = _in_yuan("spending_fen")
    closing_yuan = _in_yuan("closing_fen")
    by_kind = models.JSONField(default=list)
    receipts = models.PositiveIntegerField(default=0)
    publication = models.ForeignKey(
        "publishing.Publication", on_delete=models.PROTECT, null=True, related_name="fund_quarters"
    )
    published_on = models.DateField(null=True)
    in_time = models.BooleanField(null=True)
    closed_by = models.CharField(max_length=KEY, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("quarter of an account")
        constraints = [
            models.UniqueConstraint(fields=["account", "until"], name="fund_quarter_once"),
            models.CheckConstraint(
                condition=Q(state="open", closing_fen=None, publication=None, published_on=None)
                | Q(
                    state="published",
                    closing_fen=F("opening_fen") + F("income_fen") - F("spending_fen"),
                    closing_fen__gte=0,
                    # A sum that is missing would let the check pass.
                    opening_fen__isnull=False,
                    income_fen__isnull=False,
                    spending_fen__isnull=False,
                    closing_fen__isnull=False,
                    publication__isnull=False,
                    published_on__isnull=False,
                ),
                name="fund_quarter_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["due"], condition=Q(state="open"), name="fund_quarter_owed")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.until}"

    @property
    def period(self) -> str:
        """The quarter in words."""
        return periods.words(self.since, self.until)

    @property
    def opening(self) -> str:
        """What was there before, in yuan."""
        return yuan(self.opening_fen)

    @property
    def income(self) -> str:
        """What came in, in yuan."""
        return yuan(self.income_fen)

    @property
    def spending(self) -> str:
        """What was spent, in yuan."""
        return yuan(self.spending_fen)

    @property
    def closing(self) -> str:
        """What was left, in yuan."""
        return yuan(self.closing_fen)


class FundCount(models.Model):
    """What was counted of an account (盘点), beside its books, before it is closed or handed over to `organization`.

    One counts, another confirms. `note` says where a difference comes from, `reason` why it was refused.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(FundAccount, on_delete=models.PROTECT, related_name="counts")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=PURPOSES)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="+"
    )
    day = models.DateField()
    books_fen = models.BigIntegerField()
    counted_fen = models.BigIntegerField()
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=COUNT.choices, default=COUNT.start)
    entered = models.DateTimeField()
    entered_by = models.CharField(max_length=KEY)
    decided = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=KEY, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("count of an account")
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(state="entered"), name="fund_count_waits_once"),
            models.CheckConstraint(
                condition=Q(state="entered", decided=None, decided_by="")
                | (Q(state__in=("confirmed", "refused"), decided__isnull=False) & ~Q(decided_by="")),
                name="fund_count_decided",
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("entered_by")), name="fund_count_two_persons"),
            models.CheckConstraint(
                condition=Q(purpose="close", organization=None) | Q(purpose="hand_over", organization__isnull=False),
                name="fund_count_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(counted_fen=F("books_fen")) | ~Q(note=""), name="fund_count_difference_said"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="fund_count_refused_why"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}"

    @property
    def books(self) -> str:
        """What the books said, in yuan."""
        return yuan(self.books_fen)

    @property
    def counted(self) -> str:
        """What was counted, in yuan."""
        return yuan(self.counted_fen)

    @property
    def difference(self) -> str:
        """What was counted more than the books say, in yuan; below zero where it was less."""
        return yuan(self.counted_fen - self.books_fen)
