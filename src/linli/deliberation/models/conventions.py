"""Conventions in their editions, the clauses of each, and what residents say of a clause."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.deliberation.workflow.conventions import COMMENT, CONVENTION, IN_FORCE, KINDS, MAKING, WAYS

KEY = 64
TITLE = 120


class Convention(models.Model):
    """One edition of what residents agreed to hold to (公约): from its draft to its filing with the street.

    The next edition names this one as `previous` and supersedes it once it is published. `due`, `came` and
    `votes_for` are the numbers of its adoption; `poll`, `topic` or `meeting` is where it was adopted. One from a
    ledger has none of the three.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="conventions")
    kind = models.CharField(max_length=12, choices=KINDS, default="residents")
    title = models.CharField(max_length=TITLE)
    edition = models.PositiveSmallIntegerField(default=1)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="next")
    purpose = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=CONVENTION.choices, default=CONVENTION.start)
    reason = models.CharField(max_length=500, blank=True)
    drafted_on = models.DateField()
    comments_from = models.DateField(null=True)
    comments_until = models.DateField(null=True)
    put_on = models.DateField(null=True)
    adopted_on = models.DateField(null=True)
    adopted_by = models.CharField(max_length=8, choices=WAYS, blank=True)
    poll = models.OneToOneField("deliberation.Poll", on_delete=models.PROTECT, null=True, related_name="convention")
    topic = models.OneToOneField("deliberation.Topic", on_delete=models.PROTECT, null=True, related_name="convention")
    meeting = models.ForeignKey("deliberation.Meeting", on_delete=models.PROTECT, null=True, related_name="conventions")
    due = models.PositiveIntegerField(null=True)
    came = models.PositiveIntegerField(null=True)
    votes_for = models.PositiveIntegerField(null=True)
    publication = models.OneToOneField(
        "publishing.Publication", on_delete=models.PROTECT, null=True, related_name="convention"
    )
    published_on = models.DateField(null=True)
    file_by = models.DateField(null=True)
    submitted_on = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    filed_number = models.CharField(max_length=60, blank=True)
    in_time = models.BooleanField(null=True)
    ended_on = models.DateField(null=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("deliberation", "convention")
        constraints = [
            models.UniqueConstraint(fields=["place", "title", "edition"], name="convention_edition"),
            models.UniqueConstraint(
                fields=["place", "title"], condition=Q(state__in=MAKING), name="convention_made_once"
            ),
            models.UniqueConstraint(
                fields=["place", "title"], condition=Q(state__in=IN_FORCE), name="convention_in_force_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("repealed", "dropped")) | ~Q(reason=""), name="convention_ended_why"
            ),
            models.CheckConstraint(condition=~Q(state="filed") | Q(filed_on__isnull=False), name="convention_filed_on"),
            models.CheckConstraint(
                condition=Q(comments_until=None) | Q(comments_until__gte=F("comments_from")), name="convention_comments"
            ),
            models.CheckConstraint(
                condition=Q(votes_for=None) | Q(came=None) | Q(came__gte=F("votes_for")), name="convention_votes"
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-drafted_on", "-id"], name="convention_place"),
            models.Index(fields=["-drafted_on", "-id"], name="convention_drafted"),
        ]

    def __str__(self) -> str:
        return self.title


class ConventionClause(models.Model):
    """A clause of an edition, in its order."""

    id = models.BigAutoField(primary_key=True)
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=1000)

    class Meta:
        verbose_name = _("clause")
        constraints = [models.UniqueConstraint(fields=["convention", "position"], name="clause_position")]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"


class ConventionComment(models.Model):
    """What somebody says of a clause as it read then. Nothing is kept of who; it is public once answered."""

    id = models.BigAutoField(primary_key=True)
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="comments")
    position = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=1000)
    text = models.CharField(max_length=500)
    raised = models.DateTimeField()
    state = models.CharField(max_length=12, choices=COMMENT.choices, default=COMMENT.start)
    answer = models.CharField(max_length=1000, blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=KEY, blank=True)

    class Meta:
        verbose_name = _("comment")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", answered=None) | (~Q(state="waiting") & Q(answered__isnull=False)),
                name="convention_comment_answered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.convention_id} {self.position}"
