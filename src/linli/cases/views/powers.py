"""The table of powers, what is wrong in it, and what it would have suggested for past matters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.cases import routing, sections
from linli.cases.queries.tables import powers_table, tried
from linli.cases.requests import STAFF, staff

LAST = 50


@require_GET
def powers(request: HttpRequest) -> HttpResponse:
    """Category by body by role, with list, ground and dates; `?try=1` tries it on past matters. Writes nothing."""
    actor = staff(request, *STAFF)
    dispatches = actor.can("cases.dispatch")
    trial = tried(actor, LAST) if dispatches and request.GET.get("try") else None
    context = {
        "lines": powers_table(),
        "dispatches": dispatches,
        "conflicts": routing.conflicts() if dispatches else (),
        "trial": trial,
        "categories": [(code, item.label) for code, item in sections.categories().items()],
    }
    return render(request, "cases/powers.html", context)
