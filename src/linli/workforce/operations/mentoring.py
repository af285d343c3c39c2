"""The only writers of mentoring and of contests: begun, logged, ended; a contest with its results."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.organizations.policies import held_on
from linli.territory.models import Place
from linli.territory.queries import root_place
from linli.workforce import policies
from linli.workforce.models import Contest, ContestEntry, Mentoring, MentoringSession
from linli.workforce.queries.training import home_of, person_named
from linli.workforce.sections import section

TITLE: Final = 160
TOPIC: Final = 200


@transaction.atomic
def mentoring_begin(*, actor: Actor, mentor: str, mentee: str, since: date) -> Mentoring:
    """Give somebody a mentor, each by name or staff number (PPL-11). A mentor may work anywhere.

    Raises: not_found, training.person, training.not_yours, mentoring.self, mentoring.twice, mentoring.days
    """
    root = root_place()
    if root is None:
        raise NotFound
    learner, guide = person_named(mentee, root), person_named(mentor, root)
    place = home_of(learner.pk, clock.today()) or root
    policies.require_plan(actor, place)
    if learner.pk == guide.pk:
        raise InvalidInput("mentoring.self", _("Nobody is their own mentor."))
    if since > clock.today():
        raise InvalidInput("mentoring.days", _("It begins today or began before."))
    # The mentee's row is the lock: two who begin the same come one after the other.
    type(learner).objects.select_for_update().get(pk=learner.pk)
    if Mentoring.objects.filter(held_on(clock.today()), mentor=guide, mentee=learner).exists():
        raise RuleBroken("mentoring.twice", _("They are mentor and mentee already."))
    row = Mentoring.objects.create(mentor=guide, mentee=learner, place=place, since=since)
    journal.write(actor, "mentoring.begin", ("mentoring", row.pk), place_id=place.pk)
    return row


@transaction.atomic
def mentoring_end(*, actor: Actor, mentoring_id: int) -> Mentoring:
    """End a mentoring today. Raises: not_found, training.not_yours, mentoring.ended"""
    row = _locked(actor, mentoring_id)
    policies.require_plan(actor, row.place)
    row.until, row.version = clock.today(), row.version + 1
    row.save()
    journal.write(actor, "mentoring.end", ("mentoring", row.pk), place_id=row.place_id)
    return row


@transaction.atomic
def mentoring_log(*, actor: Actor, mentoring_id: int, on: date, topic: str) -> MentoringSession:
    """Write down a day on which they sat together, and about what.

    Raises: not_found, training.not_yours, mentoring.ended, mentoring.days, mentoring.topic
    """
    row = _locked(actor, mentoring_id)
    policies.require_log(actor, row)
    if not row.since <= on <= clock.today():
        raise InvalidInput("mentoring.days", _("The day lies between the beginning and today."))
    sat = MentoringSession(mentoring=row, place_id=row.place_id, on=on, topic=said(topic, TOPIC, "mentoring.topic"))
    sat.recorded, sat.recorder = clock.now(), actor.key
    sat.save()
    journal.write(actor, "mentoring.log", ("mentoring", row.pk), place_id=row.place_id)
    return sat


def _locked(actor: Actor, mentoring_id: int) -> Mentoring:
    rows = Mentoring.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.mentorings_visible_to(actor), pk=mentoring_id).first()
    if row is None:
        raise NotFound
    if row.until is not None:
        raise RuleBroken("mentoring.ended", _("This mentoring has ended."))
    return row


@dataclass(frozen=True, slots=True)
class Held:
    """A contest that was held."""

    title: str
    kind: str
    place_id: int
    on: date
    organizer: str = ""


@transaction.atomic
def contest_hold(*, actor: Actor, held: Held) -> Contest:
    """Write down a contest (PPL-12). Raises: not_found, contest.title, contest.kind, contest.days"""
    place = Place.objects.filter(policies.plans(actor, ""), pk=held.place_id, until=None).first()
    if place is None:
        raise NotFound
    if held.kind not in {item.code for item in section().contests}:
        raise InvalidInput("contest.kind", _("The place does not know this kind of contest."))
    if held.on > clock.today():
        raise InvalidInput("contest.days", _("Results are put down when the day has come."))
    row = Contest(title=said(held.title, TITLE, "contest.title"), kind=held.kind, place=place, on=held.on)
    row.organizer = said(held.organizer, TITLE, "contest.title") if held.organizer.strip() else ""
    row.recorded, row.recorder = clock.now(), actor.key
    row.save()
    journal.write(actor, "contest.hold", ("contest", row.pk), place_id=place.pk)
    return row


@transaction.atomic
def entry_record(*, actor: Actor, contest_id: int, who: str, title: str, award: str) -> ContestEntry:
    """Put down who or which project took part, and its award if there was one.

    Raises: not_found, training.not_yours, training.person, contest.title, contest.award, contest.twice
    """
    seen = Contest.objects.select_for_update(of=("self",)).select_related("place")
    row = seen.filter(policies.contests_visible_to(actor), pk=contest_id).first()
    if row is None:
        raise NotFound
    policies.require_plan(actor, row.place)
    project = said(title, TITLE, "contest.title") if title.strip() or not who.strip() else ""
    person = person_named(who, row.place) if who.strip() else None
    if row.entries.filter(person=person, title=project).exists():
        raise RuleBroken("contest.twice", _("This entry is put down already."))
    place = (home_of(person.pk, row.on) if person else None) or row.place
    entry = ContestEntry(contest=row, person=person, place=place, title=project, day=row.on)
    entry.award = said(award, 60, "contest.award") if award.strip() else ""
    entry.save()
    journal.write(actor, "contest.record", ("contest", row.pk), place_id=row.place_id)
    return entry
