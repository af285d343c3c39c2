"""Notices as they go out: published once, corrected with a reason, withdrawn; and counted by channel, in total alone.

Whoever writes one holds its lock, so that two who publish at once tell people once.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Count, F, Func, Q, Value
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from linli.cases.operations.owing import settle
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import RuleBroken
from linli.core.words import said
from linli.messaging.models import Delivery, Message
from linli.messaging.operations.delivering import Parcel, deliveries_make, deliveries_withdraw
from linli.messaging.operations.sending import Draft, Urgency, message_send
from linli.messaging.queries import To
from linli.notices import policies, queries
from linli.notices.models import REASON, Notice, NoticeEdition, NoticeReach
from linli.notices.operations.writing import Text, enter_text, locked, require_ahead, saved
from linli.notices.sections import kind_names
from linli.notices.tokens import opt_out_of
from linli.notices.workflow import APPROVAL_OWED, EMAIL, INBOX, NOTICE, SUBJECT

# As long as the outbox knows what arrived.
COUNTED: Final = timedelta(days=90)


@transaction.atomic
def notice_publish(*, actor: Actor, notice_id: int) -> Notice:
    """Publish a notice: it stands on the public page, and everybody it is for is told.

    Raises: not_found, notice.not_yours, notice.needs_approval, notice.state, notice.over
    """
    row = locked(actor, notice_id)
    policies.require_write(actor, row.place)
    if policies.needs_approval(row):
        raise RuleBroken("notice.needs_approval", _("A second person approves notices of this kind: ask for that."))
    row.state = NOTICE.step(row.state, "publish")
    return _out(actor, "publish", row)


@transaction.atomic
def notice_approve(*, actor: Actor, notice_id: int) -> Notice:
    """Approve what somebody else has written, and publish it.

    Raises: not_found, notice.own, notice.not_yours, notice.state, notice.over
    """
    row = locked(actor, notice_id)
    policies.require_approve(actor, row)
    row.state = NOTICE.step(row.state, "approve")
    row.approver = actor.key
    settle(APPROVAL_OWED, (SUBJECT, row.pk))
    return _out(actor, "approve", row)


@transaction.atomic
def notice_correct(*, actor: Actor, notice_id: int, version: int, text: Text, reason: str) -> Notice:
    """Correct what is out: what it said is kept with the reason, and whoever was told is told again. Where its kind
    asks for a second person, it is they who correct.

    Raises: not_found, notice.not_yours, notice.own, notice.state, notice.stale, notice.reason, notice.title,
    notice.body, notice.span, notice.no_end, notice.over
    """
    row = locked(actor, notice_id, version)
    policies.require_write(actor, row.place)
    row.state = NOTICE.step(row.state, "correct")
    if policies.needs_approval(row):
        policies.require_approve(actor, row)
    former = {name: getattr(row, name) for name in ("edition", "title", "body", "valid_from", "valid_until")}
    why = said(reason, REASON, "notice.reason")
    NoticeEdition.objects.create(notice=row, reason=why, at=clock.now(), actor=actor.key, **former)
    enter_text(row, text)
    require_ahead(row)
    row.edition += 1
    deliveries_withdraw(keys=[_key(row)], failed=False)
    _tell(actor, row)
    saved(actor, "correct", row, edition=row.edition, reason=why)
    return row


@transaction.atomic
def notice_withdraw(*, actor: Actor, notice_id: int, reason: str) -> Notice:
    """Take a notice back: its page says only that and why; what was not sent yet stays here.

    Raises: not_found, notice.not_yours, notice.state, notice.reason
    """
    row = locked(actor, notice_id)
    policies.require_write(actor, row.place)
    row.state = NOTICE.step(row.state, "withdraw")
    row.reason = said(reason, REASON, "notice.reason")
    deliveries_withdraw(keys=[_key(row)], failed=True)
    saved(actor, "withdraw", row, reason=row.reason)
    return row


@transaction.atomic
def reaches_count() -> int:
    """Count what arrived and was opened, of the notices of which the outbox still knows; gives how many changed."""
    since = clock.now() - COUNTED
    rows = list(NoticeReach.objects.select_for_update().filter(published__gte=since).order_by("pk"))
    ids = {str(row.notice_id) for row in rows}
    arrived = _arrived() if ids else {}
    opened = _opened({row.notice_id for row in rows if row.channel == INBOX})
    changed = []
    for row in rows:
        before = (row.delivered, row.opened)
        row.delivered = max(row.delivered, arrived.get((str(row.notice_id), row.channel), 0))
        if row.channel == INBOX and row.notice_id in opened:
            row.opened = max(row.opened or 0, opened[row.notice_id])
        changed += [row] if before != (row.delivered, row.opened) else []
    NoticeReach.objects.bulk_update(changed, ["delivered", "opened"], batch_size=500)
    return len(changed)


def _out(actor: Actor, verb: str, row: Notice) -> Notice:
    require_ahead(row)
    row.published, row.reason = clock.now(), ""
    _tell(actor, row)
    saved(actor, verb, row, public=row.public, posts=row.posts)
    return row


def _tell(actor: Actor, row: Notice) -> None:
    """Put a notice into the inboxes and the outbox, and count how many of each."""
    link = reverse("public_notices:notice", args=[row.pk])
    draft = Draft(
        kind="notice.corrected" if row.edition > 1 else "notice.published",
        title=row.title,
        facts={"place": row.place.name},
        link=link,
        urgency=Urgency.EMERGENCY if row.urgent else Urgency.NORMAL,
        subject=(SUBJECT, row.pk),
    )
    sent = message_send(actor=actor, to=To(users=list(queries.accounts(row).values_list("pk", flat=True))), draft=draft)
    parcels = [*_mails(row, link), *_chats(row, link)]
    deliveries_make(parcels=parcels, emergency=row.urgent)
    told = Counter(parcel.channel for parcel in parcels)
    if sent:
        _reached(row, INBOX, len(sent), arrived=len(sent))
    for channel, many in told.items():
        _reached(row, channel, many)


def _reached(row: Notice, channel: str, many: int, arrived: int = 0) -> None:
    fresh = {"place": row.place, "published": row.published}
    NoticeReach.objects.get_or_create(notice=row, channel=channel, defaults=fresh)
    NoticeReach.objects.filter(notice=row, channel=channel).update(
        sent=F("sent") + many, delivered=F("delivered") + arrived
    )


def _key(row: Notice, *parts: Any) -> str:
    return ":".join(map(str, (SUBJECT, row.pk, *parts))) + ("" if parts else ":")


def _mails(row: Notice, link: str) -> Iterable[Parcel]:
    # Whoever ends a subscription meanwhile waits, and erases what is put into the outbox here.
    for item in queries.by_mail(row).select_for_update(of=("self",)).order_by("pk"):
        out = opt_out_of(item.home, item.pk)
        with translation.override(settings.LANGUAGE_CODE):
            text = f"{_text(row, f'{item.home}{link}')}\n{_('No more of these:')} {out}"
        yield Parcel(_key(row, row.edition, EMAIL, f"s{item.pk}"), EMAIL, item.address or "", text, opt_out=out)


def _chats(row: Notice, link: str) -> Iterable[Parcel]:
    for item in queries.chats(row).select_for_update(of=("self",)).order_by("pk"):
        key = _key(row, row.edition, item.channel, f"r{item.pk}")
        yield Parcel(key, item.channel, item.address or "", _text(row, f"{item.home}{link}"))


def _text(row: Notice, address: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        head = _("Corrected") if row.edition > 1 else kind_names().get(row.kind, row.kind)
    return f"【{row.place.name}】{head}：{row.title}\n{address}"


def _arrived() -> dict[tuple[str, str], int]:
    """How many deliveries of each notice arrived by each channel, from their keys."""
    sent = Delivery.objects.filter(key__startswith=f"{SUBJECT}:", state=Delivery.State.SENT)
    rows = sent.annotate(
        notice=Func(F("key"), Value(":"), Value(2), function="split_part", output_field=CharField()),
        by=Func(F("key"), Value(":"), Value(4), function="split_part", output_field=CharField()),
    )
    found = rows.values("notice", "by").annotate(many=Count("pk")).order_by()
    return {(row["notice"], row["by"]): row["many"] for row in found}


def _opened(ids: set[int]) -> dict[int, int]:
    """How often each notice was opened, where so many people got it that this says of nobody that they did."""
    rows = Message.objects.filter(subject_type=SUBJECT, subject_id__in=ids).values_list("subject_id")
    told = rows.annotate(people=Count("user", distinct=True), many=Count("pk", filter=Q(read__isnull=False)))
    found = told.filter(people__gte=queries.FEWEST).order_by()
    return {pk or 0: many for pk, many in found.values_list("subject_id", "many")}
