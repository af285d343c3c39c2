"""What people fill in to book: how much, when, for whom and what for."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.bookings.operations.bookings import LONGEST, Wish
from linli.bookings.queries import OfferPage
from linli.core import clock
from linli.core.forms import StyledForm, choose

DAY: Final = forms.DateInput(attrs={"type": "date"})
TIME: Final = forms.TimeInput(attrs={"type": "time"})
MINUTE: Final = timedelta(minutes=1)


class WishForm(StyledForm):
    """A wish for something that is shared. What is used up is wanted by the end of a day."""

    wanted_for = forms.ChoiceField(label=pgettext_lazy("booking", "For whom"))
    amount = forms.DecimalField(label=pgettext_lazy("booking", "How much"), max_digits=12, decimal_places=2, initial=1)
    on = forms.DateField(label=pgettext_lazy("booking", "Day"), widget=DAY)
    starts = forms.TimeField(label=pgettext_lazy("booking", "From"), widget=TIME)
    ends = forms.TimeField(label=pgettext_lazy("booking", "Until"), widget=TIME)
    last = forms.DateField(
        label=pgettext_lazy("booking", "Last day"),
        help_text=_("Only where it is wanted for several days on end."),
        widget=DAY,
        required=False,
    )
    purpose = forms.CharField(label=pgettext_lazy("booking", "What for"), max_length=LONGEST)

    def __init__(self, *args: Any, page: OfferPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        places = [(f"place-{place.pk}", place.name) for place in page.places]
        bodies = [(f"body-{body.pk}", body.name) for body in page.bodies]
        choose(self, "wanted_for", [*places, *bodies])
        if page.offer.lending == "used":
            for name in ("starts", "ends", "last"):
                del self.fields[name]
        elif page.offer.amount == 1:
            self.fields["amount"].widget = forms.HiddenInput()

    def wish(self) -> Wish:
        """What the operation is called with."""
        data = self.cleaned_data
        kind, _dash, pk = data["wanted_for"].partition("-")
        starts, ends = self._span()
        by = {"place_id" if kind == "place" else "organization_id": int(pk)}
        return Wish(self.page.offer.pk, data["amount"], starts, ends, data["purpose"], **by)

    def _span(self) -> tuple[datetime, datetime]:
        data = self.cleaned_data
        if "starts" not in data:
            ends = clock.day_end(data["on"])
            return ends - MINUTE, ends
        last = data["last"] or data["on"]
        return (
            datetime.combine(data["on"], data["starts"], clock.SHANGHAI),
            datetime.combine(last, data["ends"], clock.SHANGHAI),
        )
