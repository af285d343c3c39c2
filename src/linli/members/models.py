"""Members who serve where they live: who they are, registrations, turn-outs, pairings, areas and posts taken on.

Of those who want to become members, and of how members can take part, there are numbers alone: they name nobody.
"""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.core.owned import Owned
from linli.members.workflow import HELPERS, KINDS, MEMBERSHIP_ROUND, TURN_OUT, TYPES

KEY: Final = 64
NAME: Final = 60
NUMBER: Final = 40
TEXT: Final = 200
CRITERIA: Final = 500
MEETING: Final = 160
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
UNIT_NAME: Final = 160


class Member(models.Model):
    """An in-service member of the Party in the community where they live (VOL-07), with the unit they work for.

    `person` is the one who signs in, where there is an account. What is personal goes when they leave.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=NUMBER, blank=True)
    name = models.CharField(max_length=NAME)
    person = models.OneToOneField(
        "organizations.Person", on_delete=models.PROTECT, null=True, related_name="serving_member"
    )
    unit = models.CharField(max_length=UNIT_NAME, blank=True)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="serving_members"
    )
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="serving_members")
    skills = models.JSONField(default=list)
    since = models.DateField(null=True)
    left = models.DateField(null=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "number name unit skills since left"),)

    class Meta:
        verbose_name = pgettext_lazy("members", "member who serves")
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="serving_member_number_once"),
            models.CheckConstraint(
                condition=Q(left=None) | Q(number="", unit="", person=None, organization=None),
                name="serving_member_left",
            ),
        ]
        indexes = [models.Index(fields=["place", "-id"], name="serving_member_place")]

    def __str__(self) -> str:
        return self.number or str(self.pk)


class DualRegistration(models.Model):
    """That a unit registered with the community where it stands, or a member where they live (双报到, VOL-06)."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=8, choices=KINDS)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="registrations")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="dual_registrations"
    )
    unit = models.CharField(max_length=UNIT_NAME, blank=True)
    offers = models.CharField(max_length=TEXT, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="dual_registrations")
    since = models.DateField()
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("members", "dual registration")
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(until=None), name="dual_registration_once"),
            models.UniqueConstraint(
                fields=["organization", "place"],
                condition=Q(until=None, kind="unit"),
                name="dual_registration_unit_once",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="dual_registration_span"),
            models.CheckConstraint(
                condition=Q(kind="unit", member=None) | Q(kind="member", member__isnull=False),
                name="dual_registration_kind",
            ),
        ]
        indexes = [models.Index(fields=["place", "kind", "-id"], name="dual_registration_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.place_id}"


class TurnOut(models.Model):
    """That a member turned out for the community: each time counts, once the community has confirmed it.

    `service` is the attested hours of an activity that the member told as a turn-out, so that nothing is written twice.
    """

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="turn_outs")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="turn_outs")
    on = models.DateField()
    kind = models.CharField(max_length=64)
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    note = models.CharField(max_length=TEXT, blank=True)
    service = models.OneToOneField(
        "activities.ServiceRecord", on_delete=models.PROTECT, null=True, related_name="turn_out"
    )
    state = models.CharField(max_length=12, choices=TURN_OUT.choices, default=TURN_OUT.start)
    reason = models.CharField(max_length=TEXT, blank=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    answerer = models.CharField(max_length=KEY, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("members", "turn-out")
        constraints = [
            models.CheckConstraint(condition=Q(hours=None) | Q(hours__gt=0, hours__lte=24), name="turn_out_hours"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="turn_out_reason"),
        ]
        indexes = [
            models.Index(fields=["member", "on"], name="turn_out_member"),
            models.Index(fields=["place", "-id"], name="turn_out_place"),
            models.Index(fields=["place"], condition=Q(state="told"), name="turn_out_told"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.on}"


class Pairing(models.Model):
    """That a member, or somebody who works there, helps a household, known by a code alone: no name, no address.

    Only with its consent; of one that declined nothing is kept but the day on which it was asked. When a pairing ends,
    the code goes. `person` is the community worker or street officer who is the household's fixed contact (RSP-03).
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=8, choices=HELPERS, default="member")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="pairings")
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, null=True, related_name="pairings")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="pairings")
    household = models.CharField(max_length=NUMBER, blank=True)
    consented_on = models.DateField(null=True)
    declined_on = models.DateField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    visits = models.PositiveIntegerField(default=0)
    last_visit = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "kind place__name since until visits last_visit"),)

    class Meta:
        verbose_name = pgettext_lazy("members", "pairing with a household")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "household"], condition=Q(until=None) & ~Q(household=""), name="pairing_once"
            ),
            models.UniqueConstraint(
                fields=["person", "household"], condition=Q(until=None) & ~Q(household=""), name="pairing_once_of_staff"
            ),
            models.CheckConstraint(
                condition=Q(kind="member", member__isnull=False, person=None)
                | Q(kind="staff", member=None, person__isnull=False),
                name="pairing_helper",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="pairing_span"),
            models.CheckConstraint(
                condition=Q(declined_on=None) | Q(consented_on=None, household="", visits=0), name="pairing_declined"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(household=""), name="pairing_over"),
        ]
        indexes = [models.Index(fields=["place", "-id"], name="pairing_place")]

    def __str__(self) -> str:
        return str(self.pk)


class ResponsibilityPost(models.Model):
    """An area for which a member answers, or a model post that they hold, with the duties and the time (ORG-10)."""

    id = models.BigAutoField(primary_key=True)
    type = models.CharField(max_length=8, choices=TYPES)
    title = models.CharField(max_length=120)
    name = models.CharField(max_length=NAME)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="responsibility_posts")
    duties = models.CharField(max_length=TEXT, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    done = models.CharField(max_length=TEXT, blank=True)
    done_on = models.DateField(null=True)
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("members", "responsibility area or model post")
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="responsibility_post_span")
        ]
        indexes = [models.Index(fields=["place", "-id"], name="responsibility_post_place")]

    def __str__(self) -> str:
        return self.title


class MembershipRound(models.Model):
    """A selection of new members (推优, ORG-13): how many places, by which criteria, and how a meeting decided it.

    Of those who were considered only numbers are kept.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="membership_rounds")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="membership_rounds"
    )
    year = models.PositiveSmallIntegerField()
    quota = models.PositiveSmallIntegerField()
    criteria = models.CharField(max_length=CRITERIA, blank=True)
    state = models.CharField(max_length=12, choices=MEMBERSHIP_ROUND.choices, default=MEMBERSHIP_ROUND.start)
    considered = models.PositiveSmallIntegerField(null=True)
    chosen = models.PositiveSmallIntegerField(null=True)
    young = models.PositiveSmallIntegerField(null=True)
    educated = models.PositiveSmallIntegerField(null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=MEETING, blank=True)
    reason = models.CharField(max_length=TEXT, blank=True)
    opened_on = models.DateField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("membership round", "selection of new members")
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="membership_round_year"
            ),
            models.CheckConstraint(condition=Q(chosen=None) | Q(chosen__lte=F("quota")), name="membership_round_quota"),
            models.CheckConstraint(
                condition=Q(considered=None) | Q(chosen=None) | Q(chosen__lte=F("considered")),
                name="membership_round_considered",
            ),
            models.CheckConstraint(condition=Q(young=None) | Q(young__lte=F("chosen")), name="membership_round_young"),
            models.CheckConstraint(
                condition=Q(educated=None) | Q(educated__lte=F("chosen")), name="membership_round_educated"
            ),
            models.CheckConstraint(
                condition=Q(state="decided", chosen__isnull=False, decided_on__isnull=False)
                | (~Q(state="decided") & Q(chosen=None, young=None, educated=None, decided_on=None)),
                name="membership_round_decided",
            ),
        ]
        indexes = [models.Index(fields=["place", "-id"], name="membership_round_place")]

    def __str__(self) -> str:
        return f"{self.year} {self.place_id}"


class ParticipationCount(models.Model):
    """How many members of a place or body take part in one mode (ORG-14), until the next picture. No member is named.

    All counts of one day are one picture; that of a later day takes its place, and it stays as it was.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="participation_counts")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="participation_counts"
    )
    mode = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("participation", "members by mode of taking part")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "organization", "mode", "since"],
                nulls_distinct=False,
                name="participation_count_once",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="participation_count_span"),
        ]

    def __str__(self) -> str:
        return f"{self.mode} {self.since}"
