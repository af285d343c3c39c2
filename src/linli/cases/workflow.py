"""The life of a matter and of a whistle: states and allowed moves as data, with the abilities that may make them.

A place's profile may switch optional steps off and rename states; it never adds any.
"""

from django.utils.translation import gettext_lazy as _

from linli.core.workflow import ANYBODY, State, Workflow, move, register

OPEN = (
    "received",
    "accepted",
    "dispatched",
    "taken",
    "done",
    "with_arbiter",
    "deferred",
    "out_of_scope_proposed",
)

CASE = register(
    Workflow(
        "case",
        states=(
            State("received", _("received"), start=True),
            State("accepted", _("accepted")),
            State("dispatched", _("dispatched")),
            State("taken", _("being handled")),
            State("with_arbiter", _("with the arbiter")),
            State("deferred", _("deferred")),
            State("done", _("done, to be verified")),
            State("out_of_scope_proposed", _("out of scope, to be approved")),
            State("closed", _("closed")),
            State("rated", _("rated")),
            State("not_accepted", _("not accepted"), final=True),
            State("out_of_scope", _("out of scope"), final=True),
            State("withdrawn", _("withdrawn"), final=True),
            State("void", _("void"), final=True),
            State("merged", _("merged")),
        ),
        moves=(
            move("accept", "received", "accepted", "cases.dispatch", _("accept")),
            move("refuse", "received", "not_accepted", "cases.dispatch", _("do not accept")),
            move(
                "propose_out_of_scope",
                ("received", "accepted"),
                "out_of_scope_proposed",
                "cases.dispatch",
                _("out of scope"),
            ),
            move(
                "approve_out_of_scope",
                "out_of_scope_proposed",
                "out_of_scope",
                "cases.supervise",
                _("approve"),
            ),
            move(
                "reject_out_of_scope",
                "out_of_scope_proposed",
                "accepted",
                "cases.supervise",
                _("do not approve"),
            ),
            move(
                "contact",
                ("accepted", "dispatched", "taken"),
                None,
                ("cases.dispatch", "cases.handle"),
                _("first contact"),
            ),
            move(
                "resolve_on_the_spot",
                ("received", "accepted"),
                "done",
                ("cases.dispatch", "cases.register"),
                _("resolved on the spot"),
            ),
            move(
                "dispatch",
                ("accepted", "with_arbiter"),
                "dispatched",
                ("cases.dispatch", "cases.arbitrate"),
                _("dispatch"),
            ),
            move("recall", "dispatched", "accepted", "cases.dispatch", _("recall")),
            move("take", "dispatched", "taken", "cases.handle", _("take")),
            move("return", ("dispatched", "taken"), "accepted", "cases.handle", _("return")),
            move(
                "return_again",
                ("dispatched", "taken"),
                "with_arbiter",
                "cases.handle",
                _("return to the arbiter"),
            ),
            move(
                "reassign",
                ("dispatched", "taken"),
                "dispatched",
                ("cases.dispatch", "cases.arbitrate"),
                _("reassign"),
            ),
            move("defer", ("dispatched", "taken", "with_arbiter"), "deferred", "cases.arbitrate", _("defer")),
            move("resume", "deferred", "dispatched", "cases.arbitrate", _("resume")),
            move("finish", "taken", "done", "cases.handle", _("report as done")),
            move("reject_result", "done", "taken", "cases.verify", _("not done yet")),
            move("close", "done", "closed", "cases.verify", _("verify and close")),
            move("rate", "closed", "rated", ANYBODY, _("rate")),
            move("reopen", ("closed", "rated"), "accepted", (ANYBODY, "cases.dispatch"), _("reopen")),
            move(
                "withdraw",
                ("received", "accepted", "dispatched", "taken"),
                "withdrawn",
                ANYBODY,
                _("withdraw"),
            ),
            move("void", ("received", "accepted"), "void", "cases.dispatch", _("void")),
            move(
                "merge",
                ("received", "accepted", "dispatched", "taken"),
                "merged",
                "cases.dispatch",
                _("merge"),
            ),
            move("unmerge", "merged", "accepted", "cases.dispatch", _("unmerge")),
        ),
        line=("received", "accepted", "dispatched", "taken", "done", "closed", "rated"),
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
            move("report_in", "called", "reported", "cases.handle", _("report in")),
            move(
                "consult", ("called", "reported"), "consultation", "cases.supervise", _("joint consultation")
            ),
            move(
                "resolve",
                ("reported", "consultation"),
                "done",
                ("cases.dispatch", "cases.supervise"),
                _("resolve"),
            ),
        ),
        line=("called", "reported", "done"),
    )
)
