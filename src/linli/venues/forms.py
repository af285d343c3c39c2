"""What people fill in: a time to book, how a venue opens, what its rooms are, works and the rooms after them."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils import dates
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.forms import StyledForm, choose
from linli.venues.hours import DAYS
from linli.venues.models import Opening, Room
from linli.venues.operations.holding import Wish
from linli.venues.operations.rooms import Open, Sketch
from linli.venues.operations.works import LONGEST, RoomNow, Works
from linli.venues.queries.pages import RoomPage
from linli.venues.sections import better_names
from linli.venues.workflow import ACCESS, BOOKED_BY, USES

DAY: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME: Final = forms.TimeInput(attrs={"type": "time", "step": "300"})
OF_ROOM: Final = (
    "name",
    "area_m2",
    "use",
    "capacity",
    "accessible",
    "booked_by",
    "longest",
    "buffer",
    "notice",
    "ahead",
)


class HoldForm(StyledForm):
    """A time in a room; for a body where the viewer acts for one."""

    wanted_for = forms.ChoiceField(label=pgettext_lazy("booking", "For whom"))
    on = forms.DateField(label=pgettext_lazy("booking", "Day"), widget=DAY)
    starts = forms.TimeField(label=pgettext_lazy("booking", "From"), widget=TIME)
    ends = forms.TimeField(label=pgettext_lazy("booking", "Until"), widget=TIME)
    weekly_until = forms.DateField(
        label=pgettext_lazy("booking", "Each week until"),
        help_text=_(
            "Only for a series. You get the days on which it is free; the others are named before you confirm."
        ),
        widget=DAY,
        required=False,
    )

    def __init__(self, *args: Any, page: RoomPage, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = page.row
        who: list[tuple[str, Any]] = [("", pgettext_lazy("booking", "for myself"))] if own else []
        who += [(f"{body.pk}", body.name) for body in page.bodies]
        choose(self, "wanted_for", who)
        self.fields["wanted_for"].required = not own
        if own and len(who) == 1:
            del self.fields["wanted_for"]

    def wish(self) -> Wish:
        """What the operation is called with."""
        data = self.cleaned_data
        body = data.get("wanted_for") or None
        return Wish(
            self.room.pk,
            datetime.combine(data["on"], data["starts"], clock.SHANGHAI),
            datetime.combine(data["on"], data["ends"], clock.SHANGHAI),
            int(body) if body else None,
            data["weekly_until"],
        )


class OpeningForm(StyledForm):
    """How a venue is open: one line for each weekday."""

    holidays = forms.BooleanField(label=pgettext_lazy("venue", "Open on public holidays as well"), required=False)
    access = forms.ChoiceField(label=pgettext_lazy("venue", "Getting in"), choices=ACCESS, required=False)
    services = forms.CharField(label=pgettext_lazy("venue", "What one finds here"), max_length=300, required=False)
    rules = forms.CharField(
        label=pgettext_lazy("venue", "House rules"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    phone = forms.CharField(label=pgettext_lazy("venue", "Telephone of the house"), max_length=24, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Opening | None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"version": row.version if row else 0}
        week: list[list[str]] = list(row.hours) if row else []
        if row:
            initial |= {name: getattr(row, name) for name in ("holidays", "access", "services", "rules", "phone")}
        for number in range(DAYS):
            initial[f"day{number}"] = " ".join(week[number]) if number < len(week) else ""
        super().__init__(*args, initial=initial, **kwargs)
        for number in range(DAYS):
            field = forms.CharField(label=dates.WEEKDAYS[number], max_length=60, required=False)
            field.widget.attrs["class"] = "form-control"
            field.widget.attrs["placeholder"] = "09:00-12:00 14:00-18:00"
            self.fields[f"day{number}"] = field
        self.order_fields([f"day{number}" for number in range(DAYS)])

    def opening(self) -> Open:
        """What the operation is called with."""
        data = self.cleaned_data
        week = [data[f"day{number}"].replace("–", "-").split() for number in range(DAYS)]
        return Open(week, data["holidays"], data["access"], data["services"], data["rules"], data["phone"])


class RoomForm(StyledForm):
    """What a room is, and how it is booked."""

    name = forms.CharField(label=pgettext_lazy("room", "Name of the room"), max_length=80)
    area_m2 = forms.DecimalField(label=pgettext_lazy("room", "Area in square metres"), max_digits=10, decimal_places=2)
    use = forms.ChoiceField(label=pgettext_lazy("room", "Used for"), choices=USES)
    capacity = forms.IntegerField(label=pgettext_lazy("room", "Seats"), min_value=0, max_value=100000, required=False)
    accessible = forms.BooleanField(label=pgettext_lazy("room", "Reached without steps"), required=False)
    booked_by = forms.ChoiceField(label=pgettext_lazy("room", "Booked by"), choices=BOOKED_BY, required=False)
    longest = forms.IntegerField(label=pgettext_lazy("room", "At most so many minutes at a time"), initial=240)
    buffer = forms.IntegerField(label=pgettext_lazy("room", "Minutes kept free after a booking"), initial=0)
    notice = forms.IntegerField(label=pgettext_lazy("room", "At least so many minutes before"), initial=0)
    ahead = forms.IntegerField(label=pgettext_lazy("room", "At most so many days ahead"), initial=60)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, row: Room | None, **kwargs: Any) -> None:
        initial = {name: getattr(row, name) for name in (*OF_ROOM, "version")} if row else {}
        super().__init__(*args, initial=initial, **kwargs)

    def sketch(self) -> Sketch:
        """What the operation is called with."""
        data: dict[str, Any] = {name: self.cleaned_data[name] for name in OF_ROOM}
        assert isinstance(data["area_m2"], Decimal)
        return Sketch(**data)


class WorksForm(StyledForm):
    """Works that are planned."""

    better = forms.MultipleChoiceField(
        label=pgettext_lazy("works", "What is made better"), widget=forms.CheckboxSelectMultiple, required=False
    )
    text = forms.CharField(label=pgettext_lazy("works", "Or what else"), max_length=LONGEST, required=False)
    first = forms.DateField(label=pgettext_lazy("works", "First day"), widget=DAY)
    last = forms.DateField(label=pgettext_lazy("works", "Last day"), widget=DAY)
    closed = forms.BooleanField(
        label=_("The venue is closed on these days: nothing can be booked, and what is booked is called off and told"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "better", better_names().items())

    def works(self) -> Works:
        """What the operation is called with."""
        return Works(**{name: self.cleaned_data[name] for name in ("first", "last", "better", "text", "closed")})


class RoomsNowForm(StyledForm):
    """The rooms of a venue as they are after works."""

    right = forms.BooleanField(label=_("So the rooms are now; what did not change stays as it is above"))

    def __init__(self, *args: Any, rooms: Sequence[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = rooms
        for room in rooms:
            named = {"room": room.name}
            use = forms.ChoiceField(label=_("%(room)s: used for") % named, choices=USES, initial=room.use)
            label = _("%(room)s: square metres") % named
            area = forms.DecimalField(label=label, max_digits=10, decimal_places=2, initial=room.area_m2)
            use.widget.attrs["class"], area.widget.attrs["class"] = "form-select", "form-control"
            version = forms.IntegerField(widget=forms.HiddenInput, initial=room.version)
            self.fields |= {f"use{room.pk}": use, f"area{room.pk}": area, f"version{room.pk}": version}
        self.order_fields([name for name in self.fields if name != "right"])

    def now(self) -> list[RoomNow]:
        """What the operation is called with."""
        data = self.cleaned_data
        return [
            RoomNow(pk, data[f"version{pk}"], data[f"use{pk}"], data[f"area{pk}"])
            for pk in (room.pk for room in self.rooms)
        ]
