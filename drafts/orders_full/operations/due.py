"""What falls due by itself: a call back to whoever was asked to rate and did not."""

from typing import Final

from django.db import transaction

from linli.core import clock
from linli.core.models import WorkItem
from linli.orders.models import ServiceOrder
from linli.orders.operations.steps import owe_call
from linli.orders.workflow import CALL_OWED, SUBJECT

AT_ONCE: Final = 500


@transaction.atomic
def calls_check() -> int:
    """Let the desk call back whoever did not rate in time; returns how many calls that are."""
    owed = WorkItem.objects.filter(kind=CALL_OWED, subject_type=SUBJECT, ended=None)
    rows = ServiceOrder.objects.select_for_update(of=("self",), skip_locked=True).select_related("place")
    waiting = rows.filter(state="done", due__lt=clock.now()).exclude(pk__in=owed.values("subject_id"))
    found = list(waiting.order_by("due", "pk")[:AT_ONCE])
    for row in found:
        owe_call(row)
        row.save(update_fields=["due"])
    return len(found)
