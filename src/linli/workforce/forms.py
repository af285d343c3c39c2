"""What people fill in: a session, a credential, a mentoring and its days, a contest and its entries."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.actors import Actor
from linli.core.forms import StyledForm, choose
from linli.organizations.sections import kinds_in_force
from linli.territory.models import Place
from linli.workforce import policies
from linli.workforce.models import ContestEntry
from linli.workforce.operations.credentials import Shown
from linli.workforce.operations.mentoring import Held
from linli.workforce.operations.study import Group
from linli.workforce.operations.training import Plan
from linli.workforce.sections import named, section

PLACES: Final = 500
NONE: Final = ("", "—")


def _day(**more: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **more})


def _places(actor: Actor) -> list[tuple[str, str]]:
    rows = Place.objects.filter(policies.plans(actor, ""), type=Place.Type.DIVISION, until=None, placeholder=False)
    return [(str(pk), name) for pk, name in rows.order_by("path").values_list("pk", "name")[:PLACES]]


class SessionForm(StyledForm):
    """A training session."""

    title = forms.CharField(label=pgettext_lazy("training", "Training"), max_length=160)
    programme = forms.ChoiceField(label=pgettext_lazy("training", "Programme"), required=False)
    since = forms.DateField(label=pgettext_lazy("training", "First day"), widget=_day())
    until = forms.DateField(
        label=pgettext_lazy("training", "Last day"),
        help_text=_("Only where it takes more than a day."),
        widget=_day(),
        required=False,
    )
    place = forms.ChoiceField(label=pgettext_lazy("training", "For whom: people who work in"))
    posts = forms.MultipleChoiceField(
        label=pgettext_lazy("training", "For which posts"),
        help_text=_("All that a rule names where none is chosen."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        required=False,
    )
    channel = forms.ChoiceField(label=pgettext_lazy("training", "Channel"), required=False)
    mode = forms.ChoiceField(label=pgettext_lazy("training", "Mode"), required=False)
    batch = forms.CharField(label=pgettext_lazy("training", "Batch"), max_length=40, required=False)
    organizer = forms.CharField(label=pgettext_lazy("training", "Organised by"), max_length=160, required=False)
    venue = forms.CharField(label=pgettext_lazy("training", "Where"), max_length=160, required=False)
    capacity = forms.IntegerField(
        label=pgettext_lazy("training", "Room for"), min_value=1, max_value=10_000, required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = section()
        choose(self, "place", _places(actor))
        choose(self, "posts", [(code, kind.named) for code, kind in kinds_in_force().items()])
        for name, items in (("programme", held.programmes), ("channel", held.channels), ("mode", held.modes)):
            choose(self, name, [NONE, *named(tuple(item for item in items if not item.retired))])

    def plan(self) -> Plan:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        place, posts = int(data.pop("place")), tuple(data.pop("posts"))
        return Plan(place_id=place, posts=posts, **data)


class CredentialForm(StyledForm):
    """One's own credential."""

    kind = forms.ChoiceField(label=pgettext_lazy("credential", "Kind of credential"))
    number = forms.CharField(label=pgettext_lazy("credential", "Number of the credential"), max_length=64)
    issued = forms.DateField(label=pgettext_lazy("credential", "Issued on"), widget=_day())
    expires = forms.DateField(
        label=pgettext_lazy("credential", "Valid until"),
        help_text=_("Empty where it does not expire."),
        widget=_day(),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", named(section().credentials))

    def shown(self) -> Shown:
        """What the operation is called with."""
        return Shown(**self.cleaned_data)


class MentoringForm(StyledForm):
    """Mentor and mentee, by name or staff number."""

    mentor = forms.CharField(label=pgettext_lazy("training", "Mentor"), help_text=_("Name or staff number"))
    mentee = forms.CharField(label=pgettext_lazy("training", "Mentee"), help_text=_("Name or staff number"))
    since = forms.DateField(label=pgettext_lazy("training", "Since"), widget=_day(), initial=clock.today)


class LogForm(StyledForm):
    """A day of mentor and mentee."""

    on = forms.DateField(label=pgettext_lazy("training", "Day"), widget=_day(), initial=clock.today)
    topic = forms.CharField(label=pgettext_lazy("training", "About what"), max_length=200)


class ContestForm(StyledForm):
    """A contest that was held."""

    title = forms.CharField(label=pgettext_lazy("training", "Contest"), max_length=160)
    kind = forms.ChoiceField(label=pgettext_lazy("training", "Kind of contest"))
    place = forms.ChoiceField(label=_("Place"))
    on = forms.DateField(label=pgettext_lazy("training", "Day"), widget=_day(), initial=clock.today)
    organizer = forms.CharField(label=pgettext_lazy("training", "Organised by"), max_length=160, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", named(section().contests))
        choose(self, "place", _places(actor))

    def held(self) -> Held:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        return Held(place_id=int(data.pop("place")), **data)


class ScoreForm(StyledForm):
    """What a juror gave an entry."""

    entry = forms.ChoiceField(label=pgettext_lazy("training", "Entry"))
    juror = forms.CharField(label=pgettext_lazy("training", "Juror"), max_length=60)
    score = forms.IntegerField(label=pgettext_lazy("training", "Score, 0 to 100"), min_value=0, max_value=100)

    def __init__(self, *args: Any, entries: Iterable[ContestEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "entry", [(item.pk, item.title or str(item.person)) for item in entries])


class GroupForm(StyledForm):
    """A study group."""

    name = forms.CharField(label=pgettext_lazy("study item", "name of the group"), max_length=120)
    number = forms.CharField(label=pgettext_lazy("study item", "number of the group"), max_length=64)
    level = forms.ChoiceField(label=pgettext_lazy("study item", "level of the group"))
    platform = forms.ChoiceField(label=pgettext_lazy("study item", "platform"))
    place = forms.ChoiceField(label=_("Place"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "level", named(section().levels))
        choose(self, "platform", named(section().platforms))
        choose(self, "place", _places(actor))

    def group(self) -> Group:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        return Group(place_id=int(data.pop("place")), **data)


class ItemForm(StyledForm):
    """What was pushed to a study group."""

    title = forms.CharField(label=pgettext_lazy("study item", "What was pushed"), max_length=200)
    on = forms.DateField(label=pgettext_lazy("training", "Day"), widget=_day(), initial=clock.today)


class EntryForm(StyledForm):
    """Who or what took part, and the award."""

    who = forms.CharField(
        label=pgettext_lazy("training", "Who took part"), help_text=_("Name or staff number"), required=False
    )
    title = forms.CharField(label=pgettext_lazy("training", "Project"), max_length=160, required=False)
    award = forms.CharField(
        label=pgettext_lazy("training", "Award"),
        help_text=_("Empty where none was given."),
        max_length=60,
        required=False,
    )
