"""Pages of what one takes along: one's own statement and file, a body's totals and records; and one's stars."""

import io
from datetime import date, timedelta
from typing import Any, Final

import xlsxwriter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.activities import stars_section
from linli.activities.forms import certificates as forms
from linli.activities.operations import standard_export as operations
from linli.activities.policies import certificates as policies
from linli.activities.queries import standard_export as queries
from linli.activities.queries.certificates import unit_of
from linli.activities.queries.standard_export import Sheet
from linli.activities.queries.stars import hours, stars_of
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, NotFound
from linli.core.forms import require_filled
from linli.core.paging import key_asked
from linli.organizations.models import Person
from linli.organizations.views.requests import actor_of, printed
from linli.records.ledgers.safety import safe_cell

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEAR: Final = timedelta(days=365)


@require_GET
@login_required
def statement(request: HttpRequest) -> HttpResponse:
    """One's attested service, the newest first, a page at a time; with each year as a paper."""
    pk = _own(request)
    rows, more = queries.statement(pk, _before(request)) if pk else ([], "")
    context = {
        "rows": _shown(rows),
        "more": more,
        "years": queries.years_of(pk) if pk else [],
        "stars": stars_of(pk) if pk else None,
        "form": forms.IdentityForm(),
    }
    return render(request, "activities/certificate_statement.html", context)


def _own(request: HttpRequest) -> int:
    return actor_of(request).person_id or 0


def _shown(rows: Any) -> list[tuple[Any, str, str]]:
    return [(row, unit_of(row), hours(row.minutes)) for row in rows]


def _before(request: HttpRequest) -> tuple[date, int] | None:
    """The key after which the page begins. Raises: list.bad_filter"""
    return key_asked(request.GET.get("before", ""), "before")


@require_POST
@login_required
def statement_print(request: HttpRequest, year: int) -> HttpResponse:
    """One's service in a year, on paper."""
    person = Person.objects.filter(pk=_own(request)).first()
    if person is None or not 2000 <= year <= clock.today().year:
        raise NotFound
    rows = list(queries.own_records(person.pk).filter(day__year=year).order_by("day", "pk")[: queries.MOST])
    if not rows:
        raise NotFound
    context = {
        "rows": _shown(rows),
        "year": year,
        "person": person,
        "hours": hours(sum(row.minutes for row in rows)),
        "today": clock.today(),
    }
    return printed("activities/certificate_statement_print.html", context, f"service-{year}.pdf")


@require_POST
@login_required
def own_export(request: HttpRequest) -> HttpResponse:
    """One's own records in the ministry's fields, as a workbook."""
    form = forms.IdentityForm(request.POST)
    require_filled(form, "standard_export.identity")
    sheets = operations.own_export(actor=actor_of(request), identity=form.cleaned_data["identity"])
    return _workbook(sheets, f"service-records-{clock.today():%Y%m%d}.xlsx")


@require_GET
@login_required
def stars(request: HttpRequest) -> HttpResponse:
    """One's hours and star, and what each star takes."""
    pk = _own(request)
    context = {"stars": stars_of(pk) if pk else None, "section": stars_section.section()}
    return render(request, "activities/certificate_stars.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def bodies(request: HttpRequest) -> HttpResponse:
    """What the members of a body served, as totals; and for a desk the records that a body recorded."""
    actor = actor_of(request)
    found = queries.bodies_for(actor)
    if not found:
        raise NotFound
    today = clock.today()
    initial = {"since": today - YEAR, "until": today, "body": found[0].pk}
    form = forms.BodyForm(request.POST or None, bodies=[(item.pk, item.name) for item in found], initial=initial)
    context: dict[str, Any] = {"form": form, "fewest": queries.FEWEST, "takes": actor.can(policies.KEEP)}
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                answer = _reckoned(request, actor, form, context)
            except DomainError as error:
                form.add_error(None, error.sentence)
                status = error.status
            else:
                if answer is not None:
                    return answer
                status = 200
    return render(request, "activities/certificate_bodies.html", context, status=status)


def _reckoned(request: HttpRequest, actor: Actor, form: forms.BodyForm, context: dict[str, Any]) -> HttpResponse | None:
    pk, since, until = form.given()
    if request.POST.get("file"):
        sheets = operations.recorded_export(actor=actor, organization_id=pk, since=since, until=until)
        return _workbook(sheets, f"service-records-{pk}-{since:%Y%m%d}-{until:%Y%m%d}.xlsx")
    context["totals"] = queries.totals_of(queries.body_for(actor, pk), since, until)
    return None


def _workbook(sheets: list[Sheet], name: str) -> HttpResponse:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    for title, header, rows in sheets:
        sheet = book.add_worksheet(title)
        sheet.write_row(0, 0, header, bold)
        for number, row in enumerate(rows, start=1):
            for position, value in enumerate(row):
                sheet.write_string(number, position, safe_cell(value))
        sheet.set_column(0, len(header) - 1, 18)
    book.close()
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(stream.getvalue(), content_type=XLSX, headers=headers)
