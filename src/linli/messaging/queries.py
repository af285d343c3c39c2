"""Reading inboxes, and finding whose inbox a post, a body or a person has."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.accounts.abilities import kinds_in_force
from linli.accounts.models import User
from linli.core import clock
from linli.core.actors import Actor
from linli.core.composed import composed
from linli.core.errors import InvalidInput
from linli.messaging.kinds import MessageKind, kind_of
from linli.messaging.models import Delivery, Message, Preference
from linli.messaging.policies import messages_visible_to, require_outbox
from linli.organizations.models import Post
from linli.organizations.policies import held_on

PAGE: Final = 30
SHOWN: Final = 99


@dataclass(frozen=True, slots=True)
class To:
    """Whom a message is for. Of a body, those whose posts allow one of the abilities; all of them without any."""

    users: Collection[int] = ()
    posts: Collection[int] = ()
    people: Collection[int] = ()
    organizations: Collection[int] = ()
    abilities: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A message as its reader sees it."""

    message: Message
    kind: MessageKind
    sentence: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of an inbox, and the key of the next."""

    lines: list[Line]
    next_key: str = ""


def inbox(viewer: Actor, *, unread: bool = False, after: str = "", size: int = PAGE) -> Inbox:
    """A page of one's messages, the newest first; `after` is the key of the page before. Raises: list.bad_filter"""
    rows = Message.objects.filter(messages_visible_to(viewer))
    if unread:
        rows = rows.filter(read=None)
    if after:
        rows = rows.filter(pk__lt=_key(after))
    found = list(rows.order_by("-pk")[: size + 1])
    lines = [Line(row, kind_of(row.kind), kind_of(row.kind).say(row.facts)) for row in found[:size]]
    return Inbox(lines, str(found[size - 1].pk) if len(found) > size else "")


def unread_count(viewer: Actor) -> int:
    """How many messages one has not read, counted up to a hundred, in one query."""
    return len(unread_of(viewer)) if viewer.user_id is not None else 0


@composed(planned=True)
def unread_of(viewer: Actor) -> QuerySet[Message, int]:
    """The messages that one has not read, some of them where there are many."""
    unread = Message.objects.filter(messages_visible_to(viewer), read=None)
    return unread.values_list("pk", flat=True)[: SHOWN + 1]


def accounts_of(to: To) -> QuerySet[User]:
    """The open accounts of those whom a message is for."""
    kinds = kinds_in_force()
    able = [code for code, kind in kinds.items() if not to.abilities or set(to.abilities) & set(kind.abilities)]
    held = Post.objects.filter(held_on(clock.today()), confirmed=True, person__isnull=False)
    through = held.filter(Q(pk__in=to.posts) | Q(organization_id__in=to.organizations, kind__in=able))
    people = Q(person_id__in=to.people) | Q(person_id__in=through.values("person_id"))
    return User.objects.filter(Q(pk__in=to.users) | people, is_active=True)


def _key(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is no page of this list."), value=text)
    return int(text)


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job of the queue that failed for good; its arguments are not shown, for they may be personal."""

    id: int
    task: str
    tries: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Outbox:
    """What waits to leave the house, and what failed for good, the latest first."""

    waiting: int
    failed: list[Delivery]
    jobs: list[FailedJob]
    next_key: str = ""


def preference_of(viewer: Actor) -> Preference | None:
    """How one wants to be told beside the inbox."""
    return Preference.objects.filter(user_id=viewer.user_id or 0).first()


def outbox(viewer: Actor, *, after: str = "", size: int = PAGE) -> Outbox:
    """The outbox for the system administrator, in three queries. Raises: not_found, list.bad_filter"""
    require_outbox(viewer)
    rows = Delivery.objects.filter(state=Delivery.State.FAILED).select_related("user").defer("address")
    if after:
        rows = rows.filter(pk__lt=_key(after))
    failed = list(rows.order_by("-pk")[: size + 1])
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING).count()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.id, j.task_name, j.attempts, max(e.at) FROM procrastinate_jobs j"
            " LEFT JOIN procrastinate_events e ON e.job_id = j.id WHERE j.status = 'failed'"
            " GROUP BY j.id ORDER BY j.id DESC LIMIT %s",
            [size],
        )
        jobs = [FailedJob(*row) for row in cursor.fetchall()]
    return Outbox(waiting, failed[:size], jobs, str(failed[size - 1].pk) if len(failed) > size else "")
