"""The forms of series and meetings."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.forms import StyledForm, number_of
from linli.core.rhythm import RHYTHMS
from linli.deliberation import meetings_section
from linli.deliberation.models import Meeting, MeetingSeries
from linli.deliberation.operations.meetings import Attendance, Plan
from linli.deliberation.operations.partnerships import Relation
from linli.deliberation.operations.series import Series
from linli.deliberation.workflow.meetings import ACTORS, ATTENDANCE

Choices = Sequence[tuple[str, str]]
Day: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
Hour: Final = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
FAMILIES: Final = {"forum": _("residents' forums"), "joint": _("joint meetings"), "party": _("Party life")}


def kind_choices() -> list[Any]:
    """The kinds in use, by family."""
    return [
        (label, [(item.code, item.named) for item in meetings_section.kinds_in_use(family)])
        for family, label in FAMILIES.items()
    ]


class OfferingForm(StyledForm):
    """`offers` fills the choices that hang on who asks."""

    def __init__(self, *args: Any, offers: Mapping[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (offers or {}).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            chosen = set(self.initial.get(name) or ()) if isinstance(field, forms.MultipleChoiceField) else set()
            # What is chosen stands where it is seen.
            field.choices = [
                *(item for item in choices if item[0] in chosen),
                *(i for i in choices if i[0] not in chosen),
            ]

    def number(self, name: str) -> int | None:
        """An id that was chosen."""
        value = self.cleaned_data.get(name)
        return int(value) if value else None


class SeriesForm(OfferingForm):
    """A forum or a series of joint meetings."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=pgettext_lazy("meeting", "Kind"))
    place = forms.ChoiceField(label=_("Place"))
    rhythm = forms.ChoiceField(label=pgettext_lazy("meeting", "How often"), choices=RHYTHMS, required=False)
    every_days = forms.IntegerField(
        label=_("Every so many days"),
        min_value=1,
        max_value=366,
        required=False,
        help_text=_("Only where it sits by days."),
    )
    starts = forms.TimeField(label=_("Begins at"), widget=Hour, required=False)
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=10, max_value=600, initial=60)
    venue = forms.CharField(label=_("Venue"), max_length=120, required=False)
    seats = forms.IntegerField(label=_("Residents usually called"), min_value=0, max_value=1_000_000, required=False)
    members = forms.MultipleChoiceField(
        label=_("Bodies that belong to it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are invited to every session and find it on their list."),
    )
    about = forms.CharField(label=_("What it is for"), max_length=500, required=False)
    public = forms.BooleanField(label=_("Everybody sees its sessions and may propose subjects"), required=False)

    def __init__(self, *args: Any, of: MeetingSeries | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_series = of
        if of is not None:
            del self.fields["kind"], self.fields["place"]

    def series(self) -> Series:
        """What the operations are called with; kind and place of a series stay."""
        data, held = self.cleaned_data, self.of_series
        if held is not None:
            data |= {"kind": held.kind, "place": held.place_id}
        names = ("kind", "title", "rhythm", "every_days", "starts", "minutes", "venue", "seats", "public", "about")
        members = [int(pk) for pk in data["members"]]
        return Series(place_id=int(data["place"]), member_ids=members, **{name: data[name] for name in names})

    @staticmethod
    def of(row: MeetingSeries) -> dict[str, Any]:
        """The values of a series."""
        names = ("kind", "title", "rhythm", "every_days", "starts", "minutes", "venue", "seats", "public", "about")
        held = {name: getattr(row, name) for name in (*names, "version")}
        members = [str(pk) for pk in row.members.values_list("organization_id", flat=True)]
        return held | {"place": str(row.place_id), "members": members}


class PlanForm(OfferingForm):
    """A meeting of a series, or one by itself."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("About what"), max_length=200)
    kind = forms.ChoiceField(label=pgettext_lazy("meeting", "Kind"))
    place = forms.ChoiceField(label=_("Place"))
    on = forms.DateField(label=_("Day"), widget=Day)
    starts = forms.TimeField(label=_("Begins at"), widget=Hour, required=False)
    ends = forms.TimeField(label=_("Ends at"), widget=Hour, required=False)
    venue = forms.CharField(label=_("Venue"), max_length=120, required=False)
    expected = forms.IntegerField(label=_("People who should come"), min_value=0, max_value=1_000_000, required=False)
    bodies = forms.MultipleChoiceField(
        label=_("Bodies that are invited"), required=False, widget=forms.CheckboxSelectMultiple
    )
    public = forms.BooleanField(
        label=_("Everybody sees it on the public page, and its results once the minutes are approved"), required=False
    )

    def __init__(self, *args: Any, of_series: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_series:
            del self.fields["kind"], self.fields["place"]

    def plan(self, series_id: int | None) -> Plan:
        """What the operations are called with."""
        data = self.cleaned_data
        names = ("title", "on", "starts", "ends", "venue", "expected", "public")
        return Plan(
            series_id=series_id,
            kind=data.get("kind", ""),
            place_id=self.number("place"),
            body_ids=[int(pk) for pk in data["bodies"]],
            **{name: data[name] for name in names},
        )

    @staticmethod
    def of(row: Meeting) -> dict[str, Any]:
        """The values of a meeting."""
        names = ("title", "on", "starts", "ends", "venue", "expected", "public", "kind", "version")
        bodies = [str(pk) for pk in row.invitations.values_list("organization_id", flat=True)]
        return {name: getattr(row, name) for name in names} | {"place": str(row.place_id), "bodies": bodies}

    @staticmethod
    def of_series(row: MeetingSeries, on: Any) -> dict[str, Any]:
        """What the next session of a series begins with."""
        bodies = [str(pk) for pk in row.members.values_list("organization_id", flat=True)]
        held = {"title": row.title, "on": on, "starts": row.starts, "venue": row.venue, "expected": row.seats}
        return held | {"bodies": bodies, "public": row.public}


class AttendanceForm(OfferingForm):
    """Who came, in numbers; `body-<id>` says of each body that was invited whether it came."""

    came = forms.IntegerField(min_value=0, max_value=1_000_000)
    expected = forms.IntegerField(min_value=0, max_value=1_000_000, required=False)
    represented = forms.IntegerField(min_value=0, max_value=1_000_000, required=False)
    off_register = forms.IntegerField(min_value=0, max_value=1_000_000, required=False)

    def attendance(self) -> Attendance:
        """What the operation is called with."""
        names = ("came", "expected", "represented", "off_register")
        known = dict(ATTENDANCE)
        bodies = {
            body: value
            for name, value in self.data.items()
            if name.startswith("body-") and (body := number_of(name.removeprefix("body-"))) and value in known
        }
        return Attendance(bodies=bodies, **{name: self.cleaned_data[name] for name in names})


class RelationForm(OfferingForm):
    """A standing relation; which fields it has hangs on its type."""

    place = forms.ChoiceField(label=_("Place"))
    kind = forms.CharField(label=_("What it is called"), max_length=60, required=False)
    organization = forms.ChoiceField(label=_("Body on this side"), required=False)
    partner = forms.ChoiceField(label=_("Partner body"), required=False)
    actors = forms.MultipleChoiceField(
        label=_("Kinds of actors that take part"), choices=ACTORS, required=False, widget=forms.CheckboxSelectMultiple
    )
    partners = forms.CharField(label=_("Partners in words"), max_length=300, required=False)
    plan = forms.CharField(label=_("Plan"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, mechanism: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organization", "partner") if mechanism else ("actors",):
            del self.fields[name]

    def relation(self, type_code: str) -> Relation:
        """What the operation is called with."""
        data = self.cleaned_data
        return Relation(
            type=type_code,
            place_id=int(data["place"]),
            kind=data["kind"],
            organization_id=self.number("organization"),
            partner_id=self.number("partner"),
            partners=data["partners"],
            actors=data.get("actors", ()),
            plan=data["plan"],
        )


class ProposalForm(OfferingForm):
    """A subject that a resident proposes, without a name."""

    text = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def days_ahead(days: int) -> str:
    """A day from today, as a date field takes it."""
    return f"{clock.today().fromordinal(clock.today().toordinal() + days):%Y-%m-%d}"
