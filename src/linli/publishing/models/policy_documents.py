"""Policy documents (制度文件) with their numbers, the days on which they hold, and their files."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.publishing.workflow.policy_documents import DOCUMENT, KINDS


class PolicyDocument(models.Model):
    """A policy, plan or notice that binds a place: who issued it under which number, and from when until when it holds.

    `valid_until` is the last day that the document itself names; `until` is the first day on which it no longer
    holds, for whatever reason: that day is over, another replaced it, or it was repealed.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=60, blank=True)
    prefix = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=KINDS)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="policy_documents"
    )
    issuer = models.CharField(max_length=120)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="policy_documents")
    issued = models.DateField()
    since = models.DateField()
    valid_until = models.DateField(null=True)
    until = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=DOCUMENT.choices, default=DOCUMENT.start)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaces")
    repealed_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    keywords = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    public = models.BooleanField(default=False)
    search = SearchVectorField(null=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=64)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("policy document")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "number"],
                condition=Q(organization__isnull=False) & ~Q(number=""),
                name="policy_document_number",
            ),
            models.UniqueConstraint(
                fields=["issuer", "number"],
                condition=Q(organization=None) & ~Q(number=""),
                name="policy_document_number_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("since")), name="policy_document_validity"
            ),
            models.CheckConstraint(
                condition=~Q(state="repealed") | (Q(repealed_on__isnull=False) & ~Q(reason="")),
                name="policy_document_repealed_why",
            ),
            models.CheckConstraint(
                condition=Q(state="replaced", replaced_by__isnull=False)
                | (~Q(state="replaced") & Q(replaced_by__isnull=True)),
                name="policy_document_replaced_by",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="policy_document_search"),
            models.Index(fields=["-issued", "-id"], name="policy_document_issued"),
            models.Index(fields=["place", "-issued"], name="policy_document_place"),
            models.Index(fields=["valid_until"], condition=Q(state="in_force"), name="policy_document_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title

    @property
    def validity(self) -> str:
        """What a list says in the column of validity: that there is no end; a last day has its own column."""
        return "" if self.valid_until else "长期"

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or self.until > day)

    def is_over(self, day: date) -> bool:
        """Whether it no longer holds on a day."""
        return self.until is not None and self.until <= day

    def standing(self, day: date) -> tuple[str, str, str]:
        """How it stands on a day: a colour, an icon, and in words."""
        if day < self.since:
            return "yellow", "clock", str(pgettext_lazy("document", "not yet in force"))
        if self.holds_on(day):
            return "green", "circle-check", str(pgettext_lazy("document", "in force"))
        return "grey", "history", str(DOCUMENT.label("expired" if self.state == "in_force" else self.state))


class PolicyFile(models.Model):
    """A file of a document; `text` is what could be read in it. One that was taken out is given to nobody any more."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(PolicyDocument, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    taken_out = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("attachment")

    def __str__(self) -> str:
        return self.name
