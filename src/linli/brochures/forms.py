"""What people fill in for brochures: a new one, a page, copies that went out, what is left."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.brochures.fitting import LINES, SIGNS
from linli.brochures.models import HEADING, LONGEST, TITLE, Brochure
from linli.brochures.operations.brochures import Written
from linli.brochures.operations.dispatching import MOST, Sending
from linli.brochures.queries import Sheet, Source
from linli.brochures.sections import group_names
from linli.brochures.workflow import PAGES, SOURCES
from linli.core import clock
from linli.core.forms import StyledForm, choose, number_of
from linli.territory.models import Facility, Place

DAY: Final = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class BrochureForm(StyledForm):
    """A new brochure."""

    place = forms.TypedChoiceField(label=_("Place"), coerce=int)
    title = forms.CharField(label=pgettext_lazy("brochure", "Title"), max_length=TITLE)

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [(place.pk, place.name) for place in places])


class PageForm(StyledForm):
    """What stands on a page, and on which."""

    number = forms.TypedChoiceField(
        label=pgettext_lazy("brochure", "Page"), coerce=int, choices=[(number, number) for number in PAGES]
    )
    heading = forms.CharField(label=pgettext_lazy("brochure", "Heading"), max_length=HEADING, required=False)
    text = forms.CharField(
        label=pgettext_lazy("brochure", "Text"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": LINES}),
        help_text=_("A page holds %(lines)s lines of %(signs)s signs each. Shorten what is too long by hand.")
        % {"lines": LINES, "signs": SIGNS},
    )
    source = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, sheet: Sheet, source: Source | None, **kwargs: Any) -> None:
        given: dict[str, Any] = {"number": sheet.number}
        if source:
            given |= {"heading": source.title[:HEADING], "text": source.text, "source": source.key}
        elif sheet.row:
            key = f"{sheet.row.source}-{sheet.row.source_id}" if sheet.row.source_id else ""
            given |= {"heading": sheet.row.heading, "text": sheet.row.text, "source": key}
        super().__init__(*args, initial=given, **kwargs)

    def written(self) -> Written:
        """What the operation is called with."""
        data = self.cleaned_data
        kind, pk = source_key(data["source"])
        return Written(data["heading"], data["text"], kind, pk, data["number"])


def source_key(text: str) -> tuple[str, int | None]:
    """What a form names as the source of a page; own words where it names none."""
    kind, _dash, pk = text.partition("-")
    number = number_of(pk)
    return (kind, number) if number and kind in dict(SOURCES) else ("own", None)


class SendingForm(StyledForm):
    """Copies that went out."""

    to = forms.ChoiceField(label=pgettext_lazy("brochure", "To whom"))
    copies = forms.IntegerField(label=pgettext_lazy("brochure", "Copies"), min_value=1, max_value=MOST)
    on = forms.DateField(label=pgettext_lazy("brochure", "Day"), widget=DAY, initial=clock.today)

    def __init__(self, *args: Any, points: list[Facility], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(f"group-{code}", name) for code, name in group_names().items()]
        choose(self, "to", [*((f"point-{point.pk}", point.name) for point in points), *groups])

    def sending(self) -> Sending:
        """What the operation is called with."""
        data = self.cleaned_data
        kind, _dash, to = data["to"].partition("-")
        by: dict[str, Any] = {"facility_id": int(to)} if kind == "point" else {"group": to}
        return Sending(data["copies"], data["on"], **by)


class LeftForm(StyledForm):
    """What is left at a point."""

    left = forms.IntegerField(label=pgettext_lazy("brochure", "Copies left"), min_value=0, max_value=MOST)


class ReasonForm(StyledForm):
    """Why an edition is withdrawn or a draft dropped."""

    reason = forms.CharField(label=_("reason"), max_length=Brochure._meta.get_field("reason").max_length)
