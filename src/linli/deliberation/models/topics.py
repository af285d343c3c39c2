"""Topics with the steps of their procedure, each holding of a step, papers, objections and what residents say after."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.deliberation.workflow.topics import OBJECTION, OUTCOMES, SOURCES, STEP, TOPIC

KEY = 64
TITLE = 120


class Topic(models.Model):
    """What a place deliberates (议题). Nothing is kept of who raised it but from where it came.

    `rule` is the procedure as the profile had it when the topic began; it stays, whatever the profile says later.
    `forum` names where it was deliberated. The days of its disclosures are those of its steps, or of its ledger.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=60, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="topics")
    title = models.CharField(max_length=TITLE)
    text = models.TextField(blank=True)
    source = models.CharField(max_length=12, choices=SOURCES)
    catalogue = models.CharField(max_length=60, blank=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="topics")
    procedure = models.CharField(max_length=60, blank=True)
    rule: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    tier = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=TOPIC.choices, default=TOPIC.start)
    outcome = models.CharField(max_length=16, choices=OUTCOMES, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    forum = models.CharField(max_length=60, blank=True)
    came = models.PositiveIntegerField(null=True)
    proposed_on = models.DateField()
    decided_on = models.DateField(null=True)
    disclosed_on = models.DateField(null=True)
    carried_out_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    public = models.BooleanField(default=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("topic")
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], condition=~Q(number=""), name="topic_number"),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(decided_on__gte=F("proposed_on")), name="topic_decided_after"
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="topic_declined_why"),
        ]
        indexes = [
            models.Index(fields=["place", "-proposed_on", "-id"], name="topic_place"),
            models.Index(fields=["-proposed_on", "-id"], name="topic_proposed"),
        ]

    def __str__(self) -> str:
        return self.title


class TopicStep(models.Model):
    """A step of a topic's procedure. `publication` is the notice of a disclosure, `reason` why it was skipped.

    `notice_on` is the day on which those entitled got notice and papers.
    """

    id = models.BigAutoField(primary_key=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=STEP.choices, default=STEP.start)
    notice_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    summary = models.TextField(blank=True)
    reason = models.CharField(max_length=500, blank=True)
    publication = models.ForeignKey(
        "publishing.Publication", on_delete=models.PROTECT, null=True, related_name="topic_steps"
    )
    actor = models.CharField(max_length=KEY, blank=True)

    class Meta:
        verbose_name = _("step")
        constraints = [
            models.UniqueConstraint(fields=["topic", "position"], name="topic_step_position"),
            models.UniqueConstraint(fields=["topic", "code"], name="topic_step_code"),
            models.CheckConstraint(condition=~Q(state="skipped") | ~Q(reason=""), name="topic_step_why"),
            models.CheckConstraint(condition=~Q(state="done") | Q(done_on__isnull=False), name="topic_step_done_on"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.position} {self.label}"


class Holding(models.Model):
    """One time a step was held: who came and how they voted, in numbers, and whether that was enough.

    Never changed: a step that failed is held again, and both stay. `checks` are the thresholds in words with the
    numbers they were held against. Areas are counted in joint decisions of owners.
    """

    id = models.BigAutoField(primary_key=True)
    step = models.ForeignKey(TopicStep, on_delete=models.PROTECT, related_name="holdings")
    held_on = models.DateField()
    due = models.PositiveIntegerField(null=True)
    came = models.PositiveIntegerField(null=True)
    represented = models.PositiveIntegerField(default=0)
    votes_for = models.PositiveIntegerField(null=True)
    votes_against = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    area_due = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    area_came = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    area_for = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    summary = models.TextField(blank=True)
    met = models.BooleanField()
    checks = models.JSONField(default=list)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = _("holding")
        constraints = [
            models.CheckConstraint(
                condition=Q(due=None) | Q(came=None) | Q(due__gte=F("came") + F("represented")), name="holding_came"
            ),
            models.CheckConstraint(
                condition=Q(votes_for=None)
                | Q(came=None)
                | Q(came__gte=F("votes_for") + F("votes_against") + F("abstained") - F("represented")),
                name="holding_votes",
            ),
            models.UniqueConstraint(fields=["step"], condition=Q(met=True), name="holding_met_once"),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.held_on}"


class StepPaper(models.Model):
    """A paper of a step: the plan, minutes, the photo of a signed list."""

    id = models.BigAutoField(primary_key=True)
    step = models.ForeignKey(TopicStep, on_delete=models.PROTECT, related_name="papers")
    file = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    at = models.DateTimeField()
    actor = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = _("attachment")

    def __str__(self) -> str:
        return self.name


class TopicObjection(models.Model):
    """An objection to what a topic made public. Nothing is kept of who objects; its words are public once answered."""

    id = models.BigAutoField(primary_key=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="objections")
    step = models.ForeignKey(TopicStep, on_delete=models.PROTECT, related_name="objections")
    text = models.CharField(max_length=500)
    raised = models.DateTimeField()
    due = models.DateTimeField()
    state = models.CharField(max_length=12, choices=OBJECTION.choices, default=OBJECTION.start)
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=KEY, blank=True)

    class Meta:
        verbose_name = _("objection")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", answered=None) | (Q(state="answered") & Q(answered__isnull=False)),
                name="objection_answered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.raised:%Y-%m-%d}"


class TopicRating(models.Model):
    """What a resident says once a topic was carried out: solved or not, and apart from it how satisfied. No name."""

    id = models.BigAutoField(primary_key=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="ratings")
    solved = models.BooleanField()
    satisfied = models.PositiveSmallIntegerField()
    on = models.DateField()

    class Meta:
        verbose_name = _("rating")
        constraints = [
            models.CheckConstraint(condition=Q(satisfied__gte=1, satisfied__lte=5), name="topic_rating_satisfied")
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.solved} {self.satisfied}"
