"""Forgetting who raised a matter once nobody needs it any more, or who leaves; the matter and its figures stay.

Personal Information Protection Law, article 19: kept for the shortest time that the purpose needs.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from linli.cases import sections
from linli.cases.models import Attachment, Reporter
from linli.cases.operations.calling import calls_drop
from linli.cases.operations.originals import originals_drop
from linli.cases.operations.texting import texts_forget
from linli.cases.workflow import OPEN
from linli.core import clock, journal
from linli.core.actors import SYSTEM

BATCH: Final = 500
EMPTIED: Final[Mapping[str, Any]] = {
    "name": None,
    "phone": None,
    "phone_hash": None,
    "behalf_of": None,
    "user_id": None,
    "person": None,
    "callback": False,
}


@transaction.atomic
def reporters_forget() -> int:
    """Delete name, phone and account link of reporters whose matter ended `keep_reporter_days` ago (R22), and with
    them the originals of its blurred photos.

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
    ended = Attachment.objects.annotate(ended=Coalesce("case__closed_on", "case__received_on"))
    originals_drop(ended.filter(ended__lt=last_kept).exclude(case__state__in=OPEN))
    found = list(over.order_by("id").values_list("id", flat=True)[:BATCH])
    return _empty(found, {"ended_before": last_kept.isoformat()})


def reporter_left(*, user_id: int) -> int:
    """Forget an account that closes wherever it reported; open matters go on. Part of closing, in its transaction."""
    assert connection.in_atomic_block, "forgetting belongs to the operation that closes the account"
    rows = Reporter.objects.select_for_update().filter(user_id=user_id)
    originals_drop(Attachment.objects.filter(case_id__in=Reporter.objects.filter(user_id=user_id).values("case_id")))
    return _empty(list(rows.order_by("id").values_list("id", flat=True)), {"left": True})


def _empty(found: list[int], facts: Mapping[str, Any]) -> int:
    """Empty these rows, withdraw the texts and calls that still wait for them, and note it once."""
    if found:
        Reporter.objects.filter(pk__in=found).update(**EMPTIED, forgotten=clock.today())
        texts_forget(reporter_ids=found)
        calls_drop(reporter_ids=found)
        journal.write(SYSTEM, "case.forget_reporters", None, facts=facts, count=len(found))
    return len(found)
