"""What the worker sees first: their own rung, grade and statements, and what they let be known in the pool."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.careers import forms
from linli.careers.operations.talents import talent_enter as enter
from linli.careers.queries import ladder, pay, talents
from linli.careers.sections import section
from linli.organizations.views.requests import actor_of, form_page
from linli.volunteering.views.pages import shown


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """One's own page; nobody else sees it so."""
    me = actor_of(request).person_id or 0
    statements = pay.statements_of(me)
    context: dict[str, Any] = {"rung": ladder.named(section(), ladder.rung_of(me)), "posts": ladder.posts_of(me)}
    context |= {"grade": next((item.row.grade for item in statements if item.row.grade), None)}
    context |= {"statements": statements, "promotions": ladder.promotions_of(me), "talents": talents.talents_of(me)}
    return shown(request, "careers/mine.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def talent_enter(request: HttpRequest) -> HttpResponse:
    """Let it be known what one can do."""
    actor = actor_of(request)
    places = talents.pool_places().order_by("path")
    form = forms.TalentForm(request.POST or None, places=places, named=actor.person_id is not None)

    def save() -> HttpResponse:
        enter(actor=actor, form=form.talent())
        return redirect("careers:mine")

    shell = "base.html" if actor.scopes else "public.html"
    context = {"title": _("Enter the talent pool"), "do": _("Enter"), "shell": shell}
    return form_page(request, form, save, context, "careers/form.html")
