"""Members, accounts, transfers with their entries, and holds. Amounts are whole: points, minutes, pieces of goods.

A transfer and its entries never change: the database refuses it, and refuses entries that do not sum to zero.
"""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast
from django.utils.translation import pgettext_lazy

from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned
from linli.points.workflow import ACCOUNTS, BOOKS, CONSENTS, DIRECTIONS, FLOORLESS, HOLD, HOURS, OF_PEOPLE

KEY: Final = 64


def _in_units(name: str) -> models.GeneratedField:
    """An amount beside its whole number, kept by the database, for figures and exports: points, or hours of 60 minutes.

    Four digits, so that minutes come back from it exactly.
    """
    kept = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    amount = Cast(F(name), kept)
    # Of whole numbers the database would divide to whole numbers.
    hours = models.ExpressionWrapper(amount / Value(60), output_field=kept)
    expression = Case(When(book=HOURS, then=hours), default=amount, output_field=kept)
    return models.GeneratedField(expression=expression, output_field=kept, db_persist=True)


class Member(models.Model):
    """Somebody who joined a book by free choice (VOL-13). One from a ledger has no person, only a number and a name.

    `alias` is what others see where the member chose one. Who left keeps what they have until it is spent or expires.
    """

    id = models.BigAutoField(primary_key=True)
    book = models.CharField(max_length=12, choices=OF_PEOPLE)
    number = models.CharField(max_length=40)
    person = models.ForeignKey(
        "organizations.Person", on_delete=models.PROTECT, null=True, related_name="points_members"
    )
    name = EncryptedTextField()
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="points_members")
    alias = models.CharField(max_length=30, blank=True)
    consent = models.CharField(max_length=12, choices=CONSENTS)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "number name place__name joined_on left_on"),)

    class Meta:
        verbose_name = pgettext_lazy("points", "member")
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="points_member_number"),
            models.UniqueConstraint(fields=["book", "person"], condition=~Q(person=None), name="points_member_once"),
            models.CheckConstraint(condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="points_left"),
            models.CheckConstraint(condition=Q(person__isnull=False) | Q(consent="ledger"), name="points_consent"),
        ]
        indexes = [models.Index(fields=["place", "book", "id"], name="points_member_place")]

    def __str__(self) -> str:
        return self.number


class Account(models.Model):
    """An account of a book: of a member, an organisation, a thing (`subject_type`, `subject_id`), or of a place.

    What is `held` is set aside. The database holds `balance - held` at or above the `floor`; null is no floor.
    """

    id = models.BigAutoField(primary_key=True)
    book = models.CharField(max_length=12, choices=BOOKS)
    kind = models.CharField(max_length=12, choices=ACCOUNTS)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="accounts")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="points_accounts"
    )
    subject_type = models.CharField(max_length=48, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="points_accounts")
    floor = models.BigIntegerField(null=True, default=0)
    balance = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)
    quantity = _in_units("balance")

    class Meta:
        verbose_name = pgettext_lazy("points", "account")
        constraints = [
            models.CheckConstraint(
                condition=Q(floor=None) | Q(balance__gte=F("floor") + F("held")), name="points_account_floor"
            ),
            models.CheckConstraint(condition=Q(held__gte=0), name="points_account_held"),
            models.CheckConstraint(condition=Q(floor__isnull=False) | Q(kind__in=FLOORLESS), name="points_floorless"),
            models.UniqueConstraint(
                fields=["book", "kind", "member"], condition=~Q(member=None), name="points_account_member"
            ),
            models.UniqueConstraint(
                fields=["book", "kind", "organization"],
                condition=~Q(organization=None),
                name="points_account_organization",
            ),
            models.UniqueConstraint(
                fields=["book", "kind", "subject_type", "subject_id"],
                condition=~Q(subject_type=""),
                name="points_account_subject",
            ),
            models.UniqueConstraint(
                fields=["book", "kind", "place"],
                condition=Q(member=None, organization=None, subject_type=""),
                name="points_account_place",
            ),
        ]
        indexes = [models.Index(fields=["book", "kind", "place"], name="points_account_kind")]

    def __str__(self) -> str:
        return f"{self.book} {self.kind} {self.pk}"

    @property
    def available(self) -> int:
        """What may be spent or set aside now; of an account without a floor, its balance."""
        return self.balance - self.held - (self.floor or 0)


class Transfer(models.Model):
    """What moved from one account to another, once for each source and rule. It never changes.

    `direction` says whether `member` was given it or it was taken from them. `edition` counts the corrections of the
    source. `charged` is what a reversal could not take from `debit` and charged to the budget of the place.
    """

    id = models.BigAutoField(primary_key=True)
    book = models.CharField(max_length=12, choices=BOOKS)
    source_type = models.CharField(max_length=48)
    source_id = models.CharField(max_length=64)
    edition = models.PositiveSmallIntegerField(default=1)
    rule = models.CharField(max_length=40)
    direction = models.CharField(max_length=8, choices=DIRECTIONS)
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()
    charged = models.BigIntegerField(default=0)
    quantity = _in_units("amount")
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    day = models.DateField()
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=200, blank=True)
    confirmer = models.CharField(max_length=60, blank=True)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")
    actor = models.CharField(max_length=KEY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("points", "transfer")
        constraints = [
            models.UniqueConstraint(
                fields=["book", "source_type", "source_id", "edition", "rule"], name="points_transfer_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0, charged__gte=0), name="points_transfer_amount"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="points_transfer_two"),
            models.CheckConstraint(condition=Q(charged__lte=F("amount")), name="points_transfer_charged"),
        ]
        indexes = [
            models.Index(fields=["credit", "rule", "day"], name="points_transfer_cap"),
            models.Index(fields=["place", "-day", "-id"], name="points_transfer_place"),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.source_type} {self.source_id} {self.rule}"


class Entry(models.Model):
    """One leg of a transfer: what an account gained or, below zero, lost, and its balance after. It never changes."""

    id = models.BigAutoField(primary_key=True)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries", db_index=False)
    amount = models.BigIntegerField()
    balance = models.BigIntegerField()

    class Meta:
        verbose_name = pgettext_lazy("points", "entry")
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="points_entry_amount")]
        indexes = [models.Index(fields=["account", "-id"], name="points_entry_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"


class Hold(models.Model):
    """What is set aside of an account until it is posted, given back, or runs out."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holds")
    amount = models.BigIntegerField()
    source_type = models.CharField(max_length=48)
    source_id = models.CharField(max_length=64)
    edition = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=HOLD.choices, default=HOLD.start)
    until = models.DateTimeField()
    posted = models.BigIntegerField(default=0)
    actor = models.CharField(max_length=KEY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("points", "hold")
        constraints = [
            models.UniqueConstraint(fields=["account", "source_type", "source_id", "edition"], name="points_hold_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="points_hold_amount"),
            models.CheckConstraint(
                condition=Q(state="posted", posted__gt=0, posted__lte=F("amount")) | (~Q(state="posted") & Q(posted=0)),
                name="points_hold_posted",
            ),
        ]
        indexes = [models.Index(fields=["until"], condition=Q(state="held"), name="points_hold_running")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"
