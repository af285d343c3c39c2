"""Forms of notices: what one says and whom it is for, a subscription, a group chat."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.actors import Actor
from linli.core.forms import StyledForm, choose, numbers_of
from linli.notices import queries
from linli.notices.models import NAME, REASON, TITLE, Notice, Subscription
from linli.notices.operations.subscribing import Wish
from linli.notices.operations.writing import LONGEST, Sketch, Text
from linli.notices.sections import kind_names, section
from linli.notices.workflow import PACES
from linli.publishing.queries.divisions import PublicDivision

ROWS: Final = 8


def _days() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TextForm(StyledForm):
    """What a notice says, and how long it holds."""

    title = forms.CharField(label=_("Title"), max_length=TITLE)
    body = forms.CharField(
        label=pgettext_lazy("notice", "Text"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": ROWS})
    )
    valid_from = forms.DateField(label=pgettext_lazy("notice", "Holds from"), widget=_days())
    valid_until = forms.DateField(
        label=pgettext_lazy("notice", "Last day"),
        widget=_days(),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ending = "、".join(kind.named for kind in section().kinds if kind.ends and not kind.retired)
        said = _("After it the notice leaves the lists. These kinds need one: %(kinds)s.")
        plain = _("After it the notice leaves the lists.")
        self.fields["valid_until"].help_text = said % {"kinds": ending} if ending else plain

    def text(self) -> Text:
        """What the operation is called with."""
        return Text(**{name: self.cleaned_data[name] for name in ("title", "body", "valid_from", "valid_until")})


class NoticeForm(TextForm):
    """A notice as it is written, with whom it is for."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    place = forms.ChoiceField(label=_("Place"))
    kind = forms.ChoiceField(label=pgettext_lazy("notice", "Kind"))
    public = forms.BooleanField(
        label=_("For everybody: on the public page, and to those who subscribe"), required=False
    )
    posts = forms.MultipleChoiceField(
        label=pgettext_lazy("notice", "Posts within the place"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    groups = forms.MultipleChoiceField(
        label=pgettext_lazy("notice", "Teams and Party organisations"),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        required=False,
        help_text=_(
            "Hold Ctrl to choose several. Whoever lives elsewhere and named their branch gets what is for everybody."
        ),
    )
    urgent = forms.BooleanField(label="", required=False)
    field_order = ("version", "place", "kind", "title", "body", "valid_from", "valid_until", "public", "urgent")

    def __init__(self, *args: Any, actor: Actor, row: Notice | None = None, **kwargs: Any) -> None:
        initial = self.of(row) if row else {"valid_from": clock.today(), "public": True}
        super().__init__(*args, initial=initial, **kwargs)
        choose(self, "place", [(str(place.pk), place.name) for place in queries.places(actor)])
        choose(self, "kind", kind_names(retired=False).items())
        urgent = "、".join(kind.named for kind in section().kinds if kind.urgent and not kind.retired)
        self.fields["urgent"].label = _("At once, at night too; only for these kinds: %(kinds)s") % {"kinds": urgent}
        if not urgent:
            del self.fields["urgent"]
        # What a colleague chose stays to be chosen, also where one would not be offered it oneself.
        choose(self, "groups", [(str(body.pk), body.name) for body in queries.groups(actor, row)])
        choose(self, "posts", queries.post_kinds(actor, row))

    @staticmethod
    def of(notice: Notice) -> dict[str, Any]:
        """What a draft says now."""
        names = ("version", "kind", "title", "body", "valid_from", "valid_until", "public", "posts", "urgent")
        groups = [str(pk) for pk in notice.groups.values_list("organization_id", flat=True)]
        return {**{name: getattr(notice, name) for name in names}, "place": str(notice.place_id), "groups": groups}

    def sketch(self) -> Sketch:
        """What the operation is called with."""
        data = self.cleaned_data
        return Sketch(
            int(data["place"]),
            data["kind"],
            self.text(),
            data["public"],
            tuple(data["posts"]),
            tuple(numbers_of(data["groups"])),
            data.get("urgent", False),
        )


class CorrectForm(TextForm):
    """What a notice says from now on, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    reason = forms.CharField(label=_("Reason"), max_length=REASON)


class WishForm(StyledForm):
    """What somebody wants to hear of; whoever is not signed in gives an e-mail address."""

    kinds = forms.MultipleChoiceField(
        label=pgettext_lazy("notice", "Kinds of notices"), widget=forms.CheckboxSelectMultiple, required=False
    )
    pace = forms.ChoiceField(label=pgettext_lazy("notice", "How often"), choices=PACES)
    branch = forms.ChoiceField(
        label=_("My branch, for members who live elsewhere"),
        required=False,
        help_text=_("Leave it empty unless you want what your branch tells everybody."),
    )
    email = forms.EmailField(label=_("E-mail address"), max_length=200)

    def __init__(self, *args: Any, division: PublicDivision, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.division = division
        choose(self, "kinds", kind_names(retired=False).items())
        choose(
            self,
            "branch",
            [("", "—"), *((str(body.pk), body.name) for body in queries.branches(division.place)[: queries.MANY])],
        )
        if signed_in:
            del self.fields["email"]

    @staticmethod
    def of(row: Subscription | None) -> dict[str, Any]:
        """What somebody subscribes to now; all kinds where nothing else was said."""
        kinds = row.kinds if row and row.kinds else list(kind_names(retired=False))
        branch = str(row.organization_id) if row and row.organization_id else ""
        return {"kinds": kinds, "pace": row.pace if row else "each", "branch": branch}

    def wish(self) -> Wish:
        """What the operation is called with."""
        data = self.cleaned_data
        branch = int(data["branch"]) if data["branch"] else None
        return Wish(self.division.place.code, tuple(data["kinds"]), data["pace"], branch)


class RobotForm(StyledForm):
    """A group chat of a place, with the key of its robot."""

    place = forms.ChoiceField(label=_("Place"))
    name = forms.CharField(label=pgettext_lazy("notice", "Name of the group chat"), max_length=NAME)
    channel = forms.ChoiceField(label=pgettext_lazy("notice", "Channel"))
    key = forms.CharField(
        label=_("Key of the robot"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("The group shows it where its robot is set up. It is kept as a secret and not shown again."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(str(place.pk), place.name) for place in queries.places(actor)])
        choose(self, "channel", queries.chat_channels())
