"""Forms of care: what somebody agrees to, and one time of help."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.care import queries
from linli.care.operations.agreeing import NAME, Agreement
from linli.care.operations.giving import Help
from linli.care.sections import help_names
from linli.care.workflow import AGREED_BY, GROUPS, MEANS, MODES
from linli.core import clock
from linli.core.actors import Actor
from linli.core.forms import StyledForm, choose


def _days() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AgreementForm(StyledForm):
    """What somebody agrees to, with whose word it is."""

    name = forms.CharField(label=_("Name"), max_length=NAME)
    helps = forms.MultipleChoiceField(label=pgettext_lazy("care", "Kinds of help"), widget=forms.CheckboxSelectMultiple)
    agreed_by = forms.ChoiceField(label=pgettext_lazy("care", "Who said yes"), choices=AGREED_BY)
    guardian = forms.CharField(
        label=pgettext_lazy("care", "Guardian"),
        max_length=NAME,
        required=False,
        help_text=_("Needed for a child; leave it empty where the person speaks for themselves."),
    )
    means = forms.ChoiceField(label=pgettext_lazy("care", "How it was said"), choices=MEANS)
    agreed_on = forms.DateField(label=pgettext_lazy("care", "On"), widget=_days())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"agreed_on": clock.today()}, **kwargs})
        choose(self, "helps", help_names().items())

    def agreement(self) -> Agreement:
        """What the operation is called with."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("name", "agreed_by", "guardian", "means", "agreed_on")}
        return Agreement(helps=tuple(data["helps"]), **plain)


class ClientForm(AgreementForm):
    """Somebody new, and where."""

    place = forms.ChoiceField(label=_("Community"))
    group = forms.ChoiceField(label=pgettext_lazy("care", "Whom it is for"), choices=GROUPS)
    field_order = ("place", "group", "name")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(str(place.pk), place.name) for place in queries.places(actor)])


class HelpForm(StyledForm):
    """One time of help."""

    kind = forms.ChoiceField(label=pgettext_lazy("care", "Kind of help"))
    mode = forms.ChoiceField(label=pgettext_lazy("care", "Where"), choices=MODES)
    on = forms.DateField(label=_("Day"), widget=_days())
    provider = forms.ChoiceField(label=pgettext_lazy("care", "Given by"), required=False)

    def __init__(self, *args: Any, page: queries.ClientPage, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": clock.today()}, **kwargs)
        choose(self, "kind", page.helps)
        own = [("", _("the community itself"))]
        choose(self, "provider", [*own, *((str(pk), name) for pk, name in queries.providers(page.row.place))])

    def help(self) -> Help:
        """What the operation is called with."""
        data = self.cleaned_data
        return Help(data["kind"], data["mode"], data["on"], int(data["provider"]) if data["provider"] else None)
