"""How matters end: done, verified by the reporter or another person, closed; and reopened, withdrawn or void.

Silence of the reporter is "unconfirmed", never satisfied. Asking and answering for a rating is in rating.py.
"""

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases import sections
from linli.cases.models import Case, Note, Rating
from linli.cases.operations import clocks
from linli.cases.operations.screening import resolved_here
from linli.cases.operations.steps import locked, said, save
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, RuleBroken
from linli.core.secrets import normal_text

LONGEST: Final = 2000
OUTCOMES: Final = frozenset({"resolved", "unresolved", "answered", "adopted"})
REPEATED: Final = 3
MOST_HELPED: Final = 100_000_000
_SHORT: Final = 8
_FILLER: Final = re.compile(r"[\W\d_]+")


@transaction.atomic
def case_resolve_on_the_spot(
    *,
    actor: Actor,
    case_id: int,
    result: str,
    outcome: str = "resolved",
    helped: int | None = None,
    version: int | None = None,
) -> Case:
    """Resolve a matter where it came up; a sample of these is verified by another person (DSP-03).

    Raises: not_found, case.not_yours, case.stale, case.state, case.result_missing, case.outcome_unknown,
    case.no_power, case.helped
    """
    case = locked(actor, case_id, "resolve_on_the_spot", version)
    resolved_here(case)
    case.accepted = case.accepted or clock.now()
    case.contacted = case.contacted or clock.now()
    case.on_the_spot = True
    case.sampled = case.sampled or secrets.randbelow(100) < sections.section().sample_percent
    _finish(actor, case, result, outcome, helped)
    return save(actor, case, "resolve_on_the_spot", outcome=outcome, helped=helped, sampled=case.sampled)


@transaction.atomic
def case_finish(
    *,
    actor: Actor,
    case_id: int,
    result: str,
    outcome: str = "resolved",
    helped: int | None = None,
    version: int | None = None,
) -> Case:
    """Report a matter as done: what was done and with what outcome; a promise is not done (R21).

    Of a public-benefit task one may say how many people it helped: a count, never a list of them (DSP-06).
    Raises: not_found, case.not_yours, case.stale, case.state, case.result_missing, case.outcome_unknown,
    case.helpers_open, case.helped
    """
    case = locked(actor, case_id, "finish", version)
    if case.helps.filter(done=None).exists():
        raise RuleBroken("case.helpers_open", _("A body that helps has not finished yet."))
    _finish(actor, case, result, outcome, helped)
    return save(actor, case, "finish", outcome=outcome, helped=helped, repeated=case.answer_repeated or None)


@transaction.atomic
def case_confirm(*, actor: Actor, case_id: int, version: int | None = None) -> Case:
    """Confirm as the reporter that the matter is solved.

    Raises: not_found, case.not_yours, case.stale, case.state
    """
    case = locked(actor, case_id, "confirm", version)
    case.verified, case.verification = clock.now(), "reporter"
    return save(actor, case, "confirm")


@transaction.atomic
def case_verify(*, actor: Actor, case_id: int, note: str = "", version: int | None = None) -> Case:
    """Verify on the spot or by a call, as another person than the one who did it and of another body.

    Raises: not_found, case.not_yours, case.stale, case.state
    """
    case = locked(actor, case_id, "verify", version)
    case.verified, case.verification = clock.now(), "person"
    return save(actor, case, "verify", note=note[:300])


@transaction.atomic
def case_reject(*, actor: Actor, case_id: int, reason: str, version: int | None = None) -> Case:
    """Find that a matter is not done; it goes back to the body that leads it, and the clock ran on.

    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing
    """
    case = locked(actor, case_id, "reject", version)
    _undo(case)
    return save(actor, case, "reject", reason=said(reason, "case.reason_missing"))


@transaction.atomic
def case_deny(*, actor: Actor, case_id: int, reason: str = "", version: int | None = None) -> Case:
    """Say as the reporter that the matter is not solved; it goes back to be done.

    Raises: not_found, case.not_yours, case.stale, case.state
    """
    case = locked(actor, case_id, "deny", version)
    _undo(case)
    return save(actor, case, "deny", reason=reason.strip()[:300])


@transaction.atomic
def case_close(*, actor: Actor, case_id: int, answer: str = "", version: int | None = None) -> Case:
    """Close a verified matter with the public answer; what was done and when stands in the result.

    Raises: not_found, case.not_yours, case.stale, case.state
    """
    case = locked(actor, case_id, "close", version)
    _close(actor, case, answer)
    return save(actor, case, "close", outcome=case.outcome, verification=case.verification)


@transaction.atomic
def case_close_unconfirmed(*, actor: Actor, case_id: int, answer: str = "", version: int | None = None) -> Case:
    """Close a matter whose reporter stayed silent: it counts as unconfirmed, not as satisfied.

    Not for hazards, matters without a reporter and those of the sample: another person verifies them.
    Raises: not_found, case.not_yours, case.stale, case.state, case.needs_verification, case.still_waiting
    """
    case = locked(actor, case_id, "close_unconfirmed", version)
    if needs_person(case):
        raise RuleBroken("case.needs_verification", _("Another person must verify this first."))
    waits_until = clocks.after(clocks.calendar_of(case.place), case.done or clock.now(), sections.section().confirm)
    if not case.on_the_spot and clock.now() < waits_until:
        message = _("The reporter may still answer until %(until)s.")
        raise RuleBroken("case.still_waiting", message, until=f"{waits_until:%Y-%m-%d %H:%M}")
    case.verification = "unconfirmed"
    _close(actor, case, answer)
    return save(actor, case, "close_unconfirmed", outcome=case.outcome)


@transaction.atomic
def case_reopen(*, actor: Actor, case_id: int, reason: str, version: int | None = None) -> Case:
    """Reopen a closed matter within the days that the profile gives (15); it counts as reopened for good.

    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing, case.too_late
    """
    case = locked(actor, case_id, "reopen", version)
    days = sections.section().reopen_days
    if case.closed_on is None or clock.today() > case.closed_on + timedelta(days=days):
        message = _("A matter can be reopened within %(days)s days of closing; please report anew.")
        raise RuleBroken("case.too_late", message, days=days)
    reason = said(reason, "case.reason_missing")
    Rating.objects.filter(case=case, answered=None, reached=None).update(reached=False)
    case.reopened += 1
    case.closed, case.closed_on, case.outcome = None, None, ""
    case.lead, case.dispatched, case.taken = None, None, None
    case.on_the_spot = case.sampled = False
    _undo(case)
    return save(actor, case, "reopen", reason=reason)


@transaction.atomic
def case_withdraw(*, actor: Actor, case_id: int, reason: str = "", version: int | None = None) -> Case:
    """Withdraw a matter, as its reporter only.

    Raises: not_found, case.not_yours, case.stale, case.state
    """
    case = locked(actor, case_id, "withdraw", version)
    case.outcome = "withdrawn"
    case.closed = clock.now()
    case.closed_on = clock.day_of(case.closed)
    return save(actor, case, "withdraw", reason=reason.strip()[:300])


@transaction.atomic
def case_void(*, actor: Actor, case_id: int, reason: str, version: int | None = None) -> Case:
    """Void a matter that never was one (a test, nonsense), with the reason; the row stays.

    Raises: not_found, case.not_yours, case.stale, case.state, case.reason_missing
    """
    case = locked(actor, case_id, "void", version)
    case.why = said(reason, "case.reason_missing")
    case.closed = clock.now()
    case.closed_on = clock.day_of(case.closed)
    return save(actor, case, "void", reason=case.why)


def needs_person(case: Case) -> bool:
    """Whether another person must verify: hazards, matters without a reporter, the sample of those on the spot."""
    known = sections.categories().get(case.category)
    hazard = case.kind == "hazard" or bool(known and known.hazard)
    return hazard or case.sampled or not case.reporters.exists()


def _finish(actor: Actor, case: Case, result: str, outcome: str, helped: int | None) -> None:
    if outcome not in OUTCOMES:
        raise InvalidInput("case.outcome_unknown", _("There is no such outcome."), outcome=outcome)
    if helped is not None and (case.kind != "public_task" or not 0 <= helped <= MOST_HELPED):
        raise InvalidInput(
            "case.helped", _("How many people were helped is said of public-benefit tasks."), helped=helped
        )
    case.helped = helped
    case.result = said(result, "case.result_missing", LONGEST)
    case.outcome = outcome
    case.done, case.done_by = clock.now(), actor.key
    case.extra = {name: value for name, value in case.extra.items() if name != "extension"}
    case.result_mark = _mark(case.result)
    case.answer_repeated = _repeated(case)


def _undo(case: Case) -> None:
    case.done, case.done_by, case.verified, case.verification, case.helped = None, "", None, "", None


def _close(actor: Actor, case: Case, answer: str) -> None:
    case.closed = clock.now()
    case.closed_on = clock.day_of(case.closed)
    text = answer.strip()[:LONGEST]
    if text:
        Note.objects.create(case=case, at=case.closed, actor=actor.key, author=actor.label, public=True, text=text)


def _mark(text: str) -> int | None:
    """A number that is equal for texts that differ only in digits, spaces, signs and the place's own wordings.

    None where hardly anything is left: a wording of the place alone is never flagged.
    """
    for wording in sections.section().templates or sections.TEMPLATES:
        text = text.replace(wording.text, "")
    normal = _FILLER.sub("", normal_text(text))
    if len(normal) < _SHORT:
        return None
    return int.from_bytes(hashlib.sha256(normal.encode()).digest()[:8], "big", signed=True)


def _repeated(case: Case) -> bool:
    """Whether nearly the same answer was given several times lately, outside the place's own wordings."""
    if case.result_mark is None:
        return False
    since = clock.today() - timedelta(days=90)
    same = Case.objects.filter(result_mark=case.result_mark, received_on__gte=since).exclude(pk=case.pk)
    return len(same.values_list("pk", flat=True)[: REPEATED - 1]) >= REPEATED - 1
