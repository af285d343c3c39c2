"""Forms of the ledger: joining oneself or on paper, an alias."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.forms import StyledForm, choose
from linli.organizations.operations.people import LONGEST_NAME
from linli.points.operations.members import LONGEST_ALIAS


class JoinForm(StyledForm):
    """Joining the points of a community. `named` leaves the name out: the account tells it."""

    name = forms.CharField(label=pgettext_lazy("points", "Your name"), max_length=LONGEST_NAME)
    place_id = forms.TypedChoiceField(label=_("Your community"), coerce=int)
    alias = forms.CharField(
        label=pgettext_lazy("points", "Alias"),
        max_length=LONGEST_ALIAS,
        required=False,
        help_text=_("The name others see instead of yours. You may leave it empty."),
    )
    agrees = forms.BooleanField(label=_("I join by my own choice, and my points may be written down."), required=False)

    def __init__(self, *args: Any, places: list[tuple[int, str]], named: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place_id", places)
        if named:
            del self.fields["name"]


class EnrolForm(JoinForm):
    """Enrolling somebody whose signed paper the desk keeps."""

    phone = forms.CharField(label=_("Phone"), max_length=20)
    field_order = ("name", "phone", "place_id", "alias", "agrees")

    def __init__(self, *args: Any, places: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["place_id"].label = _("Community")
        self.fields["agrees"].label = _("They signed the paper by which they join, and we keep it.")
