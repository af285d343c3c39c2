"""The only writers of training sessions and of who came: planned, changed, put down from the list, cancelled.

Whoever writes who came holds the lock of the session, so that no more are named for it than its capacity.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.organizations.models import Post
from linli.territory.models import Place
from linli.workforce import policies
from linli.workforce.models import TrainingAttendance, TrainingSession
from linli.workforce.queries.training import homes_of, seen_by
from linli.workforce.sections import section
from linli.workforce.workflow import OUTCOMES, SESSION, SESSION_KIND

TITLE: Final = 160
WORDS: Final = ("organizer", "venue", "batch")
# Whoever has a seat.
SEATED: Final = ("named", "came")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned."""

    title: str
    place_id: int
    since: date
    until: date | None = None
    programme: str = ""
    channel: str = ""
    mode: str = ""
    batch: str = ""
    organizer: str = ""
    venue: str = ""
    posts: tuple[str, ...] = ()
    capacity: int | None = None


@transaction.atomic
def session_plan(*, actor: Actor, plan: Plan) -> TrainingSession:
    """Plan a session (PPL-07 to PPL-09).

    Raises: not_found, training.not_yours, training.title, training.days, training.words, training.capacity
    """
    row = TrainingSession(recorded=clock.now(), recorder=actor.key, version=0)
    _fill(actor, row, plan)
    row.save(force_insert=True)
    row.number = f"P{row.since:%Y}-{row.pk}"
    row.save(update_fields=["number"])
    _done(actor, "plan", row)
    return row


@transaction.atomic
def session_change(*, actor: Actor, session_id: int, plan: Plan) -> TrainingSession:
    """Change what was planned; who came stays, on the new day.

    Raises: not_found, training.not_yours, training.state, training.title, training.days, training.words,
    training.capacity
    """
    row = _locked(actor, session_id)
    SESSION.step(row.state, "change")
    _fill(actor, row, plan)
    if row.capacity is not None and row.capacity < _seats(row):
        raise RuleBroken("training.full", _("More people than that are on the list already."))
    if row.state == "held":
        _require_past(row.since)
    row.save()
    row.attendances.update(day=row.since)
    _done(actor, "change", row)
    return row


@transaction.atomic
def session_cancel(*, actor: Actor, session_id: int, reason: str) -> TrainingSession:
    """Cancel a session to which nobody came.

    Raises: not_found, training.not_yours, training.state, training.came, training.reason
    """
    row = _locked(actor, session_id)
    if row.attendances.filter(outcome="came").exists():
        raise RuleBroken("training.came", _("People came to it; take them off the list first if that is wrong."))
    row.state = SESSION.step(row.state, "cancel")
    row.reason = said(reason, 200, "training.reason")
    row.version += 1
    row.save()
    _done(actor, "cancel", row)
    return row


@transaction.atomic
def attendance_record(*, actor: Actor, session_id: int, outcomes: Mapping[int, str]) -> TrainingSession:
    """Put down for several people at once who is named, came, was excused or did not come; empty takes them off.

    Nobody puts down themselves. That somebody came makes the session one that was held.
    Raises: not_found, training.not_yours, training.state, training.outcome, training.early, training.own,
    training.person, training.full
    """
    row = _locked(actor, session_id)
    SESSION.step(row.state, "name")
    if set(outcomes.values()) - {"", *dict(OUTCOMES)}:
        raise InvalidInput("training.outcome", _("Say of each whether they came, were excused or did not come."))
    held = {item.person_id: item for item in row.attendances.select_for_update()}
    changed = {pk: outcome for pk, outcome in outcomes.items() if outcome != (held[pk].outcome if pk in held else "")}
    if not changed:
        return row
    if actor.person_id in changed and changed[actor.person_id or 0] != "named":
        raise RuleBroken("training.own", _("Nobody puts down themselves; a colleague does."))
    if set(changed.values()) - {"", "named"}:
        _require_past(row.since)
    places = _require_known(row, set(changed) - set(held))
    _write(actor, row, held, changed, places)
    if row.capacity is not None and _seats(row) > row.capacity:
        raise RuleBroken("training.full", _("There is room for %(most)s only."), most=row.capacity)
    if row.attendances.filter(outcome="came").exists():
        row.state = SESSION.step(row.state, "hold")
    row.version += 1
    row.save()
    _done(actor, "record", row, people=len(changed))
    return row


def _write(
    actor: Actor,
    row: TrainingSession,
    held: Mapping[int, TrainingAttendance],
    changed: Mapping[int, str],
    places: Mapping[int, int],
) -> None:
    now, made = clock.now(), []
    row.attendances.filter(person_id__in=[pk for pk, outcome in changed.items() if not outcome]).delete()
    for pk, outcome in changed.items():
        item = held.get(pk) or TrainingAttendance(
            session=row, person_id=pk, place_id=places.get(pk, row.place_id), day=row.since
        )
        item.outcome, item.recorded, item.recorder = outcome, now, actor.key
        if outcome and item.pk:
            item.version += 1
            item.save()
        elif outcome:
            made.append(item)
    TrainingAttendance.objects.bulk_create(made)


def _require_known(row: TrainingSession, people: set[int]) -> dict[int, int]:
    """Where new people on the list work: at the place of the session or in it. Raises: training.person"""
    there = Post.objects.filter(person_id__in=people, place__path__startswith=row.place.path)
    if people - set(there.values_list("person_id", flat=True)):
        raise InvalidInput("training.person", _("Only people who work in the place of the session are put down."))
    return homes_of(people)


def _seats(row: TrainingSession) -> int:
    return row.attendances.filter(outcome__in=SEATED).count()


def _require_past(day: date) -> None:
    if day > clock.today():
        raise RuleBroken("training.early", _("Who came is put down when the day has come."))


def _locked(actor: Actor, session_id: int) -> TrainingSession:
    if not seen_by(actor).filter(pk=session_id).exists():
        raise NotFound
    rows = TrainingSession.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.get(pk=session_id)
    policies.require_plan(actor, row.place)
    return row


def _fill(actor: Actor, row: TrainingSession, plan: Plan) -> None:
    place = Place.objects.filter(policies.plans(actor, ""), pk=plan.place_id, until=None).first()
    if place is None:
        raise NotFound
    row.place = place
    row.title = said(plan.title, TITLE, "training.title")
    row.since, row.until = plan.since, plan.until or plan.since
    if row.until < row.since:
        raise InvalidInput("training.days", _("It does not end before it begins."))
    known: dict[str, Any] = {
        "programme": section().programmes,
        "channel": section().channels,
        "mode": section().modes,
    }
    for name, items in known.items():
        value = getattr(plan, name)
        if value and value != getattr(row, name) and value not in {item.code for item in items if not item.retired}:
            raise InvalidInput("training.words", _("The place does not know this programme, channel or mode."))
        setattr(row, name, value)
    for name in WORDS:
        value = getattr(plan, name).strip()
        setattr(row, name, said(value, 40 if name == "batch" else TITLE, "training.words") if value else "")
    if plan.capacity is not None and not 0 < plan.capacity <= 10_000:
        raise InvalidInput("training.capacity", _("There is room for at least one."))
    row.posts, row.capacity = list(plan.posts), plan.capacity
    row.version += 1


def _done(actor: Actor, verb: str, row: TrainingSession, **facts: Any) -> None:
    journal.write(actor, f"{SESSION_KIND}.{verb}", (SESSION_KIND, row.pk), place_id=row.place_id, facts=facts)
