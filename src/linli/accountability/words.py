"""What the kinds of work items of accountability ask for, in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.core.work import WorkKind

WORK: Final = (
    WorkKind("assessment.rate", _("rate")),
    WorkKind("assessment.assign", _("name who rates")),
    WorkKind("assessment.answer", _("answer the objection"), decides=True),
    WorkKind("inspection.make", _("inspect")),
    WorkKind("finding.rectify", _("put right what was found")),
    WorkKind("finding.verify", _("verify what was put right")),
)
