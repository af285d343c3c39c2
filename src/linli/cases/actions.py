"""Every step of a matter as doors offer it: what is asked for, and the operation that makes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from linli.cases.forms import steps
from linli.cases.operations import dispatching, finishing, helping, merging, screening, supervising, whistles


@dataclass(frozen=True, slots=True)
class Action:
    """A step as a page offers it: its form and its operation. `danger` steps end or take something back."""

    form: type[steps.ActionForm]
    call: Callable[..., Any]
    danger: bool = False


ACTIONS: Final[Mapping[str, Action]] = {
    "accept": Action(steps.ClassifyForm, screening.case_accept),
    "correct": Action(steps.ClassifyForm, screening.case_correct),
    "contact": Action(steps.ContactForm, screening.case_contact),
    "refuse": Action(steps.ReasonForm, screening.case_refuse, danger=True),
    "refer": Action(steps.ReferForm, screening.case_refer, danger=True),
    "hand_up": Action(steps.ReasonForm, screening.case_hand_up),
    "propose_out_of_scope": Action(steps.ScopeForm, screening.case_propose_out_of_scope),
    "approve_out_of_scope": Action(steps.PlainForm, screening.case_approve_out_of_scope, danger=True),
    "reject_out_of_scope": Action(steps.ReasonForm, screening.case_reject_out_of_scope),
    "dispatch": Action(steps.LeadForm, dispatching.case_dispatch),
    "recall": Action(steps.ReasonForm, dispatching.case_recall),
    "take": Action(steps.PlainForm, dispatching.case_take),
    "return": Action(steps.ReturnForm, dispatching.case_return),
    "reassign": Action(steps.LeadReasonForm, dispatching.case_reassign),
    "arbitrate": Action(steps.LeadReasonForm, dispatching.case_arbitrate),
    "defer": Action(steps.DaysForm, dispatching.case_defer),
    "review": Action(steps.DaysForm, dispatching.case_review),
    "resume": Action(steps.ResumeForm, dispatching.case_resume),
    "ask_extension": Action(steps.DaysForm, dispatching.case_ask_extension),
    "decide_extension": Action(steps.DecideForm, dispatching.case_decide_extension),
    "resolve_on_the_spot": Action(steps.ResultForm, finishing.case_resolve_on_the_spot),
    "finish": Action(steps.ResultForm, finishing.case_finish),
    "verify": Action(steps.NoteForm, finishing.case_verify),
    "reject": Action(steps.ReasonForm, finishing.case_reject),
    "close": Action(steps.AnswerForm, finishing.case_close),
    "close_unconfirmed": Action(steps.AnswerForm, finishing.case_close_unconfirmed),
    "reopen": Action(steps.ReasonForm, finishing.case_reopen),
    "withdraw": Action(steps.MaybeReasonForm, finishing.case_withdraw, danger=True),
    "void": Action(steps.ReasonForm, finishing.case_void, danger=True),
    "merge": Action(steps.MergeForm, merging.case_merge),
    "unmerge": Action(steps.ReasonForm, merging.case_unmerge),
    "urge": Action(steps.MaybeReasonForm, supervising.case_urge),
    "supervise": Action(steps.ReasonForm, supervising.case_supervise),
    "reply": Action(steps.SupervisionForm, supervising.case_reply),
    "conclude": Action(steps.SupervisionForm, supervising.case_conclude),
    "whistle": Action(steps.WhistleForm, whistles.whistle_call),
    "ask_help": Action(steps.HelpForm, helping.help_ask),
    "confirm": Action(steps.PlainForm, finishing.case_confirm),
    "deny": Action(steps.MaybeReasonForm, finishing.case_deny),
}
