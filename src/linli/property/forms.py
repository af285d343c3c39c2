"""What people fill in: a contract with its compounds, its early end, how a compound is managed without one."""

from typing import Any, Final

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.actors import Actor
from linli.core.forms import StyledForm, choose, number_of
from linli.property.models import LABEL
from linli.property.operations.contracts import LONGEST, MOST, NUMBER, PHONE, Terms
from linli.property.operations.saying import Mode
from linli.property.queries import contracts as queries
from linli.property.workflow import MODELS, WITHOUT_CONTRACT

DAY: Final = {"type": "date"}


def _days() -> forms.DateInput:
    return forms.DateInput(attrs=dict(DAY))


class ContractForm(StyledForm):
    """A contract. Which compounds it covers is chosen from those that the actor keeps, each with its buildings."""

    model = forms.ChoiceField(label=pgettext_lazy("property", "Model of management"), choices=MODELS)
    company = forms.ChoiceField(label=pgettext_lazy("property", "Who manages"))
    number = forms.CharField(label=_("Contract number"), max_length=NUMBER, required=False)
    since = forms.DateField(label=_("From"), widget=_days())
    last = forms.DateField(
        label=_("Last day"), widget=_days(), required=False, help_text=_("Empty where no end is agreed.")
    )
    phone = forms.CharField(
        label=pgettext_lazy("property", "Phone of the office"),
        max_length=PHONE,
        required=False,
        help_text=_("That of the company's office, not of a person; residents see it."),
    )

    def __init__(self, *args: Any, actor: Actor, within: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = queries.managers(actor)
        choose(self, "company", [("", "—"), *((str(body.pk), body.name) for body in bodies)])
        places = queries.choosable(actor)
        if within:
            places = places.filter(path__contains=f"/{within}/")
        self.places = list(places[: queries.CHOICES])

    def rows(self) -> list[tuple[Any, bool, str]]:
        """The compounds to choose from, whether each is chosen, and its buildings as they are filled in."""
        chosen = set(self.data.getlist("compound")) if isinstance(self.data, MultiValueDict) else set()
        return [(place, str(place.pk) in chosen, self._written(place)) for place in self.places]

    def _written(self, place: Any) -> str:
        known = "" if place.buildings is None else str(place.buildings)
        return str(self.data.get(f"buildings-{place.pk}", known)) if self.is_bound else known

    def clean(self) -> dict[str, Any]:
        """The compounds that are chosen, with their buildings as numbers."""
        data = super().clean() or {}
        data["compounds"] = {}
        for place, chosen, written in self.rows():
            if not chosen:
                continue
            text = written.strip()
            number = number_of(text, 5)
            if text and (number is None or number > MOST):
                self.add_error(None, _("Write the buildings of a compound as a whole number, or nothing."))
            else:
                data["compounds"][place.pk] = number
        return data

    def terms(self) -> Terms:
        """What the operation is called with."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("model", "since", "last", "number", "phone", "compounds")}
        return Terms(company_id=int(data["company"]), **plain)


class EndForm(StyledForm):
    """The last day under a contract that ends early, and why."""

    on = forms.DateField(label=_("Last day"), widget=_days())
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST)


class ModeForm(StyledForm):
    """How a compound is managed without a contract, from a day on."""

    mode = forms.ChoiceField(label=pgettext_lazy("property", "Mode of management"), choices=WITHOUT_CONTRACT)
    since = forms.DateField(label=_("From"), widget=_days())
    unit = forms.CharField(
        label=pgettext_lazy("property", "By whom"),
        max_length=LABEL,
        required=False,
        help_text=_("The unit or body, where somebody manages it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": clock.today()}, **kwargs)

    def said(self) -> Mode:
        """What the operation is called with."""
        return Mode(**{name: self.cleaned_data[name] for name in ("mode", "since", "unit")})
