"""Polls: what is asked, who may vote, who has voted, and the ballots, which know nothing of secret voters.

The database itself holds what is fixed: a poll that is open does not change, nor its electorate; nobody votes twice;
marks and ballots are only added, and only while the poll is open (the triggers are in the migration).
"""

import uuid
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned
from linli.deliberation.workflow.polls import CHANNELS, HEAD_KINDS, KINDS, POLL, RULES, SECRECY

STANDING: Final = {
    "draft": ("grey", "dots"),
    "announced": ("yellow", "speakerphone"),
    "open": ("green", "circle-check"),
    "closed": ("yellow", "clock"),
    "published": ("green", "eye"),
    "cancelled": ("grey", "circle-x"),
    "void": ("red", "circle-x"),
}


class Poll(models.Model):
    """A vote (表决): its question and rule, its days, and what it came to.

    `terms` are the thresholds as they were when it was opened; `result` is the whole count, `votes_for` and the
    like are what figures read. One that was `imported` is known by its totals only.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="polls")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=12, choices=KINDS, default="decision")
    options = models.JSONField(default=list)
    most = models.PositiveSmallIntegerField(default=1)
    rule = models.CharField(max_length=20, choices=RULES, default="opinion")
    terms = models.JSONField(default=dict)
    by_area = models.BooleanField(default=False)
    secrecy = models.CharField(max_length=8, choices=SECRECY, default="named")
    online = models.BooleanField(default=True)
    paper = models.BooleanField(default=True)
    binding = models.BooleanField(default=False)
    ground = models.CharField(max_length=300, blank=True)
    unreturned_ground = models.CharField(max_length=300, blank=True)
    announced_on = models.DateField(null=True)
    opens = models.DateTimeField(null=True)
    closes = models.DateTimeField(null=True)
    held = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=POLL.choices, default=POLL.start)
    reason = models.CharField(max_length=300, blank=True)
    heads = models.PositiveIntegerField(null=True)
    area = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    present = models.PositiveIntegerField(null=True)
    votes_for = models.PositiveIntegerField(null=True)
    votes_against = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    met = models.BooleanField(null=True)
    result = models.JSONField(default=dict)
    imported = models.BooleanField(default=False)
    step = models.ForeignKey("deliberation.TopicStep", on_delete=models.PROTECT, null=True, related_name="polls")
    holding = models.OneToOneField("deliberation.Holding", on_delete=models.PROTECT, null=True, related_name="poll")
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=64)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("poll")
        constraints = [
            models.CheckConstraint(condition=Q(closes=None) | Q(closes__gt=F("opens")), name="poll_days"),
            models.CheckConstraint(condition=~Q(secrecy="secret", by_area=True), name="poll_secret_by_heads"),
            models.CheckConstraint(condition=Q(binding=False) | ~Q(ground=""), name="poll_binds_on_a_ground"),
            models.CheckConstraint(
                condition=~Q(state__in=("cancelled", "void")) | ~Q(reason=""), name="poll_ended_why"
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-id"], name="poll_place"),
            models.Index(fields=["held"], name="poll_held"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def secret(self) -> bool:
        """Whether ballots are without names."""
        return self.secrecy == "secret"

    @property
    def standing(self) -> tuple[str, str, str]:
        """How it stands: a colour, an icon, and in words."""
        colour, icon = STANDING[self.state]
        return colour, icon, str(POLL.label(self.state))


class Elector(models.Model):
    """One head: somebody with all their rights. Several units of one owner are one head with their area together."""

    id = models.BigAutoField(primary_key=True)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="electors")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=HEAD_KINDS)
    name = EncryptedTextField()
    key_hash = models.BinaryField(max_length=32)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, null=True, related_name="+")
    area = models.DecimalField(max_digits=14, decimal_places=4, default=0)

    owned: ClassVar = (Owned("person", "poll__title kind name area"),)

    class Meta:
        verbose_name = _("elector")
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="elector_number"),
            models.UniqueConstraint(fields=["poll", "key_hash"], name="elector_once"),
            models.UniqueConstraint(fields=["poll", "person"], condition=~Q(person=None), name="elector_person"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class PollRight(models.Model):
    """One right that a head holds: for owners a unit with its area."""

    id = models.BigAutoField(primary_key=True)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="rights")
    elector = models.ForeignKey(Elector, on_delete=models.PROTECT, related_name="rights")
    unit = EncryptedTextField()
    unit_hash = models.BinaryField(max_length=32)
    area = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        verbose_name = _("right to vote")
        constraints = [
            models.UniqueConstraint(fields=["poll", "unit_hash"], name="poll_right_once"),
            models.CheckConstraint(condition=Q(area__gt=0), name="poll_right_area"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PollKey(models.Model):
    """The public half of the key of one of the two counters; the other half was shown to that counter once."""

    id = models.BigAutoField(primary_key=True)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="keys")
    position = models.PositiveSmallIntegerField()
    holder = models.CharField(max_length=64)
    public = models.BinaryField(max_length=32)
    made = models.DateTimeField()

    class Meta:
        verbose_name = _("counter's key")
        constraints = [
            models.UniqueConstraint(fields=["poll", "position"], name="poll_key_position"),
            models.UniqueConstraint(fields=["poll", "holder"], name="poll_key_holder"),
            models.CheckConstraint(condition=Q(position__in=(1, 2)), name="poll_key_two"),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}.{self.position}"


class VotingCode(models.Model):
    """The code printed for an elector, kept as a keyed hash; a new one takes the place of the old."""

    elector = models.OneToOneField(Elector, on_delete=models.PROTECT, primary_key=True, related_name="code")
    code_hash = models.BinaryField(max_length=32, unique=True)
    made = models.DateTimeField()

    class Meta:
        verbose_name = _("voting code")

    def __str__(self) -> str:
        return str(self.elector_id)


class PollProxy(models.Model):
    """An elector who lets another elector vote in their place, with the paper that says so."""

    id = models.BigAutoField(primary_key=True)
    giver = models.OneToOneField(Elector, on_delete=models.PROTECT, related_name="proxy")
    holder = models.ForeignKey(Elector, on_delete=models.PROTECT, related_name="votes_for")
    file = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, related_name="+")
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("proxy")
        constraints = [models.CheckConstraint(condition=~Q(giver=F("holder")), name="poll_proxy_another")]

    def __str__(self) -> str:
        return str(self.pk)


class PollMark(models.Model):
    """That an elector has voted, and by which way: nothing else, not even when."""

    elector = models.OneToOneField(Elector, on_delete=models.PROTECT, primary_key=True, related_name="mark")
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="marks")
    channel = models.CharField(max_length=8, choices=CHANNELS)

    class Meta:
        verbose_name = _("mark of having voted")

    def __str__(self) -> str:
        return str(self.elector_id)


class NamedBallot(models.Model):
    """What an elector voted in a poll by name. A corrected paper ballot is another row; the latest counts."""

    id = models.BigAutoField(primary_key=True)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="named_ballots")
    elector = models.ForeignKey(Elector, on_delete=models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField(default=0)
    choices = ArrayField(models.PositiveSmallIntegerField())
    channel = models.CharField(max_length=8, choices=CHANNELS)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("ballot")
        constraints = [models.UniqueConstraint(fields=["elector", "round"], name="named_ballot_once")]

    def __str__(self) -> str:
        return str(self.pk)


class SealedBallot(models.Model):
    """A secret ballot: no voter, no time, no number of order. Emptied once it is counted; its receipt stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="sealed_ballots")
    sealed = models.BinaryField(null=True)
    receipt = models.CharField(max_length=32, unique=True)

    class Meta:
        verbose_name = _("sealed ballot")

    def __str__(self) -> str:
        return self.receipt


class PaperEntry(models.Model):
    """What one person read from a paper ballot, or counted in a bundle of secret ones.

    Two people enter independently; where they differ a third looks. A correction begins a new round.
    """

    id = models.BigAutoField(primary_key=True)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="paper_entries")
    elector = models.ForeignKey(Elector, on_delete=models.PROTECT, null=True, related_name="paper_entries")
    bundle = models.PositiveIntegerField(null=True)
    round = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField()
    # The choices of a ballot; of a bundle how many are for each option, and last how many ballots it has.
    numbers = ArrayField(models.PositiveIntegerField())
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("paper entry")
        constraints = [
            models.CheckConstraint(
                condition=Q(elector=None, bundle__isnull=False) | Q(elector__isnull=False, bundle=None),
                name="paper_entry_of_one",
            ),
            models.CheckConstraint(condition=Q(position__in=(1, 2, 3)), name="paper_entry_three"),
            models.UniqueConstraint(fields=["elector", "round", "by"], name="paper_entry_by"),
            models.UniqueConstraint(fields=["elector", "round", "position"], name="paper_entry_position"),
            models.UniqueConstraint(fields=["poll", "bundle", "round", "by"], name="paper_bundle_by"),
            models.UniqueConstraint(fields=["poll", "bundle", "round", "position"], name="paper_bundle_position"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
