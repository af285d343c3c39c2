"""The letter to those who live elsewhere: what their place told since the last one, in one text, at intervals."""

from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from linli.core import clock, journal
from linli.core.actors import SYSTEM
from linli.messaging.models import TEXT
from linli.messaging.operations.delivering import Parcel, deliveries_make
from linli.messaging.operations.sending import Draft, message_send
from linli.messaging.queries import To
from linli.notices.models import Notice, Subscription
from linli.notices.operations.subscribing import first_letter
from linli.notices.policies import in_force
from linli.notices.tokens import opt_out_of
from linli.notices.workflow import EMAIL, SUBSCRIPTION
from linli.publishing.queries.divisions import division_of

BATCH: Final = 200


@transaction.atomic
def letters_send(*, limit: int = BATCH) -> int:
    """Send the letters that are due, one to each who wants it, and none where nothing was told; gives how many were
    looked at. Two at once take different ones."""
    due = Subscription.objects.select_for_update(of=("self",), skip_locked=True).select_related("place", "user")
    rows = list(
        due.filter(pace="letter", confirmed__isnull=False, next_letter__lte=clock.today()).order_by("pk")[:limit]
    )
    sent = 0
    for row in rows:
        notices = _told(row)
        if notices:
            _send(row, notices)
            sent += 1
        row.next_letter, row.told_until = first_letter(clock.today()), clock.now()
        row.save(update_fields=["next_letter", "told_until"])
    if sent:
        journal.write(SYSTEM, f"{SUBSCRIPTION}.letters", None, count=sent)
    return len(rows)


def _told(row: Subscription) -> list[Notice]:
    """What everybody was told since the last letter and holds still: at the place, above it, and to one's branch."""
    division = division_of(row.place)
    at = Q(place_id__in=[row.place_id, *(place.pk for place in division.above)])
    if row.organization_id:
        at |= Q(groups__organization_id=row.organization_id)
    rows = Notice.objects.filter(at, in_force(), public=True, published__lte=clock.now()).distinct()
    rows = rows.filter(published__gt=row.told_until) if row.told_until else rows
    return list((rows.filter(kind__in=row.kinds) if row.kinds else rows).order_by("published", "pk"))


def _send(row: Subscription, notices: list[Notice]) -> None:
    titles = [f"{clock.day_of(item.published):%m-%d} {item.title}" for item in notices if item.published]
    page = f"{reverse('public_notices:list')}?place={row.place.code}"
    if row.user_id:
        facts = {"place": row.place.name, "many": len(notices)}
        draft = Draft(kind="notice.letter", body="\n".join(titles), facts=facts, link=page)
        message_send(actor=SYSTEM, to=To(users=[row.user_id]), draft=draft)
        return
    out = opt_out_of(row.home, row.pk)
    with translation.override(settings.LANGUAGE_CODE):
        head = _("%(place)s: %(many)d notices") % {"place": row.place.name, "many": len(notices)}
        tail = f"\n{_('All of them:')} {row.home}{page}\n{_('No more of these:')} {out}"
    text = head
    for title in titles:
        if len(text) + len(title) + len(tail) + 4 > TEXT:
            text += "\n……"
            break
        text += f"\n{title}"
    key = f"{SUBSCRIPTION}:{row.pk}:letter:{row.next_letter}"
    deliveries_make(parcels=[Parcel(key, EMAIL, row.address or "", f"{text}{tail}", opt_out=out)])
