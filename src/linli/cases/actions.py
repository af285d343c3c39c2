"""Every step of a matter as doors offer it: what is asked for, and the operation that makes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from linli.cases import forms
from linli.cases.operations import dispatching, finishing, helping, merging, screening, supervising, whistles


@dataclass(frozen=True, slots=True)
class Action:
    """A step as a page offers it: its form and its operation. `danger` steps end or take something back."""

    form: type[forms.ActionForm]
    call: Callable[..., Any]
    danger: bool = False


ACTIONS: Final[Mapping[str, Action]] = {
    "accept": Action(forms.ClassifyForm, screening.case_accept),
    "correct": Action(forms.ClassifyForm, screening.case_correct),
    "contact": Action(forms.ContactForm, screening.case_contact),
    "refuse": Action(forms.ReasonForm, screening.case_refuse, danger=True),
    "refer": Action(forms.ReferForm, screening.case_refer, danger=True),
    "hand_up": Action(forms.ReasonForm, screening.case_hand_up),
    "propose_out_of_scope": Action(forms.ScopeForm, screening.case_propose_out_of_scope),
    "approve_out_of_scope": Action(forms.PlainForm, screening.case_approve_out_of_scope, danger=True),
    "reject_out_of_scope": Action(forms.ReasonForm, screening.case_reject_out_of_scope),
    "dispatch": Action(forms.LeadForm, dispatching.case_dispatch),
    "recall": Action(forms.ReasonForm, dispatching.case_recall),
    "take": Action(forms.PlainForm, dispatching.case_take),
    "return": Action(forms.ReturnForm, dispatching.case_return),
    "reassign": Action(forms.LeadReasonForm, dispatching.case_reassign),
    "arbitrate": Action(forms.LeadReasonForm, dispatching.case_arbitrate),
    "defer": Action(forms.DaysForm, dispatching.case_defer),
    "review": Action(forms.DaysForm, dispatching.case_review),
    "resume": Action(forms.ResumeForm, dispatching.case_resume),
    "ask_extension": Action(forms.DaysForm, dispatching.case_ask_extension),
    "decide_extension": Action(forms.DecideForm, dispatching.case_decide_extension),
    "resolve_on_the_spot": Action(forms.ResultForm, finishing.case_resolve_on_the_spot),
    "finish": Action(forms.ResultForm, finishing.case_finish),
    "verify": Action(forms.NoteForm, finishing.case_verify),
    "reject": Action(forms.ReasonForm, finishing.case_reject),
    "close": Action(forms.AnswerForm, finishing.case_close),
    "close_unconfirmed": Action(forms.AnswerForm, finishing.case_close_unconfirmed),
    "reopen": Action(forms.ReasonForm, finishing.case_reopen),
    "withdraw": Action(forms.MaybeReasonForm, finishing.case_withdraw, danger=True),
    "void": Action(forms.ReasonForm, finishing.case_void, danger=True),
    "merge": Action(forms.MergeForm, merging.case_merge),
    "unmerge": Action(forms.ReasonForm, merging.case_unmerge),
    "urge": Action(forms.MaybeReasonForm, supervising.case_urge),
    "supervise": Action(forms.ReasonForm, supervising.case_supervise),
    "reply": Action(forms.SupervisionForm, supervising.case_reply),
    "conclude": Action(forms.SupervisionForm, supervising.case_conclude),
    "whistle": Action(forms.WhistleForm, whistles.whistle_call),
    "ask_help": Action(forms.HelpForm, helping.help_ask),
    "confirm": Action(forms.PlainForm, finishing.case_confirm),
    "deny": Action(forms.MaybeReasonForm, finishing.case_deny),
}
