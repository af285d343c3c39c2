"""Activities as they are read: the list, one with its shifts and who signed up, programmes, what everybody may join."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from linli.activities.models import Activity, ActivityPhoto, ActivityProgramme, ActivityShift, ServiceRecord, SignUp
from linli.activities.policies import activities as policies
from linli.activities.sections import kind_named
from linli.activities.workflow import ACTIVITY, SUBJECT
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.paging import older
from linli.core.workflow import Step
from linli.organizations.models import Organization, Person
from linli.organizations.policies import held_on
from linli.territory.models import Place

PAGE: Final = 50
CHOICES: Final = 300
TONES: Final = {"planned": ("yellow", "calendar"), "held": ("green", "circle-check"), "cancelled": ("grey", "circle-x")}
Standing = tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `before` is the day and id of the last line of the page before."""

    state: str = ""
    line: str = ""
    words: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An activity in a list, and how many have a place of how many there are."""

    row: Any
    kind: str
    standing: Standing
    taken: int
    places: int

    @property
    def free(self) -> int:
        """How many places are free."""
        return max(0, self.places - self.taken)


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A shift with its sign-ups, those with a place first, then those who wait in their order."""

    row: ActivityShift
    signed: Sequence[SignUp]
    waiting: Sequence[SignUp]
    own: SignUp | None

    @property
    def free(self) -> int:
        """How many places are free."""
        return max(0, self.row.capacity - len(self.signed))


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """One activity with everything that its page shows; who signed up only for who keeps it."""

    line: Line
    steps: list[Step]
    shifts: Sequence[ShiftLine]
    records: Sequence[ServiceRecord]
    photos: Sequence[ActivityPhoto]
    keeps: bool
    verbs: frozenset[str]

    @property
    def row(self) -> Activity:
        """The activity."""
        found: Activity = self.line.row
        return found

    @property
    def waits(self) -> bool:
        """Whether hours wait to be confirmed."""
        return any(item.state == "waiting" for item in self.records)

    @property
    def is_today(self) -> bool:
        """Whether people come today."""
        return self.row.state == "planned" and self.row.day == clock.today()

    @property
    def is_over(self) -> bool:
        """Whether its day has come, so that it can be recorded."""
        return self.row.state == "planned" and self.row.day <= clock.today()


def seen_by(actor: Actor) -> QuerySet[Activity]:
    """The activities that somebody sees."""
    return Activity.objects.filter(policies.activities_visible_to(actor))


def _counted(rows: QuerySet[Activity]) -> QuerySet[Any]:
    signed = SignUp.objects.filter(activity=OuterRef("pk"), state="signed").order_by().values("activity")
    shifts = ActivityShift.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    number = IntegerField()
    return rows.annotate(
        taken=Coalesce(Subquery(signed.annotate(n=Count("pk")).values("n"), output_field=number), 0),
        places=Coalesce(Subquery(shifts.annotate(n=Sum("capacity")).values("n"), output_field=number), 0),
    )


def _line(row: Any) -> Line:
    standing = (*TONES[row.state], ACTIVITY.label(row.state))
    return Line(row, kind_named(row.kind), standing, row.taken, row.places)


def listed(actor: Actor, wanted: Wanted) -> tuple[list[Line], str]:
    """A page of activities of the places that somebody keeps, else of all, and the key of the next page."""
    rows = seen_by(actor).select_related("place", "organization")
    near = rows.filter(policies.kept_by(actor))
    if actor.scopes and near.exists():
        rows = near
    for name in ("state", "line"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.words:
        rows = rows.filter(content__icontains=wanted.words)
    if wanted.before:
        rows = rows.filter(older("day", wanted.before))
    page = list(_counted(rows).order_by("-day", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return [_line(row) for row in page[:PAGE]], f"{more.day}.{more.pk}" if more else ""


def activity_page(actor: Actor, pk: int) -> ActivityPage:
    """One activity. Raises: not_found"""
    rows = seen_by(actor).select_related("place", "organization", "leader", "programme", "training")
    row: Any = _counted(rows).filter(pk=pk).first()
    if row is None:
        raise NotFound
    keeps = policies.may_keep(actor, row)
    held = {"volunteering.keep"} if keeps else set()
    verbs = frozenset(item.verb for item in ACTIVITY.allowed(row.state, held))
    records = ServiceRecord.objects.filter(source_type=SUBJECT, source_id=pk).exclude(state="withdrawn")
    return ActivityPage(
        _line(row),
        ACTIVITY.line_of_steps(row.state),
        _shifts(actor, row, keeps=keeps),
        list(records.select_related("person").order_by("pk")) if keeps else [],
        list(row.photos.order_by("pk")) if keeps else [],
        keeps,
        verbs,
    )


def _shifts(actor: Actor, row: Activity, *, keeps: bool) -> list[ShiftLine]:
    people = SignUp.objects.exclude(state="withdrawn").select_related("person").order_by("pk")
    lines = []
    shifts = row.shifts.prefetch_related(Prefetch("sign_ups", people, to_attr="people")).order_by("starts", "pk")
    for shift in shifts:
        found: list[SignUp] = getattr(shift, "people", [])
        own = next((item for item in found if actor.person_id and item.person_id == actor.person_id), None)
        signed = [item for item in found if item.state == "signed"]
        waiting = [item for item in found if item.state == "waiting"]
        lines.append(ShiftLine(shift, signed, waiting, own))
    return lines


def photo_seen(actor: Actor, pk: int) -> ActivityPhoto:
    """A photo of an activity that somebody keeps. Raises: not_found"""
    rows = ActivityPhoto.objects.filter(policies.photos_visible_to(actor), pk=pk)
    row = rows.select_related("file").first()
    if row is None:
        raise NotFound
    return row


def sign_up_seen(actor: Actor, pk: int) -> SignUp:
    """A sign-up that somebody sees. Raises: not_found"""
    row = SignUp.objects.filter(policies.sign_ups_visible_to(actor), pk=pk).first()
    if row is None:
        raise NotFound
    return row


def shift_kept(actor: Actor, pk: int) -> ActivityShift:
    """A shift of an activity that somebody keeps. Raises: not_found"""
    kept = Activity.objects.filter(policies.kept_by(actor)).values("pk")
    row = ActivityShift.objects.filter(activity__in=kept, pk=pk).select_related("activity").first()
    if row is None:
        raise NotFound
    return row


def shift_joinable(pk: int) -> ActivityShift:
    """A shift of an activity that one may join. Raises: not_found"""
    row = ActivityShift.objects.filter(activity__joinable=True, pk=pk).select_related("activity").first()
    if row is None:
        raise NotFound
    return row


def places_for(actor: Actor) -> list[tuple[str, str]]:
    """The communities and streets whose activities somebody keeps."""
    rows = Place.objects.filter(policies.keeping_places(actor)).order_by("path")[:CHOICES]
    return [(str(item.pk), item.name) for item in rows]


def bodies_for(actor: Actor) -> list[tuple[str, str]]:
    """The teams and bodies at and inside the places that somebody keeps: teams first."""
    near = Organization.objects.filter(held_on(clock.today())).filter(
        Q() if actor.key == "system" else actor.places("volunteering.keep")
    )
    rows = near.order_by("-type", "name")[:CHOICES]
    return [(str(item.pk), item.name) for item in sorted(rows, key=lambda item: item.type != "volunteer_team")]


def leaders_for(place: Place) -> list[tuple[str, str]]:
    """Who may answer for an activity at a place."""
    rows = Person.objects.filter(policies.leaders_at(place)).order_by("name", "pk")[:CHOICES]
    return [(str(item.pk), item.name) for item in rows]


def trainings_for(actor: Actor) -> list[tuple[str, str]]:
    """The trainings of the places that somebody keeps, the latest first."""
    rows = Activity.objects.filter(policies.kept_by(actor), line="training").exclude(state="cancelled")
    return [(str(item.pk), f"{item.day} {item.content}") for item in rows.order_by("-day", "-pk")[:50]]


def public_page(actor: Actor, pk: int) -> ActivityPage:
    """An activity that everybody may join. Raises: not_found"""
    page = activity_page(actor, pk)
    if not page.row.joinable:
        raise NotFound
    return page


def public_listed(code: str, after: tuple[date, int] | None = None) -> tuple[list[Line], str, Place | None]:
    """What everybody may join, the soonest first, of one place or of all; and the key of the next page.

    Raises: not_found
    """
    place = None
    rows = Activity.objects.filter(joinable=True, state="planned", day__gte=clock.today()).select_related("place")
    if code:
        place = Place.objects.filter(type=Place.Type.DIVISION, code=code, placeholder=False, until=None).first()
        if place is None:
            raise NotFound
        rows = rows.filter(place__path__startswith=place.path)
    if after:
        day, pk = after
        rows = rows.filter(Q(day__gt=day) | Q(day=day, pk__gt=pk))
    page = list(_counted(rows).order_by("day", "pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return [_line(row) for row in page[:PAGE]], f"{more.day}.{more.pk}" if more else "", place


def public_at(venue: str, place: Place) -> list[Activity]:
    """What everybody may join next at a venue of this name, in the community or other place in which it lies."""
    within = place.community or place
    rows = Activity.objects.filter(joinable=True, state="planned", day__gte=clock.today(), venue=venue)
    return list(rows.filter(place__path__startswith=within.path).order_by("day", "pk")[:10])


def public_programmes(place: Place) -> list[tuple[ActivityProgramme, Activity | None]]:
    """What comes again at a place and inside it, of what everybody may join or could; each with the next session.

    A programme whose sessions were never for everybody is not told.
    """
    rows = ActivityProgramme.objects.filter(place__path__startswith=place.path, until=None)
    rows = rows.filter(Exists(Activity.objects.filter(programme=OuterRef("pk"), joinable=True)))
    running = list(rows.order_by("title", "pk")[:CHOICES])
    ahead = Activity.objects.filter(programme__in=running, joinable=True, state="planned", day__gte=clock.today())
    following = {row.programme_id: row for row in ahead.order_by("programme", "day", "pk").distinct("programme")}
    return [(row, following.get(row.pk)) for row in running]


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme with what came of its sessions: how many were held, person-times served, and the next one."""

    row: Any
    kind: str

    @property
    def ended(self) -> bool:
        """Whether nothing more of it comes."""
        return self.row.until is not None


def _with_results(rows: QuerySet[ActivityProgramme]) -> QuerySet[Any]:
    held = Q(activities__state="held")
    return rows.annotate(
        held=Count("activities", filter=held),
        served=Coalesce(Sum("activities__served", filter=held), 0),
        volunteered=Coalesce(Sum("activities__volunteers", filter=held), 0),
    )


def programmes_listed(actor: Actor) -> list[ProgrammeLine]:
    """The programmes of the places that somebody keeps, else of all; those that run first."""
    rows = ActivityProgramme.objects.filter(policies.programmes_visible_to(actor)).select_related("place")
    if actor.scopes and actor.can("volunteering.keep"):
        rows = rows.filter(actor.places("volunteering.keep"))
    page = _with_results(rows).order_by("until", "-since", "-pk")[:CHOICES]
    return [ProgrammeLine(row, kind_named(row.kind)) for row in sorted(page, key=lambda row: row.until is not None)]


def programme_page(actor: Actor, pk: int) -> tuple[ProgrammeLine, list[Line], bool]:
    """One programme, its latest sessions, and whether the actor keeps it. Raises: not_found"""
    rows = ActivityProgramme.objects.filter(policies.programmes_visible_to(actor), pk=pk)
    row = _with_results(rows.select_related("place", "organization")).first()
    if row is None:
        raise NotFound
    sessions = _counted(Activity.objects.filter(programme_id=pk).select_related("place")).order_by("-day", "-pk")
    keeps = policies.may_keep_at(actor, row.place)
    return ProgrammeLine(row, kind_named(row.kind)), [_line(item) for item in sessions[:PAGE]], keeps
