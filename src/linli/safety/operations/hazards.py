"""Hazards of places: each is a matter from the first, and ends with a re-check by those who found it.

Which body puts it right is the desk's decision, as for any matter; the deadline comes from how grave it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.intake import Report, case_register
from linli.cases.operations.owing import owe, settle
from linli.cases.operations.rechecking import case_recheck
from linli.cases.sections import Period, categories
from linli.core import clock, journal, masks
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import at_most, said
from linli.safety import policies
from linli.safety.models import LONGEST, REASON, Hazard, PatrolShift, Recheck, RoundTarget
from linli.safety.sections import section
from linli.safety.workflow import HAZARD_KIND, HAZARDS, KEEP, RECHECK_OWED, SOURCE
from linli.territory.models import Place

# What the matter of a hazard has come to, by its state; until it is done somebody is putting it right.
WAITING: Final = ("done", "verified", "closed", "rated")
ENDED: Final = ("not_accepted", "out_of_scope", "referred", "withdrawn", "void", "merged")
# These end a matter, or lead to its end.
ENDING: Final = ("verify", "confirm", "close", "close_unconfirmed")


@dataclass(frozen=True, slots=True)
class Found:
    """What is unsafe at a place, how grave it is, and photos of the place where there are some."""

    text: str
    severity: str
    category: str = ""
    photos: Sequence[BinaryIO] = field(default=(), compare=False)


def about_places(text: str, most: int, code: str) -> str:
    """What was written of places and things; an identity number is of a person. Raises: the code, safety.person"""
    words = at_most(text, most, code)
    if masks.identity_numbers(words):
        raise InvalidInput("safety.person", _("Write of places and things only, nothing of persons."))
    return words


def hazard_open(
    actor: Actor,
    place: Place,
    found: Found,
    *,
    target: RoundTarget | None = None,
    shift: PatrolShift | None = None,
    item: str = "",
) -> Hazard:
    """Make a hazard and its matter, in the transaction of whoever found it.

    Raises: hazard.text, hazard.severity, safety.person, and what registering a matter raises
    """
    if found.severity not in {grade.code for grade in section().severities}:
        raise InvalidInput("hazard.severity", _("Say how grave it is."))
    grade, days = section().severity(found.severity), calendar_of(place)
    text = about_places(said(found.text, LONGEST, "hazard.text"), LONGEST, "hazard.text")
    due = after(days, clock.now(), grade.within)
    category = found.category if found.category in categories() else ""
    plain: dict[str, Any] = {"kind": "hazard", "category": category, "urgency": grade.urgency, "source": SOURCE}
    report = Report(text, place_id=place.pk, given_due=due, photos=found.photos, **plain)
    receipt = case_register(actor=actor, report=report, door="patrol")
    row = Hazard(place=place, target=target, shift=shift, item=item, severity=grade.code, text=text)
    row.kind = target.round.kind if target else ""
    row.found_on, row.due, row.case_id = clock.today(), clock.day_of(due), receipt.case_id
    row.save(force_insert=True)
    journal.write(actor, f"{HAZARD_KIND}.find", (HAZARD_KIND, row.pk), place_id=row.place_id)
    return row


@transaction.atomic
def hazard_recheck(*, actor: Actor, hazard_id: int, removed: bool, note: str = "") -> Hazard:
    """Say whether a hazard that was reported as put right is removed (SAF-01). Where it is not, it goes back to whoever
    leads its matter, with a new day; the clock of the matter runs on.

    Raises: not_found, safety.not_yours, hazard.own_work, hazard.state, hazard.note, safety.person
    """
    seen = Hazard.objects.filter(policies.hazards_visible_to(actor), pk=hazard_id).values_list("case_id", flat=True)
    # The matter first, as whoever moves it does.
    case = Case.objects.select_for_update().defer("search").filter(pk=seen.first() or 0).first()
    if case is None:
        raise NotFound
    rows = Hazard.objects.select_for_update(of=("self",)).select_related("place", "target__round")
    row = rows.get(pk=hazard_id)
    policies.require_recheck(actor, row, case)
    row.state = HAZARDS.step(row.state, "remove" if removed else "again")
    words = about_places(note if removed else said(note, REASON, "hazard.note"), REASON, "hazard.note")
    Recheck.objects.create(hazard=row, on=clock.today(), removed=removed, note=words, actor=actor.key)
    if removed:
        row.removed_on = clock.today()
    else:
        row.again += 1
        row.due = clock.day_of(after(calendar_of(row.place), clock.now(), section().severity(row.severity).within))
    _saved(actor, "remove" if removed else "again", row)
    settle(RECHECK_OWED, (HAZARD_KIND, row.pk))
    case_recheck(actor=actor, case_id=case.pk, removed=removed, note=words)
    return row


def hazard_follow(*, actor: Actor, case: Any, verb: str) -> None:
    """Keep in step with the matter of a hazard, which nobody ends before the re-check. Raises: hazard.recheck_first"""
    row = Hazard.objects.select_for_update(of=("self",)).select_related("place", "target__round").filter(case=case.pk)
    hazard = row.first()
    if hazard is None:
        return
    if verb in ENDING and hazard.state != "removed":
        raise RuleBroken("hazard.recheck_first", _("First those who found this hazard re-check that it is removed."))
    wanted = "waiting" if case.state in WAITING else "ended" if case.state in ENDED else "open"
    if hazard.state == wanted or (wanted == "waiting" and hazard.state == "removed"):
        return
    step = {"waiting": "done", "ended": "end", "open": "undo"}[wanted]
    hazard.state, hazard.removed_on = HAZARDS.step(hazard.state, step), None
    _saved(actor, step, hazard)
    settle(RECHECK_OWED, (HAZARD_KIND, hazard.pk))
    if wanted == "waiting":
        _owe_recheck(hazard, case.lead_id)


def _owe_recheck(row: Hazard, lead_id: int | None) -> None:
    """Owe a re-check by those who found it, or by who keeps safety there; never by the body that put it right."""
    days = calendar_of(row.place)
    office = row.target.round.office_id if row.target else None
    if office and office != lead_id:
        holder = Holder(organization_id=office)
    else:
        holder = post_at(row.place.path, KEEP, without=lead_id)
    due = after(days, clock.now(), Period(amount=section().recheck_days))
    owe(RECHECK_OWED, (HAZARD_KIND, row.pk), row.text, row.place_id, holder, due, days)


def _saved(actor: Actor, verb: str, row: Hazard) -> None:
    row.version += 1
    row.save()
    journal.write(actor, f"{HAZARD_KIND}.{verb}", (HAZARD_KIND, row.pk), place_id=row.place_id)
