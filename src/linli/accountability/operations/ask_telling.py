"""Who is told when an ask moves: its proposer of the decision, whoever answers of the form, the asker of the answers.

Part of the operation that moved it: in its transaction, by its policy. Part of the operations of asks.
"""

from collections.abc import Collection

from django.urls import reverse

from linli.accountability.models import Ask
from linli.accountability.operations.ask_work import ANSWER_SUBJECT, ASK_SUBJECT, FILL
from linli.accountability.workflow.asks import ANSWER, PROPOSE
from linli.core.actors import Actor
from linli.core.models import WorkItem
from linli.messaging.operations.sending import Draft, message_send
from linli.messaging.queries import To


def proposer_tell(*, actor: Actor, ask: Ask, verb: str) -> None:
    """Tell the proposer that the ask was approved, or refused and why."""
    people = {ask.proposer_person_id} if ask.proposer_person_id else set()
    message_send(actor=actor, to=To(people=people), draft=_draft(ask, verb, body=ask.reason))


def asker_tell(*, actor: Actor, ask: Ask) -> None:
    """Tell the asking office, once, that everybody has answered; of an ask in the name of a place, its proposer."""
    if ask.office_id:
        to = To(organizations={ask.office_id}, abilities={PROPOSE})
    else:
        to = To(people={ask.proposer_person_id} if ask.proposer_person_id else set())
    message_send(actor=actor, to=to, draft=_draft(ask, "answered"))


def answerers_tell(*, actor: Actor, ask: Ask, answers: Collection[int], verb: str) -> None:
    """Tell those who owe these answers that the form came, or that it is owed no more."""
    owed = WorkItem.objects.filter(kind=FILL, subject_type=ANSWER_SUBJECT, subject_id__in=answers, ended=None)
    held = list(owed.values_list("organization_id", "post_id"))
    to = To(
        organizations={body for body, _post in held if body},
        posts={post for _body, post in held if post},
        abilities={ANSWER},
    )
    message_send(actor=actor, to=to, draft=_draft(ask, verb, body=ask.reason if verb == "ended" else ""))


def _draft(ask: Ask, verb: str, body: str = "") -> Draft:
    return Draft(
        f"ask.{verb}",
        title=f"{ask.name} · {ask.asker}",
        body=body,
        facts={"due": ask.due.isoformat()},
        link=reverse("asks:ask", args=[ask.pk]),
        subject=(ASK_SUBJECT, ask.pk),
    )
