"""The form of messages: it parses; every rule is in the operations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.core.forms import StyledForm
from linli.messaging.channels import ready_channels
from linli.messaging.models import Preference


class PreferenceForm(StyledForm):
    """A channel beside the inbox, the address there, and how often."""

    channel = forms.ChoiceField(label=_("Also tell me by"), required=False)
    address = forms.CharField(
        label=_("Phone number, e-mail address or key of the robot"), max_length=200, required=False
    )
    pace = forms.ChoiceField(label=_("How often"), choices=Preference.Pace.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["channel"]
        assert isinstance(chosen, forms.ChoiceField)
        ready = [(code, channel.label) for code, channel in ready_channels().items()]
        chosen.choices = [("", _("the inbox only")), *ready]
