"""From who came to records of service: one for each person and activity, with the minutes of their shifts."""

from collections import Counter

from linli.activities.models import Activity, ServiceRecord
from linli.activities.operations.service import Service, service_record
from linli.activities.workflow import SUBJECT, TRAINING
from linli.core.actors import Actor


def records_of(actor: Actor, row: Activity) -> list[ServiceRecord]:
    """Record the service of everybody who came and has no record yet; each waits to be attested.

    Training is learning, and paid duty is no volunteering: neither makes a record.
    """
    if row.line == TRAINING:
        return []
    came = row.sign_ups.filter(state="signed", came=True, paid_duty=False).select_related("shift").order_by("pk")
    minutes: Counter[int] = Counter()
    for item in came:
        minutes[item.person_id] += item.shift.minutes
    held = ServiceRecord.objects.filter(source_type=SUBJECT, source_id=row.pk)
    known = set(held.values_list("person_id", flat=True))
    leader = row.leader.name if row.leader else ""
    return [
        service_record(
            actor=actor,
            service=Service(
                *(person, SUBJECT, row.pk, row.day, row.place_id, row.content[:160], length),
                organization_id=row.organization_id,
                content=row.kind or row.theme,
                responsible=leader,
            ),
        )
        for person, length in minutes.items()
        if person not in known
    ]
