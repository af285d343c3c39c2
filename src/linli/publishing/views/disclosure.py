"""Pages for those who make public: what is due and posted, a filled form, corrections, withdrawals, answers."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.cases.requests import staff
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.forms import number_of
from linli.organizations.views.requests import form_page
from linli.publishing import disclosure_section
from linli.publishing.disclosure_section import FREE
from linli.publishing.forms.publications import AnswerForm, CorrectionForm, NoticeForm, ReasonForm
from linli.publishing.models import DisclosureDue
from linli.publishing.operations import publications as operations
from linli.publishing.operations import questions
from linli.publishing.operations.publications import Correction, Upload
from linli.publishing.policies.publications import POST, READ, WITHDRAW, may_post
from linli.publishing.queries import posting
from linli.publishing.queries.disclosure import item_name
from linli.publishing.queries.printed import figures_printed
from linli.territory.models import Place

FORM: Final = "publishing/disclosure_form.html"
WORD: Final = "publishing/disclosure_word.html"


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What is due, what was asked, what was posted."""
    page = posting.overview(staff(request, POST))
    return render(request, "publishing/disclosure.html", {"page": page})


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Choose what to make public."""
    found = posting.choosable(staff(request, POST))
    return render(request, "publishing/disclosure_choose.html", {"items": found, "free": FREE})


@require_GET
def due(request: HttpRequest, pk: int) -> HttpResponse:
    """What is owed: on to the form filled for it, or to what met it; who only looks on, to the place's public page."""
    actor = staff(request, POST, READ)
    row = posting.due_of(actor, pk)
    if row.publication_id:
        return redirect("disclosure:publication", pk=row.publication_id)
    if not may_post(actor, row.place) or row.item not in disclosure_section.items():
        return redirect("public_disclosure:place", code=row.place.code)
    return redirect(f"{reverse('disclosure:new', args=[row.item])}?due={row.pk}")


@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, item: str) -> HttpResponse:
    """Post a notice: filled from last time, for the next period, with its figures."""
    actor = staff(request, POST)
    places = posting.places_for(actor, item)
    owed = _owed(actor, request.GET.get("due", ""), item)
    place = _chosen(places, request, owed)
    owed = owed or posting.open_due(item, place)
    filled = {"place": str(place.pk), **posting.prefilled(item, place, owed)}
    form = NoticeForm(request.POST or None, places=places, initial=filled)

    def save() -> HttpResponse:
        notice = form.notice("" if item == FREE else item)
        row = operations.publication_post(actor=actor, notice=notice, uploads=_uploads(request))
        messages.success(request, _("It is public now."))
        return redirect("disclosure:publication", pk=row.pk)

    context = {
        "title": _("Free notice") if item == FREE else item_name(item),
        "do": _("Make it public now"),
        "figures": figures_printed(item, place, filled.get("until")),
        "owed": owed,
        "several": len(places) > 1,
        "place": place,
    }
    return form_page(request, form, save, context, FORM)


@require_GET
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice with its former versions, files and questions."""
    page = posting.work(staff(request, POST, READ), pk)
    return render(request, "publishing/disclosure_notice.html", {"page": page, "notice": page.notice})


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a notice, with a reason."""
    actor = staff(request, POST)
    page = posting.work(actor, pk)
    row = page.notice
    kept = [file for file in page.files if file.taken_out is None]
    form = CorrectionForm(request.POST or None, places=[row.place], files=kept, initial=CorrectionForm.of(row))

    def save() -> HttpResponse:
        data = form.cleaned_data
        correction = Correction(
            form.notice(row.item),
            data["reason"],
            data["version"],
            data.get("takes_out", ()),
            _uploads(request),
        )
        operations.publication_correct(actor=actor, publication_id=pk, correction=correction)
        messages.success(request, _("Corrected; the former version stays readable."))
        return redirect("disclosure:publication", pk=pk)

    context = {"title": row.title, "do": _("Correct"), "figures": row.figures, "notice": row, "place": row.place}
    return form_page(request, form, save, context, FORM)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a notice back, with a reason."""
    actor = staff(request, POST, WITHDRAW)
    row = posting.work(actor, pk).notice
    form = ReasonForm(request.POST or None)

    def save() -> HttpResponse:
        operations.publication_withdraw(actor=actor, publication_id=pk, reason=form.cleaned_data["reason"])
        return redirect("disclosure:publication", pk=pk)

    said = _("Its title stays on the public page, with the day and this reason; text and files are no longer shown.")
    context = {"title": row.title, "do": _("Withdraw it"), "danger": True, "said": said, "notice": row}
    return form_page(request, form, save, context, WORD)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question, and its answer."""
    actor = staff(request, POST)
    row = posting.question_of(actor, pk)
    form = AnswerForm(request.POST or None)

    def save() -> HttpResponse:
        data = form.cleaned_data
        questions.question_answer(actor=actor, question_id=pk, text=data["text"], private_reason=data["private_reason"])
        messages.success(request, _("Answered."))
        return redirect("disclosure:publication", pk=row.publication_id)

    context = {"title": row.publication.title, "do": _("Send the answer"), "question": row, "notice": row.publication}
    return form_page(request, form, save, context, WORD)


@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an answered question off the public page."""
    actor = staff(request, POST)
    row = questions.question_hide(actor=actor, question_id=pk, reason=request.POST.get("reason", ""))
    return redirect("disclosure:publication", pk=row.publication_id)


def _owed(actor: Actor, number: str, item: str) -> DisclosureDue | None:
    """What is owed by the number in the address. Raises: not_found"""
    if not number:
        return None
    if number_of(number) is None:
        raise NotFound
    row = posting.due_of(actor, int(number))
    return row if row.item == item and row.publication_id is None else None


def _chosen(places: list[Place], request: HttpRequest, owed: DisclosureDue | None) -> Place:
    """The place of the form: the one that owes, the one in the address, the first."""
    wanted = str(owed.place_id) if owed else request.GET.get("place", "")
    return next((place for place in places if str(place.pk) == wanted), places[0])


def _uploads(request: HttpRequest) -> list[Upload]:
    found: list[Any] = request.FILES.getlist("files")
    return [Upload(item.name or "file", item) for item in found]
