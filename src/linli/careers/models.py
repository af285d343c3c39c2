"""Reserves, talents, promotions, rounds, staffing plans and pay. Who somebody is stands with the person."""

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.careers.workflow import ALLOWANCES, BASES, PROMOTIONS, RESERVES, ROUNDS, TARGETS
from linli.core.owned import Owned

WORD: Final = 64


class ReserveCandidate(models.Model):
    """Somebody in reserve for a post of a community (PPL-04): nominated by it, approved by the street.

    `since` is the day from which they are in reserve. `reason` says why one was refused or left.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="reserves")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="reserves")
    target = models.CharField(max_length=12, choices=TARGETS)
    source = models.CharField(max_length=WORD, blank=True)
    state = models.CharField(max_length=12, choices=RESERVES.choices, default=RESERVES.start)
    reason = models.CharField(max_length=200, blank=True)
    nominated = models.DateTimeField()
    nominated_by = models.CharField(max_length=WORD)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (
        Owned("person", "place__name target state since until", {"state__in": ("held", "appointed", "left")}),
    )

    class Meta:
        verbose_name = pgettext_lazy("careers", "reserve candidate")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "place", "target"],
                condition=Q(state__in=["nominated", "held"]),
                name="reserve_candidate_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="reserve_candidate_span"
            ),
            models.CheckConstraint(condition=~Q(state="held") | Q(until=None), name="reserve_candidate_held"),
        ]
        indexes = [models.Index(fields=["place", "target"], name="reserve_candidate_place")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.target}"


class TalentEntry(models.Model):
    """Somebody who lets it be known what they can do (PPL-05, PPL-06): with consent only, and gone when they leave."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="talents")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="talents")
    category = models.CharField(max_length=WORD)
    skills = models.CharField(max_length=200, blank=True)
    consent = models.BooleanField(default=True)
    consent_on = models.DateField()
    recorded_by = models.CharField(max_length=WORD)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "place__name category skills consent_on"),)

    class Meta:
        verbose_name = pgettext_lazy("careers", "talent")
        constraints = [
            models.UniqueConstraint(fields=["person", "place", "category"], name="talent_entry_once"),
            models.CheckConstraint(condition=Q(consent=True), name="talent_entry_consent"),
        ]
        indexes = [models.Index(fields=["place", "category"], name="talent_entry_place")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.category}"


class RecruitmentRound(models.Model):
    """A round in which people are selected for a rung (PPL-02, PPL-03): numbers, no files on applicants."""

    id = models.BigAutoField(primary_key=True)
    title = models.CharField(max_length=120)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="recruitment_rounds")
    rung = models.CharField(max_length=WORD)
    posts = models.PositiveIntegerField()
    criteria = ArrayField(models.CharField(max_length=WORD), default=list)
    state = models.CharField(max_length=12, choices=ROUNDS.choices, default=ROUNDS.start)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    applicants = models.PositiveIntegerField(null=True)
    chosen = models.PositiveIntegerField(null=True)
    opened_by = models.CharField(max_length=WORD)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("careers", "recruitment round")
        constraints = [
            models.CheckConstraint(
                condition=Q(chosen=None) | (Q(chosen__lte=F("applicants")) & Q(chosen__lte=F("posts"))),
                name="recruitment_round_chosen",
            ),
            models.CheckConstraint(condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="round_span"),
        ]
        indexes = [models.Index(fields=["place", "-id"], name="recruitment_round_place")]

    def __str__(self) -> str:
        return self.title


class RecruitedPost(models.Model):
    """Why a post under unified recruitment was given (PPL-02): by a round, by transfer, or as an exception."""

    id = models.BigAutoField(primary_key=True)
    post = models.OneToOneField("organizations.Post", on_delete=models.PROTECT, related_name="recruited")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="recruited_posts")
    round = models.ForeignKey(RecruitmentRound, on_delete=models.PROTECT, null=True, related_name="given")
    basis = models.CharField(max_length=12, choices=BASES)
    reason = models.CharField(max_length=200, blank=True)
    given = models.DateTimeField()
    given_by = models.CharField(max_length=WORD)

    class Meta:
        verbose_name = pgettext_lazy("careers", "post under unified recruitment")
        constraints = [
            models.CheckConstraint(
                condition=(Q(basis="round") & Q(round__isnull=False)) | (~Q(basis="round") & Q(round=None)),
                name="recruited_post_round",
            ),
            models.CheckConstraint(condition=~Q(basis="exception") | ~Q(reason=""), name="recruited_post_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.basis}"


class Promotion(models.Model):
    """One rung up (PPL-15). `steps` are the steps taken, each with its day, empty where it is not known."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="promotions")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="promotions")
    round = models.ForeignKey(RecruitmentRound, on_delete=models.PROTECT, null=True, related_name="promotions")
    from_rung = models.CharField(max_length=WORD)
    to_rung = models.CharField(max_length=WORD)
    state = models.CharField(max_length=12, choices=PROMOTIONS.choices, default=PROMOTIONS.start)
    steps = models.JSONField(default=dict)
    begun_on = models.DateField()
    appointed_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    begun_by = models.CharField(max_length=WORD)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "place__name from_rung to_rung state begun_on appointed_on"),)

    class Meta:
        verbose_name = pgettext_lazy("careers", "promotion")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="running"), name="promotion_once"),
            models.CheckConstraint(
                condition=~Q(state="appointed") | Q(appointed_on__isnull=False), name="promotion_appointed"
            ),
            models.CheckConstraint(condition=~Q(from_rung=F("to_rung")), name="promotion_up"),
        ]
        indexes = [
            models.Index(fields=["place", "-id"], name="promotion_place"),
            models.Index(fields=["person", "state"], name="promotion_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.to_rung}"


class StaffingPlan(models.Model):
    """How many community workers a place should have by its own plan, and for which factors (PPL-03): units only."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="staffing_plans")
    posts = models.PositiveIntegerField()
    factors = ArrayField(models.CharField(max_length=WORD), default=list)
    basis = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("careers", "staffing plan")
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=Q(until=None), name="staffing_plan_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="staffing_plan_span"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.posts}"


class PayGrade(models.Model):
    """A grade of base pay at a place, for a rung of the ladder (PPL-14)."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="pay_grades")
    title = models.CharField(max_length=WORD)
    rung = models.CharField(max_length=WORD, blank=True)
    base = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    since = models.DateField()
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("careers", "pay grade")
        constraints = [
            models.UniqueConstraint(fields=["place", "title"], condition=Q(until=None), name="pay_grade_once"),
            models.CheckConstraint(condition=Q(base__gt=0), name="pay_grade_base"),
        ]

    def __str__(self) -> str:
        return self.title


class AllowanceRule(models.Model):
    """How much a month an allowance is for whom, from a day on; within the band of the profile (PPL-14)."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="allowance_rules")
    kind = models.CharField(max_length=WORD)
    condition = models.CharField(max_length=WORD)
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    since = models.DateField()
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("careers", "allowance rule")
        constraints = [
            models.UniqueConstraint(fields=["place", "kind", "condition", "since"], name="allowance_rule_once"),
            models.CheckConstraint(condition=Q(kind__in=ALLOWANCES, amount__gt=0), name="allowance_rule_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.condition}"


class PayStatement(models.Model):
    """What somebody is paid for a month, part by part: for the worker and the pay clerk only (PPL-14)."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="pay_statements")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="pay_statements")
    month = models.DateField()
    grade = models.ForeignKey(PayGrade, on_delete=models.PROTECT, null=True, related_name="statements")
    credential_level = models.CharField(max_length=WORD, blank=True)
    education_level = models.CharField(max_length=WORD, blank=True)
    base = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    performance = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    tenure = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    pension = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    accident = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    collective = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    housing = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    credential = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    education = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    paid_on = models.DateField(null=True)
    written = models.DateTimeField()
    written_by = models.CharField(max_length=WORD)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (
        Owned(
            "person", "month base performance tenure pension accident collective housing credential education paid_on"
        ),
    )

    class Meta:
        verbose_name = pgettext_lazy("careers", "pay statement")
        constraints = [
            models.UniqueConstraint(fields=["person", "month"], name="pay_statement_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="pay_statement_month"),
            models.CheckConstraint(
                condition=Q(base__gte=0, performance__gte=0, tenure__gte=0, pension__gte=0, accident__gte=0)
                & Q(collective__gte=0, housing__gte=0, credential__gte=0, education__gte=0),
                name="pay_statement_amounts",
            ),
        ]
        indexes = [models.Index(fields=["place", "-month"], name="pay_statement_place")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month:%Y-%m}"
