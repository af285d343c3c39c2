"""The profile sections of volunteering and honours in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.points.workflow import KINDS
from linli.records.profiles import describe_section
from linli.volunteering.honours_section import HonoursSection
from linli.volunteering.workflow import RECIPIENTS

VOLUNTEERING = {
    "skills": _("skills of volunteers"),
    "services": _("kinds of volunteer service"),
    "support": _("kinds of support for social organisations"),
    "minimum_age": _("age from which one may register as a volunteer"),
    "adult_age": _("age under which a guardian consents"),
    "kept_years": _("years for which an ended registration is kept"),
    "answer_days": _("working days in which a request is answered"),
    "reported_teams": _("volunteer teams reported altogether"),
}

HONOURS = {
    "kinds": pgettext_lazy("honour", "honours"),
    "recipient": pgettext_lazy("honour", "recipient"),
    **dict(RECIPIENTS),
    "earns": pgettext_lazy("honour", "earns points as"),
    "good_deed": dict(KINDS)["good_deed"],
    "exemplar": dict(KINDS)["exemplar"],
    "by_stars": _("conferred by the stars of attested hours"),
    "notice_days": _("working days in public notice before the award, five at least"),
    "review_days": _("working days for a review or the answer to an objection"),
    "shown_days": _("days for which an award is shown to the public"),
}

describe_section("volunteering", _("Volunteering"), VOLUNTEERING)
describe_section(
    "honours",
    pgettext_lazy("honour", "Honours"),
    HONOURS,
    lambda: HonoursSection().model_dump(mode="json", exclude_none=True),
    {"recipient": lambda: dict(RECIPIENTS)},
)
