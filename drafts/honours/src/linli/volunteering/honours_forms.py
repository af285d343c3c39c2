"""What people fill in about honours."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.forms import StyledForm, choose
from linli.territory.models import Place
from linli.volunteering.honours_section import kind_names
from linli.volunteering.operations.honours import LONGEST, LONGEST_CONTACT, LONGEST_NAME, Nomination
from linli.volunteering.queries.honours import star_names

LONG: Final = forms.Textarea(attrs={"rows": 4})


class NominationForm(StyledForm):
    """Who is nominated for what."""

    place = forms.ChoiceField(label=_("Place"))
    kind = forms.ChoiceField(label=pgettext_lazy("honour", "kind of honour"))
    star = forms.ChoiceField(label=_("Star, for star volunteers"), required=False)
    volunteer = forms.CharField(label=_("Number of the volunteer, for a person"), max_length=40, required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)
    project = forms.ChoiceField(label=_("Project"), required=False)
    name = forms.CharField(label=_("Name, where none of these"), max_length=LONGEST_NAME, required=False)
    ground = forms.CharField(label=_("What they did"), max_length=LONGEST, widget=LONG)
    consented = forms.BooleanField(label=_("The person agrees that the full name is published"), required=False)

    def __init__(
        self,
        *args: Any,
        places: Iterable[Place],
        teams: Iterable[tuple[int, str]],
        projects: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(item.pk, item.name) for item in places])
        choose(self, "kind", kind_names().items())
        choose(self, "star", [("", "–"), *star_names().items()])
        choose(self, "team", [("", "–"), *teams])
        choose(self, "project", [("", "–"), *projects])

    def nomination(self) -> Nomination:
        """What the operation is called with."""
        data = self.cleaned_data
        return Nomination(
            kind=data["kind"],
            place_id=int(data["place"]),
            ground=data["ground"],
            name=data["name"],
            volunteer_number=data["volunteer"],
            organization_id=int(data["team"]) if data["team"] else None,
            project_id=int(data["project"]) if data["project"] else None,
            star=data["star"],
            consented=data["consented"],
        )


class ObjectionForm(StyledForm):
    """What somebody objects; how to reach them only if they wish."""

    text = forms.CharField(label=_("What speaks against it"), max_length=LONGEST, widget=LONG)
    contact = forms.CharField(
        label=_("Name and phone, if you wish an answer (optional)"), max_length=LONGEST_CONTACT, required=False
    )
