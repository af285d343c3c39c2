"""What people fill in about the shop: agreements, goods, prices, stock papers, the counter, payments."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.forms import StyledForm, choose
from linli.organizations.models import Organization
from linli.shop.models import RewardItem
from linli.shop.operations.goods import MOST_MONTH, About, Price
from linli.shop.operations.redemptions import Wish
from linli.shop.operations.shops import Agreement
from linli.shop.operations.steps import LONGEST, LONGEST_LINE, LONGEST_REASON, MOST
from linli.shop.workflow import KINDS
from linli.territory.models import Place


class Day(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AgreementForm(StyledForm):
    """A shop and the agreement with whoever runs it."""

    place = forms.ChoiceField(label=_("place"))
    kind = forms.ChoiceField(label=pgettext_lazy("shop", "kind of shop"), choices=KINDS)
    name = forms.CharField(label=pgettext_lazy("shop", "name of the shop"), max_length=LONGEST)
    address = forms.CharField(label=_("address"), max_length=LONGEST_LINE)
    hours = forms.CharField(label=_("opening hours"), max_length=LONGEST_LINE)
    organization = forms.ChoiceField(label=_("run by which body"), required=False)
    settles = forms.BooleanField(label=_("This body is paid every month for what it handed over"), required=False)
    since = forms.DateField(label=_("agreement from"), widget=Day)
    until = forms.DateField(label=_("agreement to"), widget=Day, required=False)
    contact = forms.CharField(label=_("who to ask for"), max_length=40, required=False)
    phone = forms.CharField(label=_("phone for the staff of the place"), max_length=30, required=False)

    def __init__(
        self, *args: Any, places: Iterable[Place], bodies: Iterable[Organization], fixed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(item.pk, item.name) for item in places])
        choose(self, "organization", [("", _("the place itself")), *[(item.pk, item.name) for item in bodies]])
        if fixed:
            del self.fields["place"]

    def agreement(self) -> Agreement:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        data.pop("place", None)
        body = data.pop("organization")
        return Agreement(organization_id=int(body) if body else None, **data)


class AboutForm(StyledForm):
    """What goods are called, how many a person may have, when they run low."""

    name = forms.CharField(label=pgettext_lazy("shop", "goods"), max_length=LONGEST)
    unit = forms.CharField(label=_("counted in"), max_length=12, required=False)
    month_limit = forms.IntegerField(
        label=_("at most for each member a month"), min_value=1, max_value=MOST_MONTH, required=False
    )
    low = forms.IntegerField(label=_("tell me when so few are left"), min_value=0, max_value=MOST, initial=5)

    def about(self) -> About:
        """What the operation is called with."""
        data = self.cleaned_data
        return About(data["name"], data["unit"], data["month_limit"], data["low"])


class PriceForm(StyledForm):
    """A price from a day on."""

    points = forms.IntegerField(label=pgettext_lazy("shop", "points each"), min_value=1, max_value=MOST)
    value = forms.DecimalField(label=_("value in yuan each"), min_value=0, max_digits=9, decimal_places=2)
    since = forms.DateField(label=_("from"), widget=Day)

    def price(self) -> Price:
        """What the operation is called with."""
        return Price(self.cleaned_data["points"], self.cleaned_data["value"])


class ItemForm(AboutForm):
    """New goods with their price."""

    points = forms.IntegerField(label=pgettext_lazy("shop", "points each"), min_value=1, max_value=MOST)
    value = forms.DecimalField(label=_("value in yuan each"), min_value=0, max_digits=9, decimal_places=2)

    def price(self) -> Price:
        """What the operation is called with."""
        return Price(self.cleaned_data["points"], self.cleaned_data["value"])


class PaperForm(StyledForm):
    """A stock paper: its number, day, and pieces for each of the goods; what stays empty is not in it."""

    number = forms.CharField(label=_("number of the document"), max_length=40)
    day = forms.DateField(label=_("day"), widget=Day)
    note = forms.CharField(label=_("note"), max_length=LONGEST_REASON, required=False)

    def __init__(self, *args: Any, items: Iterable[RewardItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            label = f"{item.name}{f'（{item.unit}）' if item.unit else ''}"
            attrs = {"class": "form-control", "inputmode": "numeric"}
            self.fields[f"item_{item.pk}"] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=MOST,
                required=False,
                help_text=_("%(pieces)s in the books") % {"pieces": item.stock.balance},
                widget=forms.NumberInput(attrs=attrs),
            )

    def pieces(self) -> dict[int, int]:
        """The pieces by goods."""
        told = {name: value for name, value in self.cleaned_data.items() if name.startswith("item_")}
        return {int(name.removeprefix("item_")): value for name, value in told.items() if value is not None}


class BehalfForm(StyledForm):
    """A redemption at the counter for a member who has no phone with them."""

    number = forms.CharField(label=_("member number"), max_length=40)
    item = forms.ChoiceField(label=pgettext_lazy("shop", "goods"))
    quantity = forms.IntegerField(label=_("how many"), min_value=1, max_value=MOST, initial=1)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, items: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "item", items)

    def wish(self) -> Wish:
        """What the operation is called with."""
        data = self.cleaned_data
        return Wish(int(data["item"]), data["quantity"], data["key"])


class ReserveForm(StyledForm):
    """How many a member reserves."""

    quantity = forms.IntegerField(label=_("how many"), min_value=1, max_value=MOST)
    key = forms.CharField(max_length=40, required=False)


class PayForm(StyledForm):
    """When and under which voucher a settlement was paid."""

    on = forms.DateField(label=_("paid on"), widget=Day)
    voucher = forms.CharField(label=_("number of the voucher"), max_length=LONGEST)


class MonthForm(StyledForm):
    """The month that is settled."""

    month = forms.DateField(label=_("month"), input_formats=["%Y-%m"])
