"""The form of a survey."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accountability.models import SatisfactionSurvey
from linli.accountability.operations.surveys import LARGEST, LONGEST, Counted
from linli.accountability.policies.surveys import survey_places
from linli.core.actors import Actor
from linli.territory.models import Place

PLACES: Final = 2000


class SurveyForm(forms.Form):
    """What a survey of satisfaction came to: totals, no names."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Name"), max_length=LONGEST)
    place = forms.ChoiceField(label=_("Place"))
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    asked = forms.IntegerField(label=_("How many were asked"), min_value=0, max_value=LARGEST)
    answered = forms.IntegerField(label=_("How many answered"), min_value=0, max_value=LARGEST)
    satisfied = forms.IntegerField(label=_("How many of them are satisfied"), min_value=0, max_value=LARGEST)
    source = forms.CharField(label=_("Who asked"), max_length=LONGEST, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Place.objects.filter(survey_places(actor), until=None, placeholder=False).exclude(type="building")
        places = rows.select_related("parent").order_by("path")[:PLACES]
        choices = [
            (str(place.pk), f"{place.name} · {place.parent.name}" if place.parent else place.name) for place in places
        ]
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *choices]
        for name, item in self.fields.items():
            item.widget.attrs |= {"class": "form-select" if name == "place" else "form-control", "id": f"id_{name}"}

    @staticmethod
    def of(survey: SatisfactionSurvey) -> dict[str, Any]:
        """The values of a survey, to be put right."""
        names = ("version", "title", "asked", "answered", "satisfied", "source")
        plain = {name: getattr(survey, name) for name in names}
        return plain | {"place": str(survey.place_id), "on": survey.on.isoformat()}

    def counted(self) -> Counted:
        """What the operations are called with."""
        data = self.cleaned_data
        names = ("title", "on", "asked", "answered", "satisfied", "source")
        return Counted(place_id=int(data["place"]), **{name: data[name] for name in names})
