"""Joint patrols: a roster of shifts over places, each led by a post, written down as numbers afterwards (SAF-04)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.organizations.models import Organization, Post
from linli.organizations.policies import held_on
from linli.safety import policies
from linli.safety.models import LONGEST, REASON, Hazard, PatrolShift
from linli.safety.operations.hazards import Found, about_places, hazard_open
from linli.safety.sections import section
from linli.safety.workflow import FORCES, KEEP, PATROL, PATROLS, REPORT_OWED
from linli.territory.models import Place

BEFORE: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=183)
MOST_WEEKS: Final = 26
MOST: Final = 99
MOST_STOPS: Final = 50


@dataclass(frozen=True, slots=True)
class Roster:
    """Patrols to come: for which community, over which compounds, when, led by whom; each week again for some weeks."""

    place_id: int
    stops: Sequence[int]
    on: date
    starts: time
    ends: time
    lead_id: int | None = None
    team_id: int | None = None
    weeks: int = 1


@transaction.atomic
def patrols_plan(*, actor: Actor, roster: Roster) -> list[PatrolShift]:
    """Put patrols on the roster; whoever leads one owes what came of it on the day after.

    Raises: not_found, patrol_shift.stops, patrol_shift.day, patrol_shift.hours, patrol_shift.weeks, patrol_shift.lead,
    patrol_shift.team
    """
    place = Place.objects.filter(policies.keeping_places(actor), pk=roster.place_id).first()
    if place is None:
        raise NotFound
    stops = _stops(place, roster.stops)
    _require_times(roster)
    lead, team = _lead(place, roster.lead_id), _team(roster.team_id)
    rows = []
    for week in range(roster.weeks):
        row = PatrolShift(place=stops[0] if len(stops) == 1 else place, lead=lead, team=team)
        row.on, row.starts, row.ends = roster.on + timedelta(weeks=week), roster.starts, roster.ends
        row.recorded, row.recorder = clock.now(), actor.key
        row.save(force_insert=True)
        row.stops.set(stops)
        _owe(row)
        _done(actor, "plan", row)
        rows.append(row)
    return rows


@transaction.atomic
def patrol_report(*, actor: Actor, shift_id: int, came: Mapping[str, int], found: str = "") -> PatrolShift:
    """Write down how many of each force walked, and what was seen of places and things; never who.

    Raises: not_found, safety.not_yours, patrol_shift.state, patrol_shift.early, patrol_shift.numbers,
    patrol_shift.found, safety.person
    """
    row = _locked(actor, shift_id)
    row.state = PATROLS.step(row.state, "report")
    if row.on > clock.today():
        raise RuleBroken("patrol_shift.early", _("This patrol is still to come: write it down afterwards."))
    numbers = {code: came.get(code, -1) for code, _label in FORCES}
    if not all(0 <= number <= MOST for number in numbers.values()) or not any(numbers.values()):
        message = _("Write of each force how many came, 0 for none; somebody did come.")
        raise InvalidInput("patrol_shift.numbers", message)
    fill(row, numbers)
    row.found = about_places(found, LONGEST, "patrol_shift.found")
    settle(REPORT_OWED, (PATROL, row.pk))
    return _saved(actor, "report", row)


@transaction.atomic
def patrol_cancel(*, actor: Actor, shift_id: int, reason: str) -> PatrolShift:
    """Take a patrol off the roster, with the reason.

    Raises: not_found, safety.not_yours, patrol_shift.state, patrol_shift.reason
    """
    row = _locked(actor, shift_id)
    row.state = PATROLS.step(row.state, "cancel")
    row.reason = said(reason, REASON, "patrol_shift.reason")
    settle(REPORT_OWED, (PATROL, row.pk))
    return _saved(actor, "cancel", row)


@transaction.atomic
def patrol_find(*, actor: Actor, shift_id: int, place_id: int, found: Found) -> Hazard:
    """Open a hazard at a place of the route of a patrol that was walked.

    Raises: not_found, safety.not_yours, patrol_shift.not_walked, patrol_shift.stops, and what opening a hazard raises
    """
    row = _locked(actor, shift_id)
    if row.state != "reported":
        raise RuleBroken("patrol_shift.not_walked", _("Write the patrol down first."))
    places = {item.pk: item for item in (*row.stops.all(), row.place)}
    if place_id not in places:
        raise InvalidInput("patrol_shift.stops", _("Choose a place of the route."))
    return hazard_open(actor, places[place_id], found, shift=row)


def fill(row: PatrolShift, numbers: Mapping[str, int | None]) -> None:
    """Write how many of each force came, and how many forces that are."""
    for code, _label in FORCES:
        if numbers.get(code) is not None:
            setattr(row, code, numbers[code])
    row.forces = sum(bool(getattr(row, code)) for code, _label in FORCES)


def _stops(place: Place, wanted: Sequence[int]) -> list[Place]:
    rows = Place.objects.filter(path__startswith=place.path, until=None, placeholder=False, pk__in=wanted)
    stops = list(rows.filter(type=Place.Type.COMPOUND).order_by("path"))
    if not stops or len(stops) != len(set(wanted)) or len(stops) > MOST_STOPS:
        raise InvalidInput("patrol_shift.stops", _("Choose the compounds of the route."))
    return stops


def _require_times(roster: Roster) -> None:
    today = clock.today()
    if not today - BEFORE <= roster.on <= today + AHEAD:
        message = _("A patrol is written down within a month, and planned at most half a year ahead.")
        raise InvalidInput("patrol_shift.day", message)
    if roster.starts == roster.ends:
        raise InvalidInput("patrol_shift.hours", _("It ends at another hour than it begins."))
    if not 1 <= roster.weeks <= MOST_WEEKS:
        raise InvalidInput("patrol_shift.weeks", _("Repeat it for 1 to %(most)s weeks."), most=MOST_WEEKS)


def leads_of(*places: Place) -> list[Post]:
    """The posts of communities that may lead a patrol there."""
    rows = Post.objects.filter(held_on(clock.today()), place__in=places, kind__in=section().patrols.leads)
    rows = rows.filter(confirmed=True, person__isnull=False).select_related("person", "place")
    return list(rows.order_by("place__path", "kind", "pk"))


def _lead(place: Place, post_id: int | None) -> Post | None:
    if post_id is None:
        return None
    found = next((post for post in leads_of(place) if post.pk == post_id), None)
    if found is None:
        raise InvalidInput("patrol_shift.lead", _("A member of the community's two committees leads a patrol."))
    return found


def _team(body_id: int | None) -> Organization | None:
    if body_id is None:
        return None
    body = Organization.objects.filter(policies.BODIES, pk=body_id).first()
    if body is None:
        raise InvalidInput("patrol_shift.team", _("There is no such team now."))
    return body


def _owe(row: PatrolShift) -> None:
    days = calendar_of(row.place)
    due = days.add_working(max(clock.now(), days.close_of(row.on)), section().patrols.report_days * days.day_minutes)
    holder = Holder(post_id=row.lead_id) if row.lead_id else post_at(row.place.path, KEEP)
    owe(REPORT_OWED, (PATROL, row.pk), f"{_('Patrol')} {row}", row.place_id, holder, due, days)


def _locked(actor: Actor, shift_id: int) -> PatrolShift:
    rows = PatrolShift.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.patrols_visible_to(actor), pk=shift_id).first()
    if row is None:
        raise NotFound
    policies.require_report(actor, row)
    return row


def _saved(actor: Actor, verb: str, row: PatrolShift) -> PatrolShift:
    row.version += 1
    row.save()
    _done(actor, verb, row)
    return row


def _done(actor: Actor, verb: str, row: PatrolShift, **facts: Any) -> None:
    journal.write(actor, f"{PATROL}.{verb}", (PATROL, row.pk), place_id=row.place_id, facts=facts)
