"""The forms of accounts: they parse; every rule is in the operations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.core.forms import StyledForm

NEW = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class ActivateForm(StyledForm):
    """Opening an account with the code on paper."""

    username = forms.CharField(
        label=_("User name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label=_("Code on paper"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )
    password = forms.CharField(label=_("New password, at least 8 characters"), max_length=128, widget=NEW)


class PasswordForm(StyledForm):
    """Changing one's password."""

    current = forms.CharField(
        label=_("Present password"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(label=_("New password, at least 8 characters"), max_length=128, widget=NEW)


class SettingsForm(StyledForm):
    """What one may set for oneself."""

    display_name = forms.CharField(label=_("Shown name"), max_length=60)
    language = forms.ChoiceField(label=_("Language"), choices=(("zh-hans", "中文"), ("en", "English")))
    elder_mode = forms.BooleanField(label=_("Large print"), required=False)


class CorrectForm(StyledForm):
    """Correcting what is kept about oneself."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Person's name"), max_length=60)
    phone = forms.CharField(
        label=_("Phone, only to change it"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
