"""Selections: what is asked for, how many were looked at, and who decided. There are no files on candidates."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.core.words import said
from linli.secondments import policies
from linli.secondments.models import SelectionRound
from linli.secondments.sections import roles
from linli.secondments.workflow import SELECTION, SELECTION_KIND
from linli.territory.models import Place

LONGEST_TITLE: Final = 120
LONGEST: Final = 500
LONGEST_WORDS: Final = 160
LONGEST_REASON: Final = 200
MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Call:
    """What a selection asks for: how many, in which role, by which standards, on the ground of which document."""

    place_id: int
    title: str
    role: str
    wanted: int
    standards: str
    document: str = ""


@transaction.atomic
def selection_open(*, actor: Actor, call: Call) -> SelectionRound:
    """Open a selection (RSP-06).

    Raises: not_found, secondment.role, selection_round.wanted, selection_round.words
    """
    place = Place.objects.filter(policies.seats(actor), pk=call.place_id).first()
    if place is None:
        raise NotFound
    role = roles().get(call.role)
    if role is None or role.retired:
        raise InvalidInput("secondment.role", _("Nobody is sent in this role here."))
    if not 0 < call.wanted <= MOST:
        raise InvalidInput("selection_round.wanted", _("Say how many are wanted."))
    row = SelectionRound(place=place, role=role.code, wanted=call.wanted)
    row.title = said(call.title, LONGEST_TITLE, "selection_round.words")
    row.standards = said(call.standards, LONGEST, "selection_round.words")
    row.document = call.document.strip()[:LONGEST_WORDS]
    row.opened, row.opened_by = clock.now(), actor.key
    row.save(force_insert=True)
    _done(actor, "open", row, wanted=row.wanted)
    return row


@transaction.atomic
def selection_decide(*, actor: Actor, selection_id: int, considered: int, on: date, by: str) -> SelectionRound:
    """Write down how a selection was decided: how many were looked at, on which day and by which meeting.

    Raises: not_found, selection_round.state, selection_round.considered, selection_round.day, selection_round.words
    """
    row = _locked(actor, selection_id)
    row.state = SELECTION.step(row.state, "decide")
    if not 0 < considered <= MOST:
        raise InvalidInput("selection_round.considered", _("Say how many people were looked at."))
    if on > clock.today():
        raise InvalidInput("selection_round.day", _("This day lies in the future."))
    row.considered, row.decided_on = considered, on
    row.decided_by = said(by, LONGEST_WORDS, "selection_round.words")
    return _saved(actor, "decide", row, considered=considered)


@transaction.atomic
def selection_drop(*, actor: Actor, selection_id: int, reason: str) -> SelectionRound:
    """Drop a selection, with a reason. Raises: not_found, selection_round.state, selection_round.words"""
    row = _locked(actor, selection_id)
    row.state = SELECTION.step(row.state, "drop")
    row.reason = said(reason, LONGEST_REASON, "selection_round.words")
    return _saved(actor, "drop", row)


def _locked(actor: Actor, selection_id: int) -> SelectionRound:
    rows = SelectionRound.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.rounds_visible_to(actor), pk=selection_id).first()
    if row is None:
        raise NotFound
    return row


def _saved(actor: Actor, verb: str, row: SelectionRound, **facts: Any) -> SelectionRound:
    row.version += 1
    row.save()
    _done(actor, verb, row, **facts)
    return row


def _done(actor: Actor, verb: str, row: SelectionRound, **facts: Any) -> None:
    subject = (SELECTION_KIND, row.pk)
    journal.write(actor, f"{SELECTION_KIND}.{verb}", subject, place_id=row.place_id, facts=facts)
