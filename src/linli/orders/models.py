"""The menu of services, orders, to whom they were offered, and their steps. Who asks, and where, is encrypted."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned
from linli.orders.workflow import ANSWERS, CALLS, DOORS, MENU_STATES, ORDER, PERIODS, RATINGS, ROLES
from linli.volunteering.workflow import TIMES

KEY: Final = 64


class ServiceMenuItem(models.Model):
    """What residents of a community may order (VOL-09): who provides it, how much of it there is, and until when.

    `capacity` orders may be wanted for one day or one week; None is any number. `minutes` is how long one usually
    takes; `for_credit`, it is asked for with time that one gave (VOL-11). `needs` says what must be there.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="service_menu")
    label = models.CharField(max_length=60)
    category = models.CharField(max_length=64, blank=True)
    text = models.CharField(max_length=300, blank=True)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="service_menu"
    )
    provider = models.CharField(max_length=160, blank=True)
    needs = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveIntegerField(null=True)
    for_credit = models.BooleanField(default=False)
    capacity = models.PositiveIntegerField(null=True)
    per = models.CharField(max_length=8, choices=PERIODS, default="week")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=MENU_STATES, default="draft")
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("service menu", "item of the menu")
        constraints = [
            models.UniqueConstraint(fields=["place", "label"], name="service_menu_item_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="service_menu_item_span"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ServiceOrder(models.Model):
    """What a resident asked for, and how far it is (VOL-08).

    `way` is the way it goes and `steps` its steps when it was asked for. `wanted_on` is the day for which it counts
    against the capacity of the menu. `asker_user` is the account that asked; who asked by telephone has none, and one
    from a ledger names nobody. `hold_id` is what was set aside of the asker's right to ask (VOL-11). `minutes` is what
    the taker says was served, `confirmed_on` when that was confirmed.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="service_orders")
    number = models.CharField(max_length=64)
    way = models.CharField(max_length=64, blank=True)
    steps = models.JSONField(default=list)
    door = models.CharField(max_length=8, choices=DOORS, default="online")
    item = models.ForeignKey(ServiceMenuItem, on_delete=models.PROTECT, null=True, related_name="orders")
    category = models.CharField(max_length=64, blank=True)
    text = models.CharField(max_length=500, blank=True)
    suits = models.CharField(max_length=120, blank=True)
    wanted_on = models.DateField(null=True)
    wanted_time = models.CharField(max_length=24, choices=TIMES, blank=True)
    asker_user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="service_orders")
    asker_name = EncryptedTextField()
    phone = EncryptedTextField()
    phone_hash = models.BinaryField(max_length=32, null=True)
    address = EncryptedTextField()
    hold_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=12, choices=ORDER.choices, default=ORDER.start)
    asked_on = models.DateField()
    asked = models.DateTimeField(null=True)
    supplied_on = models.DateField(null=True)
    supply = models.CharField(max_length=200, blank=True)
    dispatched_on = models.DateField(null=True)
    dispatcher = models.CharField(max_length=KEY, blank=True)
    accepted_on = models.DateField(null=True)
    taken_as = models.CharField(max_length=12, choices=ROLES, blank=True)
    due = models.DateTimeField(null=True)
    done_on = models.DateField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    confirmed_on = models.DateField(null=True)
    service_record = models.OneToOneField(
        "activities.ServiceRecord", on_delete=models.PROTECT, null=True, related_name="service_order"
    )
    rating = models.CharField(max_length=1, choices=RATINGS, blank=True)
    rated_on = models.DateField(null=True)
    words = EncryptedTextField()
    called_on = models.DateField(null=True)
    call = models.CharField(max_length=12, choices=CALLS, blank=True)
    call_note = EncryptedTextField()
    reopened = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True)
    reason = EncryptedTextField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="service_orders")
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (
        Owned(
            "asker_user",
            "number category text wanted_on asker_name phone address state asked_on minutes rating words reason",
        ),
    )

    class Meta:
        verbose_name = pgettext_lazy("service order", "service order")
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="service_order_number"),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=F("asked_on")), name="service_order_done"
            ),
            models.CheckConstraint(condition=Q(rating="") | Q(rating__in=list("12345")), name="service_order_rating"),
        ]
        indexes = [
            models.Index(fields=["place", "-asked_on", "-id"], name="service_order_place"),
            models.Index(fields=["-asked_on", "-id"], name="service_order_asked"),
            models.Index(fields=["asker_user", "-id"], condition=~Q(asker_user=None), name="service_order_asker"),
            models.Index(fields=["item", "wanted_on"], condition=~Q(item=None), name="service_order_capacity"),
        ]

    def __str__(self) -> str:
        return self.number


class OrderOffer(models.Model):
    """That an order was offered to a person, and what they answered. Declining needs no reason and is held against
    nobody. One person accepts; the others are told that it is no longer needed.
    """

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(ServiceOrder, on_delete=models.PROTECT, related_name="offers")
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="order_offers")
    taken_as = models.CharField(max_length=12, choices=ROLES)
    answer = models.CharField(max_length=12, choices=ANSWERS, default="open")
    offered = models.DateTimeField()
    answered = models.DateTimeField(null=True)

    owned: ClassVar = (Owned("person", "order__number answer offered answered"),)

    class Meta:
        verbose_name = pgettext_lazy("service order", "offer")
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(answer="accepted"), name="order_offer_one_taker"),
            models.UniqueConstraint(
                fields=["order", "person"], condition=Q(answer__in=["open", "accepted"]), name="order_offer_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "answer", "-id"], name="order_offer_person")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.person_id}"


class OrderStep(models.Model):
    """One step that an order went, for its page: which, when, and to which state. It names nobody."""

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(ServiceOrder, on_delete=models.PROTECT, related_name="passed")
    at = models.DateTimeField()
    verb = models.CharField(max_length=16)
    state = models.CharField(max_length=12, choices=ORDER.choices)

    class Meta:
        verbose_name = pgettext_lazy("service order", "step")
        indexes = [models.Index(fields=["order", "id"], name="order_step_order")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.verb}"
