"""Training, credentials, mentoring, contests and study items. Nothing here says where somebody was or for how long."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.owned import Owned
from linli.workforce.workflow import CREDENTIAL, OUTCOMES, PUSHED, SESSION

CODE: Final = 64
KEY: Final = 64


class TrainingSession(models.Model):
    """A training on one or more days: of which programme, by which channel and mode, in which batch (PPL-07 to 09).

    `posts` are the kinds of posts that it is for, nobody in particular where there are none.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    programme = models.CharField(max_length=CODE, blank=True)
    channel = models.CharField(max_length=CODE, blank=True)
    mode = models.CharField(max_length=CODE, blank=True)
    batch = models.CharField(max_length=40, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="training_sessions")
    organizer = models.CharField(max_length=160, blank=True)
    since = models.DateField()
    until = models.DateField()
    venue = models.CharField(max_length=160, blank=True)
    posts = models.JSONField(default=list)
    capacity = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12, choices=SESSION.choices, default=SESSION.start)
    reason = models.CharField(max_length=200, blank=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("training", "training session")
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="training_session_number_once"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="training_session_span"),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="training_session_reason"),
        ]
        indexes = [models.Index(fields=["-since", "-id"], name="training_session_since")]

    def __str__(self) -> str:
        return self.title


class TrainingAttendance(models.Model):
    """That somebody is named for a session, came or did not: put down by the trainer from the list, never by oneself.

    `place` is where the person works, `day` the first day of the session. `category` and `unit` are a ledger's words
    for who they were then.
    """

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="trainings")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="training_attendances")
    day = models.DateField()
    outcome = models.CharField(max_length=12, choices=OUTCOMES, default="named")
    category = models.CharField(max_length=CODE, blank=True)
    unit = models.CharField(max_length=160, blank=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "session__title day outcome unit"),)

    class Meta:
        verbose_name = pgettext_lazy("training", "attendance at training")
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="training_attendance_once")]
        indexes = [
            models.Index(fields=["person", "day"], name="training_attendance_person"),
            models.Index(fields=["place", "day"], name="training_attendance_place"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"


class Credential(models.Model):
    """A qualification of a person (PPL-13): entered by the worker, counted only when somebody else has verified it.

    `scan` is a picture of the certificate, for the holder and whoever verifies; once that is decided it goes.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="credentials")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="credentials")
    kind = models.CharField(max_length=CODE)
    number = models.CharField(max_length=64)
    issued = models.DateField()
    expires = models.DateField(null=True)
    scan = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=CREDENTIAL.choices, default=CREDENTIAL.start)
    reason = models.CharField(max_length=200, blank=True)
    entered = models.DateTimeField()
    entered_by = models.CharField(max_length=KEY)
    decided = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=KEY, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "kind number issued expires state reason"),)

    class Meta:
        verbose_name = pgettext_lazy("credential", "credential")
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=Q(state__in=["entered", "verified"]), name="credential_number_once"
            ),
            models.CheckConstraint(
                condition=Q(expires=None) | Q(expires__gte=F("issued")), name="credential_expires_after_issue"
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | ~Q(decided_by=F("entered_by")) | Q(decided=None),
                name="credential_verified_by_another",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="credential_reason"),
        ]
        indexes = [models.Index(fields=["person", "state"], name="credential_person")]

    def __str__(self) -> str:
        return self.number


class Mentoring(models.Model):
    """Who helps whom to grow, and since when (PPL-11): one mentor may have one or many mentees."""

    id = models.BigAutoField(primary_key=True)
    mentor = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="mentorings")
    mentee = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="mentored_by")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="mentorings")
    since = models.DateField()
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (
        Owned("mentor", "place__name since until"),
        Owned("mentee", "place__name since until"),
    )

    class Meta:
        verbose_name = pgettext_lazy("training", "mentoring")
        constraints = [
            models.UniqueConstraint(fields=["mentor", "mentee"], condition=Q(until=None), name="mentoring_once"),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="mentoring_of_another"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="mentoring_span"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.mentee_id}"


class MentoringSession(models.Model):
    """A day on which mentor and mentee sat together, and about what."""

    id = models.BigAutoField(primary_key=True)
    mentoring = models.ForeignKey(Mentoring, on_delete=models.PROTECT, related_name="sessions")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="mentoring_sessions")
    on = models.DateField()
    topic = models.CharField(max_length=200)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("training", "session of mentor and mentee")
        indexes = [models.Index(fields=["mentoring", "-on"], name="mentoring_session_on")]

    def __str__(self) -> str:
        return f"{self.mentoring_id} {self.on}"


class Contest(models.Model):
    """A contest of skills or projects (PPL-12). Its results are awards, never an order of people.

    Scores of its jury are shown to those who took part from `published_on` on, each their own.
    """

    id = models.BigAutoField(primary_key=True)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=CODE)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="contests")
    organizer = models.CharField(max_length=160, blank=True)
    on = models.DateField()
    published_on = models.DateField(null=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("training", "contest")

    def __str__(self) -> str:
        return self.title


class ContestScore(models.Model):
    """What one juror gave one entry, from 0 to 100. It counts inside its contest alone, as a mean, and nowhere else."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey("workforce.ContestEntry", on_delete=models.PROTECT, related_name="scores")
    juror = models.CharField(max_length=60)
    score = models.PositiveSmallIntegerField()
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = pgettext_lazy("training", "score of a juror")
        constraints = [
            models.UniqueConstraint(fields=["entry", "juror"], name="contest_score_once"),
            models.CheckConstraint(condition=Q(score__lte=100), name="contest_score_most"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.juror}"


class ContestEntry(models.Model):
    """Who or what took part in a contest, and which award was given, if any."""

    id = models.BigAutoField(primary_key=True)
    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="entries")
    person = models.ForeignKey(
        "organizations.Person", on_delete=models.PROTECT, null=True, related_name="contest_entries"
    )
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="contest_entries")
    title = models.CharField(max_length=160, blank=True)
    award = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    extra = models.JSONField(default=dict)

    owned: ClassVar = (Owned("person", "title award day"),)

    class Meta:
        verbose_name = pgettext_lazy("training", "entry of a contest")
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "person"], condition=Q(title="", person__isnull=False), name="contest_entry_once"
            ),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(title=""), name="contest_entry_of_something"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.person_id)


class StudyGroup(models.Model):
    """A group of a level on a platform, to which study items are pushed (PPL-10). Who is in it is not kept."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=CODE)
    platform = models.CharField(max_length=CODE)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="study_groups")
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("study item", "study group")

    def __str__(self) -> str:
        return self.name


class InformationItem(models.Model):
    """Something to study, pushed to groups of a level by a platform (PPL-10). Who reads it is not kept."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    level = models.CharField(max_length=CODE)
    platform = models.CharField(max_length=CODE)
    group = models.ForeignKey(StudyGroup, on_delete=models.PROTECT, null=True, related_name="items")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="information_items")
    pushed_on = models.DateField()
    state = models.CharField(max_length=12, choices=PUSHED, default="pushed")
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("study item")
        indexes = [models.Index(fields=["pushed_on"], name="information_item_pushed")]

    def __str__(self) -> str:
        return self.title
