"""The profile section of training in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.profiles import describe_section
from linli.workforce.sections import WorkforceSection

OF = {
    "sessions": pgettext_lazy("training", "sessions held"),
    "persons": pgettext_lazy("training", "persons trained"),
    "mentors": pgettext_lazy("training", "mentors"),
}
EVERY = {"month": pgettext_lazy("training", "month"), "year": pgettext_lazy("training", "year")}
EACH = {
    "root": pgettext_lazy("training", "the whole place"),
    "county": pgettext_lazy("training", "county"),
    "street": pgettext_lazy("training", "street"),
    "community": pgettext_lazy("training", "community"),
}
WORKFORCE = {
    "programmes": _("programmes of training"),
    "channels": _("channels of training"),
    "modes": _("modes of training"),
    "credentials": _("kinds of credentials"),
    "contests": _("kinds of contests"),
    "levels": _("levels of study groups"),
    "platforms": _("platforms of study groups"),
    "rules": _("rules of training and mentoring"),
    "of": pgettext_lazy("training", "rule of"),
    "programme": pgettext_lazy("training", "programme"),
    "posts": pgettext_lazy("training", "posts"),
    "times": pgettext_lazy("training", "times"),
    "every": pgettext_lazy("training", "in every"),
    "each": pgettext_lazy("training", "in each"),
    "warn_days": pgettext_lazy("training", "days before the end from which it is owed"),
    "refs": pgettext_lazy("training", "numbers in the catalogue of figures"),
    **OF,
    **EVERY,
    **EACH,
    "verify_days": _("working days in which a credential is verified"),
}

describe_section(
    "workforce",
    pgettext_lazy("training", "Training"),
    WORKFORCE,
    lambda: WorkforceSection().model_dump(mode="json"),
    {"of": lambda: OF, "every": lambda: EVERY, "each": lambda: EACH},
)
