"""The only writers of copies that went out, and of what is left where they lie. Nobody is told who took one."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.brochures import policies
from linli.brochures.models import Brochure, LeafletStock, MaterialDispatch
from linli.brochures.sections import group_names, section
from linli.brochures.workflow import BROCHURES, DISPATCH, KEEP, RESTOCK_OWED, STOCK
from linli.cases.operations.clocks import after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.territory.models import Facility

MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Sending:
    """How many copies went out on a day: to a point where they lie, or as packs to a group."""

    copies: int
    on: date
    facility_id: int | None = None
    group: str = ""


@transaction.atomic
def dispatch_make(*, actor: Actor, brochure_id: int, sending: Sending) -> MaterialDispatch:
    """Write down copies that went out; at a point they are added to what is left there.

    Raises: not_found, brochure.not_yours, brochure.state, brochure.copies, brochure.day, brochure.to
    """
    rows = Brochure.objects.select_for_update(of=("self",)).select_related("place")
    brochure = rows.filter(policies.brochures_visible_to(actor), pk=brochure_id).first()
    if brochure is None:
        raise NotFound
    policies.require_keep(actor, brochure.place)
    BROCHURES.step(brochure.state, "send")
    if not 0 < sending.copies <= MOST:
        raise InvalidInput("brochure.copies", _("Write how many copies, at most %(most)s."), most=MOST)
    if not (brochure.issued_on or clock.today()) <= sending.on <= clock.today():
        raise InvalidInput("brochure.day", _("Copies go out after the edition was issued, and not in the future."))
    row = MaterialDispatch(brochure=brochure, place=brochure.place, copies=sending.copies, on=sending.on, by=actor.key)
    row.facility, row.group = _to(brochure, sending)
    row.save(force_insert=True)
    facts = {"brochure": brochure.pk, "copies": row.copies}
    journal.write(actor, f"{DISPATCH}.make", (DISPATCH, row.pk), place_id=row.place_id, facts=facts)
    if row.facility:
        _add(brochure, row.facility, row.copies)
    return row


@transaction.atomic
def stock_count(*, actor: Actor, stock_id: int, left: int) -> LeafletStock:
    """Write down what is left at a point; where that is little, more copies are owed.

    Raises: not_found, brochure.not_yours, brochure.state, brochure.copies
    """
    rows = LeafletStock.objects.select_for_update(of=("self",)).select_related("brochure__place", "facility")
    row = rows.filter(policies.stocks_visible_to(actor), pk=stock_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.brochure.place)
    BROCHURES.step(row.brochure.state, "send")
    if not 0 <= left <= MOST:
        raise InvalidInput("brochure.copies", _("Write how many copies, at most %(most)s."), most=MOST)
    row.left, row.counted = left, clock.now()
    row.version += 1
    row.save()
    facts = {"brochure": row.brochure_id, "left": left}
    journal.write(actor, f"{STOCK}.count", (STOCK, row.pk), place_id=row.brochure.place_id, facts=facts)
    _watch(row)
    return row


def _to(brochure: Brochure, sending: Sending) -> tuple[Facility | None, str]:
    """Where the copies went. Raises: not_found, brochure.to"""
    if bool(sending.facility_id) == bool(sending.group):
        raise InvalidInput("brochure.to", _("Say where they went: to a point or to a group."))
    if sending.group:
        if sending.group not in group_names():
            raise InvalidInput("brochure.to", _("Say where they went: to a point or to a group."))
        return None, sending.group
    points = Facility.objects.filter(place__path__startswith=brochure.place.path, until=None)
    found = points.filter(pk=sending.facility_id or 0).first()
    if found is None:
        raise NotFound
    return found, ""


def _add(brochure: Brochure, facility: Facility, copies: int) -> None:
    named = {"brochure": brochure, "facility": facility}
    if not LeafletStock.objects.filter(**named).update(left=F("left") + copies, version=F("version") + 1):
        LeafletStock.objects.create(**named, left=copies, counted=clock.now())
    _watch(LeafletStock.objects.select_related("brochure__place", "facility").get(**named))


def _watch(row: LeafletStock) -> None:
    """Owe more copies where few are left, and nothing where there are enough."""
    if row.left > section().low_copies:
        settle(RESTOCK_OWED, (STOCK, row.pk))
        return
    place = row.brochure.place
    days = calendar_of(place)
    due = after(days, clock.now(), Period(amount=section().restock_days))
    title = f"{row.brochure.title} · {row.facility.name}"
    owe(RESTOCK_OWED, (STOCK, row.pk), title, place.pk, post_at(place.path, KEEP), due, days)
