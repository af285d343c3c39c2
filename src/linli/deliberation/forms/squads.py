"""What people fill in about squads and topic groups: proposing, materials, sessions, results, ideas and answers."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.forms import StyledForm, choose
from linli.deliberation import squads_section
from linli.deliberation.forms.topics import Day
from linli.deliberation.operations import squads, topic_groups
from linli.deliberation.workflow.squads import NEEDS, ORIGINS
from linli.territory.models import Place

AREA: Final = forms.Textarea(attrs={"rows": 3})


class ResidentSquadForm(StyledForm):
    """A squad that residents want; how to reach them only if they like."""

    place = forms.ChoiceField(label=_("Where"))
    topic = forms.CharField(
        label=pgettext_lazy("squad", "What it is about"),
        max_length=squads.LONGEST_TOPIC,
        help_text=_("For instance: parking of electric bicycles."),
    )
    name = forms.CharField(label=pgettext_lazy("squad", "name of the squad"), max_length=squads.LONGEST_NAME)
    purpose = forms.CharField(label=_("What you want to do"), max_length=squads.LONGEST, widget=AREA)
    people = forms.IntegerField(
        label=_("How many of you there are"), min_value=1, max_value=squads.MOST_PEOPLE, required=False
    )
    contact = forms.CharField(
        label=_("How to reach you, if you like"), max_length=squads.LONGEST_CONTACT, required=False
    )
    consent = forms.BooleanField(
        label=_("The community may call me about this squad; it forgets how once the squad ends."), required=False
    )

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(str(place.pk), place.name) for place in places])

    def sketch(self) -> squads.Sketch:
        """What the operation is called with."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "place"}
        return squads.Sketch(**data)


class SquadForm(ResidentSquadForm):
    """A squad that residents bring to the desk, or that the community forms of several forces."""

    kind = forms.ChoiceField(label=pgettext_lazy("squad", "kind"))
    origin = forms.ChoiceField(label=pgettext_lazy("squad", "Formed by"), choices=ORIGINS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = squads_section.kinds()
        choose(self, "kind", [(kind.code, kind.named) for kind in kinds.values()])
        for kind in kinds.values():
            for force in kind.forces:
                self.fields[f"force_{kind.code}_{force.code}"] = forms.IntegerField(
                    label=f"{kind.named}：{force.named}",
                    min_value=0,
                    max_value=squads.MOST_PEOPLE,
                    required=False,
                    widget=forms.NumberInput(attrs={"class": "form-control"}),
                )

    def sketch(self) -> squads.Sketch:
        """What the operation is called with."""
        kind = squads_section.rules_of(self.cleaned_data["kind"])
        data = {name: value for name, value in self.cleaned_data.items() if not name.startswith(("force_", "place"))}
        forces = {item.code: self.cleaned_data.get(f"force_{kind.code}_{item.code}") or 0 for item in kind.forces}
        return squads.Sketch(**data, forces=forces)


class NeedForm(StyledForm):
    """Materials that a squad asks for."""

    what = forms.CharField(label=_("What do you need, and how much of it?"), max_length=squads.LONGEST_NEED)


class NeedAnswerForm(StyledForm):
    """What a squad is given, or why not."""

    state = forms.ChoiceField(label=pgettext_lazy("material", "answer"), choices=NEEDS[1:])
    answer = forms.CharField(label=_("What is given, or why not"), max_length=squads.LONGEST_ANSWER)


class SessionForm(StyledForm):
    """One session, in numbers."""

    day = forms.DateField(label=_("Day"), widget=Day)
    attended = forms.IntegerField(label=_("How many of the squad took part"), min_value=1, max_value=squads.MOST_PEOPLE)
    served = forms.IntegerField(label=_("How many people you spoke to"), min_value=0, max_value=squads.MOST_PEOPLE)
    hours = forms.DecimalField(
        label=_("Hours"), min_value=0, max_value=squads.MOST_HOURS, max_digits=4, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"day": clock.today()}, **kwargs})

    def session(self) -> squads.Session:
        """What the operation is called with."""
        return squads.Session(**self.cleaned_data)


class ResultForm(StyledForm):
    """What came of a squad."""

    result = forms.CharField(label=_("What came of it? Everybody can read it."), max_length=squads.LONGEST, widget=AREA)


class ReasonForm(StyledForm):
    """Why."""

    reason = forms.CharField(label=_("reason"), max_length=squads.LONGEST)


class GroupForm(StyledForm):
    """A group that a community opens."""

    place = forms.ChoiceField(label=_("Community"))
    name = forms.CharField(label=pgettext_lazy("topic group", "name"), max_length=topic_groups.LONGEST_NAME)
    about = forms.CharField(
        label=pgettext_lazy("squad", "What it is about"), max_length=topic_groups.LONGEST, widget=AREA
    )

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(str(place.pk), place.name) for place in places])


class NoticeForm(StyledForm):
    """What is announced to a group."""

    text = forms.CharField(label=_("What do you want to tell the group?"), max_length=topic_groups.LONGEST, widget=AREA)


class IdeaForm(StyledForm):
    """An idea of a member."""

    text = forms.CharField(label=_("What is your idea?"), max_length=topic_groups.LONGEST, widget=AREA)


class JoinForm(StyledForm):
    """By which name somebody joins."""

    alias = forms.CharField(
        label=_("How the group may call you (may stay empty)"), max_length=topic_groups.LONGEST_ALIAS, required=False
    )


class WordsForm(StyledForm):
    """What whoever keeps a group says about an idea: an answer, a reason, or the title of a topic."""

    words = forms.CharField(label=_("Words"), max_length=topic_groups.LONGEST, required=False)
