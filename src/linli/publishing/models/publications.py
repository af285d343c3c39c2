"""What was made public, its former versions and files; what is owed of each period; questions and answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.publishing import periods
from linli.publishing.workflow.disclosure import AUDIENCES, DUE, EVERYBODY, QUESTION

KEY = 64
TITLE = 120


class Publication(models.Model):
    """A notice (公开): what a place made public, of which period, for whom and until when.

    It holds the version in force; each one before is a `FormerVersion`. `item` is a code of the profile, empty for
    a free notice. `figures` are values as they were when it was posted.
    """

    id = models.BigAutoField(primary_key=True)
    item = models.CharField(max_length=60, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="publications")
    title = models.CharField(max_length=TITLE)
    text = models.TextField(blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    audience = models.CharField(max_length=12, choices=AUDIENCES, default=EVERYBODY)
    figures = models.JSONField(default=list)
    posted = models.DateTimeField()
    posted_on = models.DateField()
    up_until = models.DateField()
    posted_by = models.CharField(max_length=KEY)
    author = models.CharField(max_length=120, blank=True)
    corrected = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=KEY, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("publication")
        constraints = [
            models.CheckConstraint(condition=Q(up_until__gte=models.F("posted_on")), name="publication_stays"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=models.F("since")), name="publication_period"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=None) | ~Q(withdrawn_reason=""), name="publication_withdrawn_why"
            ),
            models.UniqueConstraint(
                fields=["item", "place", "since", "until"],
                condition=Q(withdrawn=None, since__isnull=False, until__isnull=False) & ~Q(item=""),
                name="publication_once",
            ),
        ]
        indexes = [models.Index(fields=["place", "posted_on"], name="publication_place")]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> str:
        """The period that it covers, in words."""
        return periods.words(self.since, self.until)


class FormerVersion(models.Model):
    """A version of a notice that was corrected: what it said, when and why it was replaced, and by whom."""

    id = models.BigAutoField(primary_key=True)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="former")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=TITLE)
    text = models.TextField(blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    audience = models.CharField(max_length=12, choices=AUDIENCES)
    figures = models.JSONField(default=list)
    up_until = models.DateField()
    replaced = models.DateTimeField()
    replaced_by = models.CharField(max_length=KEY)
    reason = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("former version")
        constraints = [models.UniqueConstraint(fields=["publication", "number"], name="former_version_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def period(self) -> str:
        """The period that it covered, in words."""
        return periods.words(self.since, self.until)


class PublicationFile(models.Model):
    """A photo or paper of a notice; one that a correction took out is no longer given to the public."""

    id = models.BigAutoField(primary_key=True)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    at = models.DateTimeField()
    actor = models.CharField(max_length=KEY)
    taken_out = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("attachment")

    def __str__(self) -> str:
        return self.name


class DisclosureDue(models.Model):
    """What a place owes to make public of one period of one item; `publication` is what met it."""

    id = models.BigAutoField(primary_key=True)
    item = models.CharField(max_length=60)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="disclosures_due")
    since = models.DateField()
    until = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=12, choices=DUE.choices, default=DUE.start)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, null=True, related_name="meets")
    posted_on = models.DateField(null=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("what must be made public")
        constraints = [
            models.UniqueConstraint(fields=["item", "place", "until"], name="disclosure_due_once"),
            models.CheckConstraint(
                condition=Q(state__in=("in_time", "late"), posted_on__isnull=False)
                | (~Q(state__in=("in_time", "late")) & Q(posted_on=None)),
                name="disclosure_due_posted",
            ),
        ]
        indexes = [models.Index(fields=["due"], condition=Q(state__in=("waiting", "missing")), name="disclosure_open")]

    def __str__(self) -> str:
        return f"{self.item} {self.since} {self.until}"

    @property
    def period(self) -> str:
        """The period in words."""
        return periods.words(self.since, self.until)


class PublicationQuestion(models.Model):
    """A question about a notice. Nothing is kept of who asks.

    Its words are public together with an answer in public, never alone; a private answer is read by its asker.
    """

    id = models.BigAutoField(primary_key=True)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="questions")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    asked = models.DateTimeField()
    due = models.DateTimeField()
    state = models.CharField(max_length=12, choices=QUESTION.choices, default=QUESTION.start)
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=KEY, blank=True)
    private_reason = models.CharField(max_length=500, blank=True)
    in_time = models.BooleanField(null=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("question")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", answered=None) | (~Q(state="waiting") & Q(answered__isnull=False)),
                name="question_answered",
            ),
            models.CheckConstraint(condition=~Q(state="private") | ~Q(private_reason=""), name="question_private_why"),
        ]
        indexes = [models.Index(fields=["place", "state"], name="question_place")]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.asked:%Y-%m-%d}"
