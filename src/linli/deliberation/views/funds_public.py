"""Accounts for everybody, without a login: those of a place, one with its quarters; questions go to the notices."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.cases.requests import actor_of
from linli.core import files
from linli.deliberation.queries import funds as queries
from linli.publishing.queries.divisions import public_division
from linli.publishing.views.disclosure_public import HOME


@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The accounts of a place and of all inside it."""
    division = public_division(code)
    lines = queries.public_accounts(actor_of(request), _home(request), division.place)
    return render(request, "deliberation/public_funds.html", {"division": division, "lines": lines})


@require_GET
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its quarters with income and spending by kind."""
    row, quarters = queries.public_account(actor_of(request), _home(request), pk)
    shown = [(quarter, queries.table_of(quarter)) for quarter in quarters]
    return render(request, "deliberation/public_fund.html", {"account": row, "quarters": shown})


@require_GET
def quarter(request: HttpRequest, pk: int) -> HttpResponse:
    """One quarter, entry by entry: day, sum, for what, its number, and the receipts that are shown."""
    row = queries.public_quarter(actor_of(request), _home(request), pk)
    context = {
        "quarter": row,
        "account": row.account,
        "lines": queries.table_of(row),
        "entries": queries.public_entries(row),
    }
    return render(request, "deliberation/public_fund_quarter.html", context)


@require_GET
def receipt(request: HttpRequest, pk: int) -> FileResponse:
    """The photo of a receipt that the desk shows."""
    row = queries.public_receipt(actor_of(request), _home(request), pk)
    stream = files.path_of(row.file.sha256).open("rb")
    return FileResponse(stream, filename=f"{row.entry_id}.jpg", content_type=row.file.media_type)


def _home(request: HttpRequest) -> int | None:
    found = request.session.get(HOME)
    return found if isinstance(found, int) else None
