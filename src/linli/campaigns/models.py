"""Campaigns: a plan with its items, the bodies that act together, the places it is for, and what was found there."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.campaigns.workflow import CAMPAIGN, FINDING, MARKS, WHEN

KEY: Final = 64


class Campaign(models.Model):
    """A campaign or project with a beginning and an end (CMP-01, CMP-05).

    `lead` is known as a body where it is on the roster, else as `unit`. `numbers` are what its figures were when it
    was closed; `published` is the day from which everybody reads its summary.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=500, blank=True)
    document = models.CharField(max_length=160, blank=True)
    lead = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.CharField(max_length=160, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=CAMPAIGN.choices, default=CAMPAIGN.start)
    ended_on = models.DateField(null=True)
    summary = models.TextField(blank=True)
    numbers = models.JSONField(default=dict)
    published = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("campaign", "campaign")
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="campaign_span"),
            models.CheckConstraint(
                condition=Q(state__in=("planned", "running"), ended_on=None)
                | (Q(state__in=("closed", "dropped"), ended_on__isnull=False) & ~Q(summary="")),
                name="campaign_ended",
            ),
        ]
        indexes = [models.Index(fields=["place", "state"], name="campaign_place")]

    def __str__(self) -> str:
        return self.title


class CampaignItem(models.Model):
    """One thing that is done at every place of a campaign; `lead` answers for it."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="items")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    lead = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.CharField(max_length=160, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("campaign", "item")
        constraints = [models.UniqueConstraint(fields=["campaign", "title"], name="campaign_item_once")]

    def __str__(self) -> str:
        return self.title


class CampaignUnit(models.Model):
    """A body that takes part."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="units")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="campaign_units"
    )
    unit = models.CharField(max_length=160)
    since = models.DateField()
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("campaign", "participating body")
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="campaign_unit_once")]

    def __str__(self) -> str:
        return self.unit


class CampaignTarget(models.Model):
    """A place that a campaign is for, with how many households it reaches; `until` is when it was taken off again."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="targets")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="campaign_targets")
    households = models.PositiveIntegerField(null=True)
    begun = models.BooleanField(default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("campaign", "place of a campaign")
        constraints = [models.UniqueConstraint(fields=["campaign", "place"], name="campaign_target_once")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.place_id}"


class CampaignMark(models.Model):
    """That an item is done at a place, or not needed there and why: one field of the matrix (PRP-04).

    `meeting` or `topic` is where residents decided it, for items that are decided (CMP-02).
    """

    id = models.BigAutoField(primary_key=True)
    target = models.ForeignKey(CampaignTarget, on_delete=models.PROTECT, related_name="marks")
    item = models.ForeignKey(CampaignItem, on_delete=models.PROTECT, related_name="marks")
    state = models.CharField(max_length=12, choices=MARKS)
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    meeting = models.ForeignKey("deliberation.Meeting", on_delete=models.PROTECT, null=True, related_name="+")
    topic = models.ForeignKey("deliberation.Topic", on_delete=models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = pgettext_lazy("campaign", "done at a place")
        constraints = [
            models.CheckConstraint(condition=Q(meeting=None) | Q(topic=None), name="campaign_mark_one_decision"),
            models.UniqueConstraint(fields=["target", "item"], name="campaign_mark_once"),
            models.CheckConstraint(condition=Q(state="done") | ~Q(note=""), name="campaign_mark_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.item_id}"


class CampaignFinding(models.Model):
    """Something found at a place of a campaign; it may live on as a matter, whose end then is its own."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="findings")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="campaign_findings")
    number = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=500)
    found_on = models.DateField()
    due = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=FINDING.choices, default=FINDING.start)
    done_on = models.DateField(null=True)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, null=True, related_name="campaign_finding")
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("campaign", "finding")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", done_on=None) | Q(state="done", done_on__isnull=False),
                name="campaign_finding_done",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=F("found_on")), name="campaign_finding_span"
            ),
        ]
        indexes = [models.Index(fields=["campaign", "state", "-id"], name="campaign_finding_list")]

    def __str__(self) -> str:
        return self.text


class CampaignPhoto(models.Model):
    """A photo of a place before or after."""

    id = models.BigAutoField(primary_key=True)
    target = models.ForeignKey(CampaignTarget, on_delete=models.PROTECT, related_name="photos")
    file = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, related_name="+")
    when = models.CharField(max_length=8, choices=WHEN)
    at = models.DateTimeField()
    actor = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = pgettext_lazy("campaign", "photo")

    def __str__(self) -> str:
        return f"{self.target_id} {self.when}"


class CampaignLink(models.Model):
    """That a meeting or a matter belongs to a campaign (CMP-05): a label, which changes nothing of either."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="links")
    meeting = models.ForeignKey(
        "deliberation.Meeting", on_delete=models.PROTECT, null=True, related_name="campaign_links"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="campaign_links")
    since = models.DateField()
    actor = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = pgettext_lazy("campaign", "belongs to a campaign")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "meeting"], name="campaign_link_meeting"),
            models.UniqueConstraint(fields=["campaign", "case"], name="campaign_link_case"),
            models.CheckConstraint(
                condition=Q(meeting=None, case__isnull=False) | Q(meeting__isnull=False, case=None),
                name="campaign_link_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.meeting_id or self.case_id}"


class CampaignReview(models.Model):
    """What a review found and what was changed because of it (CMP-03)."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reviews")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    text = models.CharField(max_length=500)
    actor = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = pgettext_lazy("campaign", "review")

    def __str__(self) -> str:
        return self.text
