"""What ends by itself, and what is forgotten of people: names, phones and words some days after the end."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from linli.core import clock, journal
from linli.core.actors import SYSTEM
from linli.services.models import Appointment, RequestStep, ServiceRequest
from linli.services.operations.proxies import proxy_end
from linli.services.operations.steps import goes, locked, saved
from linli.services.sections import section

BATCH: Final = 1000
WHO: Final = {"name": None, "phone": None, "phone_hash": None}
SAID: Final = {"result": None, "remark": None}


@transaction.atomic
def requests_lapse() -> int:
    """End what was asked for and not taken in for long; a proxy is over with it. Gives how many."""
    since = clock.now() - timedelta(days=section().asked_days)
    found = list(ServiceRequest.objects.filter(state="asked", asked__lt=since).order_by("pk")[:BATCH])
    for request in found:
        row = locked(Q(pk=request.pk))
        goes(row, "lapse")
        proxy_end(SYSTEM, row, "expired")
        saved(SYSTEM, "lapse", row)
    return len(found)


@transaction.atomic
def people_forget() -> int:
    """Empty who asked and what was written to them; the counts stay. Gives how many were forgotten."""
    since = clock.now() - timedelta(days=section().keep_person_days)
    rows = ServiceRequest.objects.select_for_update(skip_locked=True).filter(forgotten=None, ended__lt=since)
    requests = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    ServiceRequest.objects.filter(pk__in=requests).update(**WHO, **SAID, forgotten=clock.today())
    RequestStep.objects.filter(request_id__in=requests).update(words=None)
    over = Q(slot__ends__lt=since, forgotten=None)
    booked = list(Appointment.objects.filter(over).order_by("pk").values_list("pk", flat=True)[:BATCH])
    Appointment.objects.filter(pk__in=booked).update(**WHO, forgotten=clock.today())
    count = len(requests) + len(booked)
    if count:
        journal.write(SYSTEM, "request.forget_people", None, count=count)
    return count
