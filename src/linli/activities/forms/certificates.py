"""What people fill in for certificates: what to certify, what to check, for which time records are taken along."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.activities.operations.certificates import Asked
from linli.core.forms import StyledForm, choose, numbers_of

Day: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class IssueForm(StyledForm):
    """A period, and whose records; or records chosen one by one, which then count alone."""

    since = forms.DateField(label=_("From"), widget=Day, required=False)
    until = forms.DateField(label=_("To"), widget=Day, required=False)
    organization = forms.ChoiceField(label=_("Recorded by"), required=False)

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "organization", [("", _("all bodies")), *units])

    def asked(self, chosen: Iterable[str]) -> Asked:
        """What the operation is called with."""
        data = self.cleaned_data
        ids = numbers_of(chosen)
        unit = int(data["organization"]) if data["organization"] else None
        return Asked(data["since"], data["until"], unit, ids)


class CheckForm(StyledForm):
    """Number and code from the paper; the name only to compare."""

    number = forms.CharField(label=_("Number of the certificate"), max_length=24)
    code = forms.CharField(label=_("Check code"), max_length=20)
    name = forms.CharField(
        label=_("Name on the paper, to compare (optional)"), max_length=60, required=False, strip=True
    )


class IdentityForm(StyledForm):
    """An identity number for one file; it is not kept."""

    identity = forms.CharField(
        label=_("Identity number (optional)"),
        max_length=20,
        required=False,
        help_text=_("Only written into this file. It is neither stored nor logged."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class BodyForm(StyledForm):
    """A body and a time."""

    body = forms.ChoiceField(label=_("Body"))
    since = forms.DateField(label=_("From"), widget=Day)
    until = forms.DateField(label=_("To"), widget=Day)

    def __init__(self, *args: Any, bodies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "body", bodies)

    def given(self) -> tuple[int, date, date]:
        """The body and the days."""
        data = self.cleaned_data
        return int(data["body"]), data["since"], data["until"]
