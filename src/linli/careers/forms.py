"""What people fill in: nominations, rounds, promotions, plans, talents, and pay."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.careers.models import RecruitmentRound
from linli.careers.operations.pay import Pay
from linli.careers.operations.promotions import Climb, Opening
from linli.careers.operations.reserves import Nomination
from linli.careers.operations.talents import Talent
from linli.careers.queries.ladder import WorkerPage
from linli.careers.sections import names, section
from linli.careers.workflow import ALLOWANCES, BASE, COMPONENTS, TARGETS
from linli.core.forms import StyledForm, choose
from linli.organizations.forms import AppointForm
from linli.organizations.operations.people import LONGEST_NAME, Named
from linli.organizations.operations.posts import Appointment
from linli.organizations.sections import kinds_in_force
from linli.territory.models import Place

DAY: Final = forms.DateInput(attrs={"type": "date"})
MONTH: Final = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
NONE: Final = ("", "—")


def _places(places: Any) -> list[tuple[str, str]]:
    return [(str(place.pk), place.name) for place in places]


class NominationForm(StyledForm):
    """Somebody for the reserve of a community."""

    place = forms.ChoiceField(label=_("Community"))
    target = forms.ChoiceField(label=pgettext_lazy("careers", "reserve for"), choices=TARGETS)
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    phone = forms.CharField(label=_("Phone"), max_length=20)
    source = forms.CharField(
        label=pgettext_lazy("careers", "where from"),
        max_length=64,
        required=False,
        help_text=_("Community worker, veteran, graduate …"),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", _places(places))

    def nomination(self) -> Nomination:
        """What the operation is called with."""
        data = self.cleaned_data
        named = Named(data["name"], data["phone"])
        return Nomination(named, int(data["place"]), data["target"], data["source"])


class RoundForm(StyledForm):
    """A recruitment round: numbers and criteria only."""

    title = forms.CharField(label=_("Title"), max_length=120)
    place = forms.ChoiceField(label=_("Place"))
    rung = forms.ChoiceField(label=pgettext_lazy("careers", "rung"))
    posts = forms.IntegerField(label=pgettext_lazy("careers", "posts to fill"), min_value=1, max_value=9999)
    criteria = forms.MultipleChoiceField(
        label=pgettext_lazy("careers", "criteria"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", _places(places))
        choose(self, "rung", names(section().ladder).items())
        choose(self, "criteria", names(section().criteria).items())

    def opening(self) -> Opening:
        """What the operation is called with."""
        data = self.cleaned_data
        return Opening(data["title"], int(data["place"]), data["rung"], data["posts"], tuple(data["criteria"]))


class CloseForm(StyledForm):
    """How many applied and were chosen; nothing about whom."""

    applicants = forms.IntegerField(label=pgettext_lazy("careers", "applicants"), min_value=0, max_value=9999)
    chosen = forms.IntegerField(label=pgettext_lazy("careers", "chosen"), min_value=0, max_value=9999)


class ClimbForm(StyledForm):
    """One rung up, for somebody on the ladder."""

    place = forms.ChoiceField(label=_("Community"))
    to_rung = forms.ChoiceField(label=pgettext_lazy("careers", "rung after"))
    round = forms.ChoiceField(label=pgettext_lazy("careers", "round"), required=False)

    def __init__(self, *args: Any, page: WorkerPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        places = {post.place_id: post.place for _label, post in page.posts}
        choose(self, "place", _places(places.values()))
        choose(self, "to_rung", names(section().ladder).items())
        choose(self, "round", [NONE, *((str(item.pk), item.title) for item in page.rounds)])

    def climb(self) -> Climb:
        """What the operation is called with."""
        data = self.cleaned_data
        chosen = int(data["round"]) if data["round"] else None
        return Climb(self.page.person.pk, int(data["place"]), data["to_rung"], chosen)


class DayForm(StyledForm):
    """A day on which something was done."""

    on = forms.DateField(label=_("Day"), widget=DAY)


class PlanForm(StyledForm):
    """How many posts a community should have."""

    posts = forms.IntegerField(label=pgettext_lazy("careers", "posts planned"), min_value=0, max_value=9999)
    factors = forms.MultipleChoiceField(
        label=pgettext_lazy("careers", "factors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    basis = forms.CharField(label=pgettext_lazy("careers", "on what ground"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "factors", names(section().factors).items())


class TalentForm(StyledForm):
    """What somebody can do, and that they agree that it is known."""

    place = forms.ChoiceField(label=_("Community"))
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    phone = forms.CharField(label=_("Phone"), max_length=20)
    category = forms.ChoiceField(label=pgettext_lazy("careers", "category of talent"))
    skills = forms.CharField(label=pgettext_lazy("careers", "what they can do"), max_length=200, required=False)
    consent = forms.BooleanField(label=_("The community may see this and ask for help. It can be ended at any time."))

    def __init__(self, *args: Any, places: Any, named: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", _places(places))
        choose(self, "category", names(section().talents).items())
        if named:
            for name in ("name", "phone"):
                del self.fields[name]

    def talent(self) -> Talent:
        """What the operation is called with."""
        data = self.cleaned_data
        given = {name: data.get(name, "") for name in ("name", "phone")}
        return Talent(**given, place_id=int(data["place"]), category=data["category"], skills=data["skills"],
                      consent=data["consent"])  # fmt: skip


class GradeForm(StyledForm):
    """A grade of base pay."""

    place = forms.ChoiceField(label=_("Place"))
    title = forms.CharField(label=pgettext_lazy("careers", "grade"), max_length=64)
    rung = forms.ChoiceField(label=pgettext_lazy("careers", "rung"), required=False)
    base = forms.DecimalField(label=pgettext_lazy("careers", "base pay"), max_digits=10, decimal_places=2, min_value=0)

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", _places(places))
        choose(self, "rung", [NONE, *names(section().ladder).items()])


class AllowanceForm(StyledForm):
    """What an allowance is for whom."""

    place = forms.ChoiceField(label=_("Place"))
    kind = forms.ChoiceField(label=pgettext_lazy("careers", "kind of allowance"))
    condition = forms.CharField(label=pgettext_lazy("careers", "condition"), max_length=64)
    monthly = forms.DecimalField(label=pgettext_lazy("careers", "yuan a month"), max_digits=10, decimal_places=2)
    since = forms.DateField(label=pgettext_lazy("careers", "in force from"), widget=DAY)

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", _places(places))
        bands = [(item.code, f"{item.named} {item.least:f}–{item.most:f}") for item in section().allowances]
        choose(self, "kind", bands)


class StatementForm(StyledForm):
    """A month's pay of one worker. Allowances come from the rules, base pay from the grade where one is chosen."""

    number = forms.CharField(label=_("Staff number"), max_length=40)
    place = forms.ChoiceField(label=_("Place"))
    month = forms.DateField(label=pgettext_lazy("careers", "month"), widget=MONTH, input_formats=["%Y-%m", "%Y-%m-%d"])
    grade = forms.ChoiceField(label=pgettext_lazy("careers", "grade"), required=False)
    paid_on = forms.DateField(label=pgettext_lazy("careers", "paid on"), widget=DAY, required=False)

    def __init__(
        self, *args: Any, places: list[Place], grades: Any, levels: Mapping[str, list[str]], again: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", _places(places))
        choose(self, "grade", [NONE, *((str(item.pk), f"{item.title} {item.base:f}") for item in grades)])
        labels = dict(COMPONENTS)
        for code in section().components:
            if code in ALLOWANCES:
                choices = [NONE, *((word, word) for word in levels[code])]
                self.fields[f"{code}_level"] = forms.ChoiceField(
                    label=labels[code], choices=choices, required=False,
                    widget=forms.Select(attrs={"class": "form-select"}),
                )  # fmt: skip
            else:
                self.fields[code] = forms.DecimalField(
                    label=labels[code], max_digits=10, decimal_places=2, min_value=0, required=False,
                    widget=forms.NumberInput(attrs={"class": "form-control"}),
                )  # fmt: skip
        if again:
            for name in ("number", "place", "month"):
                del self.fields[name]

    def pay(self, *, person_id: int, place_id: int, month: Any) -> Pay:
        """What the operation is called with."""
        data = self.cleaned_data
        by_hand = {code: data[code] for code, _label in COMPONENTS if data.get(code) is not None}
        grade = int(data["grade"]) if data["grade"] else None
        if grade and not by_hand.get(BASE, Decimal(0)):
            by_hand.pop(BASE, None)
        levels = {f"{kind}_level": data.get(f"{kind}_level", "") for kind in ALLOWANCES}
        return Pay(person_id, place_id, month, grade, **levels, amounts=by_hand, paid_on=data["paid_on"])


class RoundAppointForm(AppointForm):
    """Somebody who was chosen in a round, for a post of its rung."""

    def __init__(self, *args: Any, row: RecruitmentRound, **kwargs: Any) -> None:
        self.row = row
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The kinds of the rung; a reason is asked of nobody here."""
        super().prepare()
        rung = section().rung(self.row.rung)
        kinds = kinds_in_force()
        self.choose("kind", [(code, kinds[code].named) for code in (rung.posts if rung else ()) if code in kinds])
        self.fields.pop("exception", None)

    def appointment(self) -> Appointment:
        """What the operation is called with."""
        return replace(super().appointment(), round_id=self.row.pk)
