"""The forms of assessments and inspections: they parse and offer choices; every rule is in the operations."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accountability.assessing.section import schemes
from linli.accountability.models.inspecting import KINDS
from linli.accountability.operations.assessments import Opening
from linli.accountability.operations.inspecting import Found, Made, Planned, ring
from linli.accountability.policies.assessments import run_places
from linli.accountability.queries.inspecting import units_at
from linli.core.actors import Actor
from linli.organizations.forms import StyledForm, day_field
from linli.organizations.models import Post
from linli.territory.models import Place

FINDINGS: Final = 5
MOST: Final = 1000


def places_run(actor: Actor) -> list[Place]:
    """The divisions at which the actor runs assessments, the widest first."""
    rows = Place.objects.filter(run_places(actor), type="division", until=None, placeholder=False)
    return list(rows.select_related("parent").order_by("path")[:MOST])


def named(places: list[Place]) -> list[tuple[str, str]]:
    """Places as choices, each with the one above."""
    return [(str(item.pk), f"{item.name} · {item.parent.name}" if item.parent else item.name) for item in places]


class OpenForm(StyledForm):
    """A new round: by which scheme, where, for which period; at the end of a term, whose."""

    scheme = forms.ChoiceField(label=_("Scheme"))
    place = forms.ChoiceField(label=_("Place"))
    day = day_field(_("A day of the period"), required=True)
    post = forms.ChoiceField(
        label=_("Whose term"), required=False, help_text=_("Only for schemes at the end of a term.")
    )

    def prepare(self) -> None:
        """Offer the schemes in force, the places of one's posts and the posts that have a term scheme."""
        held = schemes()
        self.choose("scheme", [(code, item.named) for code, item in held.items()])
        places = places_run(self.actor)
        self.choose("place", named(places))
        kinds = {kind for item in held.values() if item.period == "term" for kind in item.kinds}
        if not kinds:
            del self.fields["post"]
            return
        posts = Post.objects.filter(kind__in=kinds, person__isnull=False, place__in=_below(places))
        rows = posts.select_related("person", "place").order_by("place__path", "id")[:MOST]
        self.choose("post", [("", "—"), *((str(row.pk), f"{row.person} · {row.place.name}") for row in rows)])

    def opening(self) -> Opening:
        """What the operation is called with."""
        data = self.cleaned_data
        return Opening(data["scheme"], int(data["place"]), data["day"], self.number("post"))


def _below(places: list[Place]) -> Any:
    from_top = [item.path for item in places]
    tops = [path for path in from_top if not any(path != other and path.startswith(other) for other in from_top)]
    found = Place.objects.none()
    for path in tops:
        found = found | Place.objects.filter(path__startswith=path)
    return found.values("id")


class GivenForm(forms.Form):
    """What is given for a part."""

    version = forms.IntegerField()
    points = forms.DecimalField(max_digits=5, decimal_places=2)
    words = forms.CharField(required=False)


class WordsForm(forms.Form):
    """A statement, a comment, an objection."""

    text = forms.CharField(max_length=4000)
    criterion = forms.CharField(max_length=64, required=False)


class AnswerForm(forms.Form):
    """An answer to an objection; points only where it is upheld."""

    text = forms.CharField(max_length=2000)
    verdict = forms.ChoiceField(choices=(("dismiss", ""), ("uphold", "")))
    points = forms.DecimalField(max_digits=5, decimal_places=2, required=False)

    def clean(self) -> dict[str, Any]:
        """Upholding says what the points are now."""
        data = super().clean() or {}
        if data.get("verdict") == "uphold" and data.get("points") is None:
            self.add_error("points", _("Say what the points are now."))
        return data


class PlanForm(StyledForm):
    """A plan of inspections: each of the units by one body, or each by the next one."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    title = forms.CharField(label=_("What is inspected"), max_length=120)
    due = day_field(_("To be done by"), required=True)
    inspector = forms.ChoiceField(
        label=_("Who inspects"), required=False, help_text=_("In a cross-inspection each unit inspects the next one.")
    )
    units = forms.MultipleChoiceField(
        label=_("Units to be inspected"), widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
    )

    def __init__(self, *args: Any, actor: Actor, place: Place, **kwargs: Any) -> None:
        self.place = place
        super().__init__(*args, actor=actor, **kwargs)

    def prepare(self) -> None:
        """Offer the bodies at the place and below; those of one's own may inspect the rest."""
        units = units_at(self.place)
        choices = [(str(item.pk), f"{item.name} · {item.place.name}") for item in units]
        self.choose("units", choices)
        departments = units_at(self.place, ("department",))
        more = [(str(item.pk), f"{item.name} · {item.place.name}") for item in departments]
        self.choose("inspector", [("", "—"), *choices, *more])

    def planned(self) -> Planned:
        """What the operation is called with."""
        data = self.cleaned_data
        units = [int(item) for item in data["units"]]
        inspector = self.number("inspector")
        crossed = data["kind"] == "cross"
        pairs = ring(units) if crossed else tuple((inspector, unit) for unit in units if inspector)
        return Planned(data["kind"], data["title"], self.place.pk, data["due"], pairs)


class RecordForm(StyledForm):
    """What came of an inspection: a line for each finding, with the day by which it is put right."""

    on = day_field(_("Day of the inspection"), required=True)
    outcome = forms.CharField(label=_("What came of it"), required=False, max_length=300)

    def prepare(self) -> None:
        """Lines for findings; empty ones are left out."""
        for number in range(1, FINDINGS + 1):
            label = _("Finding %(number)s") % {"number": number}
            widget = forms.Textarea(attrs={"rows": 2})
            self.fields[f"finding-{number}"] = forms.CharField(label=label, required=False, widget=widget)
            self.fields[f"due-{number}"] = day_field(_("put right by"))

    def clean(self) -> dict[str, Any]:
        """Each finding has its day."""
        data = super().clean() or {}
        for number in range(1, FINDINGS + 1):
            if bool(data.get(f"finding-{number}")) and not data.get(f"due-{number}"):
                self.add_error(f"due-{number}", _("Say by when it is put right."))
        return data

    def made(self) -> Made:
        """What the operation is called with."""
        data = self.cleaned_data
        lines = [(data[f"finding-{n}"], data[f"due-{n}"]) for n in range(1, FINDINGS + 1)]
        return Made(data["on"], data["outcome"], tuple(Found(text, due) for text, due in lines if text))
