"""Pages of the talent pool at the desk: searched, entered with consent, taken off on request."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.careers import forms
from linli.careers.operations import talents as operations
from linli.careers.queries import talents as queries
from linli.careers.sections import names, section
from linli.careers.workflow import MANAGE, NOMINATE
from linli.core.errors import NotFound
from linli.core.forms import plain
from linli.deliberation.views.topics import before, kept
from linli.organizations.views.requests import actor_of, form_page, staff
from linli.volunteering.views.pages import shown


@require_GET
def talents(request: HttpRequest) -> HttpResponse:
    """The pool, a page at a time."""
    actor = staff(request, NOMINATE, MANAGE)
    data = plain(request.GET)
    asked: dict[str, Any] = {
        "words": data.get("q", "").strip(),
        "category": data.get("category", ""),
        "elders": "elders" in data,
    }
    lines, more = queries.pool(actor, **asked, before=before(request))
    context = {"lines": lines, "more": more, "asked": asked, "query": kept(request)}
    context["categories"] = list(names(section().talents).items())
    return render(request, "careers/talents.html", context)


@require_http_methods(["GET", "POST"])
def talent_new(request: HttpRequest) -> HttpResponse:
    """Enter somebody whose consent the desk notes."""
    actor = staff(request, NOMINATE, MANAGE)
    form = forms.TalentForm(request.POST or None, places=queries.desk_places(actor))

    def save() -> HttpResponse:
        row = operations.talent_enter(actor=actor, form=form.talent(), on_paper=True)
        return redirect("careers:talent", pk=row.pk)

    return form_page(
        request, form, save, {"title": _("Enter somebody in the talent pool"), "do": _("Enter")}, "careers/form.html"
    )


@require_GET
def talent(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: for the desk, and for whose it is."""
    row, category, leaves = queries.talent_page(actor_of(request), pk)
    return shown(request, "careers/talent.html", {"row": row, "category": category, "leaves": leaves})


@require_POST
def talent_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry off; it is deleted."""
    actor = actor_of(request)
    if actor.user_id is None:
        raise NotFound
    operations.talent_leave(actor=actor, talent_id=pk)
    return redirect("careers:talents" if actor.can(NOMINATE) or actor.can(MANAGE) else "careers:mine")
