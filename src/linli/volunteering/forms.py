"""What people fill in about volunteering: a registration, a project, a volunteer post, support, a nomination."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.forms import StyledForm, choose
from linli.organizations.operations.people import LONGEST_NAME as LONGEST_PERSON
from linli.territory.models import Place
from linli.volunteering.honours_section import kind_names
from linli.volunteering.models.neighbours import MEANS, OFFER
from linli.volunteering.operations.honours import LONGEST as LONGEST_GROUND
from linli.volunteering.operations.honours import LONGEST_CONTACT, NeighbourProposal, Nomination
from linli.volunteering.operations.honours import LONGEST_NAME as LONGEST_HONOURED
from linli.volunteering.operations.neighbours import Offering
from linli.volunteering.operations.posts import MOST_MONTHS, MOST_SEATS, Opening, Support
from linli.volunteering.operations.projects import LONGEST_PANEL, Proposal, Verdict
from linli.volunteering.operations.steps import LONGEST, LONGEST_NAME
from linli.volunteering.operations.volunteers import Registration
from linli.volunteering.queries.honours import star_names
from linli.volunteering.sections import section, service_names, skill_names, support_names
from linli.volunteering.workflow import SEXES, TIMES, VERDICTS

LONG: Final = forms.Textarea(attrs={"rows": 4})
SEVERAL: Final = forms.CheckboxSelectMultiple


class Day(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RegistrationForm(StyledForm):
    """What is asked of a volunteer; the identity number is not (志愿服务记录与证明出具办法, Art. 5)."""

    name = forms.CharField(label=pgettext_lazy("volunteer", "name"), max_length=LONGEST_PERSON)
    phone = forms.CharField(label=_("phone"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    place = forms.ChoiceField(label=pgettext_lazy("volunteer", "community in which you live"))
    born = forms.DateField(label=pgettext_lazy("volunteer", "day of birth"), widget=Day)
    sex = forms.ChoiceField(label=pgettext_lazy("volunteer", "sex"), required=False)
    skills = forms.MultipleChoiceField(label=pgettext_lazy("volunteer", "skills"), widget=SEVERAL, required=False)
    services = forms.MultipleChoiceField(
        label=pgettext_lazy("volunteer", "kinds of service"), widget=SEVERAL, required=False
    )
    times = forms.MultipleChoiceField(
        label=pgettext_lazy("volunteer", "when you have time"), widget=SEVERAL, required=False
    )
    guardian = forms.BooleanField(required=False)
    consent = forms.BooleanField()

    def __init__(self, *args: Any, places: Iterable[Place], on_paper: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = [(item.pk, f"{item.street.name} {item.name}" if item.street else item.name) for item in places]
        choose(self, "place", [("", "—"), *near])
        choose(self, "sex", [("", pgettext_lazy("volunteer", "not said")), *SEXES])
        choose(self, "skills", skill_names().items())
        choose(self, "services", service_names().items())
        choose(self, "times", TIMES)
        age = section().adult_age
        guardian = _("A guardian consents (needed under %(age)s)") % {"age": age}
        here = _("I consent that this is kept to find service that fits, and deleted when I ask for it")
        paper = _("The person signed the form on paper, and the desk keeps it")
        self.fields["guardian"].label = guardian
        self.fields["consent"].label = paper if on_paper else here

    def registration(self) -> Registration:
        """What the operation is called with."""
        data = {**self.cleaned_data}
        return Registration(place_id=int(data.pop("place")), **data)


class ProposalForm(StyledForm):
    """A project of a team, for the incubator."""

    team = forms.ChoiceField(label=_("volunteer team"))
    name = forms.CharField(label=pgettext_lazy("volunteer project", "name"), max_length=LONGEST_NAME)
    aim = forms.CharField(label=pgettext_lazy("volunteer project", "what it is for"), max_length=LONGEST, widget=LONG)

    def __init__(self, *args: Any, teams: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "team", teams)

    def proposal(self) -> Proposal:
        """What the operation is called with."""
        return Proposal(self.cleaned_data["name"], self.cleaned_data["aim"])


class PlacedForm(StyledForm):
    """Something that a place makes: a brand or a micro-project."""

    place = forms.ChoiceField(label=_("Place"))
    name = forms.CharField(label=pgettext_lazy("volunteer project", "name"), max_length=LONGEST_NAME)
    aim = forms.CharField(label=pgettext_lazy("volunteer project", "what it is for"), max_length=LONGEST, widget=LONG)

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(item.pk, item.name) for item in places])

    def proposal(self) -> Proposal:
        """What the operation is called with."""
        return Proposal(self.cleaned_data["name"], self.cleaned_data["aim"])


class MicroForm(PlacedForm):
    """A micro-project with the day by which it should be done."""

    due = forms.DateField(label=pgettext_lazy("volunteer project", "to be done by"), widget=Day, required=False)


class TeamsForm(StyledForm):
    """The teams of a brand."""

    teams = forms.MultipleChoiceField(label=_("Teams"), widget=SEVERAL, required=False)

    def __init__(self, *args: Any, teams: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "teams", teams)


class ReviewForm(StyledForm):
    """What the panel says of a project."""

    verdict = forms.ChoiceField(label=pgettext_lazy("review", "what the panel says"))
    words = forms.CharField(label=pgettext_lazy("review", "why"), max_length=LONGEST, widget=LONG)
    panel = forms.CharField(label=pgettext_lazy("review", "who sat on the panel (bodies)"), max_length=LONGEST_PANEL)

    def __init__(self, *args: Any, verbs: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "verdict", [item for item in VERDICTS if item[0] in set(verbs)])

    def verdict_given(self) -> Verdict:
        """What the operation is called with."""
        return Verdict(**self.cleaned_data)


class PostForm(StyledForm):
    """A volunteer post that a place opens."""

    place = forms.ChoiceField(label=_("Place"))
    name = forms.CharField(label=pgettext_lazy("volunteer post", "name of the post"), max_length=LONGEST_NAME)
    tasks = forms.CharField(
        label=pgettext_lazy("volunteer post", "what is to be done"), max_length=LONGEST, widget=LONG, required=False
    )
    skills = forms.MultipleChoiceField(
        label=pgettext_lazy("volunteer post", "skills that help"), widget=SEVERAL, required=False
    )
    seats = forms.IntegerField(
        label=pgettext_lazy("volunteer post", "for how many"), min_value=1, max_value=MOST_SEATS, initial=1
    )
    term_months = forms.IntegerField(
        label=pgettext_lazy("volunteer post", "for how many months"), min_value=1, max_value=MOST_MONTHS, initial=12
    )

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(item.pk, item.name) for item in places])
        choose(self, "skills", skill_names().items())

    def opening(self) -> Opening:
        """What the operation is called with."""
        data = self.cleaned_data
        return Opening(data["name"], data["tasks"], data["skills"], data["seats"], data["term_months"])


class SupportForm(StyledForm):
    """Support that a social organisation was given."""

    organization = forms.ChoiceField(label=_("social organisation"))
    kind = forms.ChoiceField(label=pgettext_lazy("support", "kind of support"))
    what = forms.CharField(label=pgettext_lazy("support", "what was given"), max_length=300)
    on = forms.DateField(label=_("day"), widget=Day)
    amount = forms.DecimalField(label=_("sum in yuan"), required=False, max_digits=12, decimal_places=2)

    def __init__(self, *args: Any, bodies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": clock.today()})
        super().__init__(*args, **kwargs)
        choose(self, "organization", bodies)
        choose(self, "kind", support_names().items())

    def support(self) -> Support:
        """What the operation is called with."""
        data = self.cleaned_data
        return Support(data["kind"], data["what"], data["on"], data["amount"])


class NominationForm(StyledForm):
    """Who is nominated for what."""

    place = forms.ChoiceField(label=_("Place"))
    kind = forms.ChoiceField(label=pgettext_lazy("honour", "kind of honour"))
    star = forms.ChoiceField(label=_("Star, for star volunteers"), required=False)
    volunteer = forms.CharField(label=_("Number of the volunteer, for a person"), max_length=40, required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)
    project = forms.ChoiceField(label=_("Project"), required=False)
    name = forms.CharField(label=_("Name, where none of these"), max_length=LONGEST_HONOURED, required=False)
    ground = forms.CharField(label=_("What they did"), max_length=LONGEST_GROUND, widget=LONG)
    consented = forms.BooleanField(label=_("The person agrees that the full name is published"), required=False)

    def __init__(
        self,
        *args: Any,
        places: Iterable[Place],
        teams: Iterable[tuple[int, str]],
        projects: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(item.pk, item.name) for item in places])
        choose(self, "kind", kind_names().items())
        choose(self, "star", [("", "–"), *star_names().items()])
        choose(self, "team", [("", "–"), *teams])
        choose(self, "project", [("", "–"), *projects])

    def nomination(self) -> Nomination:
        """What the operation is called with."""
        data = self.cleaned_data
        return Nomination(
            kind=data["kind"],
            place_id=int(data["place"]),
            ground=data["ground"],
            name=data["name"],
            volunteer_number=data["volunteer"],
            organization_id=int(data["team"]) if data["team"] else None,
            project_id=int(data["project"]) if data["project"] else None,
            star=data["star"],
            consented=data["consented"],
        )


class ObjectionForm(StyledForm):
    """What somebody objects; how to reach them only if they wish."""

    text = forms.CharField(label=_("What speaks against it"), max_length=LONGEST_GROUND, widget=LONG)
    contact = forms.CharField(
        label=_("Name and phone, if you wish an answer (optional)"), max_length=LONGEST_CONTACT, required=False
    )


class NeighbourProposalForm(StyledForm):
    """A good neighbour whom a neighbour names."""

    kind = forms.ChoiceField(label=pgettext_lazy("honour", "kind of honour"))
    name = forms.CharField(label=pgettext_lazy("good neighbour", "Household or shop"), max_length=LONGEST_HONOURED)
    ground = forms.CharField(label=_("What they did"), max_length=LONGEST_GROUND, widget=LONG)

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", kinds)

    def proposal(self) -> NeighbourProposal:
        """What the operation is called with."""
        return NeighbourProposal(**self.cleaned_data)


class OfferForm(StyledForm):
    """What a good neighbour offers: a shop with its address, a household with its grid."""

    text = forms.CharField(label=pgettext_lazy("good neighbour", "What they offer"), max_length=OFFER)
    address = forms.CharField(label=_("Address of the shop"), max_length=OFFER, required=False)
    facility = forms.TypedChoiceField(
        label=pgettext_lazy("good neighbour", "Where it lies on the map"), coerce=int, empty_value=None, required=False
    )
    grid = forms.TypedChoiceField(label=_("Grid"), coerce=int, empty_value=None, required=False)
    consented_on = forms.DateField(label=pgettext_lazy("good neighbour", "Agreed on"), widget=Day())
    means = forms.ChoiceField(label=pgettext_lazy("good neighbour", "How they agreed"), choices=MEANS)

    def __init__(self, *args: Any, household: bool, choices: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("address", "facility") if household else ("grid",):
            del self.fields[name]
        choose(self, "grid" if household else "facility", [("", "–"), *choices])

    def offering(self) -> Offering:
        """What the operation is called with."""
        data = self.cleaned_data
        where = {"grid_id": data.get("grid"), "facility_id": data.get("facility")}
        return Offering(data["text"], data["consented_on"], data["means"], data.get("address", ""), **where)
