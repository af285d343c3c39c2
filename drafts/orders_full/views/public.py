"""The public menu of a community: what may be ordered, by whom it is provided, how much is left."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.orders.queries import menu as queries


@require_GET
def communities(request: HttpRequest) -> HttpResponse:
    """The communities that have something on their menu."""
    return render(request, "orders/public_communities.html", {"places": queries.communities()})


@require_GET
def menu(request: HttpRequest, code: str) -> HttpResponse:
    """The menu of one community."""
    place = queries.community_with(code)
    return render(request, "orders/public_menu.html", {"place": place, "courses": queries.public_menu(place)})
