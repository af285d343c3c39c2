"""Self-government bodies: how each was founded and stands in its term, its elections and their candidates.

The body itself is an organisation, its members hold posts in it; here is only what led to them.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned
from linli.deliberation.workflow.bodies import ELECTION, ELECTIONS, FOUNDING, PROPOSERS, ROLES, TERMS, WAYS

KEY = 64


class Decided(models.Model):
    """How residents decided: by a vote, topic or meeting of the place, or by their own count; with its numbers."""

    decided_by = models.CharField(max_length=8, choices=WAYS, blank=True)
    decided_on = models.DateField(null=True)
    poll = models.OneToOneField("deliberation.Poll", on_delete=models.PROTECT, null=True, related_name="%(class)s")
    topic = models.OneToOneField("deliberation.Topic", on_delete=models.PROTECT, null=True, related_name="%(class)s")
    meeting = models.ForeignKey("deliberation.Meeting", on_delete=models.PROTECT, null=True, related_name="%(class)ss")
    due = models.PositiveIntegerField(null=True)
    came = models.PositiveIntegerField(null=True)
    votes_for = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


class BodyFounding(Decided):
    """A self-government body (自治组织) from its proposal on; `organization` is there once it was registered.

    `term` says how the term from `since` to `until` stands today; a check keeps it so. It is filed anew each term.
    `contact` is how residents who propose it may be reached, with their consent, until it is registered or dropped.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="body_foundings")
    organization = models.OneToOneField(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="founding"
    )
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=500, blank=True)
    proposed_by = models.CharField(max_length=12, choices=PROPOSERS, default="residents")
    contact = EncryptedTextField()
    branch_led = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=FOUNDING.choices, default=FOUNDING.start)
    proposed_on = models.DateField()
    terms = models.PositiveSmallIntegerField(default=0)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    term = models.CharField(max_length=8, choices=TERMS, default="none")
    file_by = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    filed_number = models.CharField(max_length=60, blank=True)
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("self-government body")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(state__in=("proposed", "registered")), name="body_founding_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="registered") | Q(organization__isnull=False), name="body_founding_registered"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("ended", "dropped")) | ~Q(reason=""), name="body_founding_ended_why"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="body_founding_term"),
            models.CheckConstraint(
                condition=Q(due=None) | Q(came__lte=F("due"), votes_for__lte=F("came")), name="body_founding_numbers"
            ),
        ]
        indexes = [
            models.Index(fields=["-proposed_on", "-id"], name="body_founding_proposed"),
            models.Index(fields=["until"], condition=Q(state="registered"), name="body_founding_until"),
        ]

    def __str__(self) -> str:
        return self.name


class BodyElection(Decided):
    """An election of a body, for the term with a number or for seats that fell free; one is open at a time.

    Who stood and was not elected is forgotten once the result is there: their number stays.
    """

    id = models.BigAutoField(primary_key=True)
    founding = models.ForeignKey(BodyFounding, on_delete=models.PROTECT, related_name="elections")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=ELECTIONS, default="term")
    term = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=ELECTION.choices, default=ELECTION.start)
    called_on = models.DateField()
    stood = models.PositiveSmallIntegerField(default=0)
    elected = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("body", "election")
        constraints = [
            models.UniqueConstraint(fields=["founding"], condition=Q(state="called"), name="body_election_one_open"),
            models.UniqueConstraint(
                fields=["founding", "term"], condition=Q(kind="term", state="held"), name="body_election_term_once"
            ),
            models.CheckConstraint(condition=~Q(state="void") | ~Q(reason=""), name="body_election_void_why"),
            models.CheckConstraint(condition=Q(elected__lte=F("stood")), name="body_election_stood"),
            models.CheckConstraint(
                condition=Q(due=None) | Q(came__lte=F("due"), votes_for__lte=F("came")), name="body_election_numbers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.founding_id} {self.term}"


class BodyCandidate(models.Model):
    """Somebody who stands for a role; once elected, the post that came of it.

    `person` is who serves already and stands again, whatever their name; nobody else's person is known before.
    """

    id = models.BigAutoField(primary_key=True)
    election = models.ForeignKey(BodyElection, on_delete=models.PROTECT, related_name="candidates")
    name = models.CharField(max_length=60)
    role = models.CharField(max_length=12, choices=ROLES, default="member")
    consent = models.BooleanField(default=False)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, null=True, related_name="+")

    owned: ClassVar = (Owned("person", "role name consent"),)

    class Meta:
        verbose_name = _("candidate")
        constraints = [
            models.UniqueConstraint(fields=["election", "name"], condition=Q(person=None), name="body_candidate_once"),
            models.UniqueConstraint(fields=["election", "person"], name="body_candidate_person_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
