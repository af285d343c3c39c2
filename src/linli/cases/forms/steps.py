"""What each step of one matter asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases import routing, sections, words
from linli.cases.models import Case
from linli.cases.operations.finishing import MOST_HELPED
from linli.organizations.models import Organization

Text = forms.Textarea(attrs={"rows": 4})
Day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
# Begins the names of the fields for the parts of departments.
PART = "part_"


def organization_choices(case: Case) -> list[tuple[str, Any]]:
    """The bodies that may be named for a matter: the suggested one first, with a star, then those on the way up."""
    found = routing.route_of(case)
    first = [found.body] if found.body and found.body.pk != case.complained_of_id else []
    known = {case.complained_of_id, *(item.pk for item in first)}
    rest = [item for item in routing.bodies_for(case.place) if item.pk not in known]
    return [
        *((str(item.pk), f"★ {item.name}") for item in first),
        *((str(item.pk), item.name) for item in rest),
    ]


class ActionForm(forms.Form):
    """A form for one step of one matter; carries the version that the page showed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, verb: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = case.version
        self.case = case
        self.prepare(case, verb)
        for name, field in self.fields.items():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            if isinstance(field, forms.BooleanField):
                kind = "form-check-input"
            if isinstance(field, forms.MultipleChoiceField):
                continue
            field.widget.attrs.setdefault("class", kind)
            field.widget.attrs.setdefault("id", f"id_{name}")

    def prepare(self, case: Case, verb: str) -> None:
        """Fill the choices that depend on the matter."""

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields that the page shows one below the other."""
        return list(self)

    def values(self) -> dict[str, Any]:
        """What the operation is called with."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class PlainForm(ActionForm):
    """A step that needs nothing said."""


class ReasonForm(ActionForm):
    """A step that needs a reason."""

    reason = forms.CharField(label=_("Reason"), widget=Text, max_length=300)


class SupervisionForm(ActionForm):
    """What is replied to a supervision, or what it found."""

    text = forms.CharField(widget=Text, max_length=1000)

    def prepare(self, case: Case, verb: str) -> None:
        """Ask for the reply with the reason beside it, or for the finding with the reply."""
        told = case.extra.get("supervision") or {}
        field = self.fields["text"]
        field.label = _("Reply") if verb == "reply" else _("Finding")
        if verb == "reply":
            field.help_text = _("Reason: %(reason)s") % {"reason": told.get("reason", "")}
        elif told.get("reply"):
            field.help_text = _("Reply: %(reply)s") % {"reply": told["reply"]}


class MaybeReasonForm(ActionForm):
    """A step for which a reason may be given."""

    reason = forms.CharField(label=_("Reason (may be left out)"), widget=Text, max_length=300, required=False)


class ClassifyForm(ActionForm):
    """Category and urgency, from which the deadline follows; where a matter is corrected its place too."""

    place = forms.IntegerField(required=False)

    category = forms.ChoiceField(label=_("Category"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=words.URGENCIES, required=False)
    planned_end = forms.DateField(label=_("Planned end"), required=False, widget=Day)
    complained_of = forms.TypedChoiceField(
        label=_("It is a complaint about"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("It then goes to the desk above that body, and nobody of the body sees it."),
    )

    def prepare(self, case: Case, verb: str) -> None:
        """Offer the place's categories, with the matter's own chosen; only public-benefit tasks are planned."""
        if verb == "correct":
            known = [(str(item.pk), item.name) for item in routing.bodies_for(case.place)]
            self.fields["complained_of"].choices = [("", "—"), *known]  # type: ignore[attr-defined]
        else:
            del self.fields["complained_of"], self.fields["place"]
        if case.kind == "public_task":
            self.fields["planned_end"].initial = case.planned_end
        else:
            del self.fields["planned_end"]
        self.fields["category"].choices = [("", "—"), *sections.category_choices()]  # type: ignore[attr-defined]
        self.fields["category"].initial = case.category
        self.fields["urgency"].initial = case.urgency

    @property
    def plain(self) -> list[forms.BoundField]:
        """Everything but the place, which has a finder."""
        return [field for field in self if field.name != "place"]

    def values(self) -> dict[str, Any]:
        """The place under the name that the operation knows."""
        given = super().values()
        place = given.pop("place", None)
        return {**given, "place_id": place} if place else given


class LeadForm(ActionForm):
    """Which body leads."""

    lead_id = forms.TypedChoiceField(label=_("Leading body"), coerce=int)
    note = forms.CharField(label=_("Note for the body"), widget=Text, required=False, max_length=300)

    def prepare(self, case: Case, verb: str) -> None:
        """Offer the bodies, and say why the first one."""
        self.fields["lead_id"].choices = organization_choices(case)  # type: ignore[attr-defined]
        self.fields["lead_id"].help_text = " ".join(routing.route_of(case).reasons)


class LeadReasonForm(LeadForm):
    """Which body leads from now on, and why."""

    note = None  # type: ignore[assignment]
    reason = forms.CharField(label=_("Reason"), widget=Text, max_length=300)


class ResumeForm(LeadForm):
    """Which body goes on with a deferred matter."""

    note = None  # type: ignore[assignment]


class ReturnForm(ActionForm):
    """Why it is handed back, and who should take it."""

    reason = forms.CharField(label=_("Reason"), widget=Text, max_length=300)
    proposed_id = forms.TypedChoiceField(
        label=_("Body that should take it"), coerce=int, empty_value=None, required=False
    )

    def prepare(self, case: Case, verb: str) -> None:
        """Offer the other bodies."""
        choices = [item for item in organization_choices(case) if item[0] != str(case.lead_id)]
        self.fields["proposed_id"].choices = [("", _("none fits: to the arbiter")), *choices]  # type: ignore[attr-defined]
        self.fields["proposed_id"].help_text = _("The second return goes to the arbiter. The clock keeps running.")


class ResultForm(ActionForm):
    """What was done and with what outcome."""

    result = forms.CharField(label=_("What was done, and when"), widget=Text, max_length=2000)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=words.OUTCOMES[:4], initial="resolved")
    helped = forms.IntegerField(
        label=_("People helped (a count, may be left out)"), min_value=0, max_value=MOST_HELPED, required=False
    )

    def prepare(self, case: Case, verb: str) -> None:
        """Only of a public-benefit task is it asked how many people it helped."""
        if case.kind != "public_task":
            del self.fields["helped"]


class AnswerForm(ActionForm):
    """The public answer that closes a matter."""

    answer = forms.CharField(label=_("Answer to the reporter"), widget=Text, required=False, max_length=2000)

    def prepare(self, case: Case, verb: str) -> None:
        """Begin with what was done."""
        self.fields["answer"].initial = case.result


class NoteForm(ActionForm):
    """What the check found."""

    note = forms.CharField(label=_("What you saw"), widget=Text, required=False, max_length=300)


class ScopeForm(ActionForm):
    """Why a matter is outside every power here, and on what ground."""

    reason = forms.CharField(label=_("What the reporter reads"), widget=Text, max_length=300)
    ground = forms.CharField(label=_("Legal ground"), max_length=300)

    def prepare(self, case: Case, verb: str) -> None:
        """Begin with the place's polite wording."""
        wording = sections.templates("propose_out_of_scope")
        self.fields["reason"].initial = wording[0].text if wording else ""


class ReferForm(ActionForm):
    """To whom a matter was passed on by law."""

    to = forms.CharField(label=_("Passed on to"), max_length=160)
    reason = forms.CharField(label=_("Reason"), widget=Text, max_length=300)


class ContactForm(ActionForm):
    """How the reporter was spoken with."""

    how = forms.ChoiceField(
        label=_("How it was done"),
        choices=(("phone", _("by phone")), ("visit", _("in person")), ("message", _("by message"))),
    )


class DaysForm(ActionForm):
    """A reason and a number of days."""

    reason = forms.CharField(label=_("Reason"), widget=Text, max_length=300)
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=90)


class DecideForm(ActionForm):
    """Granted or not."""

    granted = forms.BooleanField(label=_("Grant the extension"), required=False)
    reason = forms.CharField(
        label=_("Reason (needed where it is refused)"), widget=Text, required=False, max_length=300
    )

    def prepare(self, case: Case, verb: str) -> None:
        """Show what was asked for, and why."""
        asked = case.extra.get("extension") or {}
        if asked:
            self.fields["granted"].help_text = _("Asked for: %(days)s working days. Reason: %(reason)s") % asked

    def values(self) -> dict[str, Any]:
        """The decision, also where it is no."""
        return {**super().values(), "granted": self.cleaned_data["granted"]}


class MergeForm(ActionForm):
    """Into which matter a duplicate goes."""

    into = forms.CharField(label=_("Receipt number of the matter that stays"), max_length=32)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)

    def values(self) -> dict[str, Any]:
        """The number as an id; an unknown number is one that is not there."""
        found = Case.objects.filter(number=self.cleaned_data["into"].strip()).values_list("pk", flat=True).first()
        values = super().values()
        values.pop("into")
        return {**values, "into_id": found or 0}


class WhistleForm(ActionForm):
    """Which departments are called, to what, and what is whose part (WHI-04)."""

    departments = forms.TypedMultipleChoiceField(
        label=_("Departments called"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=words.WHISTLE_KINDS)
    text = forms.CharField(label=_("What they are needed for"), widget=Text, max_length=2000)

    def prepare(self, case: Case, verb: str) -> None:
        """Offer departments and companies first, and no offices."""
        known = [item for item in routing.bodies_for(case.place) if item.pk != case.complained_of_id]
        known.sort(key=lambda item: item.type not in (Organization.Type.DEPARTMENT, Organization.Type.PROPERTY))
        bodies = [item for item in known if item.type != Organization.Type.OFFICE]
        self.fields["departments"].choices = [(str(item.pk), item.name) for item in bodies]  # type: ignore[attr-defined]
        self.fields["text"].initial = case.text[:300]
        for item in bodies:
            self.fields[f"{PART}{item.pk}"] = forms.CharField(label=item.name, max_length=200, required=False)

    @property
    def plain(self) -> list[forms.BoundField]:
        """Kind and text; the departments stand below, each with its part."""
        return [field for field in self if field.name != "departments" and not field.name.startswith(PART)]

    @property
    def called(self) -> list[tuple[Any, forms.BoundField]]:
        """Each department that can be called, with the field for its part."""
        return [(box, self[f"{PART}{box.data['value']}"]) for box in self["departments"]]

    def values(self) -> dict[str, Any]:
        """Only the parts of those that are called."""
        given = super().values()
        parts = {pk: given.get(f"{PART}{pk}", "") for pk in given["departments"]}
        named = {name: value for name, value in given.items() if not name.startswith(PART)}
        return {**named, "parts": {pk: part for pk, part in parts.items() if part}}


class HelpForm(ActionForm):
    """Which body helps with which part."""

    organization_id = forms.TypedChoiceField(label=_("Body"), coerce=int)
    task = forms.CharField(label=_("Its part"), max_length=200)

    def prepare(self, case: Case, verb: str) -> None:
        """Offer the other bodies."""
        choices = [item for item in organization_choices(case) if item[0] != str(case.lead_id)]
        self.fields["organization_id"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]
