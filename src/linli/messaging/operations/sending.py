"""Sending messages. Higher floors call this plainly, in the transaction of what they do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from linli.core import clock
from linli.core.actors import Actor
from linli.messaging.kinds import known
from linli.messaging.models import Message
from linli.messaging.operations.pushing import messages_push
from linli.messaging.queries import To, accounts_of

Urgency = Message.Urgency


@dataclass(frozen=True, slots=True)
class Draft:
    """What a message says: a registered kind with its facts, words of people, and the page it leads to."""

    kind: str
    title: str = ""
    body: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""
    urgency: str = Urgency.NORMAL
    subject: tuple[str, int] | None = None


def message_send(*, actor: Actor, to: To, draft: Draft) -> list[Message]:
    """Put a message into the inboxes of those it is for, but not of whoever causes it.

    Part of the caller's operation: its transaction, policy and journal entry cover the message too.
    """
    assert connection.in_atomic_block, "a message belongs to the operation that causes it"
    assert known(draft.kind), f"no app has registered the kind of message {draft.kind}"
    assert not draft.link or (draft.link.startswith("/") and not draft.link.startswith("//")), "links stay in the house"
    now = clock.now()
    kind, about = draft.kind, draft.subject or ("", None)
    found = accounts_of(to).exclude(pk=actor.user_id or 0).values_list("pk", flat=True)
    sent = Message.objects.bulk_create(
        Message(
            user_id=pk,
            kind=kind,
            title=draft.title[:200],
            body=draft.body,
            facts=dict(draft.facts),
            link=draft.link,
            urgency=draft.urgency,
            subject_type=about[0],
            subject_id=about[1],
            at=now,
        )
        for pk in found
    )
    messages_push(messages=sent)
    return sent
