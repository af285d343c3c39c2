"""Forms of votes: setting one up, its electorate, a proxy, paper ballots and bundles, its ends."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.actors import Actor
from linli.core.forms import StyledForm, require_filled
from linli.deliberation import polls_section
from linli.deliberation.counting import Rule
from linli.deliberation.models import Poll
from linli.deliberation.operations.polls import Sketch
from linli.deliberation.queries import polls as queries
from linli.deliberation.workflow.polls import KINDS, RULES, SECRECY

BOUNDS: Final = (
    ("more_than", pgettext_lazy("threshold", "more than")),
    ("at_least", pgettext_lazy("threshold", "at least")),
)
PLAIN: Final = (
    *("title", "text", "kind", "most", "rule", "quorum", "passing", "passing_bound", "secrecy", "online", "paper"),
    *("binding", "unreturned_ground", "opens", "closes"),
)


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])


class PollForm(StyledForm):
    """What is asked, by which rule, how and when."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Subject of the vote"), min_length=2, max_length=120)
    place = forms.ChoiceField(label=_("Place"))
    text = forms.CharField(
        label=_("The question, with what one must know"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ChoiceField(label=_("What one chooses"), choices=KINDS)
    options = forms.CharField(
        label=_("The options, one a line"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only where there are several; else one is for, against or abstains."),
    )
    most = forms.IntegerField(label=_("How many one may choose"), min_value=1, max_value=19, initial=1)
    rule = forms.ChoiceField(label=_("What is needed"), choices=RULES)
    quorum = forms.CharField(
        label=_("Own thresholds: at least this share takes part"), max_length=20, required=False, help_text="2/3"
    )
    passing_bound = forms.ChoiceField(label=_("and of these agree"), choices=BOUNDS, required=False)
    passing = forms.CharField(label=_("this share"), max_length=20, required=False, help_text="1/2")
    secrecy = forms.ChoiceField(
        label=_("Secrecy"),
        choices=SECRECY,
        help_text=_(
            "A secret vote counts heads only and needs two counters, whose keys are kept nowhere else: "
            "if one is lost, the vote is void."
        ),
    )
    online = forms.BooleanField(label=_("Online, with a code on paper"), required=False, initial=True)
    paper = forms.BooleanField(label=_("On paper"), required=False, initial=True)
    unreturned_ground = forms.CharField(
        label=_("The owners' own rule that counts unreturned ballots"),
        max_length=300,
        required=False,
        help_text=_("Empty: who returns no ballot does not take part. With a rule, both results are printed."),
    )
    binding = forms.BooleanField(label=_("The result binds"), required=False)
    opens = _moment(_("Opens"))
    closes = _moment(_("Closes"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField), "the form names its place"
        place.choices = queries.running_places(actor)
        if not polls_section.section().binding:
            del self.fields["binding"]

    @staticmethod
    def of(poll: Poll) -> dict[str, Any]:
        """What the form shows of a poll."""
        rule = Rule.of(poll.terms)
        shown: dict[str, Any] = {"place": str(poll.place_id), "version": poll.version}
        names = ("title", "text", "kind", "most", "rule", "secrecy", "online", "paper", "binding", "unreturned_ground")
        shown |= {name: getattr(poll, name) for name in names}
        shown |= {name: _local(getattr(poll, name)) for name in ("opens", "closes")}
        shown["options"] = "" if poll.kind == "decision" else "\n".join(poll.options)
        if poll.rule == "own":
            shown |= {"quorum": str(rule.quorum[0].share), "passing": str(rule.passing[0].share)}
            shown["passing_bound"] = rule.passing[0].bound
        return shown

    @staticmethod
    def blank() -> dict[str, Any]:
        """What a new poll begins with: a week, after the owners' notice."""
        opens = clock.day_start(clock.today() + timedelta(days=polls_section.OWNERS_NOTICE + 1)) + timedelta(hours=9)
        return {"opens": _local(opens), "closes": _local(opens + timedelta(days=7)), "rule": "owners_ordinary"}

    def sketch(self) -> Sketch:
        """What the operations are called with."""
        data = self.cleaned_data
        plain = {name: data[name] for name in PLAIN if name in data}
        plain["passing_bound"] = plain["passing_bound"] or "more_than"
        options = tuple(data["options"].splitlines())
        return Sketch(place_id=int(data["place"]), options=options, **plain)


def _local(at: datetime | None) -> str:
    return f"{at.astimezone(clock.SHANGHAI):%Y-%m-%dT%H:%M}" if at else ""


class ElectorateForm(StyledForm):
    """A list of those entitled, or a kind of post whose holders vote."""

    file = forms.FileField(label=_("The list (Excel or CSV)"), required=False)
    posts = forms.ChoiceField(label=_("Or all who hold a post here"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = self.fields["posts"]
        assert isinstance(posts, forms.ChoiceField), "the form offers kinds of posts"
        posts.choices = [("", "—"), *queries.post_kinds()]


class ProxyForm(StyledForm):
    """Who votes for whom, with the signed paper."""

    giver = forms.IntegerField(label=_("Number of who is represented"), min_value=1)
    holder = forms.IntegerField(label=_("Number of who votes for them"), min_value=1)
    file = forms.FileField(label=_("The signed paper (photo, PDF, Word)"))


class PaperForm(StyledForm):
    """A paper ballot by its number on the list."""

    number = forms.IntegerField(label=_("Number on the list"), min_value=1)
    choices = forms.TypedMultipleChoiceField(label=_("What is marked"), coerce=int, required=False)
    reason = forms.CharField(label=_("Reason for entering it anew"), max_length=300, required=False)

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["choices"]
        assert isinstance(choices, forms.ChoiceField), "the form offers the options"
        choices.choices = [(str(number), label) for number, label in queries.options_of(poll)]


class BundleForm(StyledForm):
    """What a bundle of secret paper ballots comes to; `option_<n>` are the counts."""

    bundle = forms.IntegerField(label=_("Number of the bundle"), min_value=1)
    ballots = forms.IntegerField(label=_("Ballots in the bundle"), min_value=1)
    reason = forms.CharField(label=_("Reason for entering it anew"), max_length=300, required=False)

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = queries.options_of(poll)
        for number, label in self.options:
            field = forms.IntegerField(label=label, min_value=0)
            field.widget.attrs |= {"class": "form-control", "id": f"id_option_{number}"}
            self.fields[f"option_{number}"] = field

    def counts(self) -> list[int]:
        """The counts in the order of the options."""
        return [self.cleaned_data[f"option_{number}"] for number, _label in self.options]


class MarkForm(StyledForm):
    """Who has put a secret ballot into the box, or was marked by mistake."""

    number = forms.IntegerField(label=_("Number on the list"), min_value=1)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class EndForm(StyledForm):
    """Why a vote is cancelled or void."""

    reason = forms.CharField(label=_("Reason"), min_length=2, max_length=300)


def checked(form: forms.Form) -> dict[str, Any]:
    """What a form holds. Raises: poll.form"""
    require_filled(form, "poll.form")
    return form.cleaned_data
