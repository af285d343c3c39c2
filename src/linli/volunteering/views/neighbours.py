"""Good neighbours for everybody: a list, a map beside it, and nominating one; the desk puts offers up and down."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.core.visitors import visitor_counted
from linli.organizations.views.requests import actor_of, form_page
from linli.volunteering import forms
from linli.volunteering.models import Honour
from linli.volunteering.operations.honours import honour_propose
from linli.volunteering.operations.neighbours import neighbour_offer
from linli.volunteering.queries import neighbours as queries


@csrf_protect
@require_http_methods(["GET", "POST"])
def neighbours(request: HttpRequest, code: str) -> HttpResponse:
    """The good neighbours of a place; at a community anybody nominates one. With `?map` the same as features."""
    if "map" in request.GET:
        return JsonResponse({"type": "FeatureCollection", "features": queries.on_the_map(code)})
    page = queries.neighbours_of(code)
    if request.method == "POST" and not page.kinds:
        raise NotFound
    form = forms.NeighbourProposalForm(request.POST or None, kinds=page.kinds)

    def save() -> HttpResponse:
        visitor_counted(request)
        honour_propose(actor=actor_of(request), place_id=page.division.place.pk, proposal=form.proposal())
        messages.success(request, _("Thank you. The community looks at it, and asks them before anything is shown."))
        return redirect("public_volunteering:neighbours", code=code)

    context = {"page": page, "place": page.division.place}
    return form_page(request, form, save, context, "volunteering/public_neighbours.html")


def offer_form(row: Honour, data: Any = None) -> forms.OfferForm:
    """The form with which the desk puts up an offer."""
    household = row.recipient == "household"
    choices = queries.grids_for(row) if household else queries.shops_for(row)
    return forms.OfferForm(data, household=household, choices=choices)


def offer_from(actor: Actor, row: Honour, data: Any) -> None:
    """Put up what the form says. Raises: neighbour.consent and what the operation refuses"""
    form = offer_form(row, data)
    if not form.is_valid():
        raise InvalidInput("neighbour.form", _("Fill in what is offered, where, and when and how they agreed."))
    neighbour_offer(actor=actor, honour_id=row.pk, offering=form.offering())
