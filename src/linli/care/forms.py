"""Forms of care: what somebody agrees to, and one time of help."""

from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.care import queries
from linli.care.models import CareClient
from linli.care.operations.agreeing import NAME, Agreement
from linli.care.operations.giving import Help
from linli.care.sections import help_names
from linli.care.workflow import ACCOUNT, AGREED_BY, GROUPS, MEANS, MODES
from linli.core import clock
from linli.core.actors import Actor
from linli.core.forms import StyledForm, choose

# What is said by account is said there.
SAID = tuple((code, label) for code, label in MEANS if code != ACCOUNT)


def _days() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OwnForm(StyledForm):
    """What somebody wants for themselves or for a child of theirs, by their account."""

    name = forms.CharField(label=pgettext_lazy("care", "Name of the person"), max_length=NAME)
    helps = forms.MultipleChoiceField(label=pgettext_lazy("care", "Kinds of help"), widget=forms.CheckboxSelectMultiple)
    guardian = forms.CharField(
        label=pgettext_lazy("care", "Guardian"),
        max_length=NAME,
        required=False,
        help_text=_("Needed for a child; leave it empty where the person speaks for themselves."),
    )
    contact = forms.CharField(
        label=pgettext_lazy("care", "How we reach you"),
        max_length=NAME,
        help_text=_("A phone number, or where you live. It is erased when you want no more."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "helps", help_names().items())

    @classmethod
    def of(cls, row: CareClient, sent: Any = None) -> Self:
        """The form of somebody for whom one asked, as it stands or as it was sent."""
        held = {name: getattr(row, name) for name in ("name", "helps", "guardian", "contact")}
        return cls(sent, initial=held, auto_id=f"id_{row.pk}_%s")

    def agreement(self) -> Agreement:
        """What the operation is called with."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("name", "guardian", "contact")}
        word = "guardian" if data["guardian"] else "self"
        return Agreement(helps=tuple(data["helps"]), agreed_on=clock.today(), agreed_by=word, means=ACCOUNT, **plain)


class OwnNewForm(OwnForm):
    """The same, for the first time, and where."""

    place = forms.ChoiceField(label=_("Community"))
    group = forms.ChoiceField(label=pgettext_lazy("care", "Whom it is for"), choices=GROUPS)
    field_order = ("place", "group", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(str(place.pk), place.name) for place in queries.communities()])


class AgreementForm(OwnForm):
    """What somebody agrees to, with whose word it is."""

    contact = None  # type: ignore[assignment]  # who comes to the desk is known there
    agreed_by = forms.ChoiceField(label=pgettext_lazy("care", "Who said yes"), choices=AGREED_BY)
    means = forms.ChoiceField(label=pgettext_lazy("care", "How it was said"), choices=SAID)
    agreed_on = forms.DateField(label=pgettext_lazy("care", "On"), widget=_days())
    field_order: Sequence[str] = ("name", "helps", "agreed_by", "guardian")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"agreed_on": clock.today()}, **kwargs})

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
