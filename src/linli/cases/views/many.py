"""The list's own doors: one step on many matters, told row by row; answers to platforms; filters with a name."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from linli.cases import sections
from linli.cases.operations.bulk import case_bulk
from linli.cases.operations.saving import filter_forget, filter_save
from linli.cases.queries.answers import answer_book, orders, platform_with
from linli.cases.requests import STAFF, staff
from linli.core.errors import InvalidInput, NotAllowed
from linli.core.forms import number_of, plain
from linli.records.exporting import noted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Make one step on the matters that were picked, and tell for each what became of it."""
    actor = staff(request, *STAFF)
    verb = request.POST.get("verb", "")
    picks = [_pick(text) for text in request.POST.getlist("pick")]
    lead = request.POST.get("lead", "")
    lead_id = number_of(lead) if verb == "dispatch" else None
    answers = case_bulk(actor=actor, verb=verb, picks=picks, lead_id=lead_id)
    context = {
        "answers": answers,
        "label": next((move.label for move in sections.flow().moves if move.verb == verb), verb),
        "done": len([item for item in answers if not item.code]),
        "refused": len([item for item in answers if item.code]),
        "rest": QueryDict(request.POST.get("rest", "")).urlencode(),
    }
    return render(request, "cases/bulk.html", context)


@require_GET
def answers(request: HttpRequest, code: str) -> HttpResponse:
    """The answers to a platform's work orders in its own layout, of the matters that the list shows."""
    actor = staff(request, *STAFF)
    if not actor.can("figures.view"):
        raise NotAllowed("export.not_yours")
    platform = platform_with(code)
    query = plain(request.GET)
    mark = noted(actor, f"answers-{code}", query, orders(actor, query).count(), "xlsx")
    book = answer_book(actor, platform, query, mark.stamp)
    return HttpResponse(book, content_type=XLSX, headers=mark.headers(f"answers-{code}", "xlsx"))


@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the list under a name."""
    query = QueryDict(request.POST.get("rest", ""))
    row = filter_save(actor=staff(request, *STAFF), name=request.POST.get("name", ""), query=plain(query))
    return redirect(f"{reverse('cases:list')}?{row.query}")


@require_POST
def forget_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a named filter."""
    filter_forget(actor=staff(request, *STAFF), filter_id=pk)
    return redirect("cases:list")


def _pick(text: str) -> tuple[int, int | None]:
    """An id and the version that the list showed, as `id:version`."""
    pk, _colon, version = text.partition(":")
    number, stamp = number_of(pk), number_of(version, 9)
    if number is None or (version and stamp is None):
        raise InvalidInput("form.number", _("Please choose one."))
    return number, stamp
