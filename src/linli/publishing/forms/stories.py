"""What people fill in: the story of an exemplar, what is told of a person, a letter, and consent."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.forms import StyledForm, choose
from linli.publishing.models import Story
from linli.publishing.operations.stories import (
    LONGEST_NAME,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WORDS,
    Consent,
    Draft,
    Letter,
)
from linli.publishing.workflow.stories import ABOUT, CONSENTERS, KINDS, LETTERS, MEANS
from linli.territory.models import Place

LONG: Final = forms.Textarea(attrs={"rows": 8})
DAY: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
APART: Final = _("Without the name of anybody: people are told of apart, with their consent.")


class DraftForm(StyledForm):
    """The story of a person, unit or place."""

    about = forms.ChoiceField(label=pgettext_lazy("story", "about"), choices=ABOUT)
    place = forms.ChoiceField(label=_("Place"))
    title = forms.CharField(label=pgettext_lazy("story", "title"), help_text=APART, max_length=LONGEST_TITLE)
    subject = forms.CharField(
        label=pgettext_lazy("story", "unit, place or post that it is about"), max_length=LONGEST_SUBJECT, required=False
    )
    text = forms.CharField(
        label=pgettext_lazy("story", "text"), help_text=APART, max_length=LONGEST_TEXT, widget=LONG, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(item.pk, item.name) for item in places])

    @staticmethod
    def of(row: Story) -> dict[str, Any]:
        """What the form holds of a story."""
        names = ("about", "title", "subject", "text", "version")
        return {name: getattr(row, name) for name in names} | {"place": row.place_id}

    def draft(self) -> Draft:
        """What the operation is called with."""
        data = {name: self.cleaned_data[name] for name in ("about", "title", "subject", "text")}
        return Draft(int(self.cleaned_data["place"]), **data)


class ConsentForm(StyledForm):
    """Who consented, on which day, and by what means."""

    by = forms.ChoiceField(label=pgettext_lazy("story", "who consented"), choices=CONSENTERS)
    on = forms.DateField(label=pgettext_lazy("story", "consented on"), widget=DAY)
    means = forms.ChoiceField(label=pgettext_lazy("story", "by what means"), choices=MEANS[:3])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": clock.today()}, **kwargs)

    def consent(self) -> Consent:
        """What the operation is called with."""
        data = self.cleaned_data
        return Consent(data["on"], data["by"], data["means"])


class PartForm(ConsentForm):
    """What is told of a person."""

    name = forms.CharField(label=pgettext_lazy("story", "name of the person"), max_length=LONGEST_NAME)
    words = forms.CharField(
        label=pgettext_lazy("story", "what is told of the person"), max_length=LONGEST_WORDS, widget=LONG
    )
    field_order = ("name", "words", "by", "on", "means")


class LetterForm(StyledForm):
    """A letter: one's own, or one that came to the desk."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("story", "kind"), choices=[item for item in KINDS if item[0] in LETTERS]
    )
    place = forms.ChoiceField(label=_("Place"))
    subject = forms.CharField(
        label=pgettext_lazy("story", "body that is thanked"),
        max_length=LONGEST_SUBJECT,
        widget=forms.TextInput(attrs={"list": "bodies"}),
    )
    title = forms.CharField(label=pgettext_lazy("story", "title"), max_length=LONGEST_TITLE)
    name = forms.CharField(label=pgettext_lazy("story", "name of the writer"), max_length=LONGEST_NAME)
    words = forms.CharField(label=pgettext_lazy("story", "letter"), max_length=LONGEST_WORDS, widget=LONG)
    consent = forms.BooleanField(required=False)

    def __init__(self, *args: Any, places: Iterable[Place], on_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_paper = on_paper
        choose(self, "place", [(item.pk, item.name) for item in places])
        paper = _("The writer consents on paper that the letter is published with their name")
        own = _("The letter may be published with my name; I may take this back at any time")
        self.fields["consent"].label = paper if on_paper else own

    def letter(self) -> Letter:
        """What the operation is called with."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "consent"}
        return Letter(place_id=int(data.pop("place")), **data)

    def consented(self) -> Consent | None:
        """The writer's consent to publishing, where it was given."""
        means = "paper" if self.on_paper else "online"
        return Consent(clock.today(), "self", means) if self.cleaned_data["consent"] else None
