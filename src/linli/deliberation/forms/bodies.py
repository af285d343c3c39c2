"""What people fill in about self-government bodies: proposing, how it was decided, candidates, results, filing."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.forms import StyledForm, choose
from linli.deliberation import bodies_section
from linli.deliberation.forms.topics import Day
from linli.deliberation.models import BodyCandidate
from linli.deliberation.operations import body_evidence
from linli.deliberation.operations.bodies import LONGEST, LONGEST_CONTACT, LONGEST_NUMBER, Proposal
from linli.deliberation.operations.bodies import LONGEST_NAME as LONGEST_BODY
from linli.deliberation.operations.body_elections import LONGEST_NAME, Result
from linli.deliberation.queries.bodies import Evidence
from linli.deliberation.workflow.bodies import ELECTIONS, PROPOSERS, ROLES, WAYS
from linli.organizations.models import Organization, Post
from linli.territory.models import Place

MOST: Final = 10_000_000


class ProposalForm(StyledForm):
    """A body that somebody wants."""

    place = forms.ChoiceField(label=_("Compound, building or grid"))
    kind = forms.ChoiceField(label=pgettext_lazy("body", "kind"))
    name = forms.CharField(label=pgettext_lazy("body", "name"), max_length=LONGEST_BODY)
    proposed_by = forms.ChoiceField(label=_("Proposed by"), choices=PROPOSERS)
    purpose = forms.CharField(
        label=_("What it is for"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(str(place.pk), place.name) for place in places])
        choose(self, "kind", [(kind.code, kind.named) for kind in bodies_section.kinds().values()])

    def proposal(self) -> Proposal:
        """What the operation is called with."""
        data = self.cleaned_data
        return Proposal(data["kind"], data["name"], data["purpose"], data["proposed_by"])


class ResidentProposalForm(ProposalForm):
    """A body that residents want; how to reach them only if they like."""

    contact = forms.CharField(label=_("How to reach you, if you like"), max_length=LONGEST_CONTACT, required=False)
    consent = forms.BooleanField(
        label=_("The community may call me about this proposal; it forgets how once it is decided."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["proposed_by"]

    def proposal(self) -> Proposal:
        """What the operation is called with."""
        data = self.cleaned_data
        return Proposal(data["kind"], data["name"], data["purpose"], contact=data["contact"], consent=data["consent"])


class DecisionForm(StyledForm):
    """How residents decided: a decision that is here, or their own count on paper."""

    source = forms.ChoiceField(label=_("Decided by"))
    on = forms.DateField(label=_("Day (of your own count)"), widget=Day, required=False)
    due = forms.IntegerField(label=_("Entitled (meeting or own count)"), min_value=0, max_value=MOST, required=False)
    came = forms.IntegerField(label=_("Came (meeting or own count)"), min_value=0, max_value=MOST, required=False)
    votes_for = forms.IntegerField(
        label=_("Agreed (meeting or own count)"), min_value=0, max_value=MOST, required=False
    )

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = dict(WAYS)
        groups: list[tuple[Any, list[tuple[str, str]]]] = [
            (ways["poll"], [(f"poll.{item.pk}", f"{item.held} {item.title}") for item in evidence.polls]),
            (ways["topic"], [(f"topic.{item.pk}", f"{item.decided_on} {item.title}") for item in evidence.topics]),
            (ways["meeting"], [(f"meeting.{item.pk}", f"{item.on} {item.title}") for item in evidence.meetings]),
        ]
        own: list[Any] = [] if evidence.owners else [("own.0", ways["own"])]
        choose(self, "source", [*[group for group in groups if group[1]], *own])
        if evidence.owners:
            for name in ("on", "due", "came", "votes_for"):
                del self.fields[name]

    def evidence(self) -> body_evidence.Evidence:
        """What the operation is called with."""
        data = self.cleaned_data
        way, _dot, pk = data["source"].partition(".")
        numbers = (data.get("due"), data.get("came"), data.get("votes_for"))
        return body_evidence.Evidence(way, int(pk), data.get("on"), *numbers)


class RegisterForm(DecisionForm):
    """How the founding was decided."""

    branch_led = forms.BooleanField(label=_("A Party branch took the lead"), required=False)


class CallForm(StyledForm):
    """For what an election is called."""

    kind = forms.ChoiceField(label=_("What the election is for"), choices=ELECTIONS)


class CandidateForm(StyledForm):
    """Somebody who agreed to stand."""

    serving = forms.ChoiceField(label=_("Serves now and stands again"), required=False)
    name = forms.CharField(
        label=_("Name of the candidate"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Leave it empty for somebody who stands again."),
    )
    other = forms.BooleanField(label=_("Another person who is called like a member"), required=False)
    role = forms.ChoiceField(label=pgettext_lazy("body", "role"), choices=ROLES, initial="member")
    consent = forms.BooleanField(label=_("Agrees to be named in public once elected"), required=False)

    def __init__(self, *args: Any, members: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [(str(post.pk), f"{post.person}（{post.title}）") for post in members]
        choose(self, "serving", [("", _("a new candidate")), *held])
        if not held:
            del self.fields["serving"], self.fields["other"]

    def candidate(self) -> dict[str, Any]:
        """What the operation is called with."""
        data = dict(self.cleaned_data)
        return {**data, "serving": int(data.get("serving") or 0) or None}


class ResultForm(DecisionForm):
    """Who was elected, and how."""

    elected = forms.MultipleChoiceField(label=_("Elected"), widget=forms.CheckboxSelectMultiple)
    since = forms.DateField(label=_("First day in office (empty: the day of the election)"), widget=Day, required=False)

    def __init__(self, *args: Any, candidates: Iterable[BodyCandidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "elected", [(str(item.pk), f"{item.name}（{item.get_role_display()}）") for item in candidates])
        self.order_fields(["elected"])

    def result(self) -> Result:
        """What the operation is called with."""
        data = self.cleaned_data
        return Result(self.evidence(), [int(pk) for pk in data["elected"]], data["since"])


class LeaveForm(StyledForm):
    """Which member left, and why."""

    post = forms.ChoiceField(label=_("Member who left"))
    reason = forms.CharField(label=_("Resigned or removed, and why"), max_length=200)

    def __init__(self, *args: Any, members: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "post", [(str(post.pk), f"{post.person} {post.title}") for post in members])


class EndForm(StyledForm):
    """Why a body ends, and into which it merges."""

    successor = forms.ChoiceField(label=_("Merged into"), required=False)
    reason = forms.CharField(label=_("Why? Everybody can read it."), max_length=LONGEST)

    def __init__(self, *args: Any, bodies: Iterable[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "successor", [("", _("dissolved")), *[(str(body.pk), body.name) for body in bodies]])


class FilingForm(StyledForm):
    """The number and day under which the street files a body."""

    number = forms.CharField(label=_("Number of the filing"), max_length=LONGEST_NUMBER)
    day = forms.DateField(label=_("Day of the filing"), widget=Day)


class ReasonForm(StyledForm):
    """Why."""

    reason = forms.CharField(label=_("reason"), max_length=LONGEST)
