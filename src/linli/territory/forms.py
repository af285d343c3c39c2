"""Forms of the territory: filters, a new place, a change, an end, an upload. They parse; operations decide."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.forms import dress
from linli.territory.models import Place
from linli.territory.operations.communities import Part
from linli.territory.operations.places import Sketch


def _offer(form: forms.Form, levels: dict[str, str], kinds: dict[str, str]) -> None:
    """Levels and kinds by the place's own words; free text where it has none."""
    for name, words in (("level", levels), ("kind", kinds)):
        held = form.initial.get(name) or ""
        known = words if not held or held in words else {**words, held: held}
        if words:
            choices = [("", "—"), *known.items()]
            form.fields[name] = forms.ChoiceField(label=form.fields[name].label, required=False, choices=choices)


class PlaceForm(forms.Form):
    """A new place below another."""

    type = forms.ChoiceField(label=_("What it is"), choices=Place.Type.choices, initial=Place.Type.GRID)
    name = forms.CharField(label=_("Name"), max_length=120)
    code = forms.CharField(label=_("Code"), max_length=40, required=False)
    level = forms.CharField(label=_("Level"), max_length=24, required=False)
    kind = forms.CharField(label=_("Kind"), max_length=64, required=False)
    households = forms.IntegerField(label=_("Households"), min_value=0, required=False)
    residents = forms.IntegerField(label=_("Residents"), min_value=0, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    since = forms.DateField(
        label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, levels: dict[str, str], kinds: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, levels, kinds)
        dress(self)

    def sketch(self) -> Sketch:
        """What was entered."""
        return Sketch(**self.cleaned_data)


class ChangeForm(forms.Form):
    """Changes of a place, made from the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=120)
    level = forms.CharField(label=_("Level"), max_length=24, required=False)
    kind = forms.CharField(label=_("Kind"), max_length=64, required=False)
    households = forms.IntegerField(label=_("Households"), min_value=0, required=False)
    residents = forms.IntegerField(label=_("Residents"), min_value=0, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    on = forms.DateField(label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: Any, *, place: Place, levels: dict[str, str], kinds: dict[str, str]) -> None:
        names = ("version", "name", "level", "kind", "households", "residents", "address")
        super().__init__(data, initial={**{name: getattr(place, name) for name in names}, "on": clock.today()})
        _offer(self, levels, kinds)
        dress(self)

    def values(self) -> tuple[int, date, dict[str, Any]]:
        """The version, the day and the changed values."""
        values = dict(self.cleaned_data)
        return values.pop("version"), values.pop("on"), values


class EndForm(forms.Form):
    """The end of a place, with its successor's code where it has one."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.DateField(label=_("Ends on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    successor = forms.CharField(label=_("Code of the place that succeeds it"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class MergeForm(forms.Form):
    """Which neighbours merge into a place, and from which day."""

    places = forms.TypedMultipleChoiceField(
        label=_("These merge into it"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    on = _day(_("In force from"))

    def __init__(self, *args: Any, near: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", clock.today())
        dress(self)
        field = self.fields["places"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(place.pk, f"{place.name} {place.code}") for place in near]


class SplitForm(forms.Form):
    """Two new communities in place of one, and to which of them each grid and compound goes."""

    first_name = forms.CharField(label=_("Name of the first community"), max_length=120)
    first_code = forms.CharField(label=_("Code of the first community"), max_length=12)
    second_name = forms.CharField(label=_("Name of the second community"), max_length=120)
    second_code = forms.CharField(label=_("Code of the second community"), max_length=12)
    on = _day(_("In force from"))

    def __init__(self, *args: Any, children: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", clock.today())
        self.children = children
        sides = [("first", _("to the first")), ("second", _("to the second"))]
        for child in children:
            label = f"{child.get_type_display()} {child.name}"
            self.fields[f"child_{child.pk}"] = forms.ChoiceField(label=label, choices=sides)
        dress(self)

    def parts(self) -> list[Part]:
        """What the operation is called with."""
        data = self.cleaned_data
        return [
            Part(
                Sketch("division", data[f"{side}_name"], data[f"{side}_code"], "community"),
                tuple(child.pk for child in self.children if data[f"child_{child.pk}"] == side),
            )
            for side in ("first", "second")
        ]


class HubForm(forms.Form):
    """A community that a hub serves from a day on."""

    served = forms.ChoiceField(label=_("Serves"))
    since = forms.DateField(label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, near: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["served"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(place.pk, place.name) for place in near]
        dress(self)


class BoundaryForm(forms.Form):
    """A file of boundaries, and the day from which they hold."""

    file = forms.FileField(label=_("GeoJSON file"))
    as_of = forms.DateField(label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
