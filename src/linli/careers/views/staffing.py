"""What places should have against who is there; stewards' units against their rules."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.careers import forms
from linli.careers.operations.promotions import plan_set
from linli.careers.queries import reserves, staffing
from linli.careers.queries import stewards as units
from linli.careers.sections import section
from linli.careers.workflow import MANAGE, NOMINATE
from linli.core.forms import plain
from linli.organizations.policies import MANAGE as ROSTER
from linli.organizations.policies import VIEW
from linli.organizations.sections import OrganizationsSection
from linli.organizations.views.requests import form_page, staff
from linli.records import profiles

# Whoever holds it names people of the roster for teams; the app of teams is beside this one.
CALL: Final = "teams.keep"


@require_GET
def staffing_list(request: HttpRequest) -> HttpResponse:
    """Each community with what it should have, who is there and the difference; everybody counted once below."""
    actor = staff(request, NOMINATE, MANAGE)
    lines, every = staffing.forces(actor)
    context = {"rows": staffing.staffing(actor), "totals": staffing.totals(actor), "rules": section().staffing}
    context |= {"forces": lines, "every": every, "manages": actor.can(MANAGE), "calls": actor.can(CALL)}
    return render(request, "careers/staffing.html", context)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan the posts of a community."""
    actor = staff(request, MANAGE)
    holding = reserves.holding_of(actor, pk)
    form = forms.PlanForm(request.POST or None)

    def save() -> HttpResponse:
        plan_set(actor=actor, place_id=pk, **form.cleaned_data)
        return redirect("careers:staffing")

    return form_page(
        request, form, save, {"title": _("Plan posts"), "of": holding.place.name, "do": _("Save")}, "careers/form.html"
    )


@require_GET
def stewards(request: HttpRequest) -> HttpResponse:
    """Household groups outside their band or without somebody who leads them."""
    actor = staff(request, VIEW, ROSTER)
    kind = plain(request.GET).get("kind", "")
    rows, many, covered = units.units(actor, kind)
    kinds = [(item.code, item.named) for item in profiles.current().section(OrganizationsSection).household_groups]
    context = {"rows": rows, "many": many, "covered": covered, "kinds": kinds, "kind": kind}
    return render(request, "careers/stewards.html", context)
