"""The profile section of secondments in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.profiles import describe_section
from linli.secondments.sections import SecondmentsSection
from linli.secondments.workflow import TRANSFERS

SECONDMENTS = {
    "roles": _("roles in which people are sent"),
    "post": _("kind of post that it gives"),
    "term_months": _("months of a term"),
    "days_a_month": _("days on site a month"),
    "insurance": _("least cover of the accident insurance, in yuan"),
    "fund": _("least work fund, in yuan"),
    "visits_a_quarter": _("visits of the sending body in a quarter, at least"),
    "review": _("periods that are reviewed"),
    "": pgettext_lazy("periods that are reviewed", "none"),
    "quarter": pgettext_lazy("rhythm", "every quarter"),
    "half_year": _("every half-year"),
    "grades": _("grades of reviews"),
    "review_days": _("working days in which a period is reviewed"),
    "transfers": _("what is transferred to the host"),
    "fixed": _("place, person, target and duty are fixed at the beginning"),
    **dict(TRANSFERS),
    "duties": _("headings of the catalogue of duties"),
    "state_days": _("working days in which a month is stated"),
    "confirm_days": _("working days in which a month is confirmed"),
    "end_days": _("days before the end of a term at which one is reminded"),
}

describe_section(
    "secondments",
    _("Secondments"),
    SECONDMENTS,
    lambda: SecondmentsSection().model_dump(mode="json"),
    {"transfers": lambda: dict(TRANSFERS)},
)
