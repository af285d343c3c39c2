"""Times for appointments as they are read: those of a desk, what everybody can book, one's own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.services import policies
from linli.services.models import Appointment, AppointmentSlot
from linli.services.sections import kind_names, section

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A time in a list, with how many places are left. Nobody who booked is named."""

    row: AppointmentSlot
    kind: str
    booked: int

    @property
    def left(self) -> int:
        """How many can still book."""
        return max(0, self.row.capacity - self.booked)

    @property
    def begun(self) -> bool:
        """Whether it has begun, so that those who came are counted."""
        return self.row.starts <= clock.now()


@dataclass(frozen=True, slots=True)
class OwnAppointment:
    """One's own appointment."""

    line: Line
    row: Appointment

    @property
    def cancels(self) -> bool:
        """Whether it can still be given back."""
        return self.row.state == "booked" and self.line.row.state == "open" and not self.line.begun


def kept_by(actor: Actor) -> QuerySet[AppointmentSlot]:
    """The times of one's own desks, the latest first."""
    return _counted(AppointmentSlot.objects.filter(policies.slots_visible_to(actor))).order_by("-starts", "pk")


def lines_of(rows: QuerySet[AppointmentSlot] | list[AppointmentSlot]) -> list[Line]:
    """Times as lines."""
    names = kind_names()
    return [Line(row, names.get(row.kind, row.kind), getattr(row, "booked", 0)) for row in rows]


def bookable(place_code: str = "", kind: str = "") -> list[Line]:
    """The times that everybody can book now, the soonest first."""
    rows = AppointmentSlot.objects.filter(policies.bookable(), starts__lte=_horizon())
    if place_code:
        rows = rows.filter(place__code=place_code)
    if kind:
        rows = rows.filter(kind=kind)
    return lines_of(_counted(rows).order_by("starts", "place__path", "pk")[: PAGE * 2])


def bookable_slot(pk: int) -> Line:
    """One time that everybody can book now. Raises: not_found"""
    row = _counted(AppointmentSlot.objects.filter(policies.bookable(), starts__lte=_horizon(), pk=pk)).first()
    if row is None:
        raise NotFound
    return lines_of([row])[0]


def own_appointment(address: str) -> OwnAppointment:
    """One's own appointment, by its own address. Raises: not_found"""
    rows = Appointment.objects.select_related("slot__place")
    row = rows.filter(pk=policies.own_pk(Appointment, address)).first()
    if row is None:
        raise NotFound
    return OwnAppointment(lines_of([row.slot])[0], row)


def _counted(rows: QuerySet[AppointmentSlot]) -> QuerySet[AppointmentSlot]:
    booked = Count("appointments", filter=Q(appointments__state="booked"))
    return rows.select_related("place").annotate(booked=booked)


def _horizon() -> datetime:
    return clock.now() + timedelta(days=section().ahead_days)
