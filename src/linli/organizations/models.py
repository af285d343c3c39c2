"""Organisations of every type in one tree, people, and the posts that people hold with their terms."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core.fields import EncryptedTextField


class Organization(models.Model):
    """A body: Party organisation, self-government body, team, department, member unit, company, committee.

    `type` is the record type it belongs to; `kind` and `level` are words of the place's profile.
    `members` is how many take part; `members_elsewhere` are those of them whose home is another branch (ORG-07).
    `expires` is set for temporary and mobile bodies, `basis` says on what ground a body was opened.
    `path` holds the ids from the root down, `/1/5/`.
    """

    class Type(models.TextChoices):
        PARTY = "party_organization", _("Party organisation")
        SELF_GOVERNMENT = "self_government_body", _("self-government body")
        VOLUNTEER = "volunteer_team", _("volunteer team")
        SOCIAL = "social_organization", _("social organisation")
        ARTS = "arts_group", _("arts and sports group")
        TASK_FORCE = "task_force", _("task force")
        COMMITTEE = "joint_committee", _("joint committee")
        DEPARTMENT = "department", _("department")
        UNIT = "member_unit", _("member unit")
        PROPERTY = "property_company", _("property company")
        OFFICE = "office", _("street or community office")

    id = models.BigAutoField(primary_key=True)
    type = models.CharField(max_length=24, choices=Type.choices)
    kind = models.CharField(max_length=64, blank=True)
    level = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=24, blank=True)
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=160)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200, db_index=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="organizations")
    members = models.PositiveIntegerField(null=True)
    members_elsewhere = models.PositiveIntegerField(null=True)
    leader = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    opened_by = models.CharField(max_length=64, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="succeeded")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    expires = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("organisation")
        indexes = [models.Index(fields=["type", "kind"], name="organization_type_kind")]
        constraints = [
            models.UniqueConstraint(fields=["type", "code"], condition=~Q(code=""), name="organization_code_once"),
            models.CheckConstraint(
                condition=Q(members_elsewhere=None) | Q(members=None) | Q(members_elsewhere__lte=F("members")),
                name="organization_members_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GridMembers(models.Model):
    """That an organisation belongs to a grid, with how many of its members live there (ORG-04): a number, no names."""

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="grid_members")
    grid = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="grid_members")
    members = models.PositiveIntegerField(null=True)
    counted = models.DateField()
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("members by grid")
        constraints = [
            models.UniqueConstraint(fields=["organization", "grid"], condition=Q(until=None), name="grid_members_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("counted")), name="grid_members_span"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.grid_id} {self.members}"


class Person(models.Model):
    """Somebody who holds posts or an account. Known by staff number, else by name and phone."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    staff_number = models.CharField(max_length=40, blank=True)
    phone = EncryptedTextField(null=True)
    phone_hash = models.BinaryField(max_length=32, null=True, db_index=True)
    key = models.BinaryField(null=True)
    created = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("person")
        indexes = [models.Index(fields=["name"], name="person_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_number"], condition=~Q(staff_number=""), name="person_staff_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post held by a person for a term, at a place or in an organisation. Abilities come from here.

    `lead` marks the one who answers first for a grid. `employment` is full or part time; `origin` where the
    person comes from (community worker, rider, courier ...). `confirmed` is set when somebody who may appoint did
    so: a post that only a ledger names is a fact of the roster and allows nothing. `consent` is the holder's
    consent to be posted, where the kind of post asks for it; `duty_phone` is the post's own, never the person's.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="posts")
    kind = models.CharField(max_length=64)
    title = models.CharField(max_length=80, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="posts")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="posts")
    unit = models.CharField(max_length=160, blank=True)
    lead = models.BooleanField(default=False)
    employment = models.CharField(max_length=24, blank=True)
    origin = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=24, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    stands_in_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="stand_ins")
    confirmed = models.BooleanField(default=False)
    consent = models.BooleanField(default=False)
    duty_phone = models.CharField(max_length=30, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("post")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="post_span"
            ),
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(lead=True, until=None),
                name="post_one_lead",
                violation_error_message=_("The grid has a lead already."),
            ),
        ]
        indexes = [
            models.Index(fields=["place", "kind"], name="post_place_kind"),
            models.Index(fields=["kind"], condition=Q(until=None), name="post_kind_held"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place_id}"


class HandOver(models.Model):
    """What went from an ended post to its successor or to a body's inbox: the sheet that both sign."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="hand_overs")
    successor = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="taken_over")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="taken_over")
    day = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    items = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("hand-over")

    def __str__(self) -> str:
        return f"{self.post_id} {self.day}"


class Shift(models.Model):
    """A stretch of duty: who is on for a place or body, by night, at weekends and on holidays."""

    class Kind(models.TextChoices):
        DAY = "day", _("day duty")
        NIGHT = "night", _("night duty")
        WEEKEND = "weekend", _("weekend duty")
        HOLIDAY = "holiday", _("holiday duty")

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="shifts")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="shifts")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="shifts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    cancelled = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("shift")
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_span")]
        indexes = [models.Index(fields=["place", "starts"], name="shift_place_starts")]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts}"


class Seat(models.Model):
    """The seat of a local unit in a joint committee, for a term (ORG-08). The representative is a plain name."""

    id = models.BigAutoField(primary_key=True)
    committee = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="seats")
    member = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    representative = models.CharField(max_length=60, blank=True)
    resources = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        verbose_name = _("seat")
        constraints = [
            models.UniqueConstraint(fields=["committee", "member"], condition=Q(until=None), name="seat_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="seat_span"),
        ]

    def __str__(self) -> str:
        return f"{self.committee_id} {self.member_id}"


class HouseholdGroup(models.Model):
    """Neighbouring households with a lead, who holds a post (TER-11): about ten, or a steward's unit of 40 to 50.

    How many households there are is a number; who lives in them is not kept.
    """

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=64, default="ten_household")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="household_groups")
    households = models.PositiveIntegerField(null=True)
    lead = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="household_groups")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("household group")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="household_group_span"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="household_group_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ResourceOffer(models.Model):
    """What a body offers to the place around it: rooms, skills, goods, time (ORG-20).

    `category` is the category of matters that it helps with, so that it is found where one is handled. What can be
    booked says how (`lending`) and how much there is (`amount`: rooms, spaces, people, or yuan); the terms are the
    body's own.
    """

    class Lending(models.TextChoices):
        TIME = "time", _("for a time, then given back")
        USED = "used", _("once, and used up")

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="offers")
    unit = models.CharField(max_length=160, blank=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=64, blank=True)
    category = models.CharField(max_length=64, blank=True)
    quantity = models.CharField(max_length=60, blank=True)
    lending = models.CharField(max_length=8, choices=Lending.choices, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    terms = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="offers")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("resource offer")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="resource_offer_span"
            ),
            models.CheckConstraint(
                condition=Q(lending="", amount=None) | (~Q(lending="") & Q(amount__gt=0)), name="resource_offer_amount"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OfferUse(models.Model):
    """That an offer was taken up for a matter (ORG-20). The matter is known by its kind and id only."""

    class Result(models.TextChoices):
        HELPED = "helped", _("it helped")
        PARTLY = "partly", _("it helped in part")
        NOT = "not", _("it did not help")

    id = models.BigAutoField(primary_key=True)
    offer = models.ForeignKey(ResourceOffer, on_delete=models.PROTECT, related_name="uses")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="offer_uses")
    subject_type = models.CharField(max_length=48)
    subject_id = models.BigIntegerField()
    on = models.DateField()
    result = models.CharField(max_length=12, choices=Result.choices)
    note = models.CharField(max_length=200, blank=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("offer taken up")
        constraints = [
            models.UniqueConstraint(fields=["offer", "subject_type", "subject_id", "on"], name="offer_use_once")
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="offer_use_subject")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.subject_type} {self.subject_id}"
