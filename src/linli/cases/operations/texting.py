"""Text messages to reporters who left a phone but have no account: number and state, nothing else (R25, R13).

Sent only where a gateway is set up; by day only. What was overtaken before it left is not sent any more.
"""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from linli.cases import sections
from linli.cases.models import Case, Reporter
from linli.messaging.channels import channel_with
from linli.messaging.operations.delivering import Parcel, deliveries_make, deliveries_withdraw

CHANNEL: Final = "sms"
# What a reporter must hear; who holds the matter meanwhile stands on its page.
TEXTED: Final = ("accepted", "not_accepted", "out_of_scope", "referred", "deferred", "done", "closed")


def reporters_text(*, case: Case, more_time_until: str = "") -> int:
    """Put the new state of a matter, or its new deadline, into the outbox for each reporter with only a phone.

    Part of the operation that moved the matter; each reporter reads the number of their own report.
    """
    gateway = channel_with(CHANNEL)
    if gateway is None:
        return 0
    found = [row for row in reporters_by_phone(case) if gateway.takes(row.phone or "")]
    deliveries_withdraw(keys=[_key(row.pk) for row in found], failed=False)
    parcels = [
        Parcel(
            f"{_key(row.pk)}{case.pk}.{case.version}",
            CHANNEL,
            row.phone or "",
            _text(row.case.number, case.state, more_time_until),
        )
        for row in found
    ]
    return deliveries_make(parcels=parcels)


def reporters_by_phone(case: Case) -> QuerySet[Reporter]:
    """Who raised a matter, or one merged into it, and left a phone but has no account."""
    rows = Reporter.objects.filter(Q(case=case) | Q(case__merged_into=case), user_id__isnull=True, phone__isnull=False)
    return rows.select_related("case").order_by("id")


def texts_forget(*, reporter_ids: Sequence[int]) -> None:
    """Withdraw what waits or failed for reporters who are forgotten; part of forgetting them."""
    deliveries_withdraw(keys=[_key(pk) for pk in reporter_ids], failed=True)


def _key(reporter_id: int) -> str:
    return f"reporter:{reporter_id}:"


def _text(number: str, state: str, more_time_until: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        news = sections.flow().label(state)
        if more_time_until:
            news = _("more time was granted, due by %(due)s") % {"due": more_time_until}
        return _("Your report %(number)s: %(state)s. Follow it with its number and code on the public page.") % {
            "number": number,
            "state": news,
        }
