"""What beside the inbox is told of messages: emergencies at once, each message by day, or one summary a working day.

What leaves the house says how much waits, never what it is about.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from linli.accounts.models import User
from linli.accounts.queries import actors_of
from linli.core import clock
from linli.core.calendar_table import calendar_for
from linli.core.models import WorkItem
from linli.messaging.kinds import kind_of
from linli.messaging.models import Message, Preference
from linli.messaging.operations.delivering import DAY_ENDS, Parcel, deliveries_make

BATCH: Final = 500
Pace = Preference.Pace


def messages_push(*, messages: Sequence[Message]) -> int:
    """Put new messages into the outbox for those who want to hear of each, and emergencies for all who named an
    address; returns how many. Part of the operation that sends the messages.
    """
    loud = [message for message in messages if message.urgency != Message.Urgency.QUIET]
    if not loud:
        return 0
    wanted = {
        row.user_id: row
        for row in Preference.objects.filter(user_id__in=[item.user_id for item in loud]).select_related("user")
    }
    made = 0
    for emergency in (True, False):
        parcels = [
            _parcel(message, wanted[message.user_id])
            for message in loud
            if message.user_id in wanted
            and (message.urgency == Message.Urgency.EMERGENCY) is emergency
            and (emergency or wanted[message.user_id].pace == Pace.EACH)
        ]
        made += deliveries_make(parcels=parcels, emergency=emergency) if parcels else 0
    return made


@transaction.atomic
def digest_send(*, limit: int = BATCH, after: int = 0) -> int:
    """Send today's summary to the next batch of those who want one; returns the last account looked at, 0 at the end.

    Only on working days, from the set time until quiet begins, once a day, and not where nothing waits.
    """
    now = clock.now()
    begins = time.fromisoformat(settings.DIGEST_AT)
    if not begins <= now.time() < DAY_ENDS or not calendar_for().is_working_day(now.date()):
        return 0
    rows = Preference.objects.select_related("user", "user__person").filter(
        pace=Pace.DIGEST, user_id__gt=after, user__is_active=True
    )
    chosen = list(rows.order_by("user_id")[:limit])
    if not chosen:
        return 0
    waiting = _waiting([row.user for row in chosen], now)
    parcels = [
        Parcel(
            key=f"digest:{now.date():%Y%m%d}:{row.user_id}",
            channel=row.channel,
            address=row.address or "",
            text=_summary(row.user, *waiting[row.user_id]),
            user_id=row.user_id,
        )
        for row in chosen
        if any(waiting[row.user_id])
    ]
    deliveries_make(parcels=parcels)
    return chosen[-1].user_id


def _waiting(users: Sequence[User], now: datetime) -> dict[int, tuple[int, int, int]]:
    """Per account: work items owed, those of them overdue, unread messages. The same few queries for any number."""
    actors = actors_of(users)
    posts, late_posts = _owed("post_id", {pk for actor in actors.values() for pk in actor.post_ids}, now)
    bodies, late_bodies = _owed(
        "organization_id", {pk for actor in actors.values() for pk in actor.organization_ids}, now
    )
    unread = dict(
        Message.objects.filter(user_id__in=list(actors), read=None)
        .values_list("user_id")
        .annotate(many=Count("id"))
        .order_by()
    )
    return {
        pk: (
            sum(posts[post] for post in actor.post_ids) + sum(bodies[body] for body in actor.organization_ids),
            sum(late_posts[post] for post in actor.post_ids)
            + sum(late_bodies[body] for body in actor.organization_ids),
            unread.get(pk, 0),
        )
        for pk, actor in actors.items()
    }


def _owed(holder: str, holders: Collection[int], now: datetime) -> tuple[Counter[int], Counter[int]]:
    rows = (
        WorkItem.objects.filter(**{f"{holder}__in": list(holders)}, ended=None)
        .values(key=F(holder))
        .annotate(many=Count("id"), late=Count("id", filter=Q(due__lt=now)))
        .order_by()
    )
    found = list(rows)
    return Counter({row["key"]: row["many"] for row in found}), Counter({row["key"]: row["late"] for row in found})


def _summary(user: User, owed: int, late: int, unread: int) -> str:
    with translation.override(user.language):
        return _("To do: %(owed)d, overdue: %(late)d, unread messages: %(unread)d. Please sign in to see them.") % {
            "owed": owed,
            "late": late,
            "unread": unread,
        }


def _parcel(message: Message, row: Preference) -> Parcel:
    with translation.override(row.user.language):
        text = _("%(what)s. Please sign in to see it.") % {"what": kind_of(message.kind).label}
    return Parcel(f"message:{message.pk}", row.channel, row.address or "", text, row.user_id)
