"""The form of circles: a file of streets. It parses; the operation decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.circles.operations.networks import Brought
from linli.core import clock
from linli.core.forms import StyledForm, choose
from linli.territory.geometry.crs import NAMES
from linli.territory.models import Place


class StreetsForm(StyledForm):
    """A file of streets, of which place, from where and as of when."""

    place = forms.TypedChoiceField(label=_("Place"), coerce=int)
    file = forms.FileField(label=_("File"), help_text=_("GeoJSON with lines, or an extract of OpenStreetMap as .osm"))
    source = forms.CharField(label=pgettext_lazy("circle", "Where they come from"), max_length=200)
    day = forms.DateField(
        label=pgettext_lazy("circle", "As of which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    system = forms.ChoiceField(
        label=_("Coordinates"),
        required=False,
        choices=[("", pgettext_lazy("circle", "as the file says, else WGS84")), *NAMES.items()],
    )

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": clock.today()}, **kwargs)
        choose(self, "place", [(place.pk, place.name) for place in places])

    def brought(self) -> Brought:
        """What was handed in."""
        given, file = self.cleaned_data, self.cleaned_data["file"]
        return Brought(file.name, file.read(), given["source"], given["day"], given["system"])
