"""Rounds of inspection: a checklist over the places of a community, each gone through item by item (SAF-01, SAF-02)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, BinaryIO, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.organizations.models import Organization
from linli.safety import policies
from linli.safety.models import REASON, InspectionRound, RoundMark, RoundTarget
from linli.safety.operations.hazards import Found, hazard_open
from linli.safety.sections import Checklist, section
from linli.safety.workflow import INSPECT_OWED, KEEP, RESULTS, ROUND, ROUNDS
from linli.territory.models import Facility, Place

LONGEST_TITLE: Final = 120
MOST_PLACES: Final = 500
AHEAD: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Plan:
    """A round: where, of which kind, until when, and the body that goes where it is not the community itself."""

    place_id: int
    title: str
    kind: str
    until: date
    office_id: int | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """How one item was found; what exactly is unsafe may be written, and shown by photos of the place."""

    item: str
    result: str
    text: str = ""
    photos: Sequence[BinaryIO] = field(default=(), compare=False)


@transaction.atomic
def round_plan(*, actor: Actor, plan: Plan) -> InspectionRound:
    """Begin a round over all places of its kind; whoever goes owes it until its day.

    Raises: not_found, inspection_round.title, inspection_round.kind, inspection_round.until, inspection_round.office,
    inspection_round.no_places
    """
    place = Place.objects.filter(policies.keeping_places(actor), pk=plan.place_id).first()
    if place is None:
        raise NotFound
    kind = section().checklist(plan.kind)
    if kind is None or kind.retired:
        raise InvalidInput("inspection_round.kind", _("Choose a checklist."))
    today = clock.today()
    if not today <= plan.until <= today + AHEAD:
        raise InvalidInput("inspection_round.until", _("Choose a day from today on, within a year."))
    bodies = Organization.objects.filter(policies.BODIES)
    if plan.office_id is not None and not bodies.filter(pk=plan.office_id).exists():
        raise InvalidInput("inspection_round.office", _("There is no such body now."))
    row = InspectionRound(place=place, kind=kind.code, since=today, until=plan.until, office_id=plan.office_id)
    row.title = said(plan.title, LONGEST_TITLE, "inspection_round.title")
    row.save(force_insert=True)
    _targets(row, kind)
    days = calendar_of(place)
    holder = Holder(organization_id=row.office_id) if row.office_id else post_at(place.path, KEEP)
    owe(INSPECT_OWED, (ROUND, row.pk), row.title, place.pk, holder, days.close_of(row.until), days)
    _done(actor, "plan", row)
    return row


@transaction.atomic
def target_go(*, actor: Actor, target_id: int, looked: Sequence[Looked]) -> RoundTarget:
    """Write down a place item by item; each hazard becomes a matter, once. The last place ends the round.

    Raises: not_found, safety.not_yours, inspection_round.over, round_target.items, and what opening a hazard raises
    """
    seen = RoundTarget.objects.filter(policies.targets_visible_to(actor), pk=target_id)
    # The round first, so that the last two places do not wait for one another.
    row = InspectionRound.objects.select_for_update(of=("self",)).filter(pk__in=seen.values("round_id")).first()
    if row is None:
        raise NotFound
    target = RoundTarget.objects.select_related("round", "place__compound", "facility").get(pk=target_id)
    policies.require_inspect(actor, target)
    kind = section().checklist(row.kind)
    if row.state != "running" or kind is None:
        raise RuleBroken("inspection_round.over", _("This round is over."))
    marks = {item.item: item for item in looked if item.result in dict(RESULTS)}
    if [item.code for item in kind.items if item.code not in marks]:
        message = _("Say of each item whether it is in order, a hazard, or not there.")
        raise InvalidInput("round_target.items", message)
    known = set(target.hazards.values_list("item", flat=True))
    for item in kind.items:
        mark = marks[item.code]
        RoundMark.objects.update_or_create(target=target, item=item.code, defaults={"result": mark.result})
        if mark.result == "hazard" and item.code not in known:
            text = f"{target}：{mark.text.strip() or item.named}"
            found = Found(text, item.severity, item.category, mark.photos)
            hazard_open(actor, target.place, found, target=target, item=item.code)
    target.gone_on = clock.today()
    target.save()
    _done(actor, "go", row, target=target.pk)
    if not row.targets.filter(gone_on=None).exists():
        _end(actor, row, "finish")
    return target


@transaction.atomic
def round_drop(*, actor: Actor, round_id: int, reason: str) -> InspectionRound:
    """Drop a round before all its places are gone through, with the reason; the hazards found stay.

    Raises: not_found, safety.not_yours, inspection_round.state, inspection_round.reason
    """
    rows = InspectionRound.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.rounds_visible_to(actor), pk=round_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place)
    ROUNDS.step(row.state, "drop")
    row.reason = said(reason, REASON, "inspection_round.reason")
    _end(actor, row, "drop")
    return row


def _targets(row: InspectionRound, kind: Checklist) -> None:
    there: list[tuple[int, int | None]]
    if kind.at == "facility":
        facilities = Facility.objects.filter(place__path__startswith=row.place.path, until=None).order_by("pk")
        if kind.facility_kinds:
            facilities = facilities.filter(kind__in=kind.facility_kinds)
        there = [(place, pk) for place, pk in facilities.values_list("place_id", "pk")[: MOST_PLACES + 1]]
    else:
        places = Place.objects.filter(path__startswith=row.place.path, until=None, placeholder=False, type=kind.at)
        there = [(pk, None) for pk in places.order_by("path").values_list("pk", flat=True)[: MOST_PLACES + 1]]
    if not 0 < len(there) <= MOST_PLACES:
        message = _("A round takes 1 to %(most)s places; here are none of this kind, or more.")
        raise RuleBroken("inspection_round.no_places", message, most=MOST_PLACES)
    RoundTarget.objects.bulk_create(
        RoundTarget(round=row, place_id=place, facility_id=facility) for place, facility in there
    )


def _end(actor: Actor, row: InspectionRound, verb: str) -> None:
    row.state = ROUNDS.step(row.state, verb)
    row.ended_on = clock.today()
    row.version += 1
    row.save()
    settle(INSPECT_OWED, (ROUND, row.pk))
    _done(actor, verb, row)


def _done(actor: Actor, verb: str, row: InspectionRound, **facts: Any) -> None:
    journal.write(actor, f"{ROUND}.{verb}", (ROUND, row.pk), place_id=row.place_id, facts=facts)
