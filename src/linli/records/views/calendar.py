"""The calendar page: holidays and make-up days of a year, and which years nobody has entered yet."""

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.calendar_table import calendar_day_set, calendar_for, calendar_seed, known_years, unknown_ahead
from linli.core.forms import number_of
from linli.core.models import CalendarDay
from linli.records.views.asking import actor_of

ABILITY = "calendar.edit"


class DayForm(forms.Form):
    """A day that differs from its weekday."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}))
    working = forms.ChoiceField(
        label=_("Is it worked?"),
        choices=(("rest", _("rest")), ("work", _("work"))),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    name = forms.CharField(
        label=_("Name"), max_length=60, required=False, widget=forms.TextInput(attrs={"class": "form-control"})
    )


def calendar(request: HttpRequest) -> HttpResponse:
    """The days of a year that differ from their weekday; one more may be said, or the published ones taken over."""
    actor = actor_of(request, ABILITY)
    year = _year(request.GET.get("year", ""))
    form = DayForm(request.POST if "day" in request.POST else None)
    if request.method == "POST" and "seed" in request.POST:
        calendar_seed(actor=actor, years=[year])
        return redirect(f"{reverse('records:calendar')}?year={year}")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        calendar_day_set(actor=actor, day=data["day"], working=data["working"] == "work", name=data["name"])
        return redirect(f"{reverse('records:calendar')}?year={data['day'].year}")
    days = list(CalendarDay.objects.filter(day__year=year).order_by("day", "place"))
    ahead = unknown_ahead()
    unknown = [item for item in calendar_for().unknown_years(date(year, 1, 1), date(year, 12, 31)) if item not in ahead]
    context = {
        "form": form,
        "days": days,
        "year": year,
        "unknown": unknown,
        "unknown_ahead": ahead,
        "may_enter_days": True,
        "published": year in known_years(),
    }
    return render(request, "records/calendar.html", context)


def _year(written: str) -> int:
    year = number_of(written, 4) or 0
    return year if 1950 <= year <= 2100 else clock.today().year
