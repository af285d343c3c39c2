"""Accounts of others: slips with codes, the list of accounts, locking, looks at personal data."""

import csv
import io

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.accounts.auditing import seen
from linli.accounts.operations.issuing import accounts_issue
from linli.accounts.operations.looking import person_unmask_phone
from linli.accounts.operations.owning import account_lock
from linli.accounts.queries import accounts_for, looks_for
from linli.accounts.views.own import actor_of
from linli.core.errors import NotFound
from linli.core.forms import numbers_of
from linli.organizations.queries import rosters
from linli.organizations.sections import kinds_in_force
from linli.records.ledgers import safety


@never_cache
@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Make accounts for the posts that were chosen; the codes are shown this once, to print or as CSV."""
    actor = actor_of(request)
    if not (actor.can("organizations.manage") or actor.can("security.manage")):
        raise NotFound
    chosen = numbers_of(request.POST.getlist("post"))
    issued = accounts_issue(actor=actor, post_ids=chosen)
    if request.POST.get("form") != "csv":
        return render(request, "accounts/slips.html", {"issued": issued})
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("姓名", "地点", "用户名", "激活码"))
    for item in issued:
        writer.writerow(safety.safe_cell(cell) for cell in (item.name, item.place, item.username, item.code))
    headers = {"Content-Disposition": 'attachment; filename="accounts.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts of this installation."""
    words = request.GET.get("q", "")
    context = {"lines": accounts_for(actor_of(request), words), "q": words, "kinds": kinds_in_force()}
    return render(request, "accounts/accounts.html", context)


@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock an account or open it again."""
    account_lock(actor=actor_of(request), user_id=pk, locked=request.POST.get("locked") == "1")
    return redirect("accounts:accounts")


@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """The log of looks at personal data, for those who audit."""
    actor = actor_of(request)
    if not actor.can("audit.read"):
        raise NotFound
    page = Paginator(looks_for(actor), 100).get_page(request.GET.get("page"))
    return render(request, "accounts/looks.html", {"page": page, "looks": seen(page)})


@never_cache
@require_POST
def unmask(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the phone number of one person, for a reason that is kept."""
    actor = actor_of(request)
    phone = person_unmask_phone(actor=actor, person_id=pk, reason=request.POST.get("reason", ""))
    page = rosters.person_for(actor, pk)
    context = {"page": page, "phone": phone, "kinds": kinds_in_force(), "may_unmask": False}
    return render(request, "organizations/person.html", context)
