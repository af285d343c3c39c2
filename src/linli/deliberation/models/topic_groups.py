"""Topic groups that residents join freely: members by choice, ideas, announcements. Nobody chats here."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.owned import Owned
from linli.deliberation.workflow.squads import GROUP, IDEA

KEY = 64


class TopicGroup(models.Model):
    """A group (互助群) of a community about one topic."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="topic_groups")
    name = models.CharField(max_length=60)
    about = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=GROUP.choices, default=GROUP.start)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("topic group", "topic group")
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], condition=Q(state="open"), name="topic_group_once"),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(reason=""), name="topic_group_closed_why"),
        ]
        indexes = [models.Index(fields=["-opened_on", "-id"], name="topic_group_opened")]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """An account that joined, by the name that it chose to be called; the row goes when it leaves."""

    id = models.BigAutoField(primary_key=True)
    group = models.ForeignKey(TopicGroup, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    alias = models.CharField(max_length=20, blank=True)
    joined_on = models.DateField()

    owned: ClassVar = (Owned("user", "group__name alias joined_on"),)

    class Meta:
        verbose_name = _("member of a topic group")
        constraints = [
            models.UniqueConstraint(fields=["group", "user"], name="group_member_once"),
            models.UniqueConstraint(fields=["group", "alias"], condition=~Q(alias=""), name="group_member_alias"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class GroupIdea(models.Model):
    """What a member proposes, and what became of it. Whoever leaves the group leaves the idea without a name."""

    id = models.BigAutoField(primary_key=True)
    group = models.ForeignKey(TopicGroup, on_delete=models.PROTECT, related_name="ideas")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(GroupMember, on_delete=models.SET_NULL, null=True, related_name="ideas")
    text = models.CharField(max_length=500)
    posted_on = models.DateField()
    state = models.CharField(max_length=12, choices=IDEA.choices, default=IDEA.start)
    answer = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(null=True)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, null=True, related_name="group_idea")
    topic = models.OneToOneField("deliberation.Topic", on_delete=models.PROTECT, null=True, related_name="group_idea")
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("topic group", "idea")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("answered", "hidden")) | ~Q(answer=""), name="group_idea_answered"
            ),
            models.CheckConstraint(condition=~Q(state="case") | Q(case__isnull=False), name="group_idea_case"),
            models.CheckConstraint(condition=~Q(state="topic") | Q(topic__isnull=False), name="group_idea_topic"),
        ]
        indexes = [models.Index(fields=["group", "-id"], name="group_idea_of_group")]

    def __str__(self) -> str:
        return str(self.pk)


class GroupNotice(models.Model):
    """What whoever keeps a group announced to it."""

    id = models.BigAutoField(primary_key=True)
    group = models.ForeignKey(TopicGroup, on_delete=models.PROTECT, related_name="notices")
    text = models.CharField(max_length=500)
    day = models.DateField()

    class Meta:
        verbose_name = pgettext_lazy("topic group", "announcement")

    def __str__(self) -> str:
        return str(self.pk)
