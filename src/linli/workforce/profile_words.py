"""The profile section of training in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.profiles import describe_section

WORKFORCE = {
    "programmes": _("programmes of training"),
    "channels": _("channels of training"),
    "modes": _("modes of training"),
    "credentials": _("kinds of credentials"),
    "contests": _("kinds of contests"),
    "levels": _("levels of study groups"),
    "platforms": _("platforms of study groups"),
    "rules": _("rules of training and mentoring"),
    "verify_days": _("working days in which a credential is verified"),
}

describe_section("workforce", pgettext_lazy("training", "Training"), WORKFORCE)
