"""Rounds of assessment: who is assessed, what bodies gave, the points of each criterion, and objections.

A round keeps the scheme as it was when it was opened. What bodies give is put right until ratings are closed; points
are written once and changed only by an objection that was upheld, which keeps both values.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accountability.assessing.scoring import plain
from linli.accountability.assessing.section import SUBJECTS, Scheme, parsed
from linli.accountability.workflow.assessments import ASSESSMENT, OBJECTION
from linli.core.owned import Owned
from linli.core.periods import period_label


class Assessment(models.Model):
    """A round: one scheme, one period, at one place."""

    id = models.BigAutoField(primary_key=True)
    scheme = models.CharField(max_length=64)
    label = models.CharField(max_length=160)
    definition = models.JSONField()
    of = models.CharField(max_length=16, choices=SUBJECTS)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="assessments")
    period = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField()
    due = models.DateTimeField()
    state = models.CharField(max_length=16, choices=ASSESSMENT.choices, default=ASSESSMENT.start)
    opened = models.DateTimeField()
    opened_by = models.CharField(max_length=64)
    frozen = models.DateTimeField(null=True)
    scored = models.DateTimeField(null=True)
    scored_by = models.CharField(max_length=64, blank=True)
    published = models.DateTimeField(null=True)
    objections_until = models.DateTimeField(null=True)
    shown = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("round of assessment")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "place", "period"], condition=~Q(state="withdrawn"), name="assessment_once"
            ),
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="assessment_span"),
            models.CheckConstraint(condition=~Q(of="post") | Q(shown=False), name="assessment_persons_not_shown"),
        ]
        indexes = [models.Index(fields=["-opened", "-id"], name="assessment_newest")]

    def __str__(self) -> str:
        return f"{self.label} {period_label(self.period)}"

    @property
    def rules(self) -> Scheme:
        """The scheme as it was when the round was opened."""
        return parsed(self.definition)

    @property
    def period_words(self) -> str:
        """The period in words."""
        return period_label(self.period)


class Assessed(models.Model):
    """One unit or holder of a post in a round. `place` is where it lies, `person` who held the post then."""

    id = models.BigAutoField(primary_key=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="assessed")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, null=True)
    unit = models.ForeignKey("territory.Place", on_delete=models.PROTECT, null=True, related_name="assessed_as_unit")
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, null=True)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, null=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="assessed")
    label = models.CharField(max_length=200)
    statement = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    commented = models.DateTimeField(null=True)
    total = models.DecimalField(max_digits=8, decimal_places=4, null=True)
    grade = models.CharField(max_length=64, blank=True)
    grade_until = models.DateField(null=True)

    owned: ClassVar = (
        Owned(
            "person",
            "assessment__label statement comment total grade",
            {"assessment__state__in": ("published", "objections", "final")},
        ),
    )

    class Meta:
        verbose_name = _("assessed unit or post")
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, unit=None, post=None, person=None)
                | Q(organization=None, unit__isnull=False, post=None, person=None)
                | Q(organization=None, unit=None, post__isnull=False, person__isnull=False),
                name="assessed_one_subject",
            ),
            models.CheckConstraint(condition=Q(total=None) | Q(total__gte=0, total__lte=100), name="assessed_bounds"),
            models.UniqueConstraint(
                fields=["assessment", "organization", "unit", "post"], nulls_distinct=False, name="assessed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def printed(self) -> str:
        """The total as it is printed; nothing where there is none."""
        return "" if self.total is None else plain(self.total)


class AssessmentPart(models.Model):
    """What one body, or the assessed themselves, give for one criterion: asked at opening, given later."""

    class Role(models.TextChoices):
        SELF = "self", _("the assessed")
        BODY = "body", _("a rating body")

    id = models.BigAutoField(primary_key=True)
    assessed = models.ForeignKey(Assessed, on_delete=models.PROTECT, related_name="parts")
    criterion = models.CharField(max_length=64)
    role = models.CharField(max_length=8, choices=Role.choices)
    number = models.PositiveSmallIntegerField(default=0)
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, null=True)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, null=True)
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    words = models.TextField(blank=True)
    given = models.DateTimeField(null=True)
    given_by = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("part of an assessment")
        constraints = [
            models.UniqueConstraint(fields=["assessed", "criterion", "role", "number"], name="assessment_part_once"),
            models.CheckConstraint(condition=Q(organization=None) | Q(post=None), name="assessment_part_holder"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, points__lte=100), name="assessment_part_bounds"
            ),
        ]
        indexes = [models.Index(fields=["organization"], name="assessment_part_body")]

    def __str__(self) -> str:
        return f"{self.assessed_id} {self.criterion} {self.role}"


class CriterionScore(models.Model):
    """The points of one criterion; `exact` is the fraction that they are. None where something is missing."""

    id = models.BigAutoField(primary_key=True)
    assessed = models.ForeignKey(Assessed, on_delete=models.PROTECT, related_name="scores")
    criterion = models.CharField(max_length=64)
    source = models.CharField(max_length=16)
    weight = models.DecimalField(max_digits=7, decimal_places=4)
    on = models.DateField()
    figure = models.ForeignKey("accountability.FrozenFigure", on_delete=models.PROTECT, null=True, related_name="+")
    points = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    exact = models.CharField(max_length=120, blank=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("assessment score")
        constraints = [
            models.UniqueConstraint(fields=["assessed", "criterion"], name="criterion_score_once"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, points__lte=100), name="criterion_score_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessed_id} {self.criterion}"


class Objection(models.Model):
    """A reply that objects, with its answer; where it was upheld, the points before and after stand here for good."""

    id = models.BigAutoField(primary_key=True)
    assessed = models.ForeignKey(Assessed, on_delete=models.PROTECT, related_name="objections")
    criterion = models.CharField(max_length=64)
    reason = models.TextField()
    raised = models.DateTimeField()
    raised_by = models.CharField(max_length=64)
    due = models.DateTimeField()
    state = models.CharField(max_length=12, choices=OBJECTION.choices, default=OBJECTION.start)
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("objection")
        constraints = [
            models.UniqueConstraint(
                fields=["assessed", "criterion"], condition=Q(state="open"), name="objection_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessed_id} {self.criterion}"
