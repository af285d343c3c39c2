"""Pages of those who keep accounts: the list, one with its entries, entering, deciding, closing a quarter."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock, files
from linli.core.actors import Actor
from linli.core.calendar import add_months
from linli.core.errors import DomainError, Mendable, NotFound
from linli.deliberation import funds_section
from linli.deliberation.forms.funds import BookingForm, OpeningForm
from linli.deliberation.operations import fund_quarters, fund_receipts, funds
from linli.deliberation.policies.funds import may_keep, require_keep
from linli.deliberation.queries import funds as queries
from linli.deliberation.queries.funds import Wanted
from linli.deliberation.views.topics import before, kept, uploads
from linli.deliberation.workflow.funds import ENTRY, KEEP, OPEN, VIEW
from linli.organizations.views.requests import form_page, staff
from linli.publishing import periods

STARTS: Final = 9


@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts that somebody sees, with what waits for a second person and what is owed."""
    actor = staff(request, VIEW, KEEP)
    context = {"lines": queries.accounts_of(actor), "opens": actor.can(OPEN)}
    return render(request, "deliberation/funds.html", context)


@require_http_methods(["GET", "POST"])
def account_new(request: HttpRequest) -> HttpResponse:
    """Open an account."""
    actor = staff(request, OPEN)
    choices: Any = {"places": queries.opening_places(actor), "bodies": queries.keeping_bodies(actor)}
    form = OpeningForm(request.POST or None, starts=_starts(), **choices)

    def save() -> HttpResponse:
        row = funds.fund_account_open(actor=actor, opening=form.sketch())
        return redirect("funds:account", pk=row.pk)

    context = {"title": _("Open an account"), "do": _("Open an account")}
    return form_page(request, form, save, context, "deliberation/fund_form.html")


def _starts() -> list[date]:
    """The first days of the quarters from which an account may be kept, this one first."""
    first = periods.period_of("quarter", clock.today())[0]
    return [add_months(first, -3 * number) for number in range(STARTS)]


@require_GET
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: what is there, what waits, its quarters, and its entries a page at a time."""
    return account_page(request, staff(request, VIEW, KEEP), pk)


def account_page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    """The page of an account, with a refusal where there is one."""
    row = queries.account_of(actor, pk)
    asked = _wanted(request)
    lines, more = queries.entries_of(row, asked)
    waiting = queries.waiting_of(row)
    context = {
        "account": row,
        "fault": fault,
        "keeps": may_keep(actor, row) and row.closed_on is None,
        "counts": queries.counts_of(actor, row),
        "waiting": waiting,
        # Whoever entered it does not decide it.
        "mine": [line for line in waiting if line.entry.entered_by != actor.key],
        "quarters": queries.quarters_of(row),
        "today": clock.today(),
        "lines": lines,
        "more": more,
        "asked": asked,
        "query": kept(request),
        "directions": queries.directions(),
        "kinds": [(item.code, item.named) for item in funds_section.named_kinds()],
        "states": ENTRY.choices,
    }
    return render(request, "deliberation/fund_account.html", context, status=fault.status if fault else 200)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter income or spending, with a photo of the receipt."""
    actor = staff(request, KEEP)
    row = queries.account_of(actor, pk)
    require_keep(actor, row)
    form = BookingForm(request.POST or None, initial={"day": clock.today()})

    def save() -> HttpResponse:
        funds.fund_enter(actor=actor, account_id=pk, booking=form.booking(), uploads=uploads(request))
        messages.success(request, _("Entered. It counts once a second person approves it."))
        return redirect("funds:account", pk=pk)

    context = {"title": _("Enter income or spending"), "do": _("Enter"), "account": row, "with_files": True}
    return form_page(request, form, save, context, "deliberation/fund_form.html")


@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with its receipts."""
    return _entry(request, staff(request, VIEW, KEEP), pk)


def _entry(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.entry_page(actor, pk)
    entry = page.line.entry
    shows = entry.state == "approved" and may_keep(actor, entry.account)
    context = {"page": page, "entry": entry, "fault": fault, "photos": files.PHOTOS, "shows": shows}
    return render(request, "deliberation/fund_entry.html", context, status=fault.status if fault else 200)


@require_POST
def entry_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Approve, refuse or reverse an entry; a refusal is shown on its page."""
    actor = staff(request, KEEP)
    call = _VERBS.get(verb)
    if call is None:
        raise NotFound
    try:
        row = call(actor, pk, request.POST.get("reason", ""))
    except Mendable as error:
        return _entry(request, actor, pk, error)
    messages.success(request, _("Done."))
    return redirect("funds:account", pk=row.account_id)


_VERBS: Final[dict[str, Callable[[Actor, int, str], Any]]] = {
    "approve": lambda actor, pk, _reason: funds.fund_approve(actor=actor, entry_id=pk),
    "refuse": lambda actor, pk, reason: funds.fund_refuse(actor=actor, entry_id=pk, reason=reason),
    "reverse": lambda actor, pk, reason: funds.fund_reverse(actor=actor, entry_id=pk, reason=reason),
}


@require_GET
def quarter(request: HttpRequest, pk: int) -> HttpResponse:
    """One quarter: its table, and closing it."""
    return _quarter(request, staff(request, VIEW, KEEP), pk)


def _quarter(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.quarter_page(actor, pk)
    context = {"page": page, "quarter": page.row, "fault": fault}
    return render(request, "deliberation/fund_quarter.html", context, status=fault.status if fault else 200)


@require_POST
def quarter_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Close a quarter and make it public, or make it public again; a refusal is shown on its page."""
    actor = staff(request, KEEP)
    if verb not in ("close", "publish"):
        raise NotFound
    call = fund_quarters.fund_quarter_close if verb == "close" else fund_quarters.fund_quarter_publish
    try:
        call(actor=actor, quarter_id=pk)
    except Mendable as error:
        return _quarter(request, actor, pk, error)
    messages.success(request, _("It is public now."))
    return redirect("funds:quarter", pk=pk)


@require_GET
def receipt(request: HttpRequest, pk: int) -> FileResponse:
    """A receipt as it was attached; photos are shown, the rest is downloaded."""
    row = queries.receipt_for(staff(request, VIEW, KEEP), pk)
    inline = row.file.media_type in files.PHOTOS
    stream = files.path_of(row.file.sha256).open("rb")
    return FileResponse(stream, as_attachment=not inline, filename=row.name, content_type=row.file.media_type)


@require_POST
def receipt_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Show a receipt to residents, or hide it again; a refusal is shown on the page of its entry."""
    actor = staff(request, KEEP)
    if verb not in ("show", "hide"):
        raise NotFound
    entry_id = queries.receipt_for(actor, pk).entry_id
    try:
        fund_receipts.fund_receipt_show(actor=actor, receipt_id=pk, shown=verb == "show")
    except Mendable as error:
        return _entry(request, actor, entry_id, error)
    return redirect("funds:entry", pk=entry_id)


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    names = {name: asked.get(name, "")[:60] for name in ("direction", "kind", "state")}
    return Wanted(asked.get("q", "").strip()[:60], before=before(request), **names)
