"""Stories of exemplars and letters of residents. What tells of a person stands apart, with that person's consent."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from linli.core.fields import EncryptedTextField
from linli.publishing.workflow.stories import ABOUT, CONSENTERS, KINDS, MEANS, STORY

KEY: Final = 64


class Story(models.Model):
    """A story of a person, unit or place, or a letter to a body (ASM-10). Title, subject and text name nobody.

    `subject` is the unit, place or post that it is about, or the body that a letter thanks; `organization` is that
    body, where it is here. Whoever wrote last, `written_by`, does not publish. What an old ledger says was published
    has no `published_by` and stands on no page.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=12, choices=KINDS)
    about = models.CharField(max_length=12, choices=ABOUT)
    title = models.CharField(max_length=120)
    subject = models.CharField(max_length=160, blank=True)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="stories"
    )
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="stories")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=STORY.choices, default=STORY.start)
    written_on = models.DateField()
    written_by = models.CharField(max_length=KEY)
    published_on = models.DateField(null=True)
    published_by = models.CharField(max_length=KEY, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("story", "story or letter")
        constraints = [
            models.CheckConstraint(condition=~Q(state="published") | ~Q(published_on=None), name="story_published"),
        ]
        indexes = [
            models.Index(fields=["place", "-id"], name="story_place"),
            models.Index(fields=["-published_on", "-id"], condition=Q(state="published"), name="story_public"),
        ]

    def __str__(self) -> str:
        return self.title


class StoryPart(models.Model):
    """What a story tells of one person, or what a letter says and who wrote it.

    It is shown to the public only while `consented_on` stands. When the consent is taken back, name and words go.
    `writer` is the key of the account with which a letter was written.
    """

    id = models.BigAutoField(primary_key=True)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="parts")
    name = EncryptedTextField()
    words = EncryptedTextField()
    writer = models.CharField(max_length=KEY, blank=True)
    consented_on = models.DateField(null=True)
    consented_by = models.CharField(max_length=12, choices=CONSENTERS, blank=True)
    means = models.CharField(max_length=12, choices=MEANS, blank=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("story", "what is told of a person")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(name__isnull=True, words__isnull=True, writer="", consented_on=None),
                name="story_part_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(consented_on=None) | ~Q(consented_by="") & ~Q(means=""), name="story_part_consent"
            ),
        ]
        indexes = [models.Index(fields=["story"], name="story_part_story")]

    def __str__(self) -> str:
        return str(self.pk)
