"""Matters raised by residents or found by grid workers, who raised them, and what was answered and rated."""

from typing import ClassVar, Final

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from linli.cases.workflow import OPEN, RESULT_HOLDS
from linli.core.composed import composed
from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned

# A closed row of a ledger counts as done, neither verified nor rated; nobody has anything left to do with it.
STILL_OPEN: Final = Q(state__in=OPEN) & ~Q(state="done", imported=True)


class Case(models.Model):
    """One matter (诉求) and where it stands. Its history is the journal; its clocks are its work items.

    `number` is the receipt number that everyone gets; `register_number` the number in the ledger or platform it
    came from. `received_on` is the day it counts for; ledger dates stay days, so the moments may be empty.
    A public-benefit task has a `planned_end`, and in the end a number of people `helped`: a count, never a list.

    Every index is named below: Django's own ones for each reference and text took half the time of writing a matter.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=32)
    code_hash = models.BinaryField(max_length=32, null=True)
    register_number = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=32)
    door = models.CharField(max_length=16, default="desk")
    kind = models.CharField(max_length=24, default="problem")
    category = models.CharField(max_length=64, blank=True)
    urgency = models.CharField(max_length=12, default="normal")
    in_scope = models.BooleanField(default=True)
    confidential = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="cases", db_index=False)
    grid = models.ForeignKey(
        "territory.Place", on_delete=models.PROTECT, null=True, related_name="grid_cases", db_index=False
    )
    address = models.CharField(max_length=200, blank=True)
    lng = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    state = models.CharField(max_length=20, default="received")
    outcome = models.CharField(max_length=20, blank=True)
    lead = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="cases", db_index=False
    )
    lead_name = models.CharField(max_length=160, blank=True)
    handler = models.ForeignKey(
        "organizations.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    received_on = models.DateField()
    received = models.DateTimeField(null=True)
    accepted = models.DateTimeField(null=True)
    contacted = models.DateTimeField(null=True)
    dispatched = models.DateField(null=True)
    taken = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    verified = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    closed = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    given_due = models.DateTimeField(null=True)
    deferred_until = models.DateField(null=True)
    returns = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    done_by = models.CharField(max_length=64, blank=True)
    on_the_spot = models.BooleanField(default=False)
    imported = models.BooleanField(default=False)
    result = models.TextField(blank=True)
    public_reason = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False)
    profile_version = models.BigIntegerField(null=True)
    search = SearchVectorField(null=True)
    desk = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="desk_cases", db_index=False
    )
    complained_of = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="complaints", db_index=False
    )
    contact_due = models.DateTimeField(null=True)
    paused_since = models.DateTimeField(null=True)
    paused_minutes = models.PositiveIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    sampled = models.BooleanField(default=False)
    verification = models.CharField(max_length=16, blank=True)
    supervised = models.BooleanField(default=False)
    result_mark = models.BigIntegerField(null=True)
    answer_repeated = models.BooleanField(default=False)
    planned_end = models.DateField(null=True)
    helped = models.PositiveIntegerField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("matter")
        indexes = [
            models.Index(fields=["received_on", "id"], include=["place", "closed_on"], name="case_received"),
            models.Index(fields=["closed_on"], condition=~Q(closed_on=None), name="case_closed"),
            models.Index(fields=["received_on", "id"], condition=STILL_OPEN, name="case_open"),
            models.Index(fields=["due", "id"], include=["place", "grid"], condition=STILL_OPEN, name="case_open_due"),
            models.Index(fields=["lead", "state", "id"], name="case_lead_state"),
            models.Index(fields=["place", "id"], name="case_place"),
            models.Index(fields=["grid", "id"], name="case_grid"),
            models.Index(fields=["state", "id"], name="case_state"),
            models.Index(fields=["register_number"], name="case_register_number"),
            GinIndex(fields=["search"], name="case_search"),
            models.Index(fields=["result_mark"], condition=~Q(result_mark=None), name="case_result_mark"),
            models.Index(fields=["handler"], condition=~Q(handler=None), name="case_handler"),
            models.Index(fields=["merged_into"], condition=~Q(merged_into=None), name="case_merged_into"),
            models.Index(fields=["desk"], condition=~Q(desk=None), name="case_desk"),
            models.Index(fields=["complained_of"], condition=~Q(complained_of=None), name="case_complained_of"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("received_on")),
                name="case_closed_after_received",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def result_now(self) -> str:
        """What was done, as long as it counts: a matter that is open again has nothing to show."""
        return self.result if self.state in RESULT_HOLDS else ""

    @cached_property
    def raised_by(self) -> list["Reporter"]:
        """Who raised the matter, read once."""
        return reporters_of(self.pk)


@composed(planned=True)
def reporters_of(case_id: int) -> models.QuerySet["Reporter"]:
    """Who raised a matter; says nothing about who may see them."""
    return Reporter.objects.filter(case_id=case_id).order_by("id")


class Reporter(models.Model):
    """Who raised a matter: optional, encrypted, and kept apart so that a figure can never touch it.

    Several reporters hold one matter after a merge, each with a thread of their own.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reporters")
    name = EncryptedTextField(null=True)
    phone = EncryptedTextField(null=True)
    phone_hash = models.BinaryField(max_length=32, null=True)
    person = models.ForeignKey(
        "organizations.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    user_id = models.BigIntegerField(null=True)
    behalf_of = EncryptedTextField(null=True)
    callback = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    taken_by = models.CharField(max_length=64, blank=True)
    forgotten = models.DateField(null=True)

    owned: ClassVar = (
        Owned("person", "case__number case__received name phone behalf_of"),
        Owned("user_id", "case__number case__received name phone behalf_of"),
    )

    class Meta:
        verbose_name = _("reporter")
        # Most reporters leave some of these empty (docs/decisions/0030).
        indexes = [
            models.Index(fields=[name], condition=~Q(**{name: None}), name=f"reporter_{name}")
            for name in ("phone_hash", "person", "user_id")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Note(models.Model):
    """What was said on a matter: a public answer, or a note among the staff."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    author = models.CharField(max_length=120)
    public = models.BooleanField(default=False)
    text = models.TextField()

    class Meta:
        verbose_name = _("note")
        indexes = [models.Index(fields=["case", "id"], name="note_case")]

    def __str__(self) -> str:
        return self.text[:40]


class Attachment(models.Model):
    """A photo or paper of a matter; a photo is public only after somebody at the desk has seen it."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, related_name="+")
    original = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    stage = models.CharField(max_length=12, default="report")
    cleared = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("attachment")

    def __str__(self) -> str:
        return str(self.file_id)


class Help(models.Model):
    """A body that helps the lead, or that a whistle calls to the spot: with a clock of its own."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="helps")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="helps"
    )
    whistle = models.ForeignKey("Whistle", on_delete=models.PROTECT, null=True, related_name="calls")
    task = models.CharField(max_length=200, blank=True)
    asked = models.DateTimeField()
    due = models.DateTimeField(null=True)
    reported = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    result = models.TextField(blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    rating_of_caller = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("help")
        constraints = [
            models.UniqueConstraint(fields=["case", "organization", "whistle"], nulls_distinct=False, name="help_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.organization_id}"


class Whistle(models.Model):
    """A call of a community or street to departments: come and report in (吹哨报到, WHI-01)."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=64, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="whistles")
    kind = models.CharField(max_length=12, default="routine")
    text = models.TextField(blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="whistles")
    departments = models.JSONField(default=list)
    received = models.DateField()
    reported = models.DateField(null=True)
    closed = models.DateField(null=True)
    called = models.DateTimeField(null=True)
    called_by = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, null=True, related_name="+")
    report_due = models.DateTimeField(null=True)
    state = models.CharField(max_length=16, default="called")
    result = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("whistle")
        indexes = [models.Index(fields=["received", "id"], name="whistle_received")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=~Q(state="done") & ~Q(case=None), name="whistle_one_open"
            )
        ]

    def __str__(self) -> str:
        return self.number or str(self.pk)


class Rating(models.Model):
    """The reporter's word: solved or not, satisfied or not; and how it was asked. One answer per asking."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ratings")
    reporter = models.ForeignKey(Reporter, on_delete=models.PROTECT, null=True, related_name="ratings")
    channel = models.CharField(max_length=12)
    asked = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    token_hash = models.BinaryField(max_length=32, null=True, unique=True)
    answered = models.DateTimeField(null=True)
    reached = models.BooleanField(null=True)
    solved = models.BooleanField(null=True)
    satisfied = models.PositiveSmallIntegerField(null=True)
    remark = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("rating")
        indexes = [
            models.Index(fields=["asked"], name="rating_asked"),
            models.Index(fields=["answered"], condition=~Q(answered=None), name="rating_answered"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reporter"],
                condition=Q(answered=None, reached=None),
                nulls_distinct=False,
                name="rating_one_open",
            ),
            models.CheckConstraint(condition=Q(satisfied=None) | Q(satisfied__range=(1, 5)), name="rating_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.channel}"


class SavedFilter(models.Model):
    """The filters of a list that somebody named, to come back to them with one tap."""

    id = models.BigAutoField(primary_key=True)
    user_id = models.BigIntegerField()
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("saved filter")
        constraints = [models.UniqueConstraint(fields=["user_id", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name


class PublicSummary(models.Model):
    """What the desk lets everybody read about a matter, in words of its own; withdrawn, never erased."""

    id = models.BigAutoField(primary_key=True)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="summary")
    text = models.CharField(max_length=500)
    published = models.DateTimeField()
    published_by = models.CharField(max_length=64)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("public summary")

    def __str__(self) -> str:
        return self.text
