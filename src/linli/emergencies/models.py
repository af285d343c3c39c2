"""Emergency plans and their activations; help cards, which are seen only while an activation covers their place."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned
from linli.emergencies.workflow import ACTIVE, ANSWERS, MEANS, PLANNED

KEY: Final = 64


class EmergencyPlan(models.Model):
    """What is done in one kind of emergency at a place (SAF-09): who is called, where people find shelter.

    `calls` are kinds of posts, `teams` bodies; persons are called only through them. What a shelter has in stock stands
    with the facility. `advice` and `phones` are for everybody.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="emergency_plans")
    kind = models.CharField(max_length=64)
    title = models.CharField(max_length=80)
    advice = models.CharField(max_length=1000, blank=True)
    phones = models.CharField(max_length=300, blank=True)
    calls = models.JSONField(default=list)
    teams = models.ManyToManyField("organizations.Organization", related_name="emergency_plans")
    shelters = models.ManyToManyField("territory.Facility", related_name="emergency_plans")
    state = models.CharField(max_length=12, choices=PLANNED.choices, default=PLANNED.start)
    since = models.DateField()
    until = models.DateField(null=True)
    checked = models.DateField()
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("emergency", "emergency plan")
        constraints = [
            models.UniqueConstraint(fields=["place", "title"], condition=Q(until=None), name="emergency_plan_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="emergency_plan_span"),
        ]

    def __str__(self) -> str:
        return self.title


class PlanStep(models.Model):
    """One step of a plan: what is done, within how many minutes, by which kind of post or which body."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(EmergencyPlan, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(max_length=160)
    minutes = models.PositiveIntegerField()
    post_kind = models.CharField(max_length=64, blank=True)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = pgettext_lazy("emergency", "step of a plan")
        constraints = [
            models.CheckConstraint(
                condition=Q(post_kind="", organization__isnull=False) | (~Q(post_kind="") & Q(organization=None)),
                name="plan_step_one_doer",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Activation(models.Model):
    """That a plan is active: why, where, at which level and until when; of a plan at most one at a time.

    `looks` counts how often help cards were looked at during it. `review` is what was learnt from it.
    """

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(EmergencyPlan, on_delete=models.PROTECT, related_name="activations")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="activations")
    areas = models.ManyToManyField("territory.Place", related_name="+")
    level = models.CharField(max_length=32)
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=ACTIVE.choices, default=ACTIVE.start)
    started = models.DateTimeField()
    starter = models.CharField(max_length=KEY)
    ends = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    review = models.CharField(max_length=1000, blank=True)
    reviewed = models.DateField(null=True)
    looks = models.PositiveIntegerField(default=0)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("emergency", "activation of a plan")
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(state="active"), name="activation_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("started")), name="activation_span"),
            models.CheckConstraint(condition=Q(state="active") ^ Q(ended__isnull=False), name="activation_ended"),
            models.CheckConstraint(condition=~Q(state="reviewed") | ~Q(review=""), name="activation_reviewed"),
        ]
        indexes = [models.Index(fields=["place", "-id"], name="activation_place")]

    def __str__(self) -> str:
        return f"{self.plan} {self.started:%Y-%m-%d}"


class ActivationStep(models.Model):
    """One step of an activation as the plan had it, and whose it is."""

    id = models.BigAutoField(primary_key=True)
    activation = models.ForeignKey(Activation, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(max_length=160)
    due = models.DateTimeField()
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="+"
    )
    done = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("emergency", "step of an activation")

    def __str__(self) -> str:
        return self.text


class Call(models.Model):
    """That a post or a body is called, and what it answered: nothing else of whoever holds the post."""

    id = models.BigAutoField(primary_key=True)
    activation = models.ForeignKey(Activation, on_delete=models.CASCADE, related_name="calls")
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(max_length=8, choices=ANSWERS, blank=True)
    answered = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("emergency", "call")
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None, organization__isnull=False) | Q(post__isnull=False, organization=None),
                name="emergency_call_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activation_id} {self.post_id or self.organization_id}"


class HelpCard(models.Model):
    """What a resident wants known in an emergency, and only then: which help, where, whom to call; never why.

    Everything that says who it is, is encrypted, the kinds of help too. The row goes when it is withdrawn or expires.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="help_cards")
    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, null=True, related_name="help_card")
    name = EncryptedTextField()
    phone = EncryptedTextField()
    phone_hash = models.BinaryField(max_length=32, null=True, db_index=True)
    address = EncryptedTextField()
    needs = EncryptedTextField()
    contact = EncryptedTextField()
    means = models.CharField(max_length=12, choices=MEANS)
    agreed = models.DateTimeField()
    expires = models.DateField()

    owned: ClassVar = (Owned("user", "place__name name phone address needs contact agreed expires"),)

    class Meta:
        verbose_name = pgettext_lazy("help card", "help card")
        constraints = [
            models.CheckConstraint(
                condition=Q(name__isnull=False, phone__isnull=False, needs__isnull=False), name="help_card_filled"
            ),
        ]
        indexes = [models.Index(fields=["place", "expires"], name="help_card_place")]

    def __str__(self) -> str:
        return f"№{self.pk}"
