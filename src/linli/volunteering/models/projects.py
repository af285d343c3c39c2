"""Volunteer projects: those of the incubator, brands that group teams and activities, and micro-projects to claim."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.volunteering.workflow import CLAIMING, CLAIMS, KINDS, PROJECTS, VERDICTS


class ServiceProject(models.Model):
    """A project of one of three kinds (VOL-04, VOL-05, VOL-10); its stages are in the order of the workflow.

    `team` proposed and leads it. A graduated project of the incubator may be a `brand`. `teams` and `activities` are
    those of a brand. `due` is when a micro-project should be done, `result` what came of it in words.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=KINDS)
    name = models.CharField(max_length=80)
    aim = models.CharField(max_length=1000, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="service_projects")
    team = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="service_projects"
    )
    teams = models.ManyToManyField("organizations.Organization", related_name="brands")
    activities = models.ManyToManyField("activities.Activity", related_name="service_projects")
    stage = models.CharField(max_length=12, choices=PROJECTS.choices)
    proposed_on = models.DateField()
    graduated_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    due = models.DateField(null=True)
    result = models.CharField(max_length=1000, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("volunteering", "volunteer project")
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage__in=("idea", "incubating")) | Q(kind="incubated"), name="service_project_incubator"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=("open", "claimed", "delivered", "confirmed")) | Q(kind="micro"),
                name="service_project_micro",
            ),
        ]
        indexes = [models.Index(F("place"), F("id").desc(), name="service_project_place")]

    def __str__(self) -> str:
        return self.name


class ProjectReview(models.Model):
    """What the panel said of a project, and what became of it. `panel` are bodies or posts in words."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(ServiceProject, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=12, choices=VERDICTS)
    words = models.CharField(max_length=1000)
    panel = models.CharField(max_length=200)
    on = models.DateField()
    stage = models.CharField(max_length=12)
    recorder = models.CharField(max_length=64)

    class Meta:
        verbose_name = pgettext_lazy("volunteering", "review")

    def __str__(self) -> str:
        return f"{self.project_id} {self.on}"


class ProjectClaim(models.Model):
    """That a volunteer or a body claimed a micro-project; one of them leads it."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(ServiceProject, on_delete=models.PROTECT, related_name="claims")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    volunteer = models.ForeignKey(
        "volunteering.Volunteer", on_delete=models.PROTECT, null=True, related_name="project_claims"
    )
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="project_claims"
    )
    lead = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=CLAIMS, default="claimed")
    claimed_on = models.DateField()
    delivered_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    words = models.CharField(max_length=1000, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("volunteering", "claim")
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(lead=True, state__in=CLAIMING), name="project_claim_one_lead"
            ),
            models.UniqueConstraint(
                fields=["project", "volunteer"], condition=Q(state__in=CLAIMING), name="project_claim_volunteer_once"
            ),
            models.UniqueConstraint(
                fields=["project", "organization"], condition=Q(state__in=CLAIMING), name="project_claim_body_once"
            ),
            models.CheckConstraint(
                condition=Q(volunteer=None, organization__isnull=False) | Q(volunteer__isnull=False, organization=None),
                name="project_claim_whose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.state}"
