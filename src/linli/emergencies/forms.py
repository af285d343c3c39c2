"""Forms of emergencies: a plan, its steps, its start, another end; a help card."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.actors import Actor
from linli.core.forms import StyledForm, choose
from linli.emergencies import queries
from linli.emergencies.models import EmergencyPlan
from linli.emergencies.operations.activations import LONGEST, LONGEST_REVIEW, Start
from linli.emergencies.operations.cards import Card
from linli.emergencies.operations.plans import MOST_MINUTES, Sketch
from linli.emergencies.sections import names, section
from linli.emergencies.workflow import ANSWERS, MEANS
from linli.organizations.sections import kinds_in_force
from linli.territory.models import Place

POST: Final = "post:"
BODY: Final = "body:"


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _instant() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class NewPlanForm(StyledForm):
    """A new plan: what it is for, and where."""

    place = forms.ChoiceField(label=_("Place"))
    kind = forms.ChoiceField(label=pgettext_lazy("emergency", "Kind of emergency"))
    title = forms.CharField(label=pgettext_lazy("emergency", "Name of the plan"), max_length=80)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(str(place.pk), place.name) for place in queries.keeping(actor)])
        choose(self, "kind", names(section().kinds).items())

    def sketch(self) -> Sketch:
        """What the operation is called with."""
        return Sketch(self.cleaned_data["title"], self.cleaned_data["kind"])


class PlanForm(StyledForm):
    """What a plan says."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=pgettext_lazy("emergency", "Name of the plan"), max_length=80)
    kind = forms.ChoiceField(label=pgettext_lazy("emergency", "Kind of emergency"))
    advice = forms.CharField(
        label=pgettext_lazy("emergency", "What everybody should do"),
        help_text=_("One line for each thing; everybody reads it while the plan is active."),
        max_length=1000,
        required=False,
        widget=_lines(4),
    )
    phones = forms.CharField(
        label=pgettext_lazy("emergency", "Numbers to call"),
        help_text=_("One line for each number; only numbers of offices and services."),
        max_length=300,
        required=False,
        widget=_lines(),
    )
    calls = forms.MultipleChoiceField(label=pgettext_lazy("emergency", "Posts that are called"), required=False)
    teams = forms.MultipleChoiceField(
        label=pgettext_lazy("emergency", "Bodies and teams that are called"), required=False
    )
    shelters = forms.MultipleChoiceField(label=pgettext_lazy("emergency", "Shelters"), required=False)

    def __init__(self, *args: Any, plan: EmergencyPlan, **kwargs: Any) -> None:
        plain = {name: getattr(plan, name) for name in ("version", "title", "kind", "advice", "phones", "calls")}
        chosen = {name: [str(row.pk) for row in getattr(plan, name).all()] for name in ("teams", "shelters")}
        super().__init__(*args, initial={**plain, **chosen}, **kwargs)
        choose(self, "kind", names(section().kinds).items())
        choose(self, "calls", [(code, kind.named) for code, kind in kinds_in_force().items()])
        choose(self, "teams", _named(queries.teams_for(plan.place)))
        choose(self, "shelters", _named(queries.shelters_for(plan.place)))

    def sketch(self) -> Sketch:
        """What the operation is called with."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("title", "kind", "advice", "phones", "calls")}
        teams, shelters = (tuple(map(int, data[name])) for name in ("teams", "shelters"))
        return Sketch(**plain, team_ids=teams, shelter_ids=shelters)


def _named(rows: Any) -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in rows[: queries.MOST]]


class StepForm(StyledForm):
    """One step of a plan."""

    text = forms.CharField(label=pgettext_lazy("emergency", "What is done"), max_length=160)
    doer = forms.ChoiceField(label=pgettext_lazy("emergency", "Who does it"))
    minutes = forms.IntegerField(
        label=pgettext_lazy("emergency", "Within minutes"), min_value=1, max_value=MOST_MINUTES, initial=30
    )

    def __init__(self, *args: Any, plan: EmergencyPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = [(f"{POST}{code}", kind.named) for code, kind in kinds_in_force().items()]
        bodies = [(f"{BODY}{pk}", name) for pk, name in _named(queries.teams_for(plan.place))]
        choose(self, "doer", [(_("posts"), posts), (_("bodies"), bodies)])

    def step(self) -> dict[str, Any]:
        """What the operation is called with."""
        data, doer = self.cleaned_data, self.cleaned_data["doer"]
        body = int(doer.removeprefix(BODY)) if doer.startswith(BODY) else None
        kind = doer.removeprefix(POST) if doer.startswith(POST) else ""
        return {"text": data["text"], "minutes": data["minutes"], "post_kind": kind, "organization_id": body}


class EndForm(StyledForm):
    """Until when an emergency goes on, and why."""

    ends = forms.DateTimeField(label=pgettext_lazy("emergency", "Planned end"), widget=_instant())
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, help_text=_("Everybody reads it on the public page: write no names.")
    )


class StartForm(EndForm):
    """The start of an emergency."""

    level = forms.ChoiceField(label=pgettext_lazy("emergency", "Level"))
    areas = forms.MultipleChoiceField(label=pgettext_lazy("emergency", "Where"), widget=forms.CheckboxSelectMultiple)
    field_order = ("level", "reason", "ends", "areas")

    def __init__(self, *args: Any, place: Place, ends: datetime, **kwargs: Any) -> None:
        super().__init__(*args, initial={"ends": ends, "areas": [str(place.pk)]}, **kwargs)
        choose(self, "level", names(section().levels).items())
        choose(self, "areas", _named(queries.areas_for(place)))

    def start(self) -> Start:
        """What the operation is called with."""
        data = self.cleaned_data
        return Start(data["level"], data["reason"], data["ends"], tuple(map(int, data["areas"])))


class AnswerForm(StyledForm):
    """What a called post answers."""

    answer = forms.ChoiceField(label=pgettext_lazy("emergency", "Answer"), choices=ANSWERS, widget=forms.RadioSelect)


class ReviewForm(StyledForm):
    """What was learnt."""

    text = forms.CharField(
        label=pgettext_lazy("emergency", "What was learnt"), max_length=LONGEST_REVIEW, widget=_lines(5)
    )


class CardForm(StyledForm):
    """A help card."""

    place = forms.ChoiceField(label=_("Community"))
    name = forms.CharField(label=pgettext_lazy("help card", "Name of the person"), max_length=60)
    phone = forms.CharField(label=_("Phone"), max_length=30)
    address = forms.CharField(label=pgettext_lazy("help card", "Where to find you"), max_length=120, required=False)
    needs = forms.MultipleChoiceField(
        label=pgettext_lazy("help card", "Help in an emergency"),
        help_text=_("Only which help; illness is nobody's business here."),
        widget=forms.CheckboxSelectMultiple,
    )
    contact = forms.CharField(
        label=pgettext_lazy("help card", "Guardian or contact, with phone"), max_length=60, required=False
    )
    agreed = forms.BooleanField(
        label=_("Yes, the duty post of the community may see this during an emergency, and only then"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", _named(queries.communities()))
        choose(self, "needs", names(section().needs).items())

    def card(self) -> Card:
        """What the operation is called with."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("name", "phone", "address", "contact", "agreed")}
        means = {"means": data["means"]} if "means" in data else {}
        return Card(place_id=int(data["place"]), needs=tuple(data["needs"]), **plain, **means)


class DeskCardForm(CardForm):
    """A help card that is written down at the desk."""

    means = forms.ChoiceField(label=pgettext_lazy("help card", "How it was agreed to"), choices=MEANS[1:])
    field_order = ("place", "means", "name")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", _named(queries.communities(actor)))
