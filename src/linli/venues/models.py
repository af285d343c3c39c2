"""Venues as they are opened to residents: their rooms, who has booked one when, what lies and stands in them.

Where a venue is and how large belongs to the facility of `territory`. That no room is booked twice, also not a hall and
its half, the database itself holds.
"""

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.core.owned import Owned
from linli.venues.workflow import ACCESS, BOOKED_BY, CLEARED, CLEARING, PLAN, ROOM_BOOKING, SUPPLIES, USES, WORKS

KEY: Final = 64


class Opening(models.Model):
    """How a facility is open (FAC-01): `hours` holds a list of spans for each weekday, Monday first.

    On public holidays it is closed, unless `holidays` says otherwise; other closed days are closures. `phone` is that
    of the house.
    """

    id = models.BigAutoField(primary_key=True)
    facility = models.OneToOneField("territory.Facility", on_delete=models.PROTECT, related_name="opening")
    hours = models.JSONField(default=list)
    holidays = models.BooleanField(default=False)
    access = models.CharField(max_length=8, choices=ACCESS, blank=True)
    services = models.CharField(max_length=300, blank=True)
    rules = models.CharField(max_length=1000, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("venue", "opening of a venue")

    def __str__(self) -> str:
        return str(self.facility_id)


class Closure(models.Model):
    """Days on which a facility is closed although its hours say otherwise; `void` is what was taken back."""

    id = models.BigAutoField(primary_key=True)
    facility = models.ForeignKey("territory.Facility", on_delete=models.PROTECT, related_name="closures")
    since = models.DateField()
    last = models.DateField()
    reason = models.CharField(max_length=200)
    void = models.BooleanField(default=False)

    class Meta:
        verbose_name = pgettext_lazy("venue", "closed days")
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("since")), name="closure_span"),
            models.CheckConstraint(condition=~Q(reason=""), name="closure_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.since}"


class Room(models.Model):
    """A room of a facility (FAC-01, FAC-02): its area and use, and by whom it is booked how.

    A room may be part of another one, as a half is of a hall; the area of parts is within that of the whole. After a
    booking `buffer` minutes are kept free. One books at least `notice` minutes and at most `ahead` days before.
    """

    id = models.BigAutoField(primary_key=True)
    facility = models.ForeignKey("territory.Facility", on_delete=models.PROTECT, related_name="rooms")
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    name = models.CharField(max_length=80)
    area_m2 = models.DecimalField(max_digits=10, decimal_places=2)
    use = models.CharField(max_length=8, choices=USES, default="service")
    capacity = models.PositiveIntegerField(null=True)
    accessible = models.BooleanField(default=False)
    booked_by = models.CharField(max_length=12, choices=BOOKED_BY, blank=True)
    buffer = models.PositiveIntegerField(default=0)
    longest = models.PositiveIntegerField(default=240)
    notice = models.PositiveIntegerField(default=0)
    ahead = models.PositiveIntegerField(default=60)
    since = models.DateField()
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("room", "room")
        constraints = [
            models.UniqueConstraint(fields=["facility", "name"], condition=Q(until=None), name="room_once"),
            models.CheckConstraint(condition=Q(area_m2__gt=0), name="room_area"),
            models.CheckConstraint(condition=~Q(part_of=F("id")), name="room_part"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="room_span"),
        ]

    def __str__(self) -> str:
        return self.name


class RoomBooking(models.Model):
    """A room from an instant to another, of one day (FAC-01): first held, then booked.

    `user` booked it with an account, for a body where one is named; what the desk writes down has no account. Bookings
    of one series name its first one, which keeps the days that were `left_out`.
    """

    id = models.BigAutoField(primary_key=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="bookings")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ROOM_BOOKING.choices, default=ROOM_BOOKING.start)
    purpose = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="room_bookings")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="room_bookings"
    )
    series = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="others")
    left_out = models.JSONField(default=list)
    asked = models.DateTimeField()
    asked_by = models.CharField(max_length=KEY)
    expires = models.DateTimeField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("user", "room__name starts ends state purpose reason"),)

    class Meta:
        verbose_name = pgettext_lazy("room", "booking of a room")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="room_booking_span"),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="room_booking_reason"),
            models.CheckConstraint(condition=~Q(state="held") | Q(expires__isnull=False), name="room_booking_expires"),
        ]
        indexes = [
            models.Index(fields=["room", "starts"], name="room_booking_room"),
            models.Index(fields=["user", "-starts"], condition=Q(user__isnull=False), name="room_booking_user"),
            models.Index(fields=["ends"], condition=Q(state__in=["held", "booked"]), name="room_booking_open"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.starts:%Y-%m-%d %H:%M}"


class Occupied(models.Model):
    """That a booking takes a room, until its buffer is over: the room itself and everything inside it.

    The rows that are `held` never overlap in a room: the database refuses them (`room_taken_once`).
    """

    id = models.BigAutoField(primary_key=True)
    booking = models.ForeignKey(RoomBooking, on_delete=models.PROTECT, related_name="occupied")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="occupied")
    since = models.DateTimeField()
    until = models.DateTimeField()
    held = models.BooleanField(default=True)

    class Meta:
        verbose_name = pgettext_lazy("room", "occupied room")
        constraints = [
            models.UniqueConstraint(fields=["booking", "room"], name="occupied_once"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="occupied_span"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.since:%Y-%m-%d %H:%M}"


class UsePlan(models.Model):
    """A use that is proposed for a room, decided on by somebody else, and in use from a day on (FAC-05)."""

    id = models.BigAutoField(primary_key=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="plans")
    text = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=PLAN.choices, default=PLAN.start)
    reason = models.CharField(max_length=200, blank=True)
    proposed = models.DateField()
    proposed_by = models.CharField(max_length=KEY)
    decided = models.DateField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("room", "planned use")
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=Q(state__in=["proposed", "approved", "in_use"]), name="use_plan_one"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="use_plan_reason"),
        ]

    def __str__(self) -> str:
        return self.text


class SupplyItem(models.Model):
    """What a station has for whoever comes (FAC-06): so much of it, good until a day; at least so much is wanted."""

    id = models.BigAutoField(primary_key=True)
    facility = models.ForeignKey("territory.Facility", on_delete=models.PROTECT, related_name="supplies")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=SUPPLIES, default="other")
    amount = models.PositiveIntegerField(default=0)
    least = models.PositiveIntegerField(default=0)
    unit = models.CharField(max_length=12, blank=True)
    expires = models.DateField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("venue", "supply")
        constraints = [
            models.UniqueConstraint(fields=["facility", "name"], condition=Q(until=None), name="supply_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ClearingItem(models.Model):
    """A desk, a plate or a notice on a wall that is looked at (FAC-10): kept or removed, with the reason.

    Where its removal frees a room, `freed_m2` is the room's area, which serves residents from then on.
    """

    id = models.BigAutoField(primary_key=True)
    facility = models.ForeignKey("territory.Facility", on_delete=models.PROTECT, related_name="clearing")
    kind = models.CharField(max_length=8, choices=CLEARED)
    text = models.CharField(max_length=160)
    state = models.CharField(max_length=8, choices=CLEARING.choices, default=CLEARING.start)
    reason = models.CharField(max_length=200, blank=True)
    listed = models.DateField()
    decided = models.DateField(null=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, related_name="cleared")
    freed_m2 = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("venue", "desk, plate or notice")
        constraints = [
            models.CheckConstraint(condition=Q(state="listed") | ~Q(reason=""), name="clearing_item_reason"),
            models.CheckConstraint(condition=Q(state="removed") | Q(freed_m2=None), name="clearing_item_freed"),
        ]

    def __str__(self) -> str:
        return self.text


class VenueWork(models.Model):
    """Works at a venue (FAC-01): what is made better, on which days, and the area by use before and after.

    `better` holds codes of the profile, `text` what else is done. The areas are those of all rooms on the day on which
    works began and ended. Where the venue is closed meanwhile, `closure` holds the closed days.
    """

    id = models.BigAutoField(primary_key=True)
    facility = models.ForeignKey("territory.Facility", on_delete=models.PROTECT, related_name="works")
    better = ArrayField(models.CharField(max_length=64), default=list)
    text = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=12, choices=WORKS.choices, default=WORKS.start)
    reason = models.CharField(max_length=200, blank=True)
    first = models.DateField()
    last = models.DateField()
    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, null=True, related_name="works")
    begun = models.DateField(null=True)
    ended = models.DateField(null=True)
    service_before = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    office_before = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    idle_before = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    service_after = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    office_after = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    idle_after = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("works", "works at a venue")
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="venue_work_span"),
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(reason=""), name="venue_work_reason"),
            models.CheckConstraint(
                condition=~Q(state="under_way") | Q(begun__isnull=False, ended=None), name="venue_work_begun"
            ),
            models.CheckConstraint(
                condition=~Q(state="finished") | Q(begun__isnull=False, ended__gte=F("begun")), name="venue_work_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.first}"
