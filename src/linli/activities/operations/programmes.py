"""The only writers of programmes: opened, changed, ended; the nightly look at whose next session is not planned yet."""

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.activities.models import Activity, ActivityProgramme
from linli.activities.operations.activities import body_of
from linli.activities.operations.steps import owed, said, settled
from linli.activities.policies import activities as policies
from linli.activities.sections import kind_choices
from linli.activities.workflow import KEEP, LINES, PROGRAMME, SESSION_OWED
from linli.cases.operations.clocks import Holder, calendar_of, post_at
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.rhythm import RHYTHMS, Rhythm
from linli.territory.models import Place


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as its organiser describes it."""

    title: str
    place_id: int
    line: str = "volunteering"
    kind: str = ""
    theme: str = ""
    organization_id: int | None = None
    rhythm: str = ""
    every_days: int | None = None
    starts: time | None = None
    minutes: int = 120
    venue: str = ""
    about: str = ""


@transaction.atomic
def programme_open(*, actor: Actor, programme: Programme) -> ActivityProgramme:
    """Open a programme (VOL-14, VOL-18, VOL-19); where it has a rhythm, its next session is owed.

    Raises: not_found, activity.not_yours, programme.title, activity.choice, programme.rhythm, programme.minutes,
    programme.twice, activity.body
    """
    row = ActivityProgramme(since=clock.today())
    _enter(actor, row, programme)
    row.save()
    _done(actor, "open", row)
    session_owe(row)
    return row


@transaction.atomic
def programme_change(*, actor: Actor, programme_id: int, version: int, programme: Programme) -> ActivityProgramme:
    """Change a programme; its place stays. Raises: as `programme_open`, and programme.stale, programme.ended"""
    row = _locked(actor, programme_id)
    if row.version != version:
        raise Stale("programme.stale", _("Somebody changed this programme meanwhile."), version=row.version)
    _enter(actor, row, programme)
    row.version += 1
    row.save()
    _done(actor, "change", row)
    settled(SESSION_OWED, (PROGRAMME, row.pk))
    session_owe(row)
    return row


@transaction.atomic
def programme_end(*, actor: Actor, programme_id: int, reason: str) -> ActivityProgramme:
    """End a programme: nothing more is owed of it. Raises: not_found, activity.not_yours, programme.ended,
    activity.reason
    """
    row = _locked(actor, programme_id)
    why = said(reason, "activity.reason")
    row.until = max(clock.today(), row.since)
    row.version += 1
    row.save()
    settled(SESSION_OWED, (PROGRAMME, row.pk))
    journal.write(actor, f"{PROGRAMME}.end", (PROGRAMME, row.pk), place_id=row.place_id, facts={"reason": why})
    return row


@transaction.atomic
def programmes_check() -> int:
    """Put the next session of each programme on the list of its organiser, where none is planned; how many."""
    rows = ActivityProgramme.objects.filter(until=None).exclude(rhythm="").select_related("place")
    return sum(session_owe(row) for row in rows)


def session_owe(row: ActivityProgramme) -> bool:
    """Owe the session of the period that runs, unless it is planned or held; whether it is owed."""
    if not row.rhythm:
        return False
    since, until = rhythm_of(row).period_of(max(clock.today(), row.since))
    if Activity.objects.filter(programme=row, day__range=(since, until)).exclude(state="cancelled").exists():
        settled(SESSION_OWED, (PROGRAMME, row.pk))
        return False
    holder = Holder(organization_id=row.organization_id) if row.organization_id else post_at(row.place.path, KEEP)
    due = calendar_of(row.place).close_of(until)
    owed(SESSION_OWED, (PROGRAMME, row.pk), row.title, row.place, holder, due)
    return True


def rhythm_of(row: ActivityProgramme) -> Rhythm:
    """How often a programme has a session."""
    return Rhythm(row.rhythm, row.every_days, row.since)


def proposed_day(row: ActivityProgramme) -> date | None:
    """The day that the calendar proposes for the session of the period that runs; None without a rhythm."""
    if not row.rhythm:
        return None
    rhythm, today = rhythm_of(row), clock.today()
    last = Activity.objects.filter(programme=row).exclude(state="cancelled").aggregate(day=Max("day"))["day"]
    day = rhythm.proposed(rhythm.period_of(max(today, row.since)), last)
    return max(day, today)


def _locked(actor: Actor, programme_id: int) -> ActivityProgramme:
    rows = ActivityProgramme.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.programmes_visible_to(actor), pk=programme_id).first()
    if row is None:
        raise NotFound
    policies.require_keep_at(actor, row.place)
    if row.until is not None:
        raise RuleBroken("programme.ended", _("This programme has ended."))
    return row


def _enter(actor: Actor, row: ActivityProgramme, given: Programme) -> None:
    place = Place.objects.filter(policies.keeping_places(actor), pk=row.place_id or given.place_id).first()
    if place is None:
        raise NotFound
    kinds = {label for label, _named in kind_choices()} | {"", row.kind}
    if given.line not in dict(LINES) or given.kind not in kinds:
        raise InvalidInput("activity.choice", _("Choose from the list."))
    if given.rhythm not in dict(RHYTHMS) or (given.rhythm == "days") != bool(given.every_days):
        message = _("Say how often it comes; the number of days only where it comes by days.")
        raise InvalidInput("programme.rhythm", message)
    if not 10 <= given.minutes <= 600:
        raise InvalidInput("programme.minutes", _("A session lasts between ten minutes and ten hours."))
    row.place, row.title = place, said(given.title, "programme.title", 120)
    same = ActivityProgramme.objects.filter(place=place, title=row.title, until=None).exclude(pk=row.pk)
    if same.exists():
        raise RuleBroken("programme.twice", _("There is a programme of this name here already."))
    row.organization_id = body_of(given.organization_id, place)
    for name in ("line", "kind", "rhythm", "every_days", "starts", "minutes"):
        setattr(row, name, getattr(given, name))
    for name, most in (("theme", 120), ("venue", 160), ("about", 500)):
        setattr(row, name, getattr(given, name).strip()[:most])


def _done(actor: Actor, verb: str, row: ActivityProgramme) -> None:
    journal.write(actor, f"{PROGRAMME}.{verb}", (PROGRAMME, row.pk), place_id=row.place_id)
