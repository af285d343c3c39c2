"""The forms of bodies and posts: they parse and offer choices; every rule is in the operations."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.forms import dress, number_of
from linli.organizations.models import Organization, Post, ResourceOffer, Shift
from linli.organizations.operations.bodies import Sketch
from linli.organizations.operations.groups import Group, Offered
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment
from linli.organizations.policies import MANAGE, SECURITY
from linli.organizations.queries import bodies, rosters
from linli.organizations.sections import OrganizationsSection, kinds_in_force, recruited_kinds
from linli.records import profiles
from linli.records.sections import VocabulariesSection
from linli.territory.models import Place

MOST_CHOICES = 2000


def day_field(label: Any, *, required: bool = False) -> forms.DateField:
    """A day, with the browser's own picker."""
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}))


LENDING = [("", _("no")), *ResourceOffer.Lending.choices]


def amount_field() -> forms.DecimalField:
    """How much of an offer there is."""
    return forms.DecimalField(
        label=_("How many can be booked"),
        help_text=_("Rooms, spaces, people; for money the sum in yuan."),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )


def terms_field() -> forms.CharField:
    """On what terms an offer is lent."""
    return forms.CharField(label=_("On what terms"), max_length=300, required=False)


class LastDayField(forms.DateField):
    """A last day as people say it; what comes out is the first day after it, as posts keep it."""

    widget = forms.DateInput(attrs={"type": "date"})

    def clean(self, value: Any) -> date | None:
        """The day after the one that was entered."""
        last = super().clean(value)
        if last == date.max:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return last + timedelta(days=1) if last else None


def places_managed(actor: Actor) -> list[tuple[str, str]]:
    """The places at which the actor may change bodies and posts, with the names of those above."""
    allowed = Q() if actor.key == "system" else actor.places(MANAGE, prefix="") | actor.places(SECURITY, prefix="")
    rows = Place.objects.filter(allowed, until=None, placeholder=False).select_related("community", "parent")
    return [("", "—"), *((str(place.pk), _named(place)) for place in rows.order_by("path")[:MOST_CHOICES])]


class StyledForm(forms.Form):
    """A form whose fields look like the rest of the house."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.prepare()
        dress(self)

    def prepare(self) -> None:
        """Fill the choices that depend on who asks."""

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Offer choices in a field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def number(self, name: str) -> int | None:
        """The id that was chosen."""
        return number_of(str(self.cleaned_data.get(name) or ""))


class BodyForm(StyledForm):
    """A new body."""

    type = forms.ChoiceField(label=_("Type"), choices=Organization.Type.choices)
    name = forms.CharField(label=_("Name"), max_length=160)
    place = forms.ChoiceField(label=_("Place"))
    parent = forms.ChoiceField(label=_("Body above"), required=False)
    kind = forms.CharField(label=_("Kind"), max_length=64, required=False)
    level = forms.CharField(label=_("Level"), max_length=64, required=False)
    leader = forms.CharField(label=_("Leader"), max_length=60, required=False)
    members = forms.IntegerField(label=_("Members"), min_value=0, max_value=10**7, required=False)
    basis = forms.CharField(label=_("On what ground"), max_length=300, required=False)
    since = day_field(_("Since"))
    expires = day_field(_("Expires"))

    def prepare(self) -> None:
        """Places and bodies within reach."""
        self.choose("place", places_managed(self.actor))
        above = bodies.bodies(self.actor)[:MOST_CHOICES]
        self.choose("parent", [("", "—"), *((str(item.pk), item.name) for item in above)])

    def sketch(self) -> Sketch:
        """What the operation is called with."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("type", "name", "kind", "level", "leader", "members", "basis")}
        return Sketch(
            **plain,
            place_id=self.number("place") or 0,
            parent_id=self.number("parent"),
            since=data["since"],
            expires=data["expires"],
        )


class BodyChangeForm(StyledForm):
    """What may be changed about a body."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.CharField(label=_("Kind"), max_length=64, required=False)
    level = forms.CharField(label=_("Level"), max_length=64, required=False)
    leader = forms.CharField(label=_("Leader"), max_length=60, required=False)
    members = forms.IntegerField(label=_("Members"), min_value=0, max_value=10**7, required=False)
    members_elsewhere = forms.IntegerField(
        label=_("Of these with their home branch elsewhere"), min_value=0, max_value=10**7, required=False
    )
    expires = day_field(_("Expires"))


class BodyMoveForm(StyledForm):
    """Another body above."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    parent = forms.ChoiceField(label=_("Body above"))

    def __init__(self, *args: Any, body: Organization, **kwargs: Any) -> None:
        self.body = body
        super().__init__(*args, initial={"version": body.version}, **kwargs)

    def prepare(self) -> None:
        """Bodies of the same type that do not lie below this one."""
        others = bodies.bodies(self.actor, body_type=self.body.type).exclude(path__startswith=self.body.path)
        self.choose("parent", [("", "—"), *((str(item.pk), item.name) for item in others[:MOST_CHOICES])])


class GridMembersForm(StyledForm):
    """A grid to which a body belongs, and how many of its members live there."""

    grid = forms.ChoiceField(label=_("Grid"))
    members = forms.IntegerField(
        label=_("Members living there, empty where not counted"), min_value=0, max_value=10**7, required=False
    )

    def __init__(self, *args: Any, body: Organization, **kwargs: Any) -> None:
        self.body = body
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Grids where the body stands."""
        grids = bodies.grids_of(self.body)
        self.choose("grid", [("", "—"), *((str(grid.pk), f"{grid.name} {grid.code}") for grid in grids)])


class SeatForm(StyledForm):
    """A unit that gets a seat in a joint committee."""

    member = forms.ChoiceField(label=_("Member unit"))
    representative = forms.CharField(label=_("Representative"), max_length=60, required=False)
    resources = forms.CharField(label=_("What it offers"), max_length=300, required=False)
    since = day_field(_("Since"))

    def prepare(self) -> None:
        """Every open body that is no committee."""
        others = bodies.bodies(self.actor).exclude(type=Organization.Type.COMMITTEE)
        self.choose("member", [("", "—"), *((str(item.pk), item.name) for item in others[:MOST_CHOICES])])


class BodyEndForm(StyledForm):
    """The end of a body."""

    on = day_field(_("From which day"))
    successor = forms.ChoiceField(label=_("Merged into"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def prepare(self) -> None:
        """Bodies that could take over."""
        others = bodies.bodies(self.actor)[:MOST_CHOICES]
        self.choose("successor", [("", "—"), *((str(item.pk), item.name) for item in others)])


class AppointForm(StyledForm):
    """Somebody for a post."""

    kind = forms.ChoiceField(label=_("Post"))
    place = forms.ChoiceField(label=_("Place"))
    name = forms.CharField(label=_("Person's name"), max_length=60)
    phone = forms.CharField(
        label=_("Phone"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    staff_number = forms.CharField(label=_("Staff number"), max_length=40, required=False)
    organization = forms.ChoiceField(label=_("Body"), required=False)
    duty_phone = forms.CharField(label=_("Duty phone, posted for everyone"), max_length=30, required=False)
    employment = forms.ChoiceField(
        label=_("Employment"),
        required=False,
        choices=(("", "—"), ("full_time", _("full time")), ("part_time", _("part time"))),
    )
    origin = forms.CharField(label=_("Comes from"), max_length=64, required=False)
    since = day_field(_("Since"))
    until = LastDayField(label=_("Last day"), required=False)
    consent = forms.BooleanField(label=_("The holder agrees to be posted"), required=False)
    exception = forms.CharField(
        label=_("Why without a recruitment round"),
        help_text=_("Only for posts under unified recruitment that are given to nobody of a round, nor by transfer."),
        max_length=200,
        required=False,
    )

    def prepare(self) -> None:
        """Kinds of posts, places and bodies within reach."""
        if not recruited_kinds():
            del self.fields["exception"]
        kinds = [(kind.code, kind.named) for kind in kinds_in_force().values() if not kind.retired]
        self.choose("kind", [("", "—"), *kinds])
        self.choose("place", places_managed(self.actor))
        known = bodies.bodies(self.actor)[:MOST_CHOICES]
        self.choose("organization", [("", "—"), *((str(item.pk), item.name) for item in known)])

    def appointment(self) -> Appointment:
        """What the operation is called with."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("kind", "duty_phone", "employment", "origin", "since", "until")}
        return Appointment(
            **plain,
            consent=data["consent"],
            place_id=self.number("place") or 0,
            named=Named(data["name"], data["phone"], data["staff_number"]),
            organization_id=self.number("organization"),
            exception=data.get("exception", ""),
        )


class PostEndForm(StyledForm):
    """The end of a post, and who takes over."""

    on = LastDayField(label=_("Last day"), required=False, help_text=_("Empty: the post ends at once."))
    successor = forms.ChoiceField(label=_("Open work goes to"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        self.post = post
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Posts at the same place and in the same community; the body's inbox where none is chosen."""
        near = rosters.posts_of(self.actor).filter(
            Q(place_id=self.post.place_id) | Q(place__community_id=self.post.place.community_id), until=None
        )
        posts = [post for post in near.exclude(pk=self.post.pk)[:200] if post.person]
        choices = [(str(post.pk), f"{post.person} · {post.place.name}") for post in posts]
        self.choose("successor", [("", _("the body's inbox")), *choices])


class StandInForm(StyledForm):
    """Somebody who stands in for a while."""

    person = forms.ChoiceField(label=_("Who stands in"))
    since = day_field(_("Since"), required=True)
    until = LastDayField(label=_("Last day"))

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        self.post = post
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Colleagues at the same place and in the same community."""
        near = rosters.posts_of(self.actor).filter(
            Q(place_id=self.post.place_id) | Q(place__community_id=self.post.place.community_id), until=None
        )
        people = {post.person_id: str(post.person) for post in near if post.person_id != self.post.person_id}
        self.choose("person", [("", "—"), *((str(pk), name) for pk, name in people.items() if pk)])


class ShiftForm(StyledForm):
    """One shift of the roster of duties."""

    post = forms.ChoiceField(label=_("Who"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Shift.Kind.choices)
    starts = forms.DateTimeField(label=_("From"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    ends = forms.DateTimeField(label=_("Until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))

    def prepare(self) -> None:
        """Posts within reach."""
        held = [post for post in rosters.posts_of(self.actor).filter(until=None)[:MOST_CHOICES] if post.person]
        kinds = kinds_in_force()
        choices = [(str(post.pk), f"{post.person} · {_kind(kinds, post)} · {post.place.name}") for post in held]
        self.choose("post", [("", "—"), *choices])


class GroupForm(StyledForm):
    """A new group of households."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"))
    place = forms.ChoiceField(label=_("Place"))
    households = forms.IntegerField(label=_("Households"), min_value=0, max_value=1000, required=False)
    lead = forms.ChoiceField(label=_("Lead"), required=False)
    since = day_field(_("Since"))

    def prepare(self) -> None:
        """Kinds of the place, and posts within reach."""
        kinds = profiles.current().section(OrganizationsSection).household_groups
        self.choose("kind", [(kind.code, kind.named) for kind in kinds])
        self.choose("place", places_managed(self.actor))
        held = [post for post in rosters.posts_of(self.actor).filter(until=None)[:MOST_CHOICES] if post.person]
        known = kinds_in_force()
        choices = [(str(post.pk), f"{post.person} · {_kind(known, post)} · {post.place.name}") for post in held]
        self.choose("lead", [("", "—"), *choices])

    def group(self) -> Group:
        """What the operation is called with."""
        data = self.cleaned_data
        return Group(
            data["name"],
            data["kind"],
            self.number("place") or 0,
            data["households"],
            self.number("lead"),
            data["since"],
        )


class OfferForm(StyledForm):
    """Something that a body offers."""

    title = forms.CharField(label=_("What it offers"), max_length=160)
    organization = forms.ChoiceField(label=_("Offered by"))
    kind = forms.CharField(label=_("Kind"), max_length=64, required=False)
    category = forms.ChoiceField(label=_("Good for matters of"), required=False)
    quantity = forms.CharField(label=_("Quantity"), max_length=60, required=False)
    since = day_field(_("Since"))
    until = day_field(_("Until"))
    lending = forms.ChoiceField(label=_("Can be booked"), choices=LENDING, required=False)
    amount = amount_field()
    terms = terms_field()

    def prepare(self) -> None:
        """Open bodies, and the place's categories of matters; who only lends names a body of theirs."""
        known = bodies.sharing(self.actor)[:MOST_CHOICES]
        self.choose("organization", [("", "—"), *((str(item.pk), item.name) for item in known)])
        self.choose("category", [("", "—"), *category_words()])

    def offered(self) -> Offered:
        """What the operation is called with."""
        data = self.cleaned_data
        names = ("title", "kind", "category", "quantity", "since", "until", "lending", "amount", "terms")
        return Offered(organization_id=self.number("organization") or 0, **{name: data[name] for name in names})


class LendForm(StyledForm):
    """How an offer can be booked."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    lending = forms.ChoiceField(label=_("Can be booked"), choices=LENDING, required=False)
    amount = amount_field()
    terms = terms_field()


def category_words() -> list[tuple[str, str]]:
    """The place's categories of matters."""
    known = profiles.current().section(VocabulariesSection).words.get("case.category", ())
    return [(word.code, word.label) for word in known]


def _kind(kinds: dict[str, Any], post: Post) -> str:
    return kinds[post.kind].named if post.kind in kinds else post.kind


def _named(place: Place) -> str:
    above = place.community if place.community_id not in (None, place.pk) else place.parent
    return f"{place.name}（{above.name}）" if above else place.name
