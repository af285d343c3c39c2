"""Members as they are read: one's own page, the desk's lists, who falls short of what is owed, a unit's totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from linli.activities.models import ServiceRecord
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.members import policies
from linli.members.models import (
    DualRegistration,
    Member,
    MembershipRound,
    Pairing,
    ParticipationCount,
    ResponsibilityPost,
    TurnOut,
)
from linli.members.sections import MembersSection, mode_names, section, service_names
from linli.members.workflow import KEEP, KINDS, TYPES
from linli.organizations.models import Organization, Post
from linli.organizations.policies import held_on
from linli.territory.models import Place
from linli.volunteering.sections import skill_names

PAGE: Final = 50
SHORT: Final = 500
SERVICES: Final = 20
TONES: Final = {
    "told": ("yellow", "clock"),
    "confirmed": ("green", "circle-check"),
    "refused": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `before` is the day and id of the last line of the page before; the id is enough."""

    kind: str = ""
    state: str = ""
    before: tuple[date, int] | None = None
    place_id: int | None = None


@dataclass(frozen=True, slots=True)
class TurnOutLine:
    """A turn-out in a list."""

    row: TurnOut
    kind: str

    @property
    def tone(self) -> tuple[str, str]:
        """How its state looks."""
        return TONES[self.row.state]


@dataclass(frozen=True, slots=True)
class Duty:
    """What a member owes and did: this month, months of this year, and households with which they are paired."""

    months: Mapping[int, int]
    this_month: int
    since_month: int
    paired: int
    rule: MembersSection

    @property
    def missing(self) -> int:
        """How many turn-outs are missing this month."""
        return max(0, self.rule.services_a_month - self.months.get(self.this_month, 0))

    @property
    def months_met(self) -> int:
        """In how many months of this year what is owed was done."""
        owed = self.rule.services_a_month
        return sum(self.months.get(month, 0) >= owed for month in range(self.since_month, self.this_month + 1))

    @property
    def months_owed(self) -> int:
        """How many months of this year count, from the registration on."""
        return max(0, self.this_month - self.since_month + 1)

    @property
    def households_missing(self) -> int:
        """How many pairings are missing."""
        return max(0, self.rule.households - self.paired)

    @property
    def met(self) -> bool:
        """Whether nothing is missing this month."""
        return not self.missing and not self.households_missing


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One member with what they may be told. Pairings are those that the reader may know of; often none."""

    row: Member
    registered: DualRegistration | None
    duty: Duty
    turn_outs: list[TurnOutLine]
    skills: list[str]
    pairings: list[Pairing] = field(default_factory=list)
    services: list[ServiceRecord] = field(default_factory=list)
    own: bool = False
    keeps: bool = False
    supervises: bool = False


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A member in the list of duties; `paired` is None for whoever does not supervise pairings."""

    row: DualRegistration
    duty: Duty
    paired: bool | None


@dataclass(frozen=True, slots=True)
class UnitTotals:
    """What a unit is told of its members: numbers, and none where it could be worked out who did what."""

    body: Organization
    registrations: list[DualRegistration]
    members: int
    turn_outs: int | None
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class Picture:
    """How many members of a place or body take part in which mode, as of a day; a mode not counted is unknown."""

    place: Place
    body: Organization | None
    since: date
    numbers: tuple[int | None, ...]


def pairings_that_count(rule: MembersSection) -> Q:
    """The pairings that count as one: those of a household that consented, and where it counts, that declined."""
    counts = Q(consented_on__isnull=False)
    return counts | Q(declined_on__isnull=False) if rule.declined_counts else counts


def duties_of(registrations: Iterable[DualRegistration], day: date) -> dict[int, Duty]:
    """What the members of registrations owe and did by a day, by registration; three queries for any number."""
    rows, rule, start = list(registrations), section(), date(day.year, 1, 1)
    members = [row.member_id for row in rows]
    done = TurnOut.objects.filter(member__in=members, state="confirmed", on__gte=start, on__lte=day)
    counted = done.annotate(month=TruncMonth("on")).values_list("member_id", "month").annotate(times=Count("pk"))
    months: dict[int, dict[int, int]] = {}
    for member_id, month, times in counted.order_by():
        months.setdefault(member_id, {})[month.month] = times
    standing = Pairing.objects.filter(held_on(day), pairings_that_count(rule), member__in=members)
    paired = dict(standing.values_list("member_id").annotate(have=Count("pk")).order_by())
    return {
        row.pk: Duty(
            months.get(row.member_id or 0, {}),
            day.month,
            max(row.since, start).month,
            paired.get(row.member_id or 0, 0),
            rule,
        )
        for row in rows
    }


def own_page(actor: Actor) -> MemberPage | None:
    """What one is as a member; nothing for who never registered."""
    row = Member.objects.filter(person_id=actor.person_id or 0, left=None).select_related("place").first()
    return _page(actor, row) if row else None


def member_page(actor: Actor, pk: int) -> MemberPage:
    """One member. Raises: not_found"""
    rows = Member.objects.filter(policies.members_visible_to(actor), pk=pk).select_related("place", "organization")
    row = rows.first()
    if row is None:
        raise NotFound
    return _page(actor, row)


def _page(actor: Actor, row: Member) -> MemberPage:
    today = clock.today()
    registered = row.registrations.filter(until=None).select_related("place").first()
    # Without a registration nothing is owed, and what was done is shown all the same.
    stands = registered or DualRegistration(kind="member", member=row, place=row.place, since=today)
    names = skill_names()
    told = row.turn_outs.filter(policies.turn_outs_visible_to(actor)).select_related("place").order_by("-on", "-pk")
    known = row.pairings.filter(policies.pairings_visible_to(actor)).select_related("place", "member")
    return MemberPage(
        row,
        registered,
        duties_of([stands], today)[stands.pk],
        lined(told[:PAGE]),
        [names.get(code, code) for code in row.skills],
        list(known.order_by("-since", "-pk")),
        list(services_to_tell(registered)[:SERVICES]) if registered and policies.is_self(actor, row) else [],
        own=policies.is_self(actor, row),
        keeps=policies.may_keep(actor, row.place),
        supervises=policies.may_supervise(actor, (registered or row).place),
    )


def services_to_tell(registered: DualRegistration) -> QuerySet[ServiceRecord]:
    """Attested service of a member in the community where they registered that is no turn-out yet."""
    person_id = registered.member.person_id if registered.member else None
    rows = ServiceRecord.objects.filter(person_id=person_id or 0, state="attested", turn_out=None, minutes__gt=0)
    rows = rows.filter(day__gte=registered.since, place__path__startswith=registered.place.path)
    return rows.exclude(corrects__turn_out__isnull=False).order_by("-day", "-pk")


@dataclass(frozen=True, slots=True)
class ContactsPage:
    """The households of which those who work at a community are the fixed contacts, for its supervisor alone.

    `pairings` go with whether their helper still works there; `consented` and `declined` are numbers of this year.
    """

    places: list[Place]
    pairings: list[tuple[Pairing, bool]]
    people: list[tuple[int, str]]
    consented: int
    declined: int


def contacts_page(actor: Actor) -> ContactsPage:
    """What a supervisor is told of fixed contacts."""
    places = list(Place.objects.filter(policies.supervised_places(actor)).order_by("path"))
    rows = Pairing.objects.filter(kind="staff", place__in=places).select_related("person", "place")
    posts = Post.objects.filter(policies.helpers_at(places))
    people = dict(posts.values_list("person_id", "person__name").order_by("person__name"))
    year = Q(since__year=clock.today().year)
    counted = rows.aggregate(
        consented=Count("pk", filter=year & Q(consented_on__isnull=False)),
        declined=Count("pk", filter=year & Q(declined_on__isnull=False)),
    )
    held = rows.filter(until=None, declined_on=None).order_by("place__path", "pk")[:SHORT]
    able = [(pk, name) for pk, name in people.items() if pk != actor.person_id]
    return ContactsPage(places, [(row, row.person_id in people) for row in held], able, **counted)


def own_contacts(actor: Actor) -> list[Pairing]:
    """The households of which one is the fixed contact by one's work."""
    rows = Pairing.objects.filter(policies.pairings_visible_to(actor), kind="staff", person_id=actor.person_id or 0)
    return list(rows.filter(until=None, declined_on=None).select_related("place").order_by("since", "pk"))


def lined(rows: Iterable[TurnOut]) -> list[TurnOutLine]:
    """Turn-outs with what was done in words."""
    names = service_names()
    return [TurnOutLine(row, names.get(row.kind, row.kind)) for row in rows]


def registrations(actor: Actor, wanted: Wanted) -> tuple[list[DualRegistration], str]:
    """A page of the registrations that stand, the latest first, and the key of the next."""
    rows = DualRegistration.objects.filter(policies.registrations_visible_to(actor), until=None)
    if wanted.kind in dict(KINDS):
        rows = rows.filter(kind=wanted.kind)
    if wanted.before:
        rows = rows.filter(pk__lt=wanted.before[1])
    page = list(rows.select_related("member", "organization", "place").order_by("-pk")[: PAGE + 1])
    return page[:PAGE], f"{page[PAGE - 1].since}.{page[PAGE - 1].pk}" if len(page) > PAGE else ""


def turn_outs(actor: Actor, wanted: Wanted) -> tuple[list[TurnOutLine], str]:
    """A page of the turn-outs at a desk's places, those to be confirmed unless another state is asked for."""
    rows = TurnOut.objects.filter(policies.turn_outs_visible_to(actor), state=wanted.state or "told")
    if wanted.place_id:
        rows = rows.filter(place_id=wanted.place_id)
    if wanted.before:
        rows = rows.filter(pk__lt=wanted.before[1])
    page = list(rows.select_related("member", "place").order_by("-pk")[: PAGE + 1])
    return lined(page[:PAGE]), f"{page[PAGE - 1].on}.{page[PAGE - 1].pk}" if len(page) > PAGE else ""


def short_of_duty(actor: Actor) -> list[ShortLine]:
    """Who is short of what is owed this month, by place and number. Pairings are told to their supervisor alone."""
    rows = DualRegistration.objects.filter(policies.registrations_visible_to(actor), kind="member", until=None)
    held = list(rows.select_related("member", "place").order_by("place__path", "member__number", "pk")[:SHORT])
    duties, seen = duties_of(held, clock.today()), set(policies.supervised(actor))
    lines = [
        ShortLine(row, duties[row.pk], not duties[row.pk].households_missing if row.place.path in seen else None)
        for row in held
    ]
    return [line for line in lines if line.duty.missing or line.paired is False]


def units(actor: Actor) -> list[UnitTotals]:
    """The totals of one's own bodies; of few members only how many there are."""
    day, least = clock.today(), section().least_told
    found = []
    for body in Organization.objects.filter(pk__in=policies.units_of(actor)).order_by("name"):
        standing = DualRegistration.objects.filter(kind="member", until=None)
        members = standing.filter(member__organization=body).count()
        registered = DualRegistration.objects.filter(kind="unit", organization=body, until=None)
        told: tuple[Any, ...] = (None, None)
        if members >= least:
            done = TurnOut.objects.filter(member__organization=body, state="confirmed", on__year=day.year)
            sums = done.aggregate(times=Count("pk"), hours=Sum("hours"))
            told = (sums["times"], sums["hours"] or Decimal(0))
        found.append(UnitTotals(body, list(registered.select_related("place")), members, *told))
    return found


def responsibility_posts(actor: Actor, wanted: Wanted) -> tuple[list[ResponsibilityPost], str]:
    """A page of the areas and posts that stand, the latest first, and the key of the next."""
    rows = ResponsibilityPost.objects.filter(policies.posts_visible_to(actor), held_on(clock.today()))
    if wanted.kind in dict(TYPES):
        rows = rows.filter(type=wanted.kind)
    if wanted.before:
        rows = rows.filter(pk__lt=wanted.before[1])
    page = list(rows.select_related("place").order_by("-pk")[: PAGE + 1])
    return page[:PAGE], f"{page[PAGE - 1].since}.{page[PAGE - 1].pk}" if len(page) > PAGE else ""


def responsibility_post(actor: Actor, pk: int) -> ResponsibilityPost:
    """One area or post. Raises: not_found"""
    rows = ResponsibilityPost.objects.filter(policies.posts_visible_to(actor), pk=pk).select_related("place")
    row = rows.first()
    if row is None:
        raise NotFound
    return row


def membership_rounds(actor: Actor, wanted: Wanted) -> tuple[list[MembershipRound], str]:
    """A page of the selections of new members, the latest first, and the key of the next."""
    rows = MembershipRound.objects.filter(policies.numbers_visible_to(actor))
    if wanted.before:
        rows = rows.filter(pk__lt=wanted.before[1])
    page = list(rows.select_related("place", "organization").order_by("-pk")[: PAGE + 1])
    return page[:PAGE], f"{page[PAGE - 1].opened_on}.{page[PAGE - 1].pk}" if len(page) > PAGE else ""


def membership_round(actor: Actor, pk: int) -> MembershipRound:
    """One selection of new members. Raises: not_found"""
    rows = MembershipRound.objects.filter(policies.numbers_visible_to(actor), pk=pk)
    row = rows.select_related("place", "organization").first()
    if row is None:
        raise NotFound
    return row


def pictures(actor: Actor) -> tuple[list[str], list[Picture]]:
    """The names of the modes, and the latest picture of each place and body: numbers in the order of the modes."""
    rows = ParticipationCount.objects.filter(policies.numbers_visible_to(actor), until=None)
    found: dict[tuple[int, int | None], list[ParticipationCount]] = {}
    ordered = rows.select_related("place", "organization").order_by("place__path", "organization__name", "pk")
    for row in ordered[: SHORT * 4]:
        found.setdefault((row.place_id, row.organization_id), []).append(row)
    names = mode_names()
    names |= {row.mode: row.mode for counted in found.values() for row in counted if row.mode not in names}
    lines = []
    for counted in found.values():
        first, numbers = counted[0], {row.mode: row.number for row in counted}
        lines.append(Picture(first.place, first.organization, first.since, tuple(map(numbers.get, names))))
    return list(names.values()), lines


def party_bodies(actor: Actor) -> QuerySet[Organization]:
    """The party organisations at the places whose members somebody keeps."""
    kept = Q() if actor.key == "system" else actor.places(KEEP)
    return Organization.objects.filter(kept, type=Organization.Type.PARTY, until=None).order_by("name")


def living(actor: Actor, *, at_desk: bool) -> QuerySet[Place]:
    """The communities in which one may live; at a desk, those that it keeps."""
    rule = policies.keeping_places(actor) if at_desk else policies.living_places()
    return Place.objects.filter(rule).select_related("street").order_by("path")


def bodies_for(actor: Actor) -> QuerySet[Organization]:
    """The bodies that somebody registers: one's own, and at a desk every unit that is here."""
    own = Q(pk__in=policies.units_of(actor))
    if actor.can(KEEP):
        own |= Q(type__in=("department", "member_unit", "property_company", "social_organization"))
    return Organization.objects.filter(own, until=None).order_by("name")


def employers() -> QuerySet[Organization]:
    """The bodies for which members may say that they work."""
    return Organization.objects.filter(type__in=("department", "member_unit"), until=None).order_by("name")


def pairing(actor: Actor, pk: int) -> Pairing:
    """One pairing, for the pair and its supervisor. Raises: not_found"""
    row = Pairing.objects.filter(policies.pairings_visible_to(actor), pk=pk).select_related("member").first()
    if row is None:
        raise NotFound
    return row


def is_pair(actor: Actor, row: Pairing) -> bool:
    """Whether somebody is the one who helps the household."""
    return policies.is_pair(actor, row)


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody keeps the members of a place."""
    return policies.may_keep(actor, place)
