"""Forms of safety: patrols to come and what came of one, a round, a hazard of a patrol, an event and its posts."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cases.sections import category_choices
from linli.core import clock
from linli.core.actors import Actor
from linli.core.forms import StyledForm, choose
from linli.safety import queries
from linli.safety.models import LONGEST
from linli.safety.operations import events, patrols, rounds
from linli.safety.operations.hazards import Found
from linli.safety.sections import section
from linli.safety.workflow import FORCES

CHOOSE: Final = ("", "—")


def _days() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _hours() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class _Placed(StyledForm):
    """A form for one of the places that the actor keeps."""

    place = forms.ChoiceField(label=_("Place"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = queries.places(actor)
        choose(self, "place", [(str(place.pk), place.name) for place in self.places])


class RosterForm(_Placed):
    """Patrols to come."""

    title = _("Plan patrols")
    stops = forms.MultipleChoiceField(
        label=pgettext_lazy("safety", "Compounds of the route"), widget=forms.CheckboxSelectMultiple
    )
    on = forms.DateField(label=_("Day"), widget=_days())
    starts = forms.TimeField(label=pgettext_lazy("safety", "From"), widget=_hours(), initial="19:00")
    ends = forms.TimeField(label=pgettext_lazy("safety", "Until"), widget=_hours(), initial="20:30")
    weeks = forms.IntegerField(
        label=pgettext_lazy("safety", "For how many weeks"), min_value=1, max_value=patrols.MOST_WEEKS, initial=1
    )
    lead = forms.ChoiceField(label=pgettext_lazy("safety", "Led by"), required=False)
    team = forms.ChoiceField(label=pgettext_lazy("safety", "Team"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        compounds = queries.compounds(actor)
        several = len({place.community_id for place in compounds}) > 1
        named = [
            (str(row.pk), f"{row.community.name} · {row.name}" if several and row.community else row.name)
            for row in compounds
        ]
        choose(self, "stops", named)
        leads = [
            (str(post.pk), f"{post.place.name} · {post.person}" if several else f"{post.person}")
            for post in patrols.leads_of(*self.places)
        ]
        choose(self, "lead", [("", _("whoever keeps safety there")), *leads])
        choose(self, "team", [CHOOSE, *queries.bodies()])
        self.fields["on"].initial = clock.today()

    def wanted(self) -> patrols.Roster:
        """What the operation is called with."""
        data = self.cleaned_data
        return patrols.Roster(
            int(data["place"]),
            [int(pk) for pk in data["stops"]],
            data["on"],
            data["starts"],
            data["ends"],
            int(data["lead"]) if data["lead"] else None,
            int(data["team"]) if data["team"] else None,
            data["weeks"],
        )


class ReportForm(StyledForm):
    """What came of a patrol: numbers, and words on places and things."""

    found = forms.CharField(
        label=pgettext_lazy("safety", "What was seen"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Of places and things only: doors, lights, cables, rubbish. Nothing of persons, no names."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in FORCES:
            widget = forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"})
            self.fields[code] = forms.IntegerField(label=label, min_value=0, max_value=patrols.MOST, widget=widget)
        self.order_fields([*(code for code, _label in FORCES), "found"])

    def came(self) -> dict[str, int]:
        """How many of each force."""
        return {code: self.cleaned_data[code] for code, _label in FORCES}


class FoundForm(StyledForm):
    """A hazard that a patrol found."""

    place = forms.ChoiceField(label=_("Place"))
    severity = forms.ChoiceField(label=pgettext_lazy("safety", "How grave"))
    category = forms.ChoiceField(label=_("Category"), required=False)
    text = forms.CharField(label=pgettext_lazy("safety", "What is unsafe, and where exactly"), max_length=LONGEST)
    photo = forms.FileField(
        label=pgettext_lazy("safety", "Photo of the place"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "class": "form-control"}),
        help_text=_("Not needed. Take the place, no people."),
    )

    def __init__(self, *args: Any, page: queries.PatrolPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(str(place.pk), place.name) for place in page.stops])
        choose(self, "severity", [(item.code, item.named) for item in section().severities if not item.retired])
        choose(self, "category", [CHOOSE, *category_choices()])

    def wanted(self) -> Found:
        """What the operation is called with."""
        data = self.cleaned_data
        photos = [data["photo"]] if data["photo"] else []
        return Found(data["text"], data["severity"], data["category"], photos)


class RoundForm(_Placed):
    """A round of inspection."""

    title = _("Begin a round of inspection")
    name = forms.CharField(label=pgettext_lazy("safety", "Title"), max_length=rounds.LONGEST_TITLE)
    kind = forms.ChoiceField(label=pgettext_lazy("safety", "Checklist"))
    until = forms.DateField(label=pgettext_lazy("safety", "Until"), widget=_days())
    office = forms.ChoiceField(label=pgettext_lazy("safety", "Who goes"), required=False)
    field_order = ("name", "kind", "place", "until", "office")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        choose(self, "kind", [(item.code, item.named) for item in section().checklists if not item.retired])
        choose(self, "office", [("", _("the community itself")), *queries.bodies()])

    def wanted(self) -> rounds.Plan:
        """What the operation is called with."""
        data = self.cleaned_data
        office = int(data["office"]) if data["office"] else None
        return rounds.Plan(int(data["place"]), data["name"], data["kind"], data["until"], office)


class EventForm(_Placed):
    """A plan for an event."""

    title = _("Plan an event")
    name = forms.CharField(label=pgettext_lazy("safety", "Title"), max_length=events.LONGEST_TITLE)
    venue = forms.CharField(label=pgettext_lazy("safety", "Where exactly"), max_length=events.LONGEST_TITLE)
    on = forms.DateField(label=_("Day"), widget=_days())
    starts = forms.TimeField(label=pgettext_lazy("safety", "From"), widget=_hours())
    ends = forms.TimeField(label=pgettext_lazy("safety", "Until"), widget=_hours())
    visitors = forms.IntegerField(
        label=pgettext_lazy("safety", "Visitors expected"),
        min_value=0,
        max_value=events.MOST_VISITORS,
        required=False,
        help_text=_("A number for planning; visitors are neither counted nor followed."),
    )
    contacts = forms.CharField(
        label=pgettext_lazy("safety", "Contacts"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The duty numbers of the bodies that take part."),
    )
    field_order = ("name", "place", "venue")

    def wanted(self) -> events.Plan:
        """What the operation is called with."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("venue", "on", "starts", "ends", "contacts", "visitors")}
        return events.Plan(int(data["place"]), data["name"], **plain)


class EventPostForm(StyledForm):
    """A post of an event."""

    title = forms.CharField(label=pgettext_lazy("safety", "Post"), max_length=events.LONGEST_TITLE)
    many = forms.IntegerField(label=pgettext_lazy("safety", "How many"), min_value=1, max_value=events.MOST)
    organization = forms.ChoiceField(label=pgettext_lazy("safety", "Filled by"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "organization", queries.bodies())


NEW: Final[dict[str, Any]] = {"patrol": RosterForm, "round": RoundForm, "event": EventForm}
