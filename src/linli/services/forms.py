"""What people fill in about services: an item, a request with its papers, a copy, times, an appointment."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.forms import StyledForm, choose
from linli.deliberation.forms.topics import Day
from linli.organizations.models import Organization
from linli.services.models import ServiceItem
from linli.services.operations.appointments import CAPACITY, WEEKS, WHERE, Times
from linli.services.operations.items import DAYS, LABEL, WORDS, Guide
from linli.services.operations.proxies import NAME
from linli.services.operations.requests import LONGEST_NAME, LONGEST_PHONE, Ask
from linli.services.sections import kind_names, section
from linli.services.workflow import AT_DESK
from linli.territory.models import Place

ANY: Final = ("", "–")
TIME: Final = forms.TimeInput(attrs={"type": "time"})
TEL: Final = {"inputmode": "tel", "autocomplete": "tel"}


class GuideForm(StyledForm):
    """A service item."""

    place = forms.ChoiceField(label=pgettext_lazy("service item", "It holds in"))
    label = forms.CharField(label=pgettext_lazy("service item", "Name"), max_length=LABEL)
    organization = forms.ChoiceField(
        label=_("Back office"), required=False, help_text=_("Who handles it. Empty: the desk that takes it in.")
    )
    office = forms.CharField(label=_("or the office in words"), max_length=WORDS["office"], required=False)
    conditions = forms.CharField(
        label=_("Who may ask"),
        max_length=WORDS["conditions"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    papers = forms.CharField(
        label=_("Papers that are needed"),
        max_length=WORDS["papers"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, with (original) or (copy) behind it where it matters."),
    )
    days = forms.IntegerField(label=_("working days"), min_value=1, max_value=DAYS, required=False)
    fee = forms.CharField(label=_("What it costs"), max_length=WORDS["fee"], required=False)
    where = forms.CharField(label=pgettext_lazy("service item", "Where"), max_length=WORDS["where"], required=False)
    basis = forms.CharField(label=_("Legal basis"), max_length=WORDS["basis"], required=False)
    by_proxy = forms.BooleanField(label=_("An agent may act for the resident"), required=False)
    since = forms.DateField(label=_("first day"), widget=Day, required=False)
    until = forms.DateField(label=_("last day"), widget=Day, required=False)

    def __init__(self, *args: Any, places: Iterable[Place], bodies: Iterable[Organization] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(item.pk, item.name) for item in places])
        choose(self, "organization", [ANY, *((item.pk, item.name) for item in bodies)])

    def guide(self) -> Guide:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        body = data.pop("organization")
        return Guide(place_id=int(data.pop("place")), organization_id=int(body) if body else None, **data)


def guide_of(row: ServiceItem) -> dict[str, Any]:
    """What the form of an item begins with."""
    held = {name: getattr(row, name) for name in (*WORDS, "label", "days", "by_proxy", "since", "until")}
    return {**held, "place": row.place_id, "organization": row.organization_id or ""}


class AskForm(StyledForm):
    """A request as somebody asks for it on the page: a name and a number to call, nothing else."""

    place = forms.ChoiceField(label=_("Your community"))
    name = forms.CharField(label=_("How shall we call you?"), max_length=LONGEST_NAME)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=LONGEST_PHONE,
        widget=forms.TextInput(attrs=TEL),
        help_text=_("Encrypted, and deleted some time after the end. Only who works on it may look at it."),
    )
    proxy = forms.BooleanField(label=_("I let an agent of the community act for me in this one matter"), required=False)
    until = forms.DateField(
        label=_("until this day"),
        widget=Day,
        required=False,
        help_text=_("You can take it back on your page at any time. Copies of your papers are deleted afterwards."),
    )

    def __init__(self, *args: Any, item: ServiceItem, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        choose(self, "place", [(each.pk, each.name) for each in places])
        if item.by_proxy:
            self.fields["until"].initial = clock.today() + timedelta(days=section().proxy_days)
        else:
            del self.fields["proxy"], self.fields["until"]

    def clean(self) -> dict[str, Any]:
        """A proxy says until when."""
        data = super().clean() or {}
        if data.get("proxy") and not data.get("until"):
            self.add_error("until", _("Say until which day the agent may act for you."))
        return data

    def ask(self) -> Ask:
        """What the operation is called with."""
        data = self.cleaned_data
        until = data.get("until") if data.get("proxy") else None
        door = data.get("door", "online")
        seen = tuple(data.get("seen", ()))
        return Ask(int(data["place"]), self.item.pk, data["name"], data["phone"], door, seen, until)


class TakeForm(AskForm):
    """A request as the desk takes it in, with the papers that were shown."""

    door = forms.ChoiceField(label=pgettext_lazy("service request", "How was it asked for?"), choices=AT_DESK)
    seen = forms.MultipleChoiceField(
        label=_("Papers that were shown"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("place", "door", "seen", "name", "phone", "proxy", "until")

    def __init__(self, *args: Any, item: ServiceItem, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, item=item, places=places, **kwargs)
        choose(self, "seen", [(paper.name, f"{paper.name}（{paper.form_named}）") for paper in item.needed])
        if not item.needed:
            del self.fields["seen"]
        self.fields["place"].label = _("Desk")
        self.fields["name"].label = _("Person's name")
        self.fields["phone"].required = False
        self.fields["phone"].help_text = _("Encrypted. At the window or at home it may be left out.")
        if "proxy" in self.fields:
            self.fields["proxy"].label = _("The person signed a paper that lets me act for them in this one matter")
            self.fields["until"].help_text = _("The papers may then follow; nobody else can act for them.")


class SeenForm(StyledForm):
    """The papers of a request that was asked for before."""

    seen = forms.MultipleChoiceField(
        label=_("Papers that were shown"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, item: ServiceItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "seen", [(paper.name, f"{paper.name}（{paper.form_named}）") for paper in item.needed])


class CopyForm(StyledForm):
    """A copy of a paper."""

    name = forms.CharField(label=_("Which paper it is"), max_length=NAME)
    content = forms.FileField(label=_("Picture or PDF"))


class TimesForm(StyledForm):
    """Times for appointments."""

    place = forms.ChoiceField(label=_("Community"))
    kind = forms.ChoiceField(label=pgettext_lazy("appointment", "what one comes for"))
    on = forms.DateField(label=_("Day"), widget=Day)
    starts = forms.TimeField(label=pgettext_lazy("appointment", "From"), widget=TIME)
    ends = forms.TimeField(label=pgettext_lazy("appointment", "Until"), widget=TIME)
    capacity = forms.IntegerField(label=_("how many can book"), min_value=1, max_value=CAPACITY)
    where = forms.CharField(label=pgettext_lazy("service item", "Where"), max_length=WHERE, required=False)
    weeks = forms.IntegerField(label=_("In how many weeks on end"), min_value=1, max_value=WEEKS, initial=1)

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(item.pk, item.name) for item in places])
        choose(self, "kind", kind_names().items())

    def times(self) -> Times:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        return Times(place_id=int(data.pop("place")), **data)


class CountForm(StyledForm):
    """How many came."""

    came = forms.IntegerField(label=_("how many came"), min_value=0, max_value=CAPACITY)


class BookForm(StyledForm):
    """An appointment: a name and a number to call."""

    name = forms.CharField(label=_("How shall we call you?"), max_length=LONGEST_NAME)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=LONGEST_PHONE,
        widget=forms.TextInput(attrs=TEL),
        help_text=_("Encrypted, and deleted some time after the day. Nobody asks what you come for."),
    )
