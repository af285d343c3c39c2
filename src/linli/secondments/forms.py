"""What people fill in: who is sent where, a work list, a selection, what the sending body pays for."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.actors import Actor
from linli.core.forms import StyledForm, choose
from linli.core.periods import period_label
from linli.organizations.operations.people import Named
from linli.secondments.operations.reviews import Review
from linli.secondments.operations.selections import Call
from linli.secondments.operations.terms import Sending
from linli.secondments.operations.work_lists import Issue
from linli.secondments.queries import pages
from linli.secondments.sections import duty_names, grade_names, roles
from linli.secondments.workflow import CATEGORIES, SCORES

DAY: Final = forms.DateInput(attrs={"type": "date"})
LINES: Final = forms.Textarea(attrs={"rows": 3})


class SendForm(StyledForm):
    """Who is sent where, in which role, by whom and for how long."""

    role = forms.ChoiceField(label=pgettext_lazy("secondment", "role"))
    place = forms.ChoiceField(label=pgettext_lazy("secondment", "sent to"))
    name = forms.CharField(label=pgettext_lazy("person", "name"), max_length=60)
    staff_number = forms.CharField(label=_("staff number"), max_length=40, required=False)
    phone = forms.CharField(label=_("phone"), max_length=30, required=False)
    unit = forms.CharField(
        label=pgettext_lazy("secondment", "sent by"),
        help_text=_("The name of the body as it stands on the roster; it then writes down insurance and fund itself."),
        max_length=160,
    )
    category = forms.ChoiceField(label=pgettext_lazy("secondment", "sending body is of"), required=False)
    since = forms.DateField(label=pgettext_lazy("secondment", "from"), widget=DAY)
    planned_end = forms.DateField(
        label=pgettext_lazy("secondment", "planned until"),
        help_text=_("Left empty, the term is as long as the role says."),
        widget=DAY,
        required=False,
    )
    target = forms.CharField(label=pgettext_lazy("secondment", "target"), max_length=300, widget=LINES, required=False)
    duty = forms.CharField(label=pgettext_lazy("secondment", "duty"), max_length=300, widget=LINES, required=False)
    selection = forms.ChoiceField(label=pgettext_lazy("selection", "selection"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "role", role_choices())
        places = pages.host_places(actor)
        choose(
            self, "place", [(f"{item.pk}", f"{item.street.name if item.street else ''} {item.name}") for item in places]
        )
        choose(self, "category", [("", "—"), *CATEGORIES])
        rounds = pages.open_rounds(actor)
        choose(self, "selection", [("", "—"), *((f"{item.pk}", item.title) for item in rounds)])
        if not rounds:
            del self.fields["selection"]

    def sending(self) -> Sending:
        """What the operation is called with."""
        data = self.cleaned_data
        return Sending(
            role=data["role"],
            place_id=int(data["place"]),
            since=data["since"],
            planned_end=data["planned_end"],
            named=Named(data["name"], data["phone"], data["staff_number"]),
            unit=data["unit"],
            category=data["category"],
            target=data["target"],
            duty=data["duty"],
            selection_id=int(data["selection"]) if data.get("selection") else None,
        )


class SupportForm(StyledForm):
    """What the sending body pays for."""

    cover = forms.DecimalField(
        label=pgettext_lazy("secondment", "cover of the insurance"), max_digits=11, decimal_places=2, required=False
    )
    cover_on = forms.DateField(label=pgettext_lazy("secondment", "insured on"), widget=DAY, required=False)
    fund = forms.DecimalField(
        label=pgettext_lazy("secondment", "work fund"), max_digits=11, decimal_places=2, required=False
    )
    fund_on = forms.DateField(label=pgettext_lazy("secondment", "funded on"), widget=DAY, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ListForm(StyledForm):
    """A work list for a period."""

    place = forms.ChoiceField(label=pgettext_lazy("secondment", "for everybody sent to"))
    role = forms.ChoiceField(label=pgettext_lazy("secondment", "role"), required=False)
    title = forms.CharField(label=pgettext_lazy("work list", "title"), max_length=120)
    since = forms.DateField(label=pgettext_lazy("work list", "from"), widget=DAY)
    until = forms.DateField(label=pgettext_lazy("work list", "until"), widget=DAY)
    due = forms.DateField(label=_("due by"), widget=DAY)
    duty = forms.ChoiceField(label=pgettext_lazy("secondment", "heading of duty"), required=False)
    tasks = forms.CharField(
        label=pgettext_lazy("secondment", "tasks"),
        help_text=_("One task a line; everybody sent there owes each of them."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(f"{item.pk}", item.name) for item in pages.seat_places(actor)])
        choose(self, "role", [("", _("all roles")), *role_choices()])
        choose(self, "duty", [("", "—"), *duty_names().items()])
        if not duty_names():
            del self.fields["duty"]

    def issue(self) -> Issue:
        """What the operation is called with."""
        data = self.cleaned_data
        tasks = [line for line in data["tasks"].splitlines() if line.strip()]
        days = (data["since"], data["until"], data["due"])
        return Issue(int(data["place"]), data["title"], *days, tasks, data["role"], data.get("duty", ""))


class ReviewForm(StyledForm):
    """A review of whoever serves: of a period or between two, with what was found and agreed."""

    on = forms.DateField(label=pgettext_lazy("review", "day"), widget=DAY)
    period = forms.ChoiceField(
        label=pgettext_lazy("review", "period"), help_text=_("Leave it empty for a review between two."), required=False
    )
    note = forms.CharField(
        label=pgettext_lazy("review", "what was found"), max_length=1000, widget=LINES, required=False
    )
    action = forms.CharField(
        label=pgettext_lazy("review", "what was agreed"), max_length=1000, widget=LINES, required=False
    )
    grade = forms.ChoiceField(label=pgettext_lazy("review", "grade"), required=False)
    own, residents, bodies = (
        forms.DecimalField(label=label, min_value=0, max_value=100, decimal_places=2, required=False)
        for _code, label in SCORES
    )

    def __init__(self, *args: Any, periods: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "period", [("", "—"), *((code, period_label(code)) for code in periods)])
        choose(self, "grade", [("", "—"), *grade_names().items()])

    def review(self) -> Review:
        """What the operation is called with."""
        names = ("on", "period", "note", "action", "grade", "own", "residents", "bodies")
        return Review(**{name: self.cleaned_data[name] for name in names})


class ReviewCorrectForm(ReviewForm):
    """A review put right."""

    reason = forms.CharField(label=_("reason"), max_length=1000)
    version = forms.IntegerField(widget=forms.HiddenInput)


class CallForm(StyledForm):
    """What a selection asks for."""

    place = forms.ChoiceField(label=_("place"))
    title = forms.CharField(label=pgettext_lazy("work list", "title"), max_length=120)
    role = forms.ChoiceField(label=pgettext_lazy("secondment", "role"))
    wanted = forms.IntegerField(label=pgettext_lazy("selection", "wanted"), min_value=1, max_value=1000)
    standards = forms.CharField(label=pgettext_lazy("selection", "standards"), max_length=500, widget=LINES)
    document = forms.CharField(
        label=pgettext_lazy("selection", "document on which it rests"), max_length=160, required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(f"{item.pk}", item.name) for item in pages.seat_places(actor)])
        choose(self, "role", role_choices())

    def call(self) -> Call:
        """What the operation is called with."""
        data = self.cleaned_data
        names = ("title", "role", "wanted", "standards", "document")
        return Call(int(data["place"]), **{name: data[name] for name in names})


def role_choices() -> list[tuple[str, str]]:
    """The roles in which somebody may be sent now."""
    return [(item.code, item.named) for item in roles().values() if not item.retired]
