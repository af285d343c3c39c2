"""What people fill in about accounts: opening one, income or spending with a photo of its receipt, a count."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.forms import StyledForm, choose
from linli.deliberation import funds_section
from linli.deliberation.forms.topics import Day
from linli.deliberation.operations.fund_counts import LONGEST_NOTE, Counted
from linli.deliberation.operations.funds import LONGEST, LONGEST_NAME, LONGEST_PARTY, Booking, Opening
from linli.deliberation.workflow.funds import DIRECTIONS, PURPOSES
from linli.organizations.models import Organization
from linli.territory.models import Place


class OpeningForm(StyledForm):
    """An account as it begins."""

    place = forms.ChoiceField(label=_("Place"))
    organization = forms.ChoiceField(label=_("body that keeps it"))
    name = forms.CharField(label=_("name of the account"), max_length=LONGEST_NAME)
    opens_on = forms.TypedChoiceField(label=_("kept here from"), coerce=date.fromisoformat)
    opening = forms.DecimalField(label=_("what is there at the start, in yuan"), min_value=0, initial=0)

    def __init__(
        self, *args: Any, places: Iterable[Place], bodies: Iterable[Organization], starts: Iterable[date], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(str(place.pk), place.name) for place in places])
        choose(self, "organization", [(str(body.pk), body.name) for body in bodies])
        choose(self, "opens_on", [(day.isoformat(), day.isoformat()) for day in starts])

    def sketch(self) -> Opening:
        """What the operation is called with."""
        data = self.cleaned_data
        return Opening(
            int(data["place"]),
            int(data["organization"]),
            data["name"],
            data["opens_on"],
            data["opening"],
        )


class BookingForm(StyledForm):
    """Income or spending; the kind says which of the two it is."""

    kind = forms.ChoiceField(label=pgettext_lazy("fund", "kind"))
    amount = forms.DecimalField(label=_("sum in yuan"), decimal_places=2, max_digits=14)
    day = forms.DateField(label=_("day"), widget=Day)
    purpose = forms.CharField(label=_("for what"), max_length=LONGEST)
    party = forms.CharField(
        label=_("from or to which body"),
        max_length=LONGEST_PARTY,
        required=False,
        help_text=_("Its full name. Persons are not named: leave it empty for residents."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nothing is chosen at first: spending must not go under a kind of income by a slip.
        grouped: list[tuple[Any, Any]] = [("", "–")]
        grouped += [
            (label, [(kind.code, kind.named) for kind in funds_section.kinds().values() if kind.direction == direction])
            for direction, label in DIRECTIONS
        ]
        choose(self, "kind", grouped)

    def booking(self) -> Booking:
        """What the operation is called with."""
        data = self.cleaned_data
        return Booking(data["day"], data["kind"], data["amount"], data["purpose"], data["party"])


class CountForm(StyledForm):
    """What was counted of an account, and what for."""

    purpose = forms.ChoiceField(label=_("What it is counted for"), choices=PURPOSES)
    organization = forms.ChoiceField(label=_("body that takes it over"), required=False)
    counted = forms.DecimalField(label=_("what was counted, in yuan"), decimal_places=2, max_digits=14, min_value=0)
    note = forms.CharField(
        label=_("where a difference comes from"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("Only where the sum is not that of the books."),
    )

    def __init__(self, *args: Any, bodies: Iterable[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "organization", [("", "–"), *((str(body.pk), body.name) for body in bodies)])

    def counted_of(self) -> Counted:
        """What the operation is called with."""
        data = self.cleaned_data
        body = int(data["organization"]) if data["organization"] else None
        return Counted(data["purpose"], data["counted"], body, data["note"])
