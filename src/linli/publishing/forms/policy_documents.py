"""The forms of policy documents: one that is recorded or put right, and those that renew, replace and repeal it."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.actors import Actor
from linli.core.forms import StyledForm, day_of
from linli.publishing.models import PolicyDocument
from linli.publishing.operations.policy_documents import LONGEST, Sketch
from linli.publishing.queries.policy_documents import Wanted, issuing_bodies, keeping_places, own_body
from linli.publishing.workflow.policy_documents import KINDS

DAY: Final = {"type": "date"}
PLAIN: Final = ("title", "kind", "number", "issuer", "issued", "since", "valid_until", "keywords", "summary", "public")


def _day(label: Any, required: bool = False, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )


class DocumentForm(StyledForm):
    """A document as a clerk records it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=pgettext_lazy("document", "Title"), max_length=LONGEST["title"])
    number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        help_text=_(
            "Like 某办〔2026〕12号; other brackets are put right. Only checklists and conventions may lack one."
        ),
    )
    kind = forms.ChoiceField(label=pgettext_lazy("document", "Kind"), choices=KINDS)
    body = forms.ChoiceField(label=_("Issuing body"), required=False)
    issuer = forms.CharField(label=_("Or a higher office, by name"), max_length=LONGEST["issuer"], required=False)
    place = forms.ChoiceField(label=_("Holds for"))
    issued = _day(_("Issued on"), required=True)
    since = _day(pgettext_lazy("document", "In force from"), help_text=_("Empty: from the day on which it was issued."))
    valid_until = _day(_("Valid until"), help_text=_("The last day; empty where it names none."))
    keywords = forms.CharField(label=_("Keywords"), max_length=LONGEST["keywords"], required=False)
    summary = forms.CharField(
        label=_("What it says, in a few sentences"),
        max_length=LONGEST["summary"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    public = forms.BooleanField(label=_("Everybody may read it on the public page"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places, bodies = keeping_places(actor), issuing_bodies(actor)
        self._offer("place", places)
        self._offer("body", [("", _("another, by name")), *bodies])
        # A new one is most often of one's own office, for its whole area.
        first = places[0][0] if places else ""
        self.fields["place"].initial = first
        self.fields["body"].initial = own_body(actor, first, {code for code, _label in bodies})

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field, given = self.fields[name], str(self.initial.get(name) or "")
        assert isinstance(field, forms.ChoiceField)
        if name == "body" and given and given not in dict(choices):
            choices = [*choices, (given, self.initial["body_name"])]
        if name == "place" and len(choices) != 1:
            choices = [("", "—"), *choices]
        field.choices = choices

    @staticmethod
    def of(document: PolicyDocument) -> dict[str, Any]:
        """The values of a document, to be put right."""
        body = str(document.organization_id or "")
        held = {name: getattr(document, name) for name in (*PLAIN, "version")}
        issuer = "" if body else document.issuer
        return held | {"body": body, "body_name": document.issuer, "issuer": issuer, "place": str(document.place_id)}

    @staticmethod
    def after(document: PolicyDocument) -> dict[str, Any]:
        """What the successor of a document has in common with it."""
        held = DocumentForm.of(document)
        names = ("title", "kind", "body", "body_name", "issuer", "place", "keywords", "public", "version")
        return {name: held[name] for name in names}

    def sketch(self) -> Sketch:
        """What the operations are called with."""
        data = self.cleaned_data
        body = int(data["body"]) if data["body"] else None
        plain = {name: data[name] for name in PLAIN}
        return Sketch(place_id=int(data["place"]), organization_id=body, **plain)


class RenewForm(StyledForm):
    """Until when a document holds anew."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    valid_until = _day(_("New last day"), help_text=_("Empty: it holds without an end."))
    reason = forms.CharField(label=_("Remark"), max_length=300, required=False)


class RepealForm(StyledForm):
    """From which day on a document no longer holds, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = _day(_("Repealed from"), required=True)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReplaceForm(StyledForm):
    """The document of the library that replaces another."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    successor = forms.CharField(
        label=_("Number or title of the new document"),
        max_length=260,
        widget=forms.TextInput(attrs={"list": "offered"}),
    )


class ReasonForm(StyledForm):
    """Why something is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=300)


def wanted(query: Mapping[str, str]) -> Wanted:
    """What an address asks of the list; what makes no sense asks for nothing."""
    kind = query.get("kind", "")
    return Wanted(
        words=query.get("q", "").strip()[:60],
        kind=kind if kind in dict(KINDS) else "",
        on=day_of(query.get("on", "")),
        issuer=query.get("issuer", "")[: LONGEST["issuer"]],
        by_number=query.get("sort") == "number",
    )


def today() -> str:
    """Today as a form shows it."""
    return clock.today().isoformat()
