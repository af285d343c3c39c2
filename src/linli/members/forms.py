"""What people fill in: a registration of a member or a unit, a turn-out, a household's answer, an area or post."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.forms import StyledForm, choose
from linli.members.models import CRITERIA, FIRST_YEAR, LAST_YEAR, MEETING, NAME, NUMBER, TEXT, UNIT_NAME
from linli.members.operations.counting import MOST as MOST_COUNTED
from linli.members.operations.counting import Counted
from linli.members.operations.pairing import Answered
from linli.members.operations.posts import LONGEST_TITLE, Assigned
from linli.members.operations.registering import Joining
from linli.members.operations.rounds import MOST, Opening, Outcome
from linli.members.operations.turning_out import Told
from linli.members.sections import section, service_names
from linli.members.workflow import TYPES
from linli.organizations.models import Organization
from linli.territory.models import Place
from linli.volunteering.sections import skill_names

SEVERAL: Final = forms.CheckboxSelectMultiple


class Day(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def named(places: Iterable[Place]) -> list[tuple[Any, str]]:
    """Communities to choose from, each with its street."""
    return [(item.pk, f"{item.street.name} {item.name}" if item.street else item.name) for item in places]


class JoiningForm(StyledForm):
    """A member's registration. The identity number and the day of joining the Party are not asked for."""

    name = forms.CharField(label=pgettext_lazy("members", "name"), max_length=NAME)
    phone = forms.CharField(
        label=_("phone"), max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    place = forms.ChoiceField(label=pgettext_lazy("members", "community in which they live"))
    number = forms.CharField(label=pgettext_lazy("members", "number of the member"), max_length=NUMBER, required=False)
    organization = forms.ChoiceField(label=pgettext_lazy("members", "unit"), required=False)
    unit = forms.CharField(label=_("unit, where it is not in the list"), max_length=UNIT_NAME, required=False)
    skills = forms.MultipleChoiceField(label=pgettext_lazy("members", "skills offered"), widget=SEVERAL, required=False)
    consent = forms.BooleanField()

    def __init__(
        self,
        *args: Any,
        places: Iterable[Place],
        bodies: Iterable[Organization],
        on_paper: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [("", "—"), *named(places)])
        choose(self, "organization", [("", "—"), *((body.pk, body.name) for body in bodies)])
        choose(self, "skills", skill_names().items())
        here = _("I consent that the community keeps this and sees my turn-outs; my unit is told totals only")
        paper = _("The member consented, and knows that their unit is told totals only")
        self.fields["consent"].label = paper if on_paper else here

    def joining(self) -> Joining:
        """What the operation is called with."""
        data = {**self.cleaned_data}
        body = data.pop("organization")
        return Joining(place_id=int(data.pop("place")), organization_id=int(body) if body else None, **data)


class UnitForm(StyledForm):
    """A unit's registration with a community."""

    organization = forms.ChoiceField(label=pgettext_lazy("members", "unit"))
    place = forms.ChoiceField(label=pgettext_lazy("members", "community in which it stands"))
    offers = forms.CharField(label=pgettext_lazy("members", "what it offers"), max_length=TEXT, required=False)

    def __init__(self, *args: Any, places: Iterable[Place], bodies: Iterable[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "organization", [("", "—"), *((body.pk, body.name) for body in bodies)])
        choose(self, "place", [("", "—"), *named(places)])


class TurnOutForm(StyledForm):
    """A turn-out."""

    on = forms.DateField(label=pgettext_lazy("members", "day"), widget=Day)
    kind = forms.ChoiceField(label=pgettext_lazy("members", "what was done"))
    hours = forms.DecimalField(
        label=pgettext_lazy("members", "hours"), max_digits=5, decimal_places=2, min_value=0, required=False
    )
    note = forms.CharField(label=pgettext_lazy("members", "note"), max_length=TEXT, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": clock.today()}, **kwargs)
        choose(self, "kind", service_names().items())

    def told(self) -> Told:
        """What the operation is called with."""
        return Told(**self.cleaned_data)


class AnswerForm(StyledForm):
    """What a household answered."""

    consents = forms.ChoiceField(label=pgettext_lazy("members", "what the household answered"))
    household = forms.CharField(
        label=pgettext_lazy("members", "code of the household"),
        help_text=_("No name and no address. Only where it consented; of one that declined nothing is kept."),
        max_length=NUMBER,
        required=False,
    )
    on = forms.DateField(label=pgettext_lazy("members", "day"), widget=Day)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": clock.today()}, **kwargs)
        answers = [
            ("yes", pgettext_lazy("members", "it consented")),
            ("no", pgettext_lazy("members", "it was asked and declined")),
        ]
        choose(self, "consents", answers)

    def answered(self) -> Answered:
        """What the operation is called with."""
        data = self.cleaned_data
        return Answered(data["consents"] == "yes", data["on"], data["household"])


class ContactForm(AnswerForm):
    """What a household answered that was offered a fixed contact among those who work there."""

    place = forms.ChoiceField(label=pgettext_lazy("members", "community in which the household lives"))
    person = forms.ChoiceField(label=pgettext_lazy("members", "fixed contact"))
    field_order = ("place", "person", "consents", "household", "on")

    def __init__(self, *args: Any, places: Iterable[Place], people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(place.pk, place.name) for place in places])
        choose(self, "person", [("", "—"), *people])


class AssignedForm(StyledForm):
    """A responsibility area or a model post."""

    type = forms.ChoiceField(label=pgettext_lazy("members", "area or post"), choices=TYPES)
    title = forms.CharField(label=pgettext_lazy("members", "name of the area or post"), max_length=LONGEST_TITLE)
    name = forms.CharField(label=pgettext_lazy("members", "member"), max_length=NAME)
    place = forms.ChoiceField(label=_("place"))
    duties = forms.CharField(label=pgettext_lazy("members", "duties"), max_length=TEXT, required=False)
    since = forms.DateField(label=pgettext_lazy("members", "since"), widget=Day)
    until = forms.DateField(label=pgettext_lazy("members", "until"), widget=Day, required=False)

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": clock.today()}, **kwargs)
        choose(self, "place", [("", "—"), *named(places)])

    def assigned(self) -> Assigned:
        """What the operation is called with."""
        data = {**self.cleaned_data}
        return Assigned(place_id=int(data.pop("place")), **data)


class _OfPlaceForm(StyledForm):
    """What is written down of a place, or of one of its party organisations."""

    place = forms.ChoiceField(label=_("place"))
    organization = forms.ChoiceField(
        label=pgettext_lazy("members", "party organisation"),
        help_text=pgettext_lazy("members", "None, where it is for the whole place."),
        required=False,
    )

    def __init__(self, *args: Any, places: Iterable[Place], bodies: Iterable[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", named(places))
        choose(self, "organization", [("", "—"), *((body.pk, body.name) for body in bodies)])

    def of(self) -> dict[str, Any]:
        """Of what it is written down."""
        body = self.cleaned_data["organization"]
        return {"place_id": int(self.cleaned_data["place"]), "organization_id": int(body) if body else None}


class RoundForm(_OfPlaceForm):
    """A selection of new members; nobody is named in it."""

    year = forms.IntegerField(
        label=pgettext_lazy("membership round", "year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    quota = forms.IntegerField(label=pgettext_lazy("membership round", "quota"), min_value=1, max_value=MOST)
    criteria = forms.CharField(
        label=pgettext_lazy("membership round", "criteria"),
        help_text=_("For example: young and capable, highly educated. No names."),
        max_length=CRITERIA,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"year": clock.today().year}, **kwargs)

    def opening(self) -> Opening:
        """What the operation is called with."""
        data = self.cleaned_data
        return Opening(year=data["year"], quota=data["quota"], criteria=data["criteria"], **self.of())


class CountsForm(_OfPlaceForm):
    """How many members take part in which mode; a mode that is left empty is unknown."""

    on = forms.DateField(label=pgettext_lazy("participation", "as of"), widget=Day)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": clock.today()}, **kwargs)
        self.modes = {f"mode_{item.code}": item.code for item in section().modes if not item.retired}
        for item in section().modes:
            if not item.retired:
                self.fields[f"mode_{item.code}"] = forms.IntegerField(
                    label=item.named,
                    min_value=0,
                    max_value=MOST_COUNTED,
                    required=False,
                    widget=forms.NumberInput(attrs={"class": "form-control"}),
                )

    def counted(self) -> Counted:
        """What the operation is called with."""
        data = self.cleaned_data
        numbers = {code: data[name] for name, code in self.modes.items() if data[name] is not None}
        return Counted(on=data["on"], numbers=numbers, **self.of())


class OutcomeForm(StyledForm):
    """How a meeting decided, in numbers."""

    considered = forms.IntegerField(label=pgettext_lazy("membership round", "considered"), min_value=0, max_value=MOST)
    chosen = forms.IntegerField(label=pgettext_lazy("membership round", "chosen"), min_value=0, max_value=MOST)
    young = forms.IntegerField(
        label=pgettext_lazy("membership round", "young and capable among the chosen"), min_value=0, max_value=MOST
    )
    educated = forms.IntegerField(
        label=pgettext_lazy("membership round", "highly educated among the chosen"), min_value=0, max_value=MOST
    )
    on = forms.DateField(label=pgettext_lazy("membership round", "decided on"), widget=Day)
    by = forms.CharField(label=pgettext_lazy("membership round", "by which meeting"), max_length=MEETING)

    def outcome(self) -> Outcome:
        """What the operation is called with."""
        return Outcome(**self.cleaned_data)
