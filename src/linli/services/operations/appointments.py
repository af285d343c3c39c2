"""The only writers of times and appointments: offered, booked without login, cancelled, counted (SVC-07, SVC-09).

Whoever books holds the lock of the time; that no more book than there is room for, the database checks once more.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import Look
from linli.cases.words import DIGITS
from linli.core import clock, journal, secrets
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import at_most, said
from linli.services import policies
from linli.services.models import Appointment, AppointmentSlot
from linli.services.sections import kind_names, section
from linli.services.workflow import SLOT
from linli.territory.models import Place

WHERE: Final = 160
REASON: Final = 200
NAME: Final = 40
PHONE: Final = 30
CAPACITY: Final = 500
WEEKS: Final = 12
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Times:
    """When people may come, how many of them, and in how many weeks on end."""

    place_id: int
    kind: str
    on: date
    starts: time
    ends: time
    capacity: int
    where: str = ""
    weeks: int = 1


@dataclass(frozen=True, slots=True)
class Contact:
    """Who booked and how to call them, for this one look."""

    name: str
    phone: str


@transaction.atomic
def slots_add(*, actor: Actor, times: Times) -> list[AppointmentSlot]:
    """Offer a time for appointments, or the same in several weeks.

    Raises: not_found, slot.kind, slot.times, slot.capacity, slot.too_long, slot.twice
    """
    place = Place.objects.filter(policies.desks(actor), pk=times.place_id).first()
    if place is None:
        raise NotFound
    if times.kind not in kind_names():
        raise InvalidInput("slot.kind", _("Choose what one can come for."))
    last = times.on + WEEK * (times.weeks - 1)
    if not 1 <= times.weeks <= WEEKS or last > clock.today() + timedelta(days=365) or times.ends <= times.starts:
        raise InvalidInput("slot.times", _("It ends after it begins, in at most %(most)s weeks on end."), most=WEEKS)
    if not 1 <= times.capacity <= CAPACITY:
        raise InvalidInput("slot.capacity", _("From 1 to %(most)s people can book."), most=CAPACITY)
    made = [_slot(actor, place, times, times.on + WEEK * at) for at in range(times.weeks)]
    for row in made:
        _add(actor, row)
    return made


def _slot(actor: Actor, place: Place, times: Times, day: date) -> AppointmentSlot:
    row = AppointmentSlot(place=place, kind=times.kind, capacity=times.capacity, recorded=clock.now())
    row.starts = datetime.combine(day, times.starts, clock.SHANGHAI)
    row.ends = datetime.combine(day, times.ends, clock.SHANGHAI)
    if row.starts <= clock.now():
        raise InvalidInput("slot.times", _("Its time is over."))
    row.where, row.recorder = at_most(times.where, WHERE, "slot.too_long"), actor.key
    return row


def _add(actor: Actor, row: AppointmentSlot) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "appointment_slot_once" not in str(error):
            raise
        raise RuleBroken("slot.twice", _("This time is offered already.")) from error
    _done(actor, "add", row, capacity=row.capacity)


@transaction.atomic
def slot_cancel(*, actor: Actor, slot_id: int, reason: str) -> AppointmentSlot:
    """Say that a time does not take place; whoever booked sees the reason.

    Raises: not_found, slot.state, slot.reason
    """
    row = _locked(actor, slot_id)
    if row.state != "open" or row.ends <= clock.now():
        raise RuleBroken("slot.state", _("It was cancelled already, or is over."))
    row.state, row.reason = "cancelled", said(reason, REASON, "slot.reason")
    return _saved(actor, "cancel", row)


@transaction.atomic
def slot_look(*, actor: Actor, slot_id: int, reason: str) -> list[Contact]:
    """Whom to tell that a time does not take place; the access log keeps the look at each of them.

    Raises: not_found, slot.look, look.reason_missing
    """
    slot = _locked(actor, slot_id)
    if slot.state != "cancelled":
        raise RuleBroken("slot.look", _("Who booked is shown only where the time was cancelled, to tell them."))
    look = {
        "subject_type": "appointment",
        "field": "name, phone",
        "reason": said(reason, REASON, "look.reason_missing"),
    }
    rows = list(slot.appointments.filter(state="booked", forgotten=None).order_by("pk"))
    Look.objects.bulk_create(Look(at=clock.now(), actor=actor.key, subject_id=row.pk, **look) for row in rows)
    _done(actor, "look", slot, rows=len(rows))
    return [Contact(row.name or "", row.phone or "") for row in rows]


@transaction.atomic
def slot_count(*, actor: Actor, slot_id: int, came: int) -> AppointmentSlot:
    """Write down how many came: a number alone. Raises: not_found, slot.state, slot.came"""
    row = _locked(actor, slot_id)
    if row.state != "open" or row.starts > clock.now():
        raise RuleBroken("slot.state", _("Those who came are counted once it has begun."))
    if not 0 <= came <= CAPACITY:
        raise InvalidInput("slot.came", _("Write how many came, at most %(most)s."), most=CAPACITY)
    row.came = came
    return _saved(actor, "count", row, came=came)


@transaction.atomic
def appointment_book(*, actor: Actor, slot_id: int, name: str, phone: str) -> Appointment:
    """Book a place at a time, without login. Nobody asks what for.

    Raises: not_found, appointment.name, appointment.phone, appointment.twice, appointment.full
    """
    slot = AppointmentSlot.objects.select_for_update().filter(policies.bookable(), pk=slot_id).first()
    if slot is None or slot.starts > clock.now() + timedelta(days=section().ahead_days):
        raise NotFound
    row = Appointment(slot=slot, booked=clock.now(), name=said(name, NAME, "appointment.name"))
    row.phone = said(phone, PHONE, "appointment.phone")
    if sum(sign.isdecimal() for sign in row.phone) < DIGITS:
        raise InvalidInput("appointment.phone", _("Write the whole telephone number."))
    row.phone_hash = secrets.match_hash(row.phone, "phone")
    held = slot.appointments.filter(state="booked")
    if held.filter(phone_hash=row.phone_hash).exists():
        raise RuleBroken("appointment.twice", _("This number has booked at this time already."))
    if held.count() >= slot.capacity:
        raise RuleBroken("appointment.full", _("It is booked up. Choose another time."))
    row.save(force_insert=True)
    _done(actor, "book", slot, appointment=row.pk)
    return row


@transaction.atomic
def appointment_cancel(*, actor: Actor, address: str) -> Appointment:
    """Give one's own place back, by its own address. Raises: not_found, appointment.state"""
    pk = policies.own_pk(Appointment, address)
    slot_id = Appointment.objects.filter(pk=pk).values_list("slot_id", flat=True).first()
    slot = AppointmentSlot.objects.select_for_update().filter(pk=slot_id or 0).first()
    if slot is None:
        raise NotFound
    row = Appointment.objects.select_for_update().get(pk=pk)
    if row.state != "booked" or slot.starts <= clock.now():
        raise RuleBroken("appointment.state", _("It was cancelled already, or its time has come."))
    row.state, row.cancelled = "cancelled", clock.now()
    row.save()
    _done(actor, "give_back", slot, appointment=row.pk)
    return row


def _locked(actor: Actor, slot_id: int) -> AppointmentSlot:
    rows = AppointmentSlot.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.slots_visible_to(actor), pk=slot_id).first()
    if row is None:
        raise NotFound
    return row


def _saved(actor: Actor, verb: str, row: AppointmentSlot, **facts: Any) -> AppointmentSlot:
    row.version += 1
    row.save()
    _done(actor, verb, row, **facts)
    return row


def _done(actor: Actor, verb: str, row: AppointmentSlot, **facts: Any) -> None:
    journal.write(actor, f"{SLOT}.{verb}", (SLOT, row.pk), place_id=row.place_id, facts=facts)
