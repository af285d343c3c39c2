"""Who signed up for which shift, who waits for a place, and who came. Seen by the organiser and the person only."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.activities.workflow import SIGN_UP, WAYS
from linli.core.owned import Owned


class SignUp(models.Model):
    """That somebody signed up for a shift. Who waits moves up in the order of ids.

    `came` is empty until somebody said so; `way` says how, `reason` why it was later. Whoever was there as part of
    their paid duty (`paid_duty`) did not volunteer.
    """

    id = models.BigAutoField(primary_key=True)
    activity = models.ForeignKey("activities.Activity", on_delete=models.PROTECT, related_name="sign_ups")
    shift = models.ForeignKey("activities.ActivityShift", on_delete=models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="sign_ups")
    state = models.CharField(max_length=12, choices=SIGN_UP.choices)
    on_behalf = models.BooleanField(default=False)
    at = models.DateTimeField()
    came = models.BooleanField(null=True)
    came_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=8, choices=WAYS, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    paid_duty = models.BooleanField(default=False)

    owned: ClassVar = (Owned("person", "activity__day activity__content state at came_at reason"),)

    class Meta:
        verbose_name = pgettext_lazy("activity", "sign-up")
        constraints = [
            models.UniqueConstraint(fields=["shift", "person"], condition=~Q(state="withdrawn"), name="sign_up_once"),
            models.CheckConstraint(condition=~Q(way="late") | ~Q(reason=""), name="sign_up_late_why"),
        ]
        indexes = [
            models.Index(fields=["shift", "state", "id"], name="sign_up_shift"),
            models.Index(F("person"), F("id").desc(), name="sign_up_person"),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.state}"
