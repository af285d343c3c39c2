"""The fixed words of matters: kinds, sources, doors, outcomes, urgencies. Categories are the place's own words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS = (
    ("problem", _("problem")),
    ("suggestion", _("suggestion")),
    ("help_request", _("help request")),
    ("dispute", _("dispute")),
    ("consultation", _("consultation")),
    ("complaint", _("complaint")),
    ("public_task", _("public-benefit task")),
    ("hazard", _("hazard")),
    ("platform", _("about Linli itself")),
)
SOURCES = (
    ("resident", _("resident")),
    ("grid_patrol", _("grid patrol")),
    ("window", _("one-window desk")),
    ("phone", _("phone on behalf")),
    ("visit", _("visit")),
    ("contact", _("assigned contact")),
    ("campaign", _("campaign")),
    ("inspection", pgettext_lazy("source", "inspection of places")),
    ("deliberation", _("deliberation")),
    ("hotline", _("12345 or another platform")),
)
DOORS = (
    ("page", _("page")),
    ("desk", _("desk")),
    ("phone", _("phone")),
    ("paste", _("pasted message")),
    ("patrol", _("grid worker's phone")),
    ("api", _("API")),
    ("import", _("import")),
)
OUTCOMES = (
    ("resolved", _("resolved")),
    ("unresolved", _("not resolved")),
    ("answered", _("answered")),
    ("adopted", _("adopted")),
    ("referred", _("referred")),
    ("withdrawn", _("withdrawn")),
)
URGENCIES = (("normal", _("normal")), ("urgent", _("urgent")), ("emergency", _("emergency")))
WHISTLE_KINDS = (("routine", _("routine")), ("hard", _("hard")), ("emergency", _("emergency")))
VERIFICATIONS = (
    ("reporter", _("confirmed by the reporter")),
    ("person", _("checked by another person")),
    ("unconfirmed", _("unconfirmed")),
)
CHANNELS = (("link", _("one-time link")), ("phone", _("phone call")), ("paper", _("paper at the counter")))
# How telling a reporter went whom no text message reaches.
TOLD = (
    ("reached", _("reached by phone")),
    ("not_reached", _("not reached")),
    ("in_person", _("told in person, or slip handed over")),
)
# Fewer digits are no telephone number.
DIGITS = 7


def callable_number(phone: str) -> bool:
    """Whether what somebody left as a phone number can be called at all."""
    return sum(sign.isdecimal() for sign in phone) >= DIGITS


# Not of the steps `case.…`, one of which is open at a time: it stays while the matter moves on.
CALL = "reporter.call"
WORK = (
    ("case.accept", _("accept or refuse")),
    ("case.dispatch", _("dispatch")),
    ("case.approve", _("decide about the scope")),
    ("case.take", _("take")),
    ("case.handle", _("handle")),
    ("case.arbitrate", _("decide who handles it")),
    ("case.review", _("review the deferral")),
    ("case.verify", _("verify")),
    ("case.close", _("close")),
    ("case.overdue", _("look into what is overdue")),
    ("case.extension", _("decide about more time")),
    ("whistle.report_in", _("report in to the whistle")),
    ("whistle.help", _("act on the whistle")),
    ("whistle.consult", _("hold the joint consultation")),
    ("help.do", _("do one's part")),
    (CALL, _("call the reporter")),
    ("supervision.reply", _("reply to the supervision")),
    ("supervision.conclude", _("conclude the supervision")),
)
# Work for which others wait: whoever owes it sees it before everything else.
DECISIONS = frozenset(
    {"case.approve", "case.arbitrate", "case.review", "case.extension", "case.overdue", "supervision.conclude"}
)
# What the timeline calls operations that are no moves of the workflow.
HAPPENED = {
    "receive": _("received"),
    "note": _("note"),
    "attach": _("photo or paper added"),
    "look": _("reporter shown in the clear"),
    "look_original": _("original of a photo looked at"),
    "clear_photo": _("photo looked at"),
    "blur_photo": _("photo blurred"),
    "ask_rating": _("asked for a rating"),
    "rating_not_reached": _("reporter not reached"),
    "told": _("told the reporter"),
    "escalate": _("raised to the next level"),
    "help_finish": _("helping body finished"),
    "record_many": _("entered from a ledger"),
    "amend": _("properties changed"),
    "publish": _("public summary written"),
    "sample": _("drawn for verification"),
    "withdraw_summary": _("public summary withdrawn"),
    "agenda": _("put on the agenda of a meeting"),
    "deliberated": _("spoken about at a meeting"),
    "mediated": _("mediation ended"),
    "follow_place": _("moved with its place"),
    "follow_body": _("moved to the body that took over"),
    "follow_post": _("kept from those complained of"),
}
# What holders are told when work comes to them; the codes are those of operations/telling.py.
MESSAGES = (
    ("case.receive", _("An emergency was reported")),
    ("case.dispatch", _("Dispatched to you")),
    ("case.reassign", _("Passed to you")),
    ("case.arbitrate", _("The arbiter gave it to you")),
    ("case.resume", _("Taken up again")),
    ("case.return", _("Returned to the desk")),
    ("case.return_again", _("Yours to decide: who handles it")),
    ("case.hand_up", _("Handed up to your desk")),
    ("case.propose_out_of_scope", _("Yours to approve: out of scope")),
    ("case.urge", _("You are urged")),
    ("case.supervise", _("Under supervision")),
    ("case.reject", _("Checked: not done yet")),
    ("case.deny", _("The reporter says: not solved yet")),
    ("case.reopen", _("Reopened")),
    ("whistle.call", _("You are called: report in")),
    ("whistle.consult", _("Joint consultation")),
)
