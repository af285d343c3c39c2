"""What is asked of whoever reports a matter: at the desk, on the public pages, on patrol; and the reporter's word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases import sections, words
from linli.organizations.models import Organization

Text = forms.Textarea(attrs={"rows": 4})
Day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
COMPLAINED = (
    Organization.Type.OFFICE,
    Organization.Type.DEPARTMENT,
    Organization.Type.PROPERTY,
    Organization.Type.SELF_GOVERNMENT,
)
BODIES = 2000


def complained_choices() -> list[tuple[str, str]]:
    """The bodies that somebody may complain of: those that work on matters, from the top down."""
    held = Organization.objects.filter(until=None, type__in=COMPLAINED).order_by("place__path", "type", "name")
    return [("", "—"), *((str(pk), name) for pk, name in held.values_list("pk", "name")[:BODIES])]


class DeskForm(forms.Form):
    """One matter as the desk takes it in; the place comes from the place finder."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    text = forms.CharField(label=_("What it is about"), widget=Text, max_length=2000)
    place = forms.IntegerField(label=_("Place"))
    address = forms.CharField(label=_("Address in words"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=words.KINDS)
    category = forms.ChoiceField(label=_("Category"), required=False)
    source = forms.ChoiceField(label=_("Source"), choices=words.SOURCES, initial="window")
    urgency = forms.ChoiceField(label=_("Urgency"), choices=(("", _("by category")), *words.URGENCIES), required=False)
    reporter_name = forms.CharField(label=_("Person's name"), required=False, max_length=60)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30)
    behalf_of = forms.CharField(label=_("On behalf of"), required=False, max_length=60)
    callback = forms.BooleanField(label=_("Wants to be called back"), required=False)
    hidden = forms.BooleanField(label=_("Hide the reporter from the handler"), required=False)
    register_number = forms.CharField(label=_("Number of the other platform"), required=False, max_length=64)
    given_due = forms.DateTimeField(
        label=_("Deadline of the other platform"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    planned_end = forms.DateField(label=_("Planned end (public-benefit tasks)"), required=False, widget=Day)
    complained_of = forms.TypedChoiceField(
        label=_("Body complained of"), coerce=int, empty_value=None, required=False, choices=complained_choices
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", "—"), *sections.category_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A complaint names the body, for it must not go there; whoever names one complains."""
        data = super().clean() or {}
        if data.get("kind") == "complaint" and not data.get("complained_of"):
            self.add_error("complained_of", _("Say which body it is about: it goes to the body above."))
        if data.get("complained_of"):
            data["kind"] = "complaint"
        return data


class PublicReportForm(forms.Form):
    """What a visitor fills in: a text and a place; everything else may stay empty."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    joins = forms.CharField(required=False, max_length=200)
    text = forms.CharField(label=_("What is the matter?"), widget=Text, max_length=2000, required=False)
    place = forms.IntegerField(
        label=_("Where is it?"), error_messages={"required": _("Please say where: look the place up and choose it.")}
    )
    address = forms.CharField(label=_("The spot in words"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=words.KINDS, required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    reporter_name = forms.CharField(label=_("Your name"), required=False, max_length=60)
    phone = forms.CharField(label=_("Your phone number"), required=False, max_length=30)
    callback = forms.BooleanField(label=_("Please call me back"), required=False)
    hidden = forms.BooleanField(label=_("Do not show my name to whoever handles it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", "—"), *sections.category_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Words are needed, or a number to call back on."""
        data = super().clean() or {}
        callback, text = data.get("callback"), str(data.get("text") or "").strip()
        if callback and not words.callable_number(str(data.get("phone") or "")):
            self.add_error("phone", _("Please give the number to call."))
        if not callback and not text and "text" not in self.errors:
            self.add_error("text", _("Please say in a few words what it is about."))
        data["text"] = text or str(_("Asks to be called back."))
        return data


class ComplaintForm(PublicReportForm):
    """What a visitor fills in to complain: which body, and about what."""

    complained_of = forms.TypedChoiceField(
        label=_("Whom is it about?"),
        coerce=int,
        choices=complained_choices,
        error_messages={"required": _("Please choose the body; for a person the one where they work.")},
    )


class PatrolForm(forms.Form):
    """One matter as a grid worker keeps it on the phone, perhaps without signal; the key says which one it is."""

    key = forms.CharField(max_length=60)
    text = forms.CharField(label=_("What is the matter?"), widget=Text, max_length=2000)
    place = forms.IntegerField(label=_("Where is it?"))
    address = forms.CharField(label=_("The spot in words"), required=False, max_length=200)
    category = forms.CharField(label=_("Category"), required=False, max_length=64)


class WordForm(forms.Form):
    """The reporter's word: two questions, asked apart, and a remark."""

    solved = forms.TypedChoiceField(
        label=_("Was it solved?"),
        coerce=lambda value: value == "yes",
        choices=(("yes", _("it is solved")), ("no", _("it is not solved"))),
        widget=forms.RadioSelect,
    )
    satisfied = forms.TypedChoiceField(
        label=_("Are you satisfied?"),
        coerce=int,
        choices=((5, _("very")), (4, _("satisfied")), (3, _("so-so")), (2, _("not really")), (1, _("not satisfied"))),
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(label=_("Anything else?"), widget=Text, required=False, max_length=500)
