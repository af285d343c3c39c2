"""Patrols in numbers, rounds of inspection over places, the hazards found, and plans for events. Nothing on persons."""

from typing import Any, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.safety.workflow import EVENTS, HAZARDS, PATROLS, RESULTS, ROUNDS

KEY: Final = 64
LONGEST: Final = 500
REASON: Final = 200


def place_name(place: Any) -> str:
    """A place as it is told apart: a building with its compound."""
    inner = place.type == "building" and place.compound
    return f"{place.compound.name}{place.name}" if inner else str(place.name)


class PatrolShift(models.Model):
    """A joint patrol of one day (SAF-04): its route, who leads it by post, and how many of each force came.

    Notes are about places and things. `forces` is how many of the five forces were there.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="patrol_shifts")
    stops = models.ManyToManyField("territory.Place", related_name="patrol_routes")
    team = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="patrol_shifts"
    )
    lead = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, null=True, related_name="patrol_shifts")
    on = models.DateField()
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    state = models.CharField(max_length=12, choices=PATROLS.choices, default=PATROLS.start)
    committee = models.PositiveSmallIntegerField(null=True)
    grid = models.PositiveSmallIntegerField(null=True)
    property = models.PositiveSmallIntegerField(null=True)
    owners = models.PositiveSmallIntegerField(null=True)
    volunteers = models.PositiveSmallIntegerField(null=True)
    forces = models.PositiveSmallIntegerField(default=0)
    found = models.CharField(max_length=LONGEST, blank=True)
    reason = models.CharField(max_length=REASON, blank=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("safety", "patrol")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="reported")
                | Q(
                    committee__isnull=False,
                    grid__isnull=False,
                    property__isnull=False,
                    owners__isnull=False,
                    volunteers__isnull=False,
                ),
                name="patrol_shift_numbers",
            ),
            models.CheckConstraint(condition=Q(forces__lte=5), name="patrol_shift_forces"),
        ]
        indexes = [models.Index(fields=["place", "-on", "-id"], name="patrol_shift_place")]

    def __str__(self) -> str:
        return f"{self.on} {self.place.name}"


class InspectionRound(models.Model):
    """A round of inspection over places by one checklist (SAF-01), until a day; `office` is the body that goes.

    Without one the community itself goes.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="inspection_rounds")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=64)
    office = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="inspection_rounds"
    )
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=12, choices=ROUNDS.choices, default=ROUNDS.start)
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=REASON, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("safety", "round of inspection")
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="inspection_round_span"),
            models.CheckConstraint(
                condition=Q(state="running", ended_on=None) | (~Q(state="running") & Q(ended_on__isnull=False)),
                name="inspection_round_ended",
            ),
        ]
        indexes = [models.Index(fields=["place", "-id"], name="inspection_round_place")]

    def __str__(self) -> str:
        return self.title


class RoundTarget(models.Model):
    """One place of a round, or one facility there; `gone_on` is when it was gone through."""

    id = models.BigAutoField(primary_key=True)
    round = models.ForeignKey(InspectionRound, on_delete=models.PROTECT, related_name="targets")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="round_targets")
    facility = models.ForeignKey("territory.Facility", on_delete=models.PROTECT, null=True, related_name="+")
    gone_on = models.DateField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("safety", "place of a round")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "place", "facility"], nulls_distinct=False, name="round_target_once"
            ),
        ]

    def __str__(self) -> str:
        return self.facility.name if self.facility else place_name(self.place)


class RoundMark(models.Model):
    """How one item was found at a place."""

    id = models.BigAutoField(primary_key=True)
    target = models.ForeignKey(RoundTarget, on_delete=models.PROTECT, related_name="marks")
    item = models.CharField(max_length=64)
    result = models.CharField(max_length=8, choices=RESULTS)

    class Meta:
        verbose_name = pgettext_lazy("safety", "item of a place")
        constraints = [models.UniqueConstraint(fields=["target", "item"], name="round_mark_once")]

    def __str__(self) -> str:
        return f"{self.target_id} {self.item}"


class Hazard(models.Model):
    """Something unsafe at a place: found by a round at one of its items, or by a patrol; it is dealt with as a matter.

    `due` is the day until which it is to be put right, after a re-check in vain a new one; `again` says how many
    there were. The clock of the matter runs on all the same.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="hazards")
    target = models.ForeignKey(RoundTarget, on_delete=models.PROTECT, null=True, related_name="hazards")
    shift = models.ForeignKey(PatrolShift, on_delete=models.PROTECT, null=True, related_name="hazards")
    kind = models.CharField(max_length=64, blank=True)
    item = models.CharField(max_length=64, blank=True)
    severity = models.CharField(max_length=64)
    text = models.CharField(max_length=LONGEST)
    found_on = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=12, choices=HAZARDS.choices, default=HAZARDS.start)
    removed_on = models.DateField(null=True)
    again = models.PositiveSmallIntegerField(default=0)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="hazard")
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("safety", "hazard of a place")
        constraints = [
            models.UniqueConstraint(fields=["target", "item"], condition=Q(target__isnull=False), name="hazard_once"),
            models.CheckConstraint(
                condition=Q(target=None, shift__isnull=False) | Q(target__isnull=False, shift=None), name="hazard_found"
            ),
            models.CheckConstraint(
                condition=Q(state="removed", removed_on__isnull=False) | (~Q(state="removed") & Q(removed_on=None)),
                name="hazard_removed",
            ),
        ]
        indexes = [models.Index(fields=["place", "state", "-id"], name="hazard_place")]

    def __str__(self) -> str:
        return self.text

    def where(self) -> str:
        """The place, a building with its compound."""
        return place_name(self.place)


class Recheck(models.Model):
    """One look whether a hazard is removed, by another person and another body than put it right."""

    id = models.BigAutoField(primary_key=True)
    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, related_name="rechecks")
    on = models.DateField()
    removed = models.BooleanField()
    note = models.CharField(max_length=REASON, blank=True)
    actor = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = pgettext_lazy("safety", "re-check")

    def __str__(self) -> str:
        return f"{self.hazard_id} {self.on}"


class EventPlan(models.Model):
    """A plan for a large event (SAF-08): when and where, how many visitors are expected, which posts are filled.

    Visitors are a number that is expected; nobody is counted or followed.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="event_plans")
    title = models.CharField(max_length=120)
    venue = models.CharField(max_length=120)
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    visitors = models.PositiveIntegerField(null=True)
    contacts = models.CharField(max_length=LONGEST)
    state = models.CharField(max_length=12, choices=EVENTS.choices, default=EVENTS.start)
    review = models.CharField(max_length=LONGEST, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("safety", "plan for an event")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="event_plan_hours"),
            models.CheckConstraint(
                condition=~Q(state__in=("closed", "dropped")) | ~Q(review=""), name="event_plan_review"
            ),
        ]
        indexes = [models.Index(fields=["place", "-on", "-id"], name="event_plan_place")]

    def __str__(self) -> str:
        return self.title


class EventPost(models.Model):
    """A post of an event: where, how many it needs, which body fills it, and how many it has named."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(EventPlan, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=120)
    many = models.PositiveSmallIntegerField()
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="event_posts")
    filled = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = pgettext_lazy("safety", "post of an event")
        constraints = [
            models.CheckConstraint(condition=Q(many__gte=1, filled__lte=F("many")), name="event_post_many"),
            models.UniqueConstraint(fields=["plan", "title"], name="event_post_once"),
        ]

    def __str__(self) -> str:
        return self.title
