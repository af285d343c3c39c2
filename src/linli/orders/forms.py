"""What people fill in about services: an item of the menu, an order, what was done."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.forms import StyledForm, choose
from linli.deliberation.forms.topics import Day
from linli.orders.models import ServiceMenuItem
from linli.orders.operations.asking import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_PHONE, Wish
from linli.orders.operations.menu import LABEL, MOST, NEEDS, PROVIDER, TEXT, Dish
from linli.orders.operations.steps import LONGEST
from linli.orders.sections import category_names, section
from linli.orders.workflow import DOORS, ON_BEHALF, PERIODS
from linli.organizations.models import Organization
from linli.territory.models import Place
from linli.volunteering.workflow import TIMES

ANY: Final = ("", "–")


class DishForm(StyledForm):
    """An item of the menu."""

    place = forms.ChoiceField(label=_("Community"))
    label = forms.CharField(label=_("name of the service"), max_length=LABEL)
    category = forms.ChoiceField(label=pgettext_lazy("service order", "category of service"))
    text = forms.CharField(label=_("what it is"), max_length=TEXT, required=False)
    organization = forms.ChoiceField(label=_("provided by"), required=False)
    provider = forms.CharField(label=_("or provided by, in words"), max_length=PROVIDER, required=False)
    needs = forms.CharField(label=_("what must be there"), max_length=NEEDS, required=False)
    minutes = forms.IntegerField(label=_("minutes it takes"), min_value=1, max_value=MOST, required=False)
    capacity = forms.IntegerField(
        label=_("how many"),
        min_value=1,
        max_value=MOST,
        required=False,
        help_text=_("Empty: as many as are asked for."),
    )
    per = forms.ChoiceField(label=_("a day or a week"), choices=PERIODS)
    since = forms.DateField(label=_("first day"), widget=Day, required=False)
    until = forms.DateField(label=_("last day"), widget=Day, required=False)
    for_credit = forms.BooleanField(label=_("It is asked for with time that one gave."), required=False)

    def __init__(self, *args: Any, places: Iterable[Place], bodies: Iterable[Organization] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(item.pk, item.name) for item in places])
        choose(self, "category", category_names().items())
        choose(self, "organization", [ANY, *((item.pk, item.name) for item in bodies)])
        if not section().service_for_service:
            del self.fields["for_credit"]

    def dish(self) -> Dish:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        body = data.pop("organization")
        return Dish(place_id=int(data.pop("place")), organization_id=int(body) if body else None, **data)


def dish_of(row: ServiceMenuItem) -> dict[str, Any]:
    """What the form of an item begins with."""
    names = ("label", "category", "text", "provider", "needs", "minutes", "capacity", "per", "since", "until")
    held = {name: getattr(row, name) for name in (*names, "for_credit")}
    return {**held, "place": row.place_id, "organization": row.organization_id or ""}


class WishForm(StyledForm):
    """An order, as a resident asks for it."""

    place = forms.ChoiceField(label=_("Where you need it"))
    category = forms.ChoiceField(label=_("What kind of help is it?"))
    text = forms.CharField(label=_("What do you need?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    wanted_on = forms.DateField(label=_("On which day?"), widget=Day, required=False)
    wanted_time = forms.ChoiceField(label=_("When does it suit you?"), choices=[ANY, *TIMES], required=False)
    suits = forms.CharField(label=_("More about when it suits"), max_length=LONGEST_ADDRESS, required=False)
    name = forms.CharField(label=_("How shall we call you?"), max_length=LONGEST_NAME)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=LONGEST_PHONE,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("Encrypted. Only who accepts your order sees it, and only until it is done."),
    )
    address = forms.CharField(label=_("Address, in words"), max_length=LONGEST_ADDRESS, required=False)

    def __init__(self, *args: Any, places: Iterable[Place], item: ServiceMenuItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(each.pk, each.name) for each in places])
        choose(self, "category", category_names().items())
        self.ordered = item
        if item is not None:
            del self.fields["category"]
            self.fields["text"].required = False
            self.fields["text"].label = _("Anything they should know?")

    def wish(self) -> Wish:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        return Wish(place_id=int(data.pop("place")), item_id=self.ordered.pk if self.ordered else None, **data)


class OnBehalfForm(WishForm):
    """An order that the desk writes down for somebody."""

    door = forms.ChoiceField(label=_("How was it asked for?"), choices=[pair for pair in DOORS if pair[0] in ON_BEHALF])
    item = forms.ChoiceField(label=_("From the menu"), required=False)
    field_order = ("place", "door", "item", "category", "text", "wanted_on", "wanted_time", "suits", "name", "phone")

    def __init__(
        self, *args: Any, places: Iterable[Place], items: Iterable[ServiceMenuItem] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, places=places, **kwargs)
        choose(self, "item", [("", _("a wish of their own")), *((each.pk, str(each)) for each in items)])
        self.fields["text"].required = False
        self.fields["place"].label = _("Where it is needed")
        for name, label in (
            ("wanted_time", _("When does it suit them?")),
            ("name", _("Name")),
            ("text", _("What do they need?")),
        ):
            self.fields[name].label = label

    def wish(self) -> Wish:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        item = data.pop("item")
        return Wish(place_id=int(data.pop("place")), item_id=int(item) if item else None, **data)


class MinutesForm(StyledForm):
    """How long it took."""

    minutes = forms.IntegerField(label=_("Minutes served"), min_value=1, max_value=24 * 60)


class PeriodForm(StyledForm):
    """From when to when."""

    first = forms.DateField(label=_("from"), widget=Day)
    last = forms.DateField(label=_("to"), widget=Day)
