"""Who is told when a matter or whistle moves (R25): the reporter of each state, and whoever now owes the next step.

Part of the operation that moved it: in its transaction, by its policy. Imports move nothing and tell nobody.
"""

from collections import defaultdict
from dataclasses import replace
from typing import Final

from django.db.models import Q
from django.urls import reverse

from linli.cases.models import Case, Reporter, Whistle
from linli.cases.operations.calling import call_owe, callback_owe, calls_settle
from linli.cases.operations.texting import TEXTED, reporters_text
from linli.cases.workflow import REASONED
from linli.core import clock
from linli.core.actors import Actor
from linli.core.models import WorkItem
from linli.messaging.operations.sending import Draft, Urgency, message_send
from linli.messaging.queries import To

# The moves by which somebody else comes to owe the next step, or is reminded of it.
HANDED_ON: Final = (
    "dispatch",
    "reassign",
    "arbitrate",
    "resume",
    "return",
    "return_again",
    "hand_up",
    "propose_out_of_scope",
    "urge",
    "supervise",
    "reject",
    "deny",
    "reopen",
)
WHISTLED: Final = ("call", "consult")
REPORTERS: Final = "case.state"
EXTENDED: Final = "case.extended"
# States that are nobody's business outside yet.
INTERNAL: Final = ("scope_proposed", "with_arbiter")
# Who of a body is told: those who work on matters there.
WORKING: Final = ("cases.handle", "cases.dispatch")


def case_tell(*, actor: Actor, case: Case, verb: str, was: str) -> None:
    """Tell the reporters the new state of their matter, and the holder that it is theirs now.

    A matter that was just received is told only in an emergency: its work item is on the list of the desk anyway.
    """
    if verb in HANDED_ON or (verb == "receive" and case.urgency == "emergency"):
        step = "return_again" if verb == "return" and case.state == "with_arbiter" else verb
        _tell_holder(actor, case, f"case.{step}", kinds=Q(kind__startswith="case."))
    if verb in ("receive", "merge"):
        # The call that was asked for goes along with a report that is merged.
        callback_owe(case=case.merged_into or case, reporters=case.raised_by)
    if was and was != case.state and case.state not in INTERNAL:
        reason = case.public_reason if case.state in REASONED else ""
        _tell_reporters(actor, case, Draft(f"{REPORTERS}.{case.state}", body=reason))
        if case.state in TEXTED:
            reporters_text(case=case)
            call_owe(case=case)
    elif verb == "contact":
        # Who was spoken to has heard where the matter stands.
        calls_settle(case=case)


def extension_tell(*, actor: Actor, case: Case) -> None:
    """Tell the reporters that their matter got more time, by the ways by which they hear of a new state."""
    due = f"{case.due.astimezone(clock.SHANGHAI):%Y-%m-%d}" if case.due else ""
    _tell_reporters(actor, case, Draft(EXTENDED, facts={"due": due}))
    reporters_text(case=case, more_time_until=due)
    call_owe(case=case)


def whistle_tell(*, actor: Actor, whistle: Whistle, verb: str) -> None:
    """Tell the departments that a whistle called, or whoever holds the joint consultation."""
    if whistle.case is not None and verb in WHISTLED:
        _tell_holder(actor, whistle.case, f"whistle.{verb}", kinds=Q(kind__startswith="whistle."))


def _tell_holder(actor: Actor, case: Case, kind: str, *, kinds: Q) -> None:
    open_items = WorkItem.objects.filter(kinds, subject_type="case", subject_id=case.pk, ended=None)
    holders = list(open_items.exclude(kind="case.overdue").values_list("organization_id", "post_id"))
    to = To(
        organizations={body for body, _post in holders if body},
        posts={post for _body, post in holders if post},
        abilities=WORKING,
    )
    draft = Draft(
        kind=kind,
        title=f"{case.number} {case.text[:80]}",
        link=reverse("cases:case", args=[case.pk]),
        urgency=Urgency.EMERGENCY if case.urgency == "emergency" else Urgency.NORMAL,
        subject=("case", case.pk),
    )
    message_send(actor=actor, to=to, draft=draft)


def _tell_reporters(actor: Actor, case: Case, news: Draft) -> None:
    """Each reporter under the number of their own report, also where it was merged into this one."""
    users: dict[str, set[int]] = defaultdict(set)
    rows = Reporter.objects.filter(Q(case=case) | Q(case__merged_into=case), user_id__isnull=False)
    for number, user_id in rows.values_list("case__number", "user_id"):
        users[number].add(user_id or 0)
    for number, told in users.items():
        draft = replace(news, title=number, link=reverse("public:case", args=[number]), subject=("case", case.pk))
        message_send(actor=actor, to=To(users=told), draft=draft)
