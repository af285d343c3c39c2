"""Forms of reports: a new one, another Word file for one."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accountability.documents.drafting import drafted
from linli.accountability.policies.reports import WRITE
from linli.core.actors import Actor
from linli.territory.models import Place

PLACES: Final = 500
WORD: Final = ".docx"


class TemplateForm(forms.Form):
    """A new report: its name and place, and its text, as a Word file or pasted."""

    label = forms.CharField(label=_("Name"), max_length=120)
    place = forms.ChoiceField(label=_("Place"))
    file = forms.FileField(
        label=_("Word file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": WORD}),
        help_text=_("For example last year's report: put fields where the numbers stand."),
    )
    text = forms.CharField(
        label=_("or its text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("The first line is the title, the last two are who signs and the date."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Place.objects.filter(actor.places(WRITE, prefix=""), type=Place.Type.DIVISION, until=None)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(place.pk), place.name) for place in rows.order_by("path")[:PLACES]]
        for name, item in self.fields.items():
            item.widget.attrs |= {"class": "form-select" if name == "place" else "form-control", "id": f"id_{name}"}

    def clean(self) -> dict[str, Any]:
        """A file or a text there must be."""
        data = super().clean() or {}
        if not data.get("file") and not data.get("text", "").strip():
            self.add_error("file", _("Choose a Word file or paste the text."))
        return data

    def content(self) -> bytes:
        """The Word file."""
        given = self.cleaned_data["file"]
        return bytes(given.read()) if given else drafted(self.cleaned_data["text"])


class UploadForm(forms.Form):
    """Another Word file for a template."""

    version = forms.IntegerField(min_value=0)
    file = forms.FileField()
    note = forms.CharField(max_length=200, required=False)
