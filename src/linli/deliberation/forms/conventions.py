"""What people fill in about conventions: the text, until when it is open, comments and answers, adoption, filing."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.forms import StyledForm, choose
from linli.deliberation.models import Convention
from linli.deliberation.operations.convention_ends import LONGEST_NUMBER, Adoption
from linli.deliberation.operations.conventions import (
    LONGEST_COMMENT,
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Sketch,
)
from linli.deliberation.queries.conventions import Evidence
from linli.deliberation.workflow.conventions import KINDS, WAYS
from linli.territory.models import Place

Day: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST: Final = 10_000_000
SPACE: Final = 500


class TextForm(StyledForm):
    """A convention as a text: one clause a line."""

    place = forms.ChoiceField(label=_("Place"))
    kind = forms.ChoiceField(label=pgettext_lazy("convention", "kind"), choices=KINDS)
    title = forms.CharField(label=pgettext_lazy("convention", "title"), max_length=LONGEST_TITLE)
    purpose = forms.CharField(label=_("Why it is made or changed"), max_length=LONGEST_REASON, required=False)
    text = forms.CharField(
        label=_("Clauses, one a line; numbers are set by themselves"),
        max_length=LONGEST_TEXT + SPACE,
        widget=forms.Textarea(attrs={"rows": 16}),
    )

    def __init__(self, *args: Any, places: Iterable[Place] = (), row: Convention | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row is not None:
            del self.fields["place"]
        else:
            choose(self, "place", [(str(place.pk), place.name) for place in places])
        if row is not None and row.edition > 1:
            del self.fields["kind"], self.fields["title"]

    def sketch(self) -> Sketch:
        """What the operation is called with."""
        data = self.cleaned_data
        return Sketch(data.get("title", ""), data["text"], data.get("kind", ""), data["purpose"])


class OpenForm(StyledForm):
    """Until when a text is open for comments."""

    until = forms.DateField(label=_("Comments are open until"), widget=Day)


class CommentForm(StyledForm):
    """What a resident says of a clause; nothing is asked of who they are."""

    position = forms.ChoiceField(label=_("Clause"))
    text = forms.CharField(
        label=_("What you would change, and why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_COMMENT,
    )

    def __init__(self, *args: Any, clauses: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "position", list(clauses))


class AdoptionForm(StyledForm):
    """Which decision of the place adopted a text; of a meeting with its numbers."""

    source = forms.ChoiceField(label=_("Decided by"))
    due = forms.IntegerField(label=_("Entitled (of a meeting)"), min_value=0, max_value=MOST, required=False)
    came = forms.IntegerField(label=_("Came (of a meeting)"), min_value=0, max_value=MOST, required=False)
    votes_for = forms.IntegerField(label=_("Agreed (of a meeting)"), min_value=0, max_value=MOST, required=False)

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = dict(WAYS)
        polls = [(f"poll.{item.pk}", f"{item.held} {item.title}") for item in evidence.polls]
        topics = [(f"topic.{item.pk}", f"{item.decided_on} {item.title}") for item in evidence.topics]
        meetings = [(f"meeting.{item.pk}", f"{item.on} {item.title}") for item in evidence.meetings]
        groups = ((ways["poll"], polls), (ways["topic"], topics), (ways["meeting"], meetings))
        choose(self, "source", [group for group in groups if group[1]])
        if not meetings:
            del self.fields["due"], self.fields["came"], self.fields["votes_for"]

    def adoption(self) -> Adoption:
        """What the operation is called with."""
        data = self.cleaned_data
        way, _dot, pk = data["source"].partition(".")
        return Adoption(way, int(pk), data.get("due"), data.get("came"), data.get("votes_for"))


class FilingForm(StyledForm):
    """The number and day under which the street files a convention."""

    number = forms.CharField(label=_("Number of the filing"), max_length=LONGEST_NUMBER)
    day = forms.DateField(label=_("Day of the filing"), widget=Day)
