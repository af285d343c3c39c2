"""Pages of bodies: the list, one body, the matrix per compound, and what is missing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.organizations import forms
from linli.organizations.models import Organization
from linli.organizations.operations import bodies as operations
from linli.organizations.operations.membership import grid_members_remove, grid_members_set
from linli.organizations.operations.seats import seat_admit, seat_end
from linli.organizations.policies import MANAGE, VIEW
from linli.organizations.queries import answering, bodies, rosters
from linli.organizations.sections import kinds_in_force
from linli.organizations.views.requests import form_page, page_number, staff

PAGE = 50


@require_GET
def organization_list(request: HttpRequest) -> HttpResponse:
    """Open bodies by type and words."""
    actor = staff(request, VIEW, MANAGE)
    kind, words = request.GET.get("type", ""), request.GET.get("q", "")
    rows = Paginator(bodies.bodies(actor, body_type=kind, words=words), PAGE).get_page(page_number(request))
    context = {
        "page": rows,
        "types": Organization.Type.choices,
        "type": kind,
        "q": words,
        "waiting": bodies.waiting_for_approval(actor),
        "may_manage": actor.can(MANAGE),
    }
    return render(request, "organizations/list.html", context)


@require_GET
def organization_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: above, below, posts, seats."""
    actor = staff(request, VIEW, MANAGE)
    return render(request, "organizations/detail.html", {"page": bodies.body_for(actor, pk), "kinds": kinds_in_force()})


@require_http_methods(["GET", "POST"])
def organization_new(request: HttpRequest) -> HttpResponse:
    """Add a body."""
    actor = staff(request, MANAGE)
    form = forms.BodyForm(request.POST or None, actor=actor)

    def create() -> HttpResponse:
        body = operations.organization_create(actor=actor, sketch=form.sketch())
        return redirect("organizations:detail", pk=body.pk)

    return form_page(request, form, create, {"title": _("New body"), "do": _("Add")})


@require_http_methods(["GET", "POST"])
def organization_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what describes a body."""
    actor = staff(request, MANAGE)
    body = bodies.body_for(actor, pk).body
    fields = ("version", "name", "kind", "level", "leader", "members", "members_elsewhere", "expires")
    initial = {name: getattr(body, name) for name in fields}
    form = forms.BodyChangeForm(request.POST or None, actor=actor, initial=initial)

    def change() -> HttpResponse:
        operations.organization_change(actor=actor, organization_id=pk, **form.cleaned_data)
        return redirect("organizations:detail", pk=pk)

    return form_page(request, form, change, {"title": _("Change this body"), "of": body.name, "do": _("Save")})


@require_http_methods(["GET", "POST"])
def organization_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a body, with or without a successor."""
    actor = staff(request, MANAGE)
    body = bodies.body_for(actor, pk).body
    form = forms.BodyEndForm(request.POST or None, actor=actor)

    def end() -> HttpResponse:
        operations.organization_end(
            actor=actor,
            organization_id=pk,
            on=form.cleaned_data["on"],
            successor_id=form.number("successor"),
            reason=form.cleaned_data["reason"],
        )
        return redirect("organizations:detail", pk=pk)

    return form_page(request, form, end, {"title": _("End this body"), "of": body.name, "danger": True})


@require_http_methods(["GET", "POST"])
def organization_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Hang a body below another (ORG-01)."""
    actor = staff(request, MANAGE)
    body = bodies.body_for(actor, pk).body
    form = forms.BodyMoveForm(request.POST or None, actor=actor, body=body)

    def move() -> HttpResponse:
        version, parent = form.cleaned_data["version"], form.number("parent") or 0
        operations.organization_move(actor=actor, organization_id=pk, version=version, parent_id=parent)
        return redirect("organizations:detail", pk=pk)

    return form_page(request, form, move, {"title": _("Move below another body"), "of": body.name})


@require_http_methods(["GET", "POST"])
def seat_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a unit a seat in a joint committee (ORG-08)."""
    actor = staff(request, MANAGE)
    body = bodies.body_for(actor, pk).body
    form = forms.SeatForm(request.POST or None, actor=actor)

    def admit() -> HttpResponse:
        data = form.cleaned_data
        seat_admit(
            actor=actor,
            committee_id=pk,
            member_id=form.number("member") or 0,
            representative=data["representative"],
            resources=data["resources"],
            since=data["since"],
        )
        return redirect("organizations:detail", pk=pk)

    return form_page(request, form, admit, {"title": _("Admit a unit"), "of": body.name})


@require_http_methods(["GET", "POST"])
def grids(request: HttpRequest, pk: int) -> HttpResponse:
    """Say to which grid a body belongs, and how many of its members live there (ORG-04)."""
    actor = staff(request, MANAGE)
    body = bodies.body_for(actor, pk).body
    form = forms.GridMembersForm(request.POST or None, actor=actor, body=body)

    def save() -> HttpResponse:
        grid, members = form.number("grid") or 0, form.cleaned_data["members"]
        grid_members_set(actor=actor, organization_id=pk, grid_id=grid, members=members)
        return redirect("organizations:detail", pk=pk)

    return form_page(request, form, save, {"title": _("Members by grid"), "of": body.name, "do": _("Save")})


@require_POST
def grid_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a body no longer belongs to a grid."""
    body = grid_members_remove(actor=staff(request, MANAGE), grid_members_id=pk)
    return redirect("organizations:detail", pk=body.pk)


@require_POST
def seat_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a seat today."""
    seat = seat_end(actor=staff(request, MANAGE), seat_id=pk)
    return redirect("organizations:detail", pk=seat.committee_id)


@require_POST
def organization_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a planned body."""
    body = operations.organization_approve(actor=staff(request, MANAGE), organization_id=pk)
    messages.success(request, _("Approved: %(name)s.") % {"name": body.name})
    return redirect("organizations:detail", pk=pk)


@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Which compounds have all the bodies they should have."""
    staff(request, VIEW, MANAGE)
    number, gaps = page_number(request), request.GET.get("gaps") == "1"
    coverage = bodies.matrix(gaps=gaps, offset=(number - 1) * PAGE, size=PAGE)
    shown = coverage.total - coverage.complete if gaps else coverage.total
    context = {
        "coverage": coverage,
        "gaps": gaps,
        "number": number,
        "next": number + 1 if number * PAGE < shown else 0,
    }
    return render(request, "organizations/matrix.html", context)


@require_GET
def missing(request: HttpRequest) -> HttpResponse:
    """What is missing: grids without a Party organisation, vacancies, double posts, expired bodies."""
    actor = staff(request, VIEW, MANAGE)
    without = bodies.grids_without(Organization.Type.PARTY)
    context = {
        "grids": without[:PAGE],
        "grid_count": without.count(),
        "in_no_grid": bodies.members_in_no_grid(actor)[:PAGE],
        "kinds": kinds_in_force(),
        "offices": bodies.offices_missing(actor),
        "vacancies": rosters.vacancies(actor, limit=100),
        "doubled": rosters.doubled(actor),
        "expired": bodies.expired(actor)[:PAGE],
        "trios": [trio for trio in answering.trios(list(bodies.leaf_grids()[:PAGE])) if not trio.complete],
    }
    return render(request, "organizations/missing.html", context)
