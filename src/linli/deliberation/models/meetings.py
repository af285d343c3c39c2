"""Series of meetings (forums, joint meetings), what they owe, and meetings with invitations, agenda and minutes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core.rhythm import RHYTHMS
from linli.deliberation.workflow.meetings import ATTENDANCE, MEETING, RATINGS, RESULTS, SESSION, SOURCES


class MeetingSeries(models.Model):
    """A standing forum or joint meeting of a place, with how often it should sit, at which hour, and its members.

    `seats` is how many residents are usually called. Whoever convenes is a body; `until` is the day after its last.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=48)
    title = models.CharField(max_length=120)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="meeting_series")
    convener = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="meeting_series"
    )
    rhythm = models.CharField(max_length=8, choices=RHYTHMS, blank=True)
    every_days = models.PositiveSmallIntegerField(null=True)
    starts = models.TimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    venue = models.CharField(max_length=120, blank=True)
    seats = models.PositiveIntegerField(null=True)
    public = models.BooleanField(default=False)
    about = models.CharField(max_length=500, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("series of meetings")
        constraints = [
            models.UniqueConstraint(fields=["place", "title"], condition=Q(until=None), name="meeting_series_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="meeting_series_span"),
            models.CheckConstraint(
                condition=(Q(rhythm="days") & Q(every_days__gte=1)) | (~Q(rhythm="days") & Q(every_days=None)),
                name="meeting_series_rhythm",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SeriesMember(models.Model):
    """That a body belongs to a series and is invited to its sessions."""

    id = models.BigAutoField(primary_key=True)
    series = models.ForeignKey(MeetingSeries, on_delete=models.CASCADE, related_name="members")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="series_memberships"
    )

    class Meta:
        verbose_name = _("member of a series")
        constraints = [models.UniqueConstraint(fields=["series", "organization"], name="series_member_once")]

    def __str__(self) -> str:
        return f"{self.series_id} {self.organization_id}"


class Meeting(models.Model):
    """One meeting, of a series or by itself. Attendance is numbers: no names of residents are kept.

    `expected` should come, `came` and `represented` did; `off_register` of them are not on the household register.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=40, blank=True)
    series = models.ForeignKey(MeetingSeries, on_delete=models.PROTECT, null=True, related_name="meetings")
    kind = models.CharField(max_length=48)
    title = models.CharField(max_length=200)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="meetings")
    convener = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="meetings_convened"
    )
    on = models.DateField()
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    venue = models.CharField(max_length=120, blank=True)
    public = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=MEETING.choices, default=MEETING.start)
    joint = models.BooleanField(null=True)
    partners = models.CharField(max_length=300, blank=True)
    units = models.PositiveIntegerField(null=True)
    expected = models.PositiveIntegerField(null=True)
    came = models.PositiveIntegerField(null=True)
    represented = models.PositiveIntegerField(null=True)
    off_register = models.PositiveIntegerField(null=True)
    published_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=64)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("meeting")
        constraints = [
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="meeting_cancelled_why"),
            models.CheckConstraint(
                condition=Q(off_register=None) | Q(came=None) | Q(off_register__lte=F("came")),
                name="meeting_off_register",
            ),
        ]
        indexes = [
            models.Index(fields=["-on", "-id"], name="meeting_on"),
            models.Index(fields=["place", "-on"], name="meeting_place"),
        ]

    def __str__(self) -> str:
        return self.title


class SessionDue(models.Model):
    """That a series should sit within a stretch of days: held, or missed. It says nothing about any person."""

    id = models.BigAutoField(primary_key=True)
    series = models.ForeignKey(MeetingSeries, on_delete=models.PROTECT, related_name="dues")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="sessions_due")
    kind = models.CharField(max_length=48)
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=12, choices=SESSION.choices, default=SESSION.start)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="meets")
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("session that is due")
        constraints = [
            models.UniqueConstraint(fields=["series", "since"], name="session_due_once"),
            models.CheckConstraint(
                condition=Q(state="held", meeting__isnull=False) | (~Q(state="held") & Q(meeting__isnull=True)),
                name="session_due_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.since}"


class Invitation(models.Model):
    """A body that was invited to a meeting, and whether it came."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="invitations")
    attendance = models.CharField(max_length=12, choices=ATTENDANCE, blank=True)

    class Meta:
        verbose_name = _("invitation")
        constraints = [models.UniqueConstraint(fields=["meeting", "organization"], name="invitation_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.organization_id}"


class AgendaItem(models.Model):
    """What a meeting speaks about and what came of it; without a meeting it waits to be taken onto an agenda."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="agenda_items")
    series = models.ForeignKey(MeetingSeries, on_delete=models.PROTECT, null=True, related_name="items")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="items")
    text = models.CharField(max_length=300)
    source = models.CharField(max_length=12, choices=SOURCES, default="body")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="agenda_items")
    topic = models.ForeignKey("deliberation.Topic", on_delete=models.PROTECT, null=True, related_name="agenda_items")
    came_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="went_to")
    tier = models.CharField(max_length=40, blank=True)
    result = models.CharField(max_length=12, choices=RESULTS, blank=True)
    decision = models.TextField(blank=True)
    rating = models.CharField(max_length=12, choices=RATINGS, blank=True)
    # How many residents rated it how, by themselves; `rating` is then the middle of them.
    ratings = models.JSONField(default=dict)
    on = models.DateField(null=True)
    raised = models.DateTimeField()
    raised_by = models.CharField(max_length=64)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("agenda item")
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | Q(result__in=["", "declined"]), name="agenda_item_result"
            ),
        ]
        indexes = [models.Index(fields=["series"], condition=Q(meeting=None, result=""), name="agenda_item_waiting")]

    def __str__(self) -> str:
        return self.text


class ItemRater(models.Model):
    """That somebody has rated an agenda item, as a keyed hash of account or browser: neither how nor when."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="raters")
    key_hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("rated agenda item")
        constraints = [models.UniqueConstraint(fields=["item", "key_hash"], name="item_rater_once")]

    def __str__(self) -> str:
        return str(self.item_id)


class Minutes(models.Model):
    """A version of the minutes of a meeting; the newest holds, and the chair approves it."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes_versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    approved = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("minutes")
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="minutes_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"


class MeetingFile(models.Model):
    """A file of a meeting."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("attachment")

    def __str__(self) -> str:
        return self.name
