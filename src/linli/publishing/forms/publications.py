"""The forms of notices: posting, correcting, withdrawing; asking and answering."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.core.forms import StyledForm
from linli.publishing.models import Publication, PublicationFile
from linli.publishing.operations.publications import LONGEST, LONGEST_REASON, LONGEST_TITLE, Notice
from linli.publishing.operations.questions import LONGEST as LONGEST_QUESTION
from linli.publishing.operations.questions import LONGEST_ANSWER
from linli.publishing.workflow.disclosure import AUDIENCES
from linli.territory.models import Place

Day: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NoticeForm(StyledForm):
    """A notice. The item is the page's; what is filled from last time may be changed."""

    place = forms.ChoiceField(label=_("Place"))
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    since = forms.DateField(label=_("Period from"), widget=Day, required=False)
    until = forms.DateField(label=_("Period to"), widget=Day, required=False)
    text = forms.CharField(
        label=_("What is made public"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST,
        required=False,
    )
    audience = forms.ChoiceField(label=_("Who may read it"), choices=AUDIENCES)
    up_until = forms.DateField(label=_("Stays up until"), widget=Day, required=False)

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(place.pk), place.name) for place in places]
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.widget, field.initial = forms.HiddenInput(), choices[0][0]

    def notice(self, item: str) -> Notice:
        """What the operations are called with."""
        data = self.cleaned_data
        names = ("title", "text", "since", "until", "audience", "up_until")
        return Notice(place_id=int(data["place"]), item=item, **{name: data[name] for name in names})


class CorrectionForm(NoticeForm):
    """The same, with the reason and the files that go."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    takes_out = forms.TypedMultipleChoiceField(
        label=_("Take these files out"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=LONGEST_REASON,
        help_text=_("Everybody reads this beside the former version."),
    )

    def __init__(self, *args: Any, files: Iterable[PublicationFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["takes_out"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(file.pk, file.name) for file in files]
        if not field.choices:
            del self.fields["takes_out"]

    @staticmethod
    def of(row: Publication) -> dict[str, Any]:
        """The values of a notice, to be put right."""
        names = ("title", "text", "since", "until", "audience", "up_until", "version")
        return {"place": str(row.place_id), **{name: getattr(row, name) for name in names}}


class ReasonForm(StyledForm):
    """Why something is taken back, for everybody to read."""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_REASON)


class QuestionForm(StyledForm):
    """A question of a reader: nothing but its words."""

    text = forms.CharField(
        label=_("Your question"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_QUESTION
    )


class AnswerForm(StyledForm):
    """An answer, in public or with a reason to the asker alone."""

    text = forms.CharField(label=_("The answer"), widget=forms.Textarea(attrs={"rows": 5}), max_length=LONGEST_ANSWER)
    private_reason = forms.CharField(
        label=_("Answer the asker alone, because"),
        max_length=LONGEST_QUESTION,
        required=False,
        help_text=_("Leave this empty for an answer in public. Fill it where question or answer hold personal data."),
    )
