"""The journal, for those who audit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from linli.accounts.auditing import SUBJECTS, Wanted, journal_for
from linli.accounts.views.own import actor_of

FILTERS = ("subject", "number", "who", "day")


@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """A page of the journal."""
    asked = {name: request.GET.get(name, "").strip() for name in (*FILTERS, "after")}
    page = journal_for(actor_of(request), Wanted(**asked))
    rest = urlencode({name: asked[name] for name in FILTERS if asked[name]})
    context = {"page": page, "asked": asked, "subjects": SUBJECTS.items(), "rest": rest}
    return render(request, "accounts/journal.html", context)
