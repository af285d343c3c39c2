"""Teams that form around a task: who belongs to one, what it did, its calls, and the matters that it works on."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.core.owned import Owned
from linli.teams.workflow import TEAM

KEY: Final = 64
LONGEST: Final = 300
LONGEST_NAME: Final = 60


class TaskTeam(models.Model):
    """A team for one task (ORG-11, PPL-24). `organization` is the task force that the roster knows it by.

    Its lead is somebody with a post or an account, and one of its members.
    """

    id = models.BigAutoField(primary_key=True)
    organization = models.OneToOneField(
        "organizations.Organization", on_delete=models.PROTECT, related_name="task_team"
    )
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    task = models.CharField(max_length=LONGEST)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="task_teams")
    lead = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="teams_led")
    begins_on = models.DateField()
    planned_end = models.DateField()
    state = models.CharField(max_length=12, choices=TEAM.choices, default=TEAM.start)
    ended_on = models.DateField(null=True)
    outcome = models.CharField(max_length=LONGEST, blank=True)
    formed = models.DateTimeField()
    formed_by = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("lead", "name task begins_on state outcome"),)

    class Meta:
        verbose_name = pgettext_lazy("team", "team")
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], condition=Q(state="active"), name="task_team_once"),
            models.CheckConstraint(condition=~Q(task=""), name="task_team_task"),
            models.CheckConstraint(condition=Q(planned_end__gte=F("begins_on")), name="task_team_span"),
            models.CheckConstraint(
                condition=Q(state="active", ended_on=None)
                | (Q(state="dissolved", ended_on__isnull=False) & ~Q(outcome="")),
                name="task_team_ended_how",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-id"], name="task_team_place"),
            models.Index(fields=["planned_end"], condition=Q(state="active"), name="task_team_open"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Somebody in a team, in a capacity: a person who is known here, or only a name that the community gave.

    Such a name is forgotten when its bearer leaves or the team is dissolved; the row stays and counts. Whoever
    `stayed` was in it when it was dissolved.
    """

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(TaskTeam, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, null=True, related_name="team_members")
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    capacity = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)
    stayed = models.BooleanField(default=False)
    extra = models.JSONField(default=dict)

    owned: ClassVar = (Owned("person", "team__name capacity since until"),)

    class Meta:
        verbose_name = pgettext_lazy("team", "team member")
        constraints = [
            models.UniqueConstraint(fields=["team", "person"], condition=Q(until=None), name="team_member_once"),
            models.CheckConstraint(
                condition=Q(name="") | Q(person=None, until=None), name="team_member_name_only_while_in"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.capacity}"

    @property
    def named(self) -> str:
        """What the member is called."""
        return self.person.name if self.person else self.name


class TeamResult(models.Model):
    """What a team did on a day, with a number where there is one to give."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(TaskTeam, on_delete=models.PROTECT, related_name="results")
    on = models.DateField()
    what = models.CharField(max_length=LONGEST)
    number = models.PositiveIntegerField(null=True)
    written = models.DateTimeField()
    written_by = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("team", "result of a team")

    def __str__(self) -> str:
        return f"{self.team_id} {self.on}"


class TeamCall(models.Model):
    """That the members are wanted for something, at an instant and a venue.

    `coming` is how many said that they come; it is all that is left of the answers once the call is a week old.
    """

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(TaskTeam, on_delete=models.PROTECT, related_name="calls")
    what = models.CharField(max_length=LONGEST)
    venue = models.CharField(max_length=100)
    at = models.DateTimeField()
    made = models.DateTimeField()
    made_by = models.CharField(max_length=KEY)
    coming = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("team", "call of a team")
        indexes = [models.Index(fields=["at"], condition=Q(coming=None), name="team_call_uncounted")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.at:%Y-%m-%d %H:%M}"


class CallAnswer(models.Model):
    """Whether a member comes, while it matters."""

    id = models.BigAutoField(primary_key=True)
    call = models.ForeignKey(TeamCall, on_delete=models.PROTECT, related_name="answers")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="answers")
    coming = models.BooleanField()

    class Meta:
        verbose_name = pgettext_lazy("team", "answer to a call")
        constraints = [models.UniqueConstraint(fields=["call", "member"], name="call_answer_once")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.member_id}"


class TeamMatter(models.Model):
    """A matter that a team works on beside whoever handles it."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(TaskTeam, on_delete=models.PROTECT, related_name="matters")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="task_teams")
    since = models.DateField()

    class Meta:
        verbose_name = pgettext_lazy("team", "matter of a team")
        constraints = [models.UniqueConstraint(fields=["team", "case"], name="team_matter_once")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.case_id}"
