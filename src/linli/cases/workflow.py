"""The life of a matter and of a whistle: states and allowed moves as data, with the abilities that may make them.

A place's profile may switch optional steps off and rename states; it never adds any. `REPORTER` marks what the
reporter alone may do; who may make a move at this very matter is decided in policies.py.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.core.workflow import State, Workflow, move, register

REPORTER: Final = "reporter"
# Whoever holds the matter: the body that leads it, the desk before there is one.
HOLDER: Final = "holder"
ARBITER: Final = "cases.arbitrate"
DESK: Final = "cases.dispatch"
HANDLER: Final = "cases.handle"
ABOVE: Final = "cases.supervise"
CHECKER: Final = "cases.verify"

OPEN = (
    "received",
    "accepted",
    "scope_proposed",
    "dispatched",
    "taken",
    "with_arbiter",
    "deferred",
    "done",
    "verified",
)
WITH_HANDLER = ("dispatched", "taken")
# The states to which a public reason belongs.
REASONED = ("not_accepted", "out_of_scope", "deferred")
# While a result counts; what was done before a matter was opened again is history.
RESULT_HOLDS = ("done", "verified", "closed", "rated")
UNDONE = ("received", "accepted", "dispatched", "taken", "with_arbiter", "deferred")
# Where a supervision goes on; it ends with the matter that it pressed for.
SUPERVISED = (*UNDONE, "done", "verified")

CASE = register(
    Workflow(
        "case",
        states=(
            State("received", _("received"), start=True),
            State("accepted", _("accepted")),
            State("scope_proposed", _("out of scope, to be approved")),
            State("dispatched", _("dispatched")),
            State("taken", _("being handled")),
            State("with_arbiter", _("with the arbiter")),
            State("deferred", _("deferred")),
            State("done", _("done, to be verified")),
            State("verified", _("verified")),
            State("closed", _("closed")),
            State("rated", _("rated")),
            State("not_accepted", _("not accepted"), final=True),
            State("out_of_scope", _("out of scope"), final=True),
            State("referred", _("referred"), final=True),
            State("withdrawn", _("withdrawn"), final=True),
            State("void", _("void"), final=True),
            State("merged", _("merged")),
        ),
        moves=(
            move("accept", "received", "accepted", DESK, _("accept")),
            move("dispatch", "accepted", "dispatched", DESK, _("dispatch")),
            move("take", "dispatched", "taken", HANDLER, _("take")),
            move("finish", "taken", "done", HANDLER, _("report as done")),
            move("confirm", "done", "verified", REPORTER, _("yes, it is solved")),
            move("verify", "done", "verified", CHECKER, _("verify")),
            move("close", "verified", "closed", DESK, _("close")),
            move("close_unconfirmed", "done", "closed", DESK, _("close without an answer")),
            move("rate", "closed", "rated", REPORTER, _("rate")),
            move("arbitrate", "with_arbiter", "dispatched", ARBITER, _("decide who handles it")),
            move(
                "resolve_on_the_spot",
                ("received", "accepted"),
                "done",
                (DESK, "cases.register"),
                _("resolved on the spot"),
            ),
            move(
                "contact",
                ("accepted", "dispatched", "taken"),
                None,
                (DESK, HANDLER),
                _("first contact"),
                optional=True,
            ),
            move("return", WITH_HANDLER, "accepted", HANDLER, _("return")),
            move("return_again", WITH_HANDLER, "with_arbiter", HANDLER, _("return to the arbiter")),
            move("recall", "dispatched", "accepted", DESK, _("recall")),
            move("reassign", WITH_HANDLER, "dispatched", (DESK, ARBITER), _("reassign")),
            move("reject", "done", "taken", CHECKER, _("not done yet")),
            move("deny", "done", "taken", REPORTER, _("no, not yet")),
            move("whistle", ("accepted", *WITH_HANDLER), None, DESK, _("whistle"), optional=True),
            move("ask_help", ("accepted", *WITH_HANDLER), None, (DESK, HANDLER), _("ask another body for help")),
            move("ask_extension", "taken", None, HANDLER, _("ask for more time"), optional=True),
            move("decide_extension", "taken", None, ABOVE, _("decide about more time"), optional=True),
            move("defer", (*WITH_HANDLER, "with_arbiter"), "deferred", ARBITER, _("defer"), optional=True),
            move("review", "deferred", None, ARBITER, _("review"), optional=True),
            move("resume", "deferred", "dispatched", ARBITER, _("resume"), optional=True),
            move("urge", UNDONE, None, (DESK, ABOVE, REPORTER), _("urge")),
            move("supervise", UNDONE, None, ABOVE, _("supervise"), optional=True),
            move("reply", SUPERVISED, None, HOLDER, _("reply to the supervision"), optional=True),
            move("conclude", SUPERVISED, None, ABOVE, _("conclude the supervision"), optional=True),
            move("correct", ("received", "accepted"), None, DESK, _("correct place or category")),
            move(
                "propose_out_of_scope",
                ("received", "accepted"),
                "scope_proposed",
                DESK,
                _("out of scope"),
            ),
            move("hand_up", ("received", "accepted"), None, DESK, _("hand up to the next level"), optional=True),
            move("approve_out_of_scope", "scope_proposed", "out_of_scope", (DESK, ABOVE), _("approve")),
            move("reject_out_of_scope", "scope_proposed", "accepted", (DESK, ABOVE), _("do not approve")),
            move("refuse", "received", "not_accepted", DESK, _("do not accept")),
            move("refer", ("received", "accepted"), "referred", DESK, _("refer")),
            move("merge", (*UNDONE,), "merged", DESK, _("merge")),
            move("unmerge", "merged", "accepted", DESK, _("unmerge")),
            move("reopen", ("closed", "rated"), "accepted", (REPORTER, ABOVE), _("reopen")),
            move("withdraw", ("received", "accepted", *WITH_HANDLER), "withdrawn", REPORTER, _("withdraw")),
            move("void", ("received", "accepted"), "void", DESK, _("make void")),
        ),
        line=("received", "accepted", "dispatched", "taken", "done", "verified", "closed", "rated"),
    )
)

WHISTLE = register(
    Workflow(
        "whistle",
        states=(
            State("called", _("called"), start=True),
            State("reported", _("reported in")),
            State("consultation", _("joint consultation")),
            State("done", _("resolved"), final=True),
        ),
        moves=(
            move("report_in", "called", "reported", HANDLER, _("report in")),
            move("report_late", ("reported", "consultation"), None, HANDLER, _("report in")),
            move("consult", ("called", "reported"), "consultation", (DESK, ABOVE), _("joint consultation")),
            move("resolve", ("reported", "consultation"), "done", (DESK, ABOVE), _("resolve")),
            move(
                "rate_department",
                ("reported", "consultation", "done"),
                None,
                (DESK, ABOVE),
                _("rate the department"),
            ),
            move("rate_caller", ("reported", "consultation", "done"), None, HANDLER, _("rate the call")),
        ),
        line=("called", "reported", "done"),
    )
)
