"""Forgetting who raised a matter once nobody needs it any more; the matter itself and its figures stay.

Personal Information Protection Law, article 19: kept for the shortest time that the purpose needs.
"""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from linli.cases import sections
from linli.cases.models import Reporter
from linli.cases.workflow import OPEN
from linli.core import clock, journal
from linli.core.actors import SYSTEM

BATCH: Final = 500


@transaction.atomic
def reporters_forget() -> int:
    """Delete name, phone and account link of reporters whose matter ended `keep_reporter_days` ago (R22).

    Works on one batch and returns how many were forgotten; one journal entry names the batch.
    """
    last_kept = clock.today() - timedelta(days=sections.section().keep_reporter_days)
    known = Q(name__isnull=False) | Q(phone__isnull=False) | Q(behalf_of__isnull=False) | Q(user_id__isnull=False)
    over = (
        Reporter.objects.select_for_update(of=("self",), skip_locked=True)
        .annotate(ended=Coalesce("case__closed_on", "case__received_on"))
        .filter(known, ended__lt=last_kept)
        .exclude(case__state__in=OPEN)
    )
    found = list(over.order_by("id").values_list("id", flat=True)[:BATCH])
    if found:
        nothing = {"name": None, "phone": None, "phone_hash": None, "behalf_of": None, "user_id": None, "person": None}
        Reporter.objects.filter(pk__in=found).update(**nothing)
        facts = {"ended_before": last_kept.isoformat()}
        journal.write(SYSTEM, "case.forget_reporters", None, facts=facts, count=len(found))
    return len(found)
