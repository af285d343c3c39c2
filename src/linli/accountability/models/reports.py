"""Report templates with their versions, and the reports that were issued from them, which never change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportTemplate(models.Model):
    """A report that is written again and again: the name of its versions, each an ordinary Word file.

    Without a place it is of the whole territory, as those of the profile are.
    """

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(max_length=60, unique=True)
    label = models.CharField(max_length=120)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, null=True, related_name="report_templates")
    retired = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("report template")

    def __str__(self) -> str:
        return self.label


class TemplateVersion(models.Model):
    """A template as it was from one day on."""

    id = models.BigAutoField(primary_key=True)
    template = models.ForeignKey(ReportTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("version of a report template")
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_version_once")]

    def __str__(self) -> str:
        return f"{self.template_id} {self.number}"


class IssuedReport(models.Model):
    """A report as it left the house: the files themselves, the day it speaks of, and by whom it was issued."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="reports")
    template = models.ForeignKey(ReportTemplate, on_delete=models.PROTECT, related_name="reports")
    title = models.CharField(max_length=200)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="issued_reports")
    scope = models.CharField(max_length=64, blank=True)
    as_of = models.DateField()
    issued = models.DateTimeField()
    actor = models.CharField(max_length=64)
    issuer = models.CharField(max_length=120)
    document = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, related_name="+")
    printed = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, null=True, related_name="+")
    typed = models.JSONField(default=list)

    class Meta:
        verbose_name = _("issued report")
        indexes = [models.Index(fields=["template", "scope", "-id"], name="issued_report_last")]

    def __str__(self) -> str:
        return self.title


class IssuedFigure(models.Model):
    """A figure of an issued report: what was printed of it, in which paragraph, and all that it rested on."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(IssuedReport, on_delete=models.PROTECT, related_name="figures")
    position = models.PositiveIntegerField()
    figure = models.ForeignKey("accountability.FrozenFigure", on_delete=models.PROTECT, related_name="reports")
    label = models.CharField(max_length=200)
    printed = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("figure of an issued report")
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="issued_figure_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.printed}"
