"""What people fill in about activities: the plan, a programme, somebody who came, what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.activities.models import Activity, ActivityProgramme
from linli.activities.operations.activities import Outcome, Plan, ShiftPlan
from linli.activities.operations.programmes import Programme
from linli.activities.sections import kind_choices
from linli.activities.workflow import AUDIENCES, LINES
from linli.core.forms import StyledForm, choose
from linli.core.rhythm import RHYTHMS
from linli.organizations.operations.people import Named

Choices = Sequence[tuple[str, str]]
Day: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
Hour: Final = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
LONG: Final = forms.Textarea(attrs={"rows": 3})
TEXTS: Final = ("content", "line", "kind", "theme", "venue", "about", "audience", "skills", "insurance")
SHIFTS: Final = 3


class PlanForm(StyledForm):
    """An activity, with one shift to three where it is new."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    content = forms.CharField(label=pgettext_lazy("activity", "What is done"), max_length=300)
    place = forms.ChoiceField(label=_("Place"))
    day = forms.DateField(label=_("Day"), widget=Day)
    line = forms.ChoiceField(label=_("line of work"), choices=LINES)
    kind = forms.ChoiceField(label=_("kind"), required=False)
    theme = forms.CharField(label=pgettext_lazy("activity", "theme"), max_length=120, required=False)
    venue = forms.CharField(label=_("venue"), max_length=160)
    organization = forms.ChoiceField(label=pgettext_lazy("activity", "organiser"), required=False)
    leader = forms.ChoiceField(label=pgettext_lazy("activity", "who answers for it"), required=False)
    joinable = forms.BooleanField(label=_("One may sign up for it, and everybody reads it"), required=False)
    audience = forms.ChoiceField(label=pgettext_lazy("activity", "Open to"), choices=AUDIENCES)
    skills = forms.CharField(label=_("What one should be able to do"), max_length=160, required=False)
    minimum_age = forms.IntegerField(label=_("Age from"), min_value=1, max_value=99, required=False)
    dangerous = forms.BooleanField(label=_("It may be dangerous"), required=False)
    insurance = forms.CharField(
        label=_("How the volunteers are insured"),
        max_length=160,
        required=False,
        help_text=_("The law asks for accident insurance before anything dangerous."),
    )
    training = forms.ChoiceField(label=_("Training that comes first"), required=False)
    about = forms.CharField(label=_("What else one should know"), max_length=1000, required=False, widget=LONG)

    def __init__(self, *args: Any, offers: Mapping[str, Choices], fresh: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fresh = fresh
        held = self.initial.get("kind") or ""
        known = kind_choices()
        kinds = known if held in {"", *(label for label, _name in known)} else [*known, (held, held)]
        choose(self, "kind", [("", "–"), *kinds])
        choose(self, "place", offers["place"])
        for name in ("organization", "leader", "training"):
            choose(self, name, [("", "–"), *offers[name]])
        if not fresh:
            del self.fields["place"]

    def plan(self, place_id: int, shifts: Sequence[ShiftPlan] = (), programme_id: int | None = None) -> Plan:
        """What the operation is called with."""
        data = self.cleaned_data
        chosen = {name: int(data[name]) if data[name] else None for name in ("organization", "leader", "training")}
        return Plan(
            place_id=place_id,
            day=data["day"],
            minimum_age=data["minimum_age"],
            joinable=data["joinable"],
            dangerous=data["dangerous"],
            programme_id=programme_id,
            shifts=shifts,
            organization_id=chosen["organization"],
            leader_id=chosen["leader"],
            training_id=chosen["training"],
            **{name: data[name] for name in TEXTS},
        )

    @staticmethod
    def of(row: Activity) -> dict[str, Any]:
        """The values of an activity."""
        held = {name: getattr(row, name) for name in (*TEXTS, "day", "minimum_age", "joinable", "dangerous", "version")}
        return held | {name: getattr(row, f"{name}_id") or "" for name in ("organization", "leader", "training")}

    @staticmethod
    def of_programme(row: ActivityProgramme) -> dict[str, Any]:
        """What a session of a programme begins with."""
        held = {name: getattr(row, name) for name in ("line", "kind", "theme", "venue", "about")}
        return held | {"content": row.title, "place": row.place_id, "organization": row.organization_id or ""}


class ShiftForm(StyledForm):
    """A shift: from when to when, and how many it takes."""

    starts = forms.TimeField(label=_("Begins at"), widget=Hour, required=False)
    ends = forms.TimeField(label=_("Ends at"), widget=Hour, required=False)
    capacity = forms.IntegerField(label=_("How many people"), min_value=1, max_value=5000, required=False)

    def clean(self) -> dict[str, Any]:
        """All of it, or nothing."""
        data: dict[str, Any] = super().clean() or {}
        given = [data.get(name) for name in ("starts", "ends", "capacity")]
        if any(given) and not all(given) and not self.errors:
            raise forms.ValidationError(_("Say when it begins and ends, and how many it takes."))
        return data

    def shift(self) -> ShiftPlan | None:
        """The shift; None where nothing was filled in."""
        data = self.cleaned_data
        return ShiftPlan(data["starts"], data["ends"], data["capacity"]) if data.get("starts") else None


def shift_forms(data: Any, starts: Any = None, ends: Any = None) -> list[ShiftForm]:
    """The forms of the shifts of a new activity; the first begins as its programme does."""
    first = {"starts": starts, "ends": ends, "capacity": 20}
    return [ShiftForm(data, prefix=f"s{at}", initial=first if at == 0 else {}) for at in range(SHIFTS)]


class ProgrammeForm(StyledForm):
    """A programme with its rhythm."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Name"), max_length=120)
    place = forms.ChoiceField(label=_("Place"))
    line = forms.ChoiceField(label=_("line of work"), choices=LINES)
    kind = forms.ChoiceField(label=_("kind"), required=False)
    theme = forms.CharField(label=pgettext_lazy("activity", "theme"), max_length=120, required=False)
    organization = forms.ChoiceField(label=pgettext_lazy("activity", "organiser"), required=False)
    rhythm = forms.ChoiceField(label=pgettext_lazy("meeting", "How often"), choices=RHYTHMS, required=False)
    every_days = forms.IntegerField(label=_("Every so many days"), min_value=1, max_value=366, required=False)
    starts = forms.TimeField(label=_("Begins at"), widget=Hour, required=False)
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=10, max_value=600, initial=120)
    venue = forms.CharField(label=_("venue"), max_length=160, required=False)
    about = forms.CharField(label=_("What it is for"), max_length=500, required=False, widget=LONG)

    def __init__(self, *args: Any, offers: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", [("", "–"), *kind_choices()])
        choose(self, "place", offers["place"])
        choose(self, "organization", [("", "–"), *offers["organization"]])

    def programme(self) -> Programme:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        data.pop("version")
        place, body = data.pop("place"), data.pop("organization")
        return Programme(place_id=int(place), organization_id=int(body) if body else None, **data)

    @staticmethod
    def of(row: ActivityProgramme) -> dict[str, Any]:
        """The values of a programme."""
        names = ("title", "line", "kind", "theme", "rhythm", "every_days", "starts", "minutes", "venue", "about")
        held = {name: getattr(row, name) for name in (*names, "version")}
        return held | {"place": str(row.place_id), "organization": row.organization_id or ""}


class NamedForm(StyledForm):
    """Somebody who signs up at the desk, or who came."""

    name = forms.CharField(label=_("Name"), max_length=60)
    phone = forms.CharField(label=_("Phone"), max_length=30)

    def named(self) -> Named:
        """Who it is."""
        return Named(self.cleaned_data["name"], self.cleaned_data["phone"])


class OutcomeForm(StyledForm):
    """What came of an activity."""

    served = forms.IntegerField(label=_("person-times served"), min_value=0, max_value=1_000_000, required=False)
    attended = forms.IntegerField(label=_("people who came"), min_value=0, max_value=1_000_000, required=False)
    content = forms.CharField(label=_("Short record"), max_length=1000, required=False, widget=LONG)

    def outcome(self) -> Outcome:
        """What the operation is called with."""
        return Outcome(**self.cleaned_data)
