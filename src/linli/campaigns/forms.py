"""What people fill in: the plan of a campaign."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.campaigns import policies
from linli.campaigns.operations.campaigns import LONGEST, LONGEST_TITLE, Plan
from linli.campaigns.sections import named, section
from linli.core import clock
from linli.core.actors import Actor
from linli.core.forms import StyledForm, choose
from linli.organizations.models import Organization
from linli.territory.models import Place

DAY: Final = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
MOST: Final = 500


class PlanForm(StyledForm):
    """A campaign that begins with its plan."""

    title = forms.CharField(label=pgettext_lazy("campaign", "Title"), max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(
        label=pgettext_lazy("campaign", "Kind of campaign"),
        help_text=_("Some kinds bring the items that they usually consist of."),
    )
    place = forms.ChoiceField(label=_("Place"))
    lead = forms.ChoiceField(
        label=pgettext_lazy("campaign", "Led by"), required=False, help_text=_("It is asked to review at intervals.")
    )
    since = forms.DateField(label=pgettext_lazy("campaign", "From"), widget=DAY)
    until = forms.DateField(label=pgettext_lazy("campaign", "Until"), widget=DAY)
    purpose = forms.CharField(label=pgettext_lazy("campaign", "What for"), max_length=LONGEST, required=False)
    document = forms.CharField(
        label=pgettext_lazy("campaign", "Document on which it rests"), max_length=LONGEST_TITLE, required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", named(section().kinds))
        places = Place.objects.filter(policies.seats(actor)).order_by("path")[:MOST]
        choose(self, "place", [(str(row.pk), row.name) for row in places])
        choose(self, "lead", bodies())
        self.fields["since"].initial = clock.today()

    def plan(self) -> Plan:
        """What the operation is called with."""
        data = self.cleaned_data
        lead = int(data["lead"]) if data["lead"] else None
        plain = {name: data[name] for name in ("title", "kind", "since", "until", "purpose", "document")}
        return Plan(int(data["place"]), lead_id=lead, **plain)


def bodies() -> list[tuple[str, str]]:
    """The departments and offices that lead or take part."""
    rows = Organization.objects.filter(type__in=("department", "office", "property_company"), until=None)
    return [("", "—"), *((str(row.pk), row.name) for row in rows.order_by("name")[:MOST])]
