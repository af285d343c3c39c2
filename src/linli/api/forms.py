"""What is asked when a key is issued, and when a webhook is made."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.api import announcing
from linli.api.keys import LABELS
from linli.core import clock
from linli.core.actors import Actor
from linli.territory.models import Place


class KeyForm(forms.Form):
    """For what and whom, where, what it may do and until when."""

    label = forms.CharField(label=_("What it is for"), max_length=80)
    owner = forms.CharField(label=_("Who owns it"), max_length=120)
    place = forms.ModelChoiceField(label=_("Where it holds"), queryset=Place.objects.none())
    grants = forms.MultipleChoiceField(
        label=_("What it may do"), choices=LABELS, widget=forms.CheckboxSelectMultiple, initial=["report"]
    )
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = clock.today() + timedelta(days=365)
        _dress(self, actor)


class WebhookForm(forms.Form):
    """Whom it tells, at which address, of what and where."""

    name = forms.CharField(label=_("Whom it tells"), max_length=80)
    address = forms.CharField(
        label=_("Address"), max_length=500, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )
    place = forms.ModelChoiceField(label=_("Where it holds"), queryset=Place.objects.none())
    wants = forms.MultipleChoiceField(
        label=_("What it is told of"),
        choices=announcing.LABELS,
        widget=forms.CheckboxSelectMultiple,
        initial=["received", "closed"],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, actor)


def _dress(form: forms.Form, actor: Actor) -> None:
    """Offer the divisions that the actor configures, and give every field its look."""
    own = Place.objects.filter(actor.places("system.configure", prefix=""), type="division")
    form.fields["place"].queryset = own.order_by("path")  # type: ignore[attr-defined]
    for name, field in form.fields.items():
        look = "form-check-input" if isinstance(field, forms.MultipleChoiceField) else "form-control"
        field.widget.attrs["class"] = "form-select" if name == "place" else look
