"""What people fill in: who answers for a place, a visit, what came up on it."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cases import sections as case_sections
from linli.contacts.models import Visit
from linli.contacts.operations.contacts import LONGEST_DUTIES, LONGEST_NAME, LONGEST_TITLE, Assignment
from linli.contacts.operations.visits import LONGEST, MOST_HOUSEHOLDS, Raised, Trip
from linli.contacts.queries import contacts, visits
from linli.contacts.workflow import VOICED
from linli.core import clock
from linli.core.actors import Actor
from linli.core.forms import StyledForm, choose, number_of
from linli.organizations.models import Organization
from linli.organizations.operations.people import Named

DAY: Final = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
MOST: Final = 500
KINDS: Final = (
    ("problem", _("problem")),
    ("suggestion", _("suggestion")),
    ("help_request", _("help request")),
    ("hazard", _("hazard")),
)


def _where(place: Any) -> str:
    """A place with the one it lies in, for namesakes."""
    upper = place.community if place.community_id not in (None, place.pk) else place.street
    return f"{place.name} · {upper.name}" if upper and upper.pk != place.pk else place.name


class AssignForm(StyledForm):
    """Somebody who is to answer for a place: a person, or a body with its liaison."""

    tier = forms.ChoiceField(label=pgettext_lazy("contact", "Tier"))
    place = forms.ChoiceField(label=_("Place"))
    name = forms.CharField(label=_("Person's name"), max_length=60, required=False)
    staff_number = forms.CharField(label=_("Staff number"), max_length=40, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    organization = forms.ChoiceField(
        label=_("Body"), required=False, help_text=_("Instead of a person, where a body answers.")
    )
    liaison = forms.CharField(label=pgettext_lazy("contact", "Liaison"), max_length=LONGEST_NAME, required=False)
    title = forms.CharField(label=_("title"), max_length=LONGEST_TITLE, required=False)
    duties = forms.CharField(label=pgettext_lazy("contact", "What for"), max_length=LONGEST_DUTIES, required=False)
    since = forms.DateField(label=_("Since"), widget=DAY)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "tier", contacts.tier_choices())
        rows = contacts.places_kept(actor).select_related("street", "community")[: 4 * MOST]
        choose(self, "place", [("", "—"), *((str(row.pk), _where(row)) for row in rows)])
        bodies = Organization.objects.filter(type="department", until=None).order_by("name")[:MOST]
        choose(self, "organization", [("", "—"), *((str(row.pk), row.name) for row in bodies)])
        self.fields["since"].initial = clock.today()

    def assignment(self) -> Assignment:
        """What the operation is called with."""
        data = self.cleaned_data
        named = Named(data["name"], data["phone"], data["staff_number"]) if data["name"] else None
        body = int(data["organization"]) if data["organization"] else None
        plain = {name: data[name] for name in ("tier", "title", "duties", "liaison", "since")}
        return Assignment(int(data["place"]), named=named, organization_id=body, **plain)


class EndForm(StyledForm):
    """The day from which somebody no longer answers for a place."""

    on = forms.DateField(label=pgettext_lazy("contact", "Ends on"), widget=DAY, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput())


class TripForm(StyledForm):
    """A visit: one's own place in one tap, the day, a sentence. Nothing else is needed."""

    contact = forms.ChoiceField(label=pgettext_lazy("visit", "Where"), required=False)
    on = forms.DateField(
        label=_("Day"), widget=DAY, help_text=_("A day to come plans the visit, so that others can come along.")
    )
    subject = forms.CharField(label=pgettext_lazy("visit", "What it was about"), max_length=LONGEST)
    visitor = forms.CharField(
        label=pgettext_lazy("visit", "Who came"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Only where a body visits."),
    )
    elsewhere = forms.ChoiceField(label=pgettext_lazy("visit", "Another community"), required=False)
    organization = forms.ChoiceField(label=pgettext_lazy("visit", "Visiting body"), required=False)
    households = forms.IntegerField(
        label=pgettext_lazy("visit", "Households visited"),
        min_value=1,
        max_value=MOST_HOUSEHOLDS,
        required=False,
        help_text=_("Only their number, of those that agreed; nothing is kept of a household."),
    )
    together = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = visits.contacts_recordable(actor)
        own = [(str(row.pk), f"{_where(row.place)} · {row.person or row.organization}") for row in self.rows]
        choose(self, "contact", [*own, ("", _("another community"))])
        joined = str(self["together"].value() or "")
        known = Visit.objects.filter(pk=number_of(joined) or 0)
        there = known.values_list("place_id", flat=True).first()
        first = next((row for row in self.rows if there in (None, row.place_id)), None)
        self.fields["contact"].initial = first.pk if first else ""
        places = [(str(row.pk), _where(row)) for row in visits.communities().select_related("street")[: 2 * MOST]]
        choose(self, "elsewhere", [("", "—"), *places])
        choose(self, "organization", [("", "—"), *((str(b.pk), b.name) for b in visits.bodies_visiting(actor))])
        self.fields["on"].initial = clock.today()

    @property
    def main(self) -> list[forms.BoundField]:
        """What nearly everybody fills in."""
        return [self[name] for name in ("contact", "on", "subject")]

    @property
    def rare(self) -> list[forms.BoundField]:
        """What is needed where a body visits, for another community, or at households."""
        return [self[name] for name in ("households", "visitor", "organization", "elsewhere")]

    @property
    def rare_needed(self) -> bool:
        """Whether that is to be seen at once."""
        return self.is_bound or not self.rows or any(row.organization_id for row in self.rows)

    def trip(self) -> Trip:
        """What the operation is called with."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("on", "subject", "visitor", "together", "households")}
        if data["contact"]:
            return Trip(contact_id=int(data["contact"]), **plain)
        place, body = (int(data[name]) if data[name] else None for name in ("elsewhere", "organization"))
        return Trip(place_id=place, organization_id=body, **plain)


class RaisedForm(StyledForm):
    """What came up: it becomes a matter."""

    text = forms.CharField(
        label=pgettext_lazy("visit", "What came up"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    voiced = forms.ChoiceField(label=pgettext_lazy("visit", "In whose words"), choices=VOICED)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    category = forms.ChoiceField(label=_("Category"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(code, item.named) for code, item in case_sections.categories().items()]
        choose(self, "category", [("", "—"), *known])

    def raised(self) -> Raised:
        """What the operation is called with."""
        return Raised(**self.cleaned_data)
