"""The profile section of volunteering in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

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

describe_section("volunteering", _("Volunteering"), VOLUNTEERING)
