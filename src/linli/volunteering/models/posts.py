"""Volunteer posts that a community opens, who holds them for a term, and support given to social organisations."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.volunteering.models.volunteers import Volunteer
from linli.volunteering.workflow import ASSIGNMENTS, POSTS


class VolunteerPost(models.Model):
    """A post for volunteers (认岗, VOL-15): what is to be done, which skills help, for how many, how long."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    tasks = models.CharField(max_length=1000, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="volunteer_posts")
    skills = ArrayField(models.CharField(max_length=40), default=list)
    seats = models.PositiveSmallIntegerField(default=1)
    term_months = models.PositiveSmallIntegerField(default=12)
    state = models.CharField(max_length=8, choices=POSTS, default="open")
    since = models.DateField()
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("volunteering", "volunteer post")
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="volunteer_post_span"),
        ]
        indexes = [models.Index(F("place"), F("id").desc(), name="volunteer_post_place")]

    def __str__(self) -> str:
        return self.name


class PostAssignment(models.Model):
    """That a volunteer asked for a post or holds it; `ends` is the last day of the term."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(VolunteerPost, on_delete=models.PROTECT, related_name="assignments")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="volunteer_posts")
    state = models.CharField(max_length=12, choices=ASSIGNMENTS, default="asked")
    asked_on = models.DateField()
    since = models.DateField(null=True)
    ends = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("volunteering", "assignment")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "volunteer"], condition=Q(state__in=("asked", "assigned")), name="post_assignment_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.volunteer_id}"


class SupportRecord(models.Model):
    """Support that a community social organisation was given (VOL-16): which, what, and on which day."""

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="support")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="support")
    kind = models.CharField(max_length=40)
    what = models.CharField(max_length=300)
    on = models.DateField()
    amount_fen = models.BigIntegerField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("volunteering", "support")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen=None) | Q(amount_fen__gt=0), name="support_record_amount")
        ]
        indexes = [models.Index(F("place"), F("on").desc(), F("id").desc(), name="support_record_place")]

    def __str__(self) -> str:
        return self.what

    @property
    def amount(self) -> Decimal | None:
        """The sum in yuan."""
        return None if self.amount_fen is None else Decimal(self.amount_fen) / 100
