"""The forms of asks: one that is proposed, one that came past the registry, and the corrections of an answer."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.accountability.ask_section import section
from linli.accountability.models import Ask
from linli.accountability.operations.ask_answers import Changes
from linli.accountability.operations.asks import FORM_LIMIT, LONGEST_NAME, Sketch
from linli.accountability.queries.asks import Choices, bodies_below, offices_of, own_places, places_below
from linli.accountability.queries.filling.forms import Paper, media_type_of, name_of
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput
from linli.core.files import sniff
from linli.core.forms import StyledForm
from linli.publishing.queries.policy_documents import document_called

DAY: Final = {"type": "date"}
MINE: Final = "office"


def paper_of(file: "UploadedFile[Any]") -> Paper:
    """An uploaded form with what it really is. Raises: ask.form_type, file.broken, file.too_large"""
    name = Path(file.name or "form").name
    promised = media_type_of(name)
    if (file.size or 0) > FORM_LIMIT:
        megabytes = FORM_LIMIT >> 20
        message = _("The file is larger than %(megabytes)s MB.")
        raise InvalidInput("file.too_large", message, megabytes=megabytes, limit=FORM_LIMIT)
    content = file.read()
    with NamedTemporaryFile() as draft:
        draft.write(content)
        draft.flush()
        found = sniff(Path(draft.name), FORM_LIMIT)
    if found != promised:
        message = _("“%(name)s” is no .xlsx or .docx file; open it in Excel, Word or WPS and save it as one.")
        raise InvalidInput("ask.form_type", message, name=name)
    return Paper(content, promised, name)


class ReceivedForm(StyledForm):
    """A form that came by message or on paper: the file, who wants it, by when."""

    file = forms.FileField(
        label=_("The form (Excel or Word)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.docx"})
    )
    asker = forms.CharField(label=_("Which office wants it"), max_length=LONGEST_NAME)
    level = forms.ChoiceField(label=_("Level of the office"), choices=Ask.Level.choices)
    due = forms.DateField(label=_("Due"), widget=forms.DateInput(attrs=DAY))
    period = forms.ChoiceField(label=pgettext_lazy("ask", "How often"), choices=Ask.Period.choices)
    place = forms.ChoiceField(label=_("For which place"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "place", own_places(actor))

    def sketch(self) -> Sketch:
        """What the operation is called with."""
        data = self.cleaned_data
        paper = paper_of(data["file"])
        return Sketch(
            name=name_of(paper)[:LONGEST_NAME],
            place_id=int(data["place"]),
            level=data["level"],
            due=data["due"],
            valid_from=min(clock.today(), data["due"]),
            valid_until=data["due"] + timedelta(days=_VALID[data["period"]]),
            period=data["period"],
            paper=paper,
        )


_VALID: Final = {"once": 0, "monthly": 365, "quarterly": 365, "yearly": 730}


class AskForm(StyledForm):
    """An ask as its office proposes it."""

    name = forms.CharField(label=_("Name of the form"), max_length=LONGEST_NAME)
    office = forms.ChoiceField(label=_("Asking office"))
    level = forms.ChoiceField(label=_("Level of the office"), choices=Ask.Level.choices)
    document = forms.CharField(
        label=_("Legal ground: a document of the library"),
        max_length=260,
        required=False,
        help_text=_("Its number or title. When it no longer holds, everybody who is asked sees so."),
        widget=forms.TextInput(attrs={"list": "offered"}),
    )
    ground = forms.CharField(
        label=_("Or in words"), max_length=300, required=False, help_text=_("Law, rule or document with its number.")
    )
    period = forms.ChoiceField(label=pgettext_lazy("ask", "How often"), choices=Ask.Period.choices)
    due = forms.DateField(label=_("First due date"), widget=forms.DateInput(attrs=DAY))
    emergency = forms.CharField(
        label=_("Reason of an emergency"),
        max_length=300,
        required=False,
        help_text=_("Needed where it is due at short notice; such asks are counted and shown."),
    )
    valid_from = forms.DateField(label=_("Valid from"), widget=forms.DateInput(attrs=DAY))
    valid_until = forms.DateField(label=_("Valid until"), widget=forms.DateInput(attrs=DAY))
    retention_days = forms.IntegerField(label=_("Days for which answers are kept"), min_value=1)
    places = forms.MultipleChoiceField(
        label=_("Who fills in: streets and communities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    bodies = forms.MultipleChoiceField(
        label=_("Who fills in: departments, units and companies"),
        required=False,
        help_text=_("Those in which somebody can answer; each gets a work item of its own."),
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(
        label=_("The form (Excel or Word)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.docx"}),
    )
    fields_asked = forms.CharField(
        label=_("Or what is asked, a line for each"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        offices = offices_of(actor)
        self.offices = {code: (office_id, place_id) for code, _label, office_id, place_id in offices}
        _offer(self, "office", [(code, label) for code, label, _office, _place in offices])
        areas = [place for _office, place in self.offices.values()]
        _offer(self, "places", places_below(areas))
        _offer(self, "bodies", bodies_below(areas))
        self.fields["retention_days"].initial = section().retention_days
        self.fields["level"].initial = "street" if any(code.startswith("place-") for code in self.offices) else "county"
        self.fields["valid_from"].initial = clock.today().isoformat()

    def sketch(self) -> Sketch:
        """What the operation is called with."""
        data = self.cleaned_data
        office_id, place_id = self.offices[data["office"]]
        plain = ("name", "level", "ground", "period", "due", "emergency", "valid_from", "valid_until", "retention_days")
        return Sketch(
            place_id=place_id,
            office_id=office_id,
            place_ids=tuple(int(pk) for pk in data["places"]),
            body_ids=tuple(int(pk) for pk in data["bodies"]),
            document_id=self._document_id(data["document"]),
            fields=tuple(data["fields_asked"].splitlines()),
            paper=paper_of(data["file"]) if data.get("file") else None,
            **{name: data[name] for name in plain},
        )

    def _document_id(self, text: str) -> int | None:
        """The document that is named. One that nobody finds is 0, which the operation refuses."""
        if not text.strip():
            return None
        document = document_called(self.actor, text)
        return document.pk if document else 0


class SendForm(StyledForm):
    """When the next answers are due."""

    due = forms.DateField(label=_("Due"), widget=forms.DateInput(attrs=DAY))
    emergency = forms.CharField(label=_("Reason of an emergency"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def changes_of(posted: Mapping[str, str], labels: Mapping[str, str]) -> Changes:
    """The corrections of an answer: `v:` values by hand, `u:` not collected, `c:` another figure by its name.

    A box of values that was shown and is empty takes back what was typed there.
    """
    typed, cleared, choices = {}, set(), {}
    uncollected = {name[2:] for name in posted if name.startswith("u:")}
    for name, value in posted.items():
        kind, key, text = name[:2], name[2:], value.strip()
        if kind == "v:" and text:
            typed[key] = text
        elif kind == "v:" and key not in uncollected:
            cleared.add(key)
        elif kind == "c:" and text:
            choices[key] = _code(text, labels)
    typed = {key: text for key, text in typed.items() if key not in uncollected}
    return Changes(choices, typed, frozenset(uncollected), frozenset(cleared))


def _code(text: str, labels: Mapping[str, str]) -> str:
    if text not in labels:
        raise InvalidInput("ask.figure", _("There is no figure called “%(name)s”; choose one of the list."), name=text)
    return labels[text]
