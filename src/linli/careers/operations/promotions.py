"""The only writers of recruitment rounds, promotions and staffing plans: the ladder is climbed one rung at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.careers import policies
from linli.careers.models import Promotion, RecruitmentRound, StaffingPlan
from linli.careers.operations.reserves import reserves_used
from linli.careers.queries.ladder import rung_of
from linli.careers.sections import names, section
from linli.careers.workflow import PROMOTIONS, ROUNDS
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.organizations.models import Person
from linli.territory.models import Place

LONGEST: Final = 200
TITLE: Final = 120
MOST: Final = 9999


@dataclass(frozen=True, slots=True)
class Opening:
    """A round: for which rung, how many posts, by which criteria."""

    title: str
    place_id: int
    rung: str
    posts: int
    criteria: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def round_open(*, actor: Actor, opening: Opening) -> RecruitmentRound:
    """Open a round. Raises: not_found, careers.not_yours, round.title, round.rung, round.posts, round.criteria"""
    place = _place(actor, opening.place_id)
    rules = section()
    rung = rules.rung(opening.rung)
    if rung is None:
        raise InvalidInput("round.rung", _("Choose a rung of the ladder."))
    if not 1 <= opening.posts <= MOST:
        raise InvalidInput("round.posts", _("A round fills at least one post."))
    if set(opening.criteria) - set(names(rules.criteria)):
        raise InvalidInput("round.criteria", _("Choose from the list."))
    row = RecruitmentRound(title=said(opening.title, TITLE, "round.title"), place=place, rung=rung.code)
    row.posts, row.criteria = opening.posts, list(opening.criteria)
    row.opened_on, row.opened_by = clock.today(), actor.key
    row.save(force_insert=True)
    _done(actor, "recruitment_round", "open", row)
    return row


@transaction.atomic
def round_close(*, actor: Actor, round_id: int, applicants: int, chosen: int) -> RecruitmentRound:
    """Close a round with how many applied and how many were chosen.

    Raises: not_found, careers.not_yours, recruitment_round.state, round.numbers, round.running
    """
    rows = RecruitmentRound.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.rounds_visible_to(actor), pk=round_id).first()
    if row is None:
        raise NotFound
    policies.require_manage(actor, row.place)
    state = ROUNDS.step(row.state, "close")
    if not 0 <= chosen <= min(applicants, row.posts) or applicants > MOST:
        message = _("No more are chosen than applied, and no more than there are posts: %(posts)s.")
        raise InvalidInput("round.numbers", message, posts=row.posts)
    if row.promotions.filter(state="running").exists():
        raise RuleBroken("round.running", _("Promotions of this round are on their way: appoint or end them first."))
    row.state, row.applicants, row.chosen, row.closed_on = state, applicants, chosen, clock.today()
    row.version += 1
    row.save()
    _done(actor, "recruitment_round", "close", row)
    return row


@dataclass(frozen=True, slots=True)
class Climb:
    """Who is to come up to which rung, at which place, in which round."""

    person_id: int
    place_id: int
    to_rung: str
    round_id: int | None = None


@transaction.atomic
def promotion_begin(*, actor: Actor, climb: Climb) -> Promotion:
    """Begin a promotion: from the rung on which somebody stands to the next one above, and no other.

    Raises: not_found, careers.not_yours, promotion.own, promotion.top, promotion.rung_skipped, promotion.round,
    promotion.twice
    """
    place = _place(actor, climb.place_id)
    # Whoever begins one holds the person, so that two never stand on one rung and leave it twice.
    person = Person.objects.select_for_update(of=("self",)).filter(pk=climb.person_id).first()
    if person is None or not policies.can_see_worker(actor, person):
        raise NotFound
    if person.pk == actor.person_id:
        raise RuleBroken("promotion.own", _("Nobody decides on their own promotion; ask a colleague."))
    row = Promotion(person=person, place=place, to_rung=climb.to_rung, begun_on=clock.today(), begun_by=actor.key)
    row.from_rung = _from(person, climb.to_rung)
    row.round = _round(actor, climb)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "promotion_once" not in str(error):
            raise
        message = _("A promotion of this person is on its way already: appoint or end it first.")
        raise RuleBroken("promotion.twice", message) from error
    _done(actor, "promotion", "begin", row, to=row.to_rung)
    return row


@transaction.atomic
def promotion_step(*, actor: Actor, promotion_id: int, step: str, on: date) -> Promotion:
    """Note the day of a step; one that is noted already gets the new day.

    Raises: not_found, careers.not_yours, promotion.own, promotion.state, promotion.step, promotion.day
    """
    row = _locked(actor, promotion_id)
    if row.state != "running":
        PROMOTIONS.step(row.state, "appoint")
    rung = section().rung(row.to_rung)
    if rung is None or step not in rung.steps:
        raise InvalidInput("promotion.step", _("This rung does not ask for this step."))
    if on > clock.today():
        raise InvalidInput("promotion.day", _("A day to come is not noted: note a step once it was taken."))
    row.steps = {**row.steps, step: on.isoformat()}
    row.version += 1
    row.save()
    _done(actor, "promotion", "step", row, step=step)
    return row


@transaction.atomic
def promotion_appoint(*, actor: Actor, promotion_id: int, on: date) -> Promotion:
    """Appoint who took every step; a reserve for such a post is used with it.

    Raises: not_found, careers.not_yours, promotion.own, promotion.state, promotion.steps_open, promotion.day
    """
    row = _locked(actor, promotion_id)
    state = PROMOTIONS.step(row.state, "appoint")
    rung = section().rung(row.to_rung)
    open_steps = [code for code in (rung.steps if rung else ()) if code not in row.steps]
    if open_steps:
        raise RuleBroken("promotion.steps_open", _("Not every step was taken yet: note its day first."))
    if on > clock.today() or any(day and on.isoformat() < day for day in row.steps.values()):
        raise InvalidInput("promotion.day", _("One is appointed after the last step, and not on a day to come."))
    row.state, row.appointed_on = state, on
    row.version += 1
    row.save()
    if rung and rung.fills:
        reserves_used(actor, row.person_id, rung.fills, on)
    _done(actor, "promotion", "appoint", row, to=row.to_rung)
    return row


@transaction.atomic
def promotion_drop(*, actor: Actor, promotion_id: int, reason: str) -> Promotion:
    """End a promotion without appointment, with a reason.

    Raises: not_found, careers.not_yours, promotion.own, promotion.state, promotion.reason
    """
    row = _locked(actor, promotion_id)
    row.state = PROMOTIONS.step(row.state, "drop")
    row.reason = said(reason, LONGEST, "promotion.reason")
    row.version += 1
    row.save()
    _done(actor, "promotion", "drop", row)
    return row


@transaction.atomic
def plan_set(*, actor: Actor, place_id: int, posts: int, factors: Sequence[str] = (), basis: str = "") -> StaffingPlan:
    """Say how many posts a community should have from today on, and for which factors; the plan before it ends.

    Raises: not_found, careers.not_yours, plan.posts, plan.factors
    """
    place = _place(actor, place_id)
    if not 0 <= posts <= MOST:
        raise InvalidInput("plan.posts", _("A number of posts between 0 and %(most)s."), most=MOST)
    if set(factors) - set(names(section().factors)):
        raise InvalidInput("plan.factors", _("Choose from the list."))
    today = clock.today()
    # The place is held, so that two who plan at once do not leave two plans.
    Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    StaffingPlan.objects.filter(place=place, until=None, since__lt=today).update(until=today)
    StaffingPlan.objects.filter(place=place, until=None).delete()
    row = StaffingPlan(place=place, posts=posts, factors=list(factors), basis=basis.strip()[:LONGEST], since=today)
    row.save(force_insert=True)
    _done(actor, "staffing_plan", "set", row)
    return row


def _place(actor: Actor, place_id: int) -> Place:
    place = Place.objects.filter(pk=place_id, until=None, placeholder=False).first()
    if place is None or not policies.may_nominate(actor, place):
        raise NotFound
    policies.require_manage(actor, place)
    return place


def _from(person: Person, to_rung: str) -> str:
    """The rung from which somebody comes up. Raises: promotion.top, promotion.rung_skipped"""
    rules = section()
    now = rung_of(person.pk)
    above = rules.next_after(now)
    if not now or above is None:
        message = _("There is no rung above this one.") if now else _("This person stands on no rung of the ladder.")
        raise RuleBroken("promotion.top", message)
    if above.code != to_rung:
        message = _("The ladder is climbed one rung at a time: the next one is %(rung)s.")
        raise RuleBroken("promotion.rung_skipped", message, rung=above.named)
    return now


def _round(actor: Actor, climb: Climb) -> RecruitmentRound | None:
    """The round in which somebody is promoted. Raises: promotion.round"""
    if climb.round_id is None:
        return None
    rows = RecruitmentRound.objects.filter(policies.rounds_visible_to(actor), state="open", rung=climb.to_rung)
    row = rows.filter(pk=climb.round_id).first()
    if row is None:
        raise InvalidInput("promotion.round", _("Choose a round that is open and for this rung."))
    return row


def _locked(actor: Actor, promotion_id: int) -> Promotion:
    rows = Promotion.objects.select_for_update(of=("self",)).select_related("place", "person")
    row = rows.filter(policies.promotions_visible_to(actor), pk=promotion_id).first()
    if row is None:
        raise NotFound
    policies.require_manage(actor, row.place)
    if row.person_id == actor.person_id:
        raise RuleBroken("promotion.own", _("Nobody decides on their own promotion; ask a colleague."))
    return row


def _done(actor: Actor, kind: str, verb: str, row: Any, **facts: Any) -> None:
    journal.write(actor, f"{kind}.{verb}", (kind, row.pk), place_id=row.place_id, facts=facts)
