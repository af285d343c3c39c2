"""Pages of reviews: written by the office, read and answered by whoever was reviewed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import plain
from linli.organizations.views.requests import form_page, staff
from linli.secondments import forms
from linli.secondments.operations import reviews as operations
from linli.secondments.queries import reviews as queries
from linli.secondments.views.terms import reader
from linli.secondments.workflow import KEEP, SCORES

REVIEW = "secondments:review"


@require_http_methods(["GET", "POST"])
def review_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a review."""
    actor = staff(request, KEEP)
    term = queries.term_to_review(actor, pk)
    form = forms.ReviewForm(
        request.POST or None, periods=queries.periods_open(term), initial={"on": clock.today().isoformat()}
    )

    def save() -> HttpResponse:
        return redirect(REVIEW, pk=operations.review_write(actor=actor, secondment_id=pk, review=form.review()).pk)

    return form_page(request, form, save, {"title": _("Write a review"), "of": str(term.person), "do": _("Save")})


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review."""
    return _page(request, reader(request), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.review_page(actor, pk)
    sent = request.POST.get("text", page.row.answer)
    context = {"page": page, "row": page.row, "fault": fault, "sent": sent}
    return render(request, "secondments/review.html", context, status=fault.status if fault else 200)


@require_http_methods(["GET", "POST"])
def review_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a review right."""
    actor = staff(request, KEEP)
    page = queries.review_page(actor, pk)
    if not page.corrects:
        raise NotFound
    row = page.row
    names = ("on", "period", "note", "action", "grade", "version", *(code for code, _label in SCORES))
    periods = [code for code in (row.period, *queries.periods_open(row.secondment)) if code]
    given = {name: getattr(row, name) for name in names} | {"on": row.on.isoformat()}
    form = forms.ReviewCorrectForm(request.POST or None, periods=periods, initial=given)

    def save() -> HttpResponse:
        data = form.cleaned_data
        operations.review_correct(
            actor=actor, review_id=pk, version=data["version"], review=form.review(), reason=data["reason"]
        )
        return redirect(REVIEW, pk=pk)

    context = {"title": _("Put the review right"), "of": str(row.secondment.person), "do": _("Save")}
    return form_page(request, form, save, context)


@require_POST
def review_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one's review; a refusal is shown on its page."""
    actor = reader(request)
    try:
        operations.review_answer(actor=actor, review_id=pk, text=plain(request.POST).get("text", ""))
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(REVIEW, pk=pk)
