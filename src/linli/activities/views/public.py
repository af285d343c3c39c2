"""What everybody reads of activities: which ones one can join, and one of them with the way to sign up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.activities.queries import activities as queries
from linli.activities.views.activities import kept, keyed
from linli.core.actors import Actor
from linli.core.errors import DomainError
from linli.core.forms import plain
from linli.organizations.views.requests import actor_of


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What one can join, the soonest first; of one place where its code is given."""
    code = plain(request.GET).get("place", "")[:12]
    lines, more, place = queries.public_listed(code, keyed(request, "after"))
    context = {"lines": lines, "more": more, "place": place, "query": kept(request, "after")}
    return render(request, "activities/public_activities.html", context)


@require_GET
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity that one can join."""
    return shown(request, actor_of(request), pk)


def shown(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    """The public page of an activity, with what was refused."""
    page = queries.public_page(actor, pk)
    context = {"page": page, "row": page.row, "fault": fault, "touching": request.GET.get("touching") == "1"}
    return render(request, "activities/public_activity.html", context, status=fault.status if fault else 200)
