"""The only writers of selections of new members (推优, ORG-13): opened, decided once, or dropped. They name nobody."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import at_most, said
from linli.members import policies
from linli.members.models import CRITERIA, FIRST_YEAR, LAST_YEAR, MEETING, TEXT, MembershipRound
from linli.members.workflow import MEMBERSHIP_ROUND, ROUND_KIND
from linli.organizations.models import Organization
from linli.territory.models import Place

MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Opening:
    """What a selection is for: how many new members of which place or body, in which year, by which criteria."""

    place_id: int
    year: int
    quota: int
    criteria: str = ""
    organization_id: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a meeting decided: how many were considered and chosen, and of the chosen how many young and educated."""

    considered: int
    chosen: int
    on: date
    by: str
    young: int = 0
    educated: int = 0


@transaction.atomic
def membership_round_open(*, actor: Actor, opening: Opening) -> MembershipRound:
    """Open a selection. A place or body has one that runs in a year.

    Raises: not_found, membership_round.body, membership_round.year, membership_round.quota, membership_round.words,
    membership_round.twice
    """
    place = kept_place(actor, opening.place_id)
    row = MembershipRound(place=place, year=opening.year, quota=opening.quota)
    row.organization = body_of(place, opening.organization_id, "membership_round.body")
    if not FIRST_YEAR <= row.year <= LAST_YEAR:
        message = _("A year lies between %(first)s and %(last)s.")
        raise InvalidInput("membership_round.year", message, first=FIRST_YEAR, last=LAST_YEAR)
    if not 0 < row.quota <= MOST:
        raise InvalidInput("membership_round.quota", _("The quota is a number between 1 and %(most)s."), most=MOST)
    row.criteria = at_most(opening.criteria, CRITERIA, "membership_round.words")
    same = {"place": place, "organization": row.organization, "year": row.year, "state": MEMBERSHIP_ROUND.start}
    if MembershipRound.objects.filter(**same).exists():
        message = _("A selection of this year is running here already; decide or drop it first.")
        raise RuleBroken("membership_round.twice", message)
    row.opened_on, row.recorder = clock.today(), actor.key
    row.save(force_insert=True)
    _done(actor, "open", row)
    return row


@transaction.atomic
def membership_round_decide(*, actor: Actor, round_id: int, version: int, outcome: Outcome) -> MembershipRound:
    """Write down how a selection was decided. People decide, in a meeting; no more are chosen than the quota.

    Raises: not_found, members.not_yours, membership_round.stale, membership_round.state, membership_round.day,
    membership_round.numbers, membership_round.words
    """
    row = _locked(actor, round_id, version)
    row.state = MEMBERSHIP_ROUND.step(row.state, "decide")
    if outcome.on > clock.today():
        raise InvalidInput("membership_round.day", _("This day lies in the future."))
    row.considered, row.chosen, row.decided_on = outcome.considered, outcome.chosen, outcome.on
    row.young, row.educated = outcome.young, outcome.educated
    if not numbers_agree(row):
        message = _("At most %(quota)s are chosen, of those considered; of the chosen some are young or educated.")
        raise InvalidInput("membership_round.numbers", message, quota=row.quota)
    row.decided_by = said(outcome.by, MEETING, "membership_round.words")
    return _saved(actor, "decide", row)


@transaction.atomic
def membership_round_drop(*, actor: Actor, round_id: int, version: int, reason: str) -> MembershipRound:
    """Drop a selection that runs, with a reason.

    Raises: not_found, members.not_yours, membership_round.stale, membership_round.state, membership_round.words
    """
    row = _locked(actor, round_id, version)
    row.state = MEMBERSHIP_ROUND.step(row.state, "drop")
    row.reason = said(reason, TEXT, "membership_round.words")
    return _saved(actor, "drop", row)


def numbers_agree(row: MembershipRound) -> bool:
    """Whether no more were chosen than the quota and those considered, and of them no more young or educated."""
    chosen = row.chosen or 0
    most = min(row.quota, MOST if row.considered is None else row.considered, MOST)
    parts = (
        (row.quota, MOST),
        (row.considered or 0, MOST),
        (chosen, most),
        (row.young or 0, chosen),
        (row.educated or 0, chosen),
    )
    return all(0 <= number <= limit for number, limit in parts)


def kept_place(actor: Actor, place_id: int) -> Place:
    """The place, locked, if somebody keeps its members. Raises: not_found"""
    rows = Place.objects.select_for_update(of=("self",), no_key=True)
    place = rows.filter(policies.keeping_places(actor), pk=place_id).first()
    if place is None:
        raise NotFound
    return place


def body_of(place: Place, organization_id: int | None, code: str) -> Organization | None:
    """The party organisation of a place for which something is written down; none where it is for the whole place."""
    if organization_id is None:
        return None
    body = Organization.objects.filter(policies.bodies_at(place), pk=organization_id).first()
    if body is None:
        raise InvalidInput(code, _("Choose a party organisation of this place."))
    return body


def _locked(actor: Actor, round_id: int, version: int) -> MembershipRound:
    rows = MembershipRound.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.numbers_visible_to(actor), pk=round_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place)
    if row.version != version:
        message = _("Somebody changed this selection since you read it; look at it again.")
        raise Stale("membership_round.stale", message, version=row.version)
    return row


def _saved(actor: Actor, verb: str, row: MembershipRound) -> MembershipRound:
    row.version += 1
    row.save()
    _done(actor, verb, row)
    return row


def _done(actor: Actor, verb: str, row: MembershipRound) -> None:
    facts: dict[str, Any] = {"year": row.year, "quota": row.quota, "chosen": row.chosen}
    journal.write(actor, f"{ROUND_KIND}.{verb}", (ROUND_KIND, row.pk), place_id=row.place_id, facts=facts)
