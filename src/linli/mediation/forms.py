"""What people fill in about mediations: the dispute and its parties, sessions, the agreement with its items."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.forms import StyledForm, choose
from linli.deliberation.forms.topics import Day
from linli.mediation.operations.agreements import LONGEST_ACT, MOST_ITEMS, Promise, Terms
from linli.mediation.operations.mediations import LONGEST_NAME, LONGEST_PHONE, Asking, Who
from linli.mediation.operations.steps import LONGEST
from linli.mediation.sections import kind_names, studio_names
from linli.mediation.workflow import FORMS, SOURCES
from linli.territory.models import Facility, Place

# So many rows for items stand open; the rest is folded.
OPEN_ROWS: Final = 4
LONG: Final = forms.Textarea(attrs={"rows": 4})


class AskingForm(StyledForm):
    """A dispute with two parties, or a third and fourth."""

    place = forms.ChoiceField(label=_("Committee of"))
    kind = forms.ChoiceField(label=pgettext_lazy("mediation", "kind of dispute"))
    studio = forms.ChoiceField(label=pgettext_lazy("mediation", "studio"), required=False)
    source = forms.ChoiceField(label=_("source"), choices=SOURCES)
    facts = forms.CharField(label=_("What the dispute is about"), max_length=LONGEST, widget=LONG)
    name_1 = forms.CharField(label=_("Name of the party that asks"), max_length=LONGEST_NAME)
    phone_1 = forms.CharField(label=_("Its phone"), max_length=LONGEST_PHONE, required=False)
    name_2 = forms.CharField(label=_("Name of the other party"), max_length=LONGEST_NAME)
    phone_2 = forms.CharField(label=_("Its phone"), max_length=LONGEST_PHONE, required=False)
    name_3 = forms.CharField(label=_("Name of a third party, if there is one"), max_length=LONGEST_NAME, required=False)
    phone_3 = forms.CharField(label=_("Its phone"), max_length=LONGEST_PHONE, required=False)

    def __init__(self, *args: Any, places: Iterable[Place], from_case: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(item.pk, item.name) for item in places])
        choose(self, "kind", kind_names().items())
        studios = studio_names()
        if studios:
            choose(self, "studio", [("", _("the committee itself")), *studios.items()])
        else:
            del self.fields["studio"]
        if from_case:
            del self.fields["source"]

    def asking(self, case_id: int | None, user_id: int | None) -> Asking:
        """What the operation is called with."""
        data = self.cleaned_data
        named = [(data[f"name_{at}"], data[f"phone_{at}"], user_id if at == 1 else None) for at in (1, 2, 3)]
        parties = [Who(*each) for each in named if each[0]]
        source, studio = data.get("source") or "case", data.get("studio") or ""
        return Asking(int(data["place"]), data["kind"], data["facts"], parties, source, studio, case_id)


class SessionForm(StyledForm):
    """When and where a session is held: in a studio, or where it is written."""

    on = forms.DateField(label=_("day"), widget=Day)
    starts = forms.TimeField(label=_("hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    studio = forms.TypedChoiceField(
        label=pgettext_lazy("mediation", "studio"), coerce=int, empty_value=None, required=False
    )
    venue = forms.CharField(label=pgettext_lazy("mediation", "where"), max_length=80, required=False)

    def __init__(self, *args: Any, studios: Iterable[Facility], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(item.pk, item.name) for item in studios]
        choose(self, "studio", [("", _("elsewhere, as written below")), *known])
        if not known:
            del self.fields["studio"]

    def clean(self) -> dict[str, Any]:
        """One of both says where."""
        data = super().clean() or {}
        if not data.get("studio") and not data.get("venue"):
            self.add_error("venue", _("Choose a studio, or write where it is."))
        return data


class TermsForm(StyledForm):
    """What was agreed, without its items."""

    form = forms.ChoiceField(label=pgettext_lazy("mediation", "form"), choices=FORMS)
    reached_on = forms.DateField(label=_("reached on"), widget=Day)
    liability = forms.CharField(
        label=_("Facts, points of dispute, and who is liable for what"), max_length=LONGEST, widget=LONG
    )
    content = forms.CharField(label=_("What they agreed"), max_length=LONGEST, widget=LONG)

    def terms(self, promises: list[Promise]) -> Terms:
        """What the operation is called with."""
        data = self.cleaned_data
        return Terms(data["form"], data["reached_on"], data["liability"], data["content"], promises)


class ItemForm(StyledForm):
    """One item: who owes what by when. Left empty, it is none."""

    party = forms.ChoiceField(label=_("Who owes it"), required=False)
    amount = forms.DecimalField(label=_("sum in yuan"), required=False, max_digits=13, decimal_places=2)
    act = forms.CharField(label=_("or something to do"), max_length=LONGEST_ACT, required=False)
    due = forms.DateField(label=_("due by"), widget=Day, required=False)

    def __init__(self, *args: Any, parties: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "party", parties)

    @property
    def begun(self) -> bool:
        """Whether something was filled in."""
        return any(self[name].value() for name in ("amount", "act", "due"))

    def clean(self) -> dict[str, Any]:
        """An item has a day; a day has an item."""
        data: dict[str, Any] = super().clean() or {}
        filled = data.get("amount") is not None or bool(data.get("act"))
        if filled != bool(data.get("due")):
            raise forms.ValidationError(_("An item is a sum or something to do, and the day by which it is due."))
        if filled and not data.get("party"):
            raise forms.ValidationError(_("Choose the party that owes it."))
        return data

    def promise(self) -> Promise | None:
        """The item; None where it was left empty."""
        data = self.cleaned_data
        if not data.get("due"):
            return None
        return Promise(int(data["party"]), data["due"], data["amount"], data["act"])


def item_forms(data: Any, parties: Iterable[tuple[int, str]]) -> list[ItemForm]:
    """The rows for as many items as an agreement may have, most of which stay empty."""
    chosen = list(parties)
    return [ItemForm(data, prefix=f"i{at}", parties=chosen) for at in range(MOST_ITEMS)]


class MediatorsForm(StyledForm):
    """Who mediates."""

    mediators = forms.MultipleChoiceField(label=_("Mediators"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, posts: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "mediators", posts)


class DayForm(StyledForm):
    """A day on which something was done."""

    on = forms.DateField(label=_("day"), widget=Day)


class HeldForm(DayForm):
    """A session that was held: who came, and shortly what was said."""

    came = forms.MultipleChoiceField(label=_("Parties that came"), widget=forms.CheckboxSelectMultiple)
    record = forms.CharField(label=_("Short record"), max_length=LONGEST, widget=LONG)

    def __init__(self, *args: Any, parties: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "came", parties)


def today() -> dict[str, Any]:
    """The day a form begins with."""
    return {"on": clock.today()}
