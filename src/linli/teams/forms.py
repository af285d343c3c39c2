"""What people fill in about teams: a new one, and each thing that may be done with one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.forms import StyledForm, choose
from linli.organizations.models import Organization
from linli.teams.models import LONGEST, LONGEST_NAME
from linli.teams.operations.doing import LONGEST_VENUE, MOST_NUMBER, Joining
from linli.teams.operations.teams import LONGEST_TITLE, Plan
from linli.teams.queries import Known, TeamPage
from linli.teams.sections import section
from linli.territory.models import Place

DAY: Final = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
TIME: Final = forms.TimeInput(attrs={"type": "time"})
AREA: Final = forms.Textarea(attrs={"rows": 2})
CAPACITY: Final = pgettext_lazy("team", "in which capacity")
BY_POST: Final = ("", _("as their posts say"))


def _capacities() -> list[tuple[str, Any]]:
    return [BY_POST, *((item.code, item.named) for item in section().capacities if not item.retired)]


def _people(known: Mapping[int, Known]) -> list[tuple[str, str]]:
    return [(str(pk), f"{item.name}（{item.posts}）") for pk, item in known.items()]


class TeamForm(StyledForm):
    """A new team at a place that was chosen before."""

    kind = forms.ChoiceField(label=pgettext_lazy("team", "kind of team"))
    name = forms.CharField(label=pgettext_lazy("team", "name of the team"), max_length=LONGEST_TITLE)
    task = forms.CharField(label=pgettext_lazy("team", "its task"), max_length=LONGEST, widget=AREA)
    lead = forms.TypedChoiceField(
        label=pgettext_lazy("team", "lead"),
        coerce=int,
        help_text=_("Writes down results and dissolves the team when the task is done."),
    )
    capacity = forms.ChoiceField(label=pgettext_lazy("team", "lead belongs to it as"), required=False)
    parent = forms.TypedChoiceField(
        label=pgettext_lazy("team", "formed by the branch"), coerce=int, empty_value=None, required=False
    )
    begins_on = forms.DateField(label=pgettext_lazy("team", "begins on"), widget=DAY)
    planned_end = forms.DateField(label=pgettext_lazy("team", "planned to end on"), widget=DAY)

    def __init__(
        self, *args: Any, place: Place, known: Mapping[int, Known], branches: Iterable[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        choose(self, "kind", [(item.code, item.named) for item in section().kinds if not item.retired])
        choose(self, "lead", [("", "—"), *_people(known)])
        choose(self, "capacity", _capacities())
        choose(self, "parent", [("", "—"), *((str(body.pk), body.name) for body in branches)])

    def plan(self) -> Plan:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        return Plan(place_id=self.place.pk, lead_id=data.pop("lead"), parent_id=data.pop("parent"), **data)


class VerbForm(StyledForm):
    """A form on the page of a team; `values` are what its operation is called with."""

    def __init__(self, *args: Any, page: TeamPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fit(page)

    def fit(self, page: TeamPage) -> None:
        """Fill the choices, which hang on the team."""

    def values(self) -> dict[str, Any]:
        """What the operation is called with, beside the team."""
        return self.cleaned_data


class LogForm(VerbForm):
    """A result."""

    on = forms.DateField(label=_("Day"), widget=DAY, initial=clock.today)
    what = forms.CharField(label=pgettext_lazy("team", "what was done"), max_length=LONGEST, widget=AREA)
    number = forms.IntegerField(
        label=pgettext_lazy("team", "how many"), min_value=0, max_value=MOST_NUMBER, required=False
    )


class CallForm(VerbForm):
    """A call."""

    what = forms.CharField(label=pgettext_lazy("team", "what for"), max_length=LONGEST)
    venue = forms.CharField(label=_("Where"), max_length=LONGEST_VENUE)
    on = forms.DateField(label=_("Day"), widget=DAY)
    starts = forms.TimeField(label=_("Time"), widget=TIME)

    def values(self) -> dict[str, Any]:
        """The instant out of day and time."""
        data = self.cleaned_data
        at = datetime.combine(data["on"], data["starts"], clock.SHANGHAI)
        return {"what": data["what"], "venue": data["venue"], "at": at}


class JoinForm(VerbForm):
    """New members: ticked in the roster, or one by name."""

    people = forms.TypedMultipleChoiceField(
        label=_("from the roster"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    name = forms.CharField(
        label=_("or somebody who holds no post, by name"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("No phone is needed. The name is forgotten once they leave or the team is dissolved."),
    )
    capacity = forms.ChoiceField(label=CAPACITY, required=False)

    def fit(self, page: TeamPage) -> None:
        """Those who are in it already are not offered; who sees nobody of the roster writes names."""
        held = {member.person_id for member, _named in page.members}
        known = {pk: item for pk, item in page.roster.items() if pk not in held}
        choose(self, "people", _people(known))
        choose(self, "capacity", _capacities())
        if not known:
            del self.fields["people"]

    def values(self) -> dict[str, Any]:
        """Who joins."""
        return {"joining": Joining(**self.cleaned_data)}


class MemberForm(VerbForm):
    """One of the members, without the lead."""

    member_id = forms.TypedChoiceField(label=pgettext_lazy("team", "member"), coerce=int)

    def fit(self, page: TeamPage) -> None:
        """Everybody but the lead."""
        rows = [(member, named) for member, named in page.members if member.person_id != page.row.lead_id]
        choose(self, "member_id", [(str(member.pk), f"{member.named}（{named}）") for member, named in rows])


class LeadForm(MemberForm):
    """A member who may lead: one who is known here."""

    def fit(self, page: TeamPage) -> None:
        """Everybody with a post or an account but the lead."""
        rows = [member for member, _named in page.members if member.person_id not in (None, page.row.lead_id)]
        choose(self, "member_id", [(str(member.pk), member.named) for member in rows])


class LinkForm(VerbForm):
    """A matter by its number."""

    number = forms.CharField(label=_("Number of the matter"), max_length=64)


class UnlinkForm(VerbForm):
    """A matter of the team."""

    case_id = forms.IntegerField(widget=forms.HiddenInput)


class UntilForm(VerbForm):
    """A later end."""

    until = forms.DateField(label=pgettext_lazy("team", "planned to end on"), widget=DAY)


class OutcomeForm(VerbForm):
    """What came of it."""

    outcome = forms.CharField(label=pgettext_lazy("team", "what came of the task"), max_length=LONGEST, widget=AREA)


class AnswerForm(VerbForm):
    """Whether one comes."""

    call_id = forms.IntegerField(widget=forms.HiddenInput)
    coming = forms.ChoiceField(choices=(("yes", _("I come")), ("no", _("I cannot"))))

    def values(self) -> dict[str, Any]:
        """Yes or no."""
        return {"call_id": self.cleaned_data["call_id"], "coming": self.cleaned_data["coming"] == "yes"}


# Those of the page; matters and calls have their own buttons.
FORMS: Final[Mapping[str, type[VerbForm]]] = {
    "log": LogForm,
    "call": CallForm,
    "join": JoinForm,
    "leave": MemberForm,
    "lead": LeadForm,
    "link": LinkForm,
    "prolong": UntilForm,
    "dissolve": OutcomeForm,
}
BUTTONS: Final[Mapping[str, type[VerbForm]]] = {"unlink": UnlinkForm, "answer": AnswerForm}
