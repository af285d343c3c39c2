"""Secondments: people sent to a community for a term, what is transferred with them, their months and work lists.

That nobody is sent to two places at once, the database itself holds (0002_guards.py).
"""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.core.owned import Owned
from linli.secondments.workflow import (
    CATEGORIES,
    REVIEW_SOURCES,
    SECONDMENT,
    SELECTION,
    STATEMENT,
    TRANSFER_STATES,
    TRANSFERS,
)

KEY: Final = 64


class SelectionRound(models.Model):
    """What a selection asks for and how it was decided (RSP-06). Of candidates only their number is kept."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="selection_rounds")
    title = models.CharField(max_length=120)
    role = models.CharField(max_length=64)
    wanted = models.PositiveSmallIntegerField()
    standards = models.CharField(max_length=500)
    document = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=12, choices=SELECTION.choices, default=SELECTION.start)
    considered = models.PositiveSmallIntegerField(null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=160, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    opened = models.DateTimeField()
    opened_by = models.CharField(max_length=KEY)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("selection", "selection")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="decided") | (Q(decided_on__isnull=False) & ~Q(decided_by="")),
                name="selection_decided",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Secondment(models.Model):
    """The term of a person at a host place (RSP-06, RSP-07, RSP-10, PPL-19).

    `post` is what the term gives: it allows what its kind allows and ends with it. `until` is the first day without.
    `target` and `duty` are fixed at the beginning like place and person; `cover` and `fund` are what the sending body
    pays for, in yuan. `sender` is known as a body where it is on the roster, else as `unit`.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="secondments")
    post = models.OneToOneField("organizations.Post", on_delete=models.PROTECT, null=True, related_name="secondment")
    selection = models.ForeignKey(SelectionRound, on_delete=models.PROTECT, null=True, related_name="secondments")
    role = models.CharField(max_length=64)
    category = models.CharField(max_length=12, choices=CATEGORIES, blank=True)
    sender = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="secondments"
    )
    unit = models.CharField(max_length=160, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="secondments")
    since = models.DateField()
    planned_end = models.DateField(null=True)
    until = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=SECONDMENT.choices, default=SECONDMENT.start)
    reason = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=300, blank=True)
    duty = models.CharField(max_length=300, blank=True)
    cover = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    cover_on = models.DateField(null=True)
    fund = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    fund_on = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "unit role category place__name since planned_end until state reason"),)

    class Meta:
        verbose_name = pgettext_lazy("secondment", "secondment")
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="secondment_span"),
            models.CheckConstraint(
                condition=Q(state="serving", until=None) | (~Q(state="serving") & Q(until__isnull=False)),
                name="secondment_ended",
            ),
            models.CheckConstraint(condition=~Q(state="recalled") | ~Q(reason=""), name="secondment_reason"),
        ]
        indexes = [models.Index(fields=["place", "state"], name="secondment_place")]

    def __str__(self) -> str:
        return f"{self.role} {self.place_id} {self.since}"


class SecondmentTransfer(models.Model):
    """One of the four transfers to the host, and back (RSP-11). A ledger may say that it was made and not when."""

    id = models.BigAutoField(primary_key=True)
    secondment = models.ForeignKey(Secondment, on_delete=models.PROTECT, related_name="transfers")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="secondment_transfers")
    kind = models.CharField(max_length=20, choices=TRANSFERS)
    state = models.CharField(max_length=12, choices=TRANSFER_STATES, default="pending")
    on = models.DateField(null=True)
    to = models.CharField(max_length=160, blank=True)
    reversed_on = models.DateField(null=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("secondment", "transfer")
        constraints = [
            models.UniqueConstraint(fields=["secondment", "kind"], name="secondment_transfer_once"),
            models.CheckConstraint(
                condition=Q(reversed_on=None) | Q(on=None) | Q(reversed_on__gte=F("on")),
                name="secondment_transfer_span",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.secondment_id} {self.kind}"


class SecondmentMonth(models.Model):
    """The days on site of one month: stated by the person, confirmed once by the community (RSP-07, R15).

    `month` is its first day. `possible` are the working days of the month in the term. `corrections` are what was
    stated before, each with its reason; a corrected month is confirmed anew.
    """

    id = models.BigAutoField(primary_key=True)
    secondment = models.ForeignKey(Secondment, on_delete=models.PROTECT, related_name="months")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="secondment_months")
    month = models.DateField()
    days = models.PositiveSmallIntegerField()
    possible = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=STATEMENT.choices, default=STATEMENT.start)
    stated = models.DateTimeField()
    stated_by = models.CharField(max_length=KEY)
    confirmed_on = models.DateField(null=True)
    confirmed_by = models.CharField(max_length=KEY, blank=True)
    corrections = models.JSONField(default=list)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("secondment", "month on site")
        constraints = [
            models.UniqueConstraint(fields=["secondment", "month"], name="secondment_month_once"),
            models.CheckConstraint(condition=Q(days__lte=31), name="secondment_month_days"),
            models.CheckConstraint(condition=Q(month__day=1), name="secondment_month_first"),
            models.CheckConstraint(
                condition=Q(state="stated", confirmed_on=None) | Q(state="confirmed", confirmed_on__isnull=False),
                name="secondment_month_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["place", "state"], name="secondment_month_place")]

    def __str__(self) -> str:
        return f"{self.secondment_id} {self.month:%Y-%m}"


class SecondmentReview(models.Model):
    """What the office that manages a term found on a day, of a period or between two (ASM-03), and what it agreed.

    It is for whoever serves and for those who keep secondments there, and it is put right with a trace. `source` says
    whether somebody wrote it, a ledger brought it, or a round of assessment came to it.
    """

    id = models.BigAutoField(primary_key=True)
    secondment = models.ForeignKey(Secondment, on_delete=models.PROTECT, related_name="reviews")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="secondment_reviews")
    on = models.DateField()
    period = models.CharField(max_length=8, blank=True)
    own = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    residents = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    bodies = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    grade = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    action = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True)
    source = models.CharField(max_length=8, choices=REVIEW_SOURCES, default="written")
    written = models.DateTimeField()
    written_by = models.CharField(max_length=KEY)
    corrections = models.JSONField(default=list)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("secondment", "review")
        constraints = [
            models.UniqueConstraint(
                fields=["secondment", "period"], condition=~Q(period=""), name="secondment_review_once"
            ),
            models.CheckConstraint(condition=Q(own=None) | Q(own__gte=0, own__lte=100), name="secondment_review_own"),
            models.CheckConstraint(
                condition=Q(residents=None) | Q(residents__gte=0, residents__lte=100),
                name="secondment_review_residents",
            ),
            models.CheckConstraint(
                condition=Q(bodies=None) | Q(bodies__gte=0, bodies__lte=100), name="secondment_review_bodies"
            ),
        ]
        indexes = [models.Index(fields=["place", "on"], name="secondment_review_place")]

    def __str__(self) -> str:
        return f"{self.secondment_id} {self.on}"


class WorkList(models.Model):
    """What the people sent to a place are asked to do in a period (RSP-13)."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="work_lists")
    title = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField()
    issued = models.DateTimeField()
    issued_by = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = pgettext_lazy("secondment", "work list")
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="work_list_span")]

    def __str__(self) -> str:
        return self.title


class WorkListItem(models.Model):
    """One thing that a work list asks of one person by a day, under a heading of the duties, and what came of it."""

    id = models.BigAutoField(primary_key=True)
    work_list = models.ForeignKey(WorkList, on_delete=models.PROTECT, related_name="items")
    secondment = models.ForeignKey(Secondment, on_delete=models.PROTECT, related_name="items")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="work_list_items")
    duty = models.CharField(max_length=64, blank=True)
    text = models.CharField(max_length=200)
    due = models.DateField()
    done = models.BooleanField(default=False)
    done_on = models.DateField(null=True)
    result = models.CharField(max_length=200, blank=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("secondment", "task of a work list")
        constraints = [
            models.CheckConstraint(
                condition=Q(done=False, done_on=None) | (Q(done=True, done_on__isnull=False) & ~Q(result="")),
                name="work_list_item_done",
            )
        ]

    def __str__(self) -> str:
        return self.text
