"""The profile's `disclosure.yaml` in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.profiles import describe_section

WORDS = {
    "items": _("what must be public"),
    "ground": _("legal ground"),
    "at": _("level of the place"),
    "every": _("how often"),
    "due_days": _("days after the end of a period by which it must be public"),
    "stays_days": _("days for which it stays up"),
    "audience": _("who may read it"),
    "figures": _("public figures that stand in it"),
    "answer_days": _("working days for answering a question"),
    "community": _("community"),
    "street": _("street"),
    "county": _("county"),
    "month": _("every month"),
    "quarter": _("every quarter"),
    "half_year": _("every half-year"),
    "year": _("every year"),
    "event": _("whenever it happens"),
    "everybody": pgettext_lazy("audience", "everybody"),
    "residents": _("residents of the community who have signed in"),
}

describe_section("disclosure", _("What must be public"), WORDS)
