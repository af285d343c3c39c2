"""What people fill in about topics: proposing, beginning, holding a step, making public, answering, giving tasks."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.forms import StyledForm, choose
from linli.deliberation import procedures_section
from linli.deliberation.holding import Sitting
from linli.deliberation.operations.objections import LONGEST as LONGEST_OBJECTION
from linli.deliberation.operations.objections import LONGEST_ANSWER
from linli.deliberation.operations.resolutions import Assignment
from linli.deliberation.operations.topics import LONGEST, LONGEST_REASON, LONGEST_TITLE, Proposal
from linli.deliberation.procedures import Step
from linli.deliberation.workflow.topics import SOURCES
from linli.territory.models import Place

Day: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST: Final = 10_000_000
HEADS: Final = ("due", "came", "represented")
VOTES: Final = ("votes_for", "votes_against", "abstained")
AREAS: Final = ("area_due", "area_came", "area_for")


class ResidentForm(StyledForm):
    """A topic that a resident proposes: nothing is asked of who they are."""

    title = forms.CharField(label=_("What should be talked about"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=_("Say more, if you like"), widget=forms.Textarea(attrs={"rows": 5}), max_length=LONGEST, required=False
    )


class ProposalForm(ResidentForm):
    """A topic as a host enters it."""

    place = forms.ChoiceField(label=_("Place"))
    source = forms.ChoiceField(label=_("Raised by"), choices=SOURCES)
    catalogue = forms.ChoiceField(label=_("From the catalogue of topics"), required=False)
    forum = forms.CharField(label=pgettext_lazy("topic", "forum"), max_length=60, required=False)
    case = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("place", "catalogue", "title", "text", "source", "forum", "case")

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(str(place.pk), place.name) for place in places])
        listed = procedures_section.catalogue().values()
        choose(self, "catalogue", [("", _("not in it")), *((item.code, item.named) for item in listed)])

    def proposal(self) -> Proposal:
        """What the operation is called with."""
        data = self.cleaned_data
        return Proposal(
            int(data["place"]),
            data["title"],
            data["text"],
            source=data["source"],
            catalogue=data["catalogue"],
            case_id=data["case"],
            forum=data["forum"],
        )


class BeginForm(StyledForm):
    """By which procedure a topic is deliberated, of which tier it is, and whether everybody reads it."""

    procedure = forms.ChoiceField(label=_("procedure"))
    tier = forms.ChoiceField(label=_("tier"), required=False)
    public = forms.BooleanField(label=_("everybody may read it on the public page"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "procedure", [(item.code, item.named) for item in procedures_section.startable().values()])
        unverified = "、".join(item.named for item in procedures_section.unverified())
        if unverified:
            words = _("Not offered before it is checked against its legal ground and filled in: %(names)s")
            self.fields["procedure"].help_text = words % {"names": unverified}
        tiers = [(item.code, item.named) for item in procedures_section.tiers()]
        choose(self, "tier", [("", _("no tier")), *tiers])


class SittingForm(StyledForm):
    """A step that was held: its day, the numbers that it asks for, what was said."""

    held_on = forms.DateField(label=_("Held on"), widget=Day)
    notice_on = forms.DateField(label=_("Notice and papers went out on"), widget=Day, required=False)
    due = forms.IntegerField(label=_("Should come"), min_value=0, max_value=MOST, required=False)
    came = forms.IntegerField(label=_("Came"), min_value=0, max_value=MOST, required=False)
    represented = forms.IntegerField(label=_("Represented"), min_value=0, max_value=MOST, required=False)
    votes_for = forms.IntegerField(label=_("For"), min_value=0, max_value=MOST, required=False)
    votes_against = forms.IntegerField(label=_("Against"), min_value=0, max_value=MOST, required=False)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=MOST, required=False)
    area_due = forms.DecimalField(
        label=_("Area entitled (m²)"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    area_came = forms.DecimalField(
        label=_("Area taking part (m²)"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    area_for = forms.DecimalField(
        label=_("Area in favour (m²)"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    summary = forms.CharField(
        label=_("What was said and decided"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._unasked(step):
            del self.fields[name]

    @staticmethod
    def _unasked(step: Step) -> list[str]:
        """The fields that a step does not ask for."""
        area = any(share.by == "area" for share in (*step.quorum, *step.passing))
        return [
            *(HEADS if not step.decides else ()),
            *(VOTES if not step.passing else ()),
            *(AREAS if not area else ()),
            *(("notice_on",) if not step.notice_days else ()),
        ]

    def sitting(self) -> Sitting:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        return Sitting(**{**data, "represented": data.get("represented") or 0})


class DiscloseForm(StyledForm):
    """What is made public of a step."""

    text = forms.CharField(label=_("What is made public"), widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST)


class ReasonForm(StyledForm):
    """Why."""

    reason = forms.CharField(label=_("reason"), max_length=LONGEST_REASON)


class ObjectionForm(StyledForm):
    """An objection; nothing is asked of who objects."""

    text = forms.CharField(
        label=_("Your objection"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_OBJECTION
    )


class AnswerForm(StyledForm):
    """The answer to an objection."""

    text = forms.CharField(
        label=pgettext_lazy("objection", "Answer"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_ANSWER
    )


class RatingForm(StyledForm):
    """Whether it is solved, and apart from that how satisfied one is."""

    solved = forms.ChoiceField(
        label=_("Is it solved?"), choices=(("yes", _("yes")), ("no", _("no"))), widget=forms.RadioSelect
    )
    satisfied = forms.ChoiceField(
        label=_("How satisfied are you?"),
        choices=(("5", _("very")), ("4", _("rather")), ("3", _("so-so")), ("2", _("little")), ("1", _("not at all"))),
        widget=forms.RadioSelect,
    )


class TaskForm(StyledForm):
    """A task of a resolution."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    owner = forms.ChoiceField(label=_("Who does it"))
    due = forms.DateField(label=_("By when"), widget=Day)
    as_case = forms.BooleanField(
        label=_("register it as a public-benefit task, dispatched like a matter"), required=False
    )

    def __init__(self, *args: Any, owners: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "owner", list(owners))

    def assignment(self) -> Assignment:
        """What the operation is called with."""
        data = self.cleaned_data
        return Assignment(data["title"], int(data["owner"]), data["due"], data["as_case"])
