"""Service that was attested, for the tests."""

from datetime import date
from typing import Any

from linli.activities.models import ServiceRecord
from linli.core import clock
from linli.core.actors import Actor
from linli.organizations.models import Person
from linli.territory.models import Place


def served(person: Person, place: Place, minutes: int = 120, day: date | None = None, **fields: Any) -> ServiceRecord:
    """A record as it stands once attested; what is given goes over the usual."""
    given: dict[str, Any] = {
        "source_type": "activity",
        "source_id": None,
        "name": "每月红色星期天",
        "content": "清扫楼道",
        "state": "attested",
        "attested": clock.now(),
        **fields,
    }
    return ServiceRecord.objects.create(person=person, place=place, minutes=minutes, day=day or clock.today(), **given)


def corrected(record: ServiceRecord, minutes: int) -> ServiceRecord:
    """The record that corrects another, which is withdrawn."""
    row = served(record.person, record.place, minutes, record.day, organization=record.organization, corrects=record)
    ServiceRecord.objects.filter(pk=record.pk).update(state="withdrawn")
    return row


def person_of(actor: Actor) -> Person:
    """The person behind an actor of the cast."""
    assert actor.person_id is not None
    return Person.objects.get(pk=actor.person_id)
