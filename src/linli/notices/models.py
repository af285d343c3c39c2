"""Notices to places, posts and groups, who subscribes to them, and where a place sends them. Who reads is not kept."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned
from linli.notices.workflow import NOTICE, PACES

KEY: Final = 64
CODE: Final = 40
TITLE: Final = 120
NAME: Final = 60
REASON: Final = 300


class Notice(models.Model):
    """What a community, street or county tells (INF-01), policy notes among it (INF-02).

    `public` ones stand on the public page of the place and reach whoever subscribes there; `posts` are the kinds of
    posts whose holders within the place get it in their inbox. `valid_until` is the last day on which it holds.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=CODE)
    title = models.CharField(max_length=TITLE)
    body = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    public = models.BooleanField(default=False)
    posts = models.JSONField(default=list)
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=NOTICE.choices, default=NOTICE.start)
    reason = models.CharField(max_length=REASON, blank=True)
    edition = models.PositiveSmallIntegerField(default=1)
    written = models.DateTimeField()
    writer = models.CharField(max_length=KEY)
    approver = models.CharField(max_length=KEY, blank=True)
    published = models.DateTimeField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("notice", "notice")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="notice_span"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "withdrawn"]) | Q(published__isnull=False), name="notice_published"
            ),
            models.CheckConstraint(condition=~Q(state="withdrawn") | ~Q(reason=""), name="notice_withdrawn_why"),
        ]
        indexes = [
            models.Index(fields=["place", "-id"], name="notice_place"),
            models.Index(fields=["-published"], condition=Q(state="published"), name="notice_out"),
        ]

    def __str__(self) -> str:
        return self.title


class NoticeGroup(models.Model):
    """A team, squad or Party organisation that a notice is addressed to."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="groups")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = pgettext_lazy("notice", "group addressed")
        constraints = [models.UniqueConstraint(fields=["notice", "organization"], name="notice_group_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.organization_id}"


class NoticeFile(models.Model):
    """A file of a notice. One that was taken out is given to nobody any more."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    at = models.DateTimeField()
    actor = models.CharField(max_length=KEY)
    taken_out = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("notice", "file of a notice")

    def __str__(self) -> str:
        return self.name


class NoticeEdition(models.Model):
    """What a notice said before it was corrected, and why that was done."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="editions")
    edition = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE)
    body = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    reason = models.CharField(max_length=REASON)
    at = models.DateTimeField()
    actor = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = pgettext_lazy("notice", "former edition")
        constraints = [models.UniqueConstraint(fields=["notice", "edition"], name="notice_edition_once")]

    def __str__(self) -> str:
        return f"{self.notice_id}.{self.edition}"


class NoticeReach(models.Model):
    """How many a notice went to by one channel, how many of them got it and how many opened it: in total alone.

    `opened` is known of the inbox only, and where at least five people got it: of fewer it would say who did. The
    place and the instant are the notice's.
    """

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="reaches")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    published = models.DateTimeField()
    channel = models.CharField(max_length=24)
    sent = models.PositiveIntegerField(default=0)
    delivered = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(null=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("notice", "notice by channel")
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="notice_reach_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel}"


class GroupRobot(models.Model):
    """The robot of a group chat of a place (渠道), to which its public notices go. Its key is a secret, and goes when
    the robot is taken out; `home` is where this installation is reached."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="group_robots")
    name = models.CharField(max_length=NAME)
    channel = models.CharField(max_length=24)
    address = EncryptedTextField()
    home = models.CharField(max_length=200)
    added = models.DateTimeField()
    adder = models.CharField(max_length=KEY)
    tested = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("notice", "robot of a group")
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], condition=Q(ended=None), name="group_robot_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """That somebody wants the notices of a place: an account, or an e-mail address whose owner said so twice.

    Without `kinds` all of them. `organization` is the branch of a member who lives elsewhere. The row is erased when
    its owner no longer wants it; `told_until` is up to when letters told of notices.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="notice_subscriptions")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, related_name="notice_subscriptions")
    address = EncryptedTextField()
    address_hash = models.BinaryField(max_length=32, null=True)
    kinds = models.JSONField(default=list)
    pace = models.CharField(max_length=8, choices=PACES, default="each")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="notice_subscriptions"
    )
    home = models.CharField(max_length=200, blank=True)
    made = models.DateTimeField()
    confirmed = models.DateTimeField(null=True)
    next_letter = models.DateField(null=True)
    told_until = models.DateTimeField(null=True)

    owned: ClassVar = (Owned("user", "place__name kinds pace made"),)

    class Meta:
        verbose_name = pgettext_lazy("notice", "subscription")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "user"], condition=Q(user__isnull=False), name="subscription_user"
            ),
            models.UniqueConstraint(
                fields=["place", "address_hash"], condition=Q(address_hash__isnull=False), name="subscription_address"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, address__isnull=True, address_hash__isnull=True)
                | Q(user=None, address__isnull=False, address_hash__isnull=False),
                name="subscription_whose",
            ),
        ]
        indexes = [models.Index(fields=["next_letter"], condition=Q(pace="letter"), name="subscription_letter")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.pace}"
