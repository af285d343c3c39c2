"""Pages of numbers alone: selections of new members, and how many members take part in which mode."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import plain, require_filled
from linli.deliberation.views.topics import before, kept
from linli.members import forms, queries
from linli.members.operations import counting, rounds
from linli.members.queries import Wanted
from linli.members.sections import section
from linli.members.workflow import KEEP
from linli.organizations.policies import VIEW
from linli.organizations.views.requests import form_page, staff
from linli.volunteering.views.pages import number


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The selections of new members, and the latest picture of how members take part."""
    actor = staff(request, KEEP, VIEW)
    rows, more = queries.membership_rounds(actor, Wanted(before=before(request)))
    modes, pictures = queries.pictures(actor)
    context: dict[str, Any] = {"rows": rows, "more": more, "query": kept(request), "modes": modes, "pictures": pictures}
    context |= {"called": section().modes_called, "keeps": actor.can(KEEP)}
    return render(request, "members/numbers.html", context)


@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Open a selection of new members."""
    actor = staff(request, KEEP)
    places, bodies = queries.living(actor, at_desk=True), queries.party_bodies(actor)
    form = forms.RoundForm(request.POST or None, places=places, bodies=bodies)

    def save() -> HttpResponse:
        return redirect("members:round", pk=rounds.membership_round_open(actor=actor, opening=form.opening()).pk)

    return form_page(request, form, save, {"title": _("New selection of new members"), "do": _("Open the selection")})


@require_http_methods(["GET", "POST"])
def counts_new(request: HttpRequest) -> HttpResponse:
    """Write down how many members take part in which mode."""
    actor = staff(request, KEEP)
    places, bodies = queries.living(actor, at_desk=True), queries.party_bodies(actor)
    form = forms.CountsForm(request.POST or None, places=places, bodies=bodies)

    def save() -> HttpResponse:
        counting.participation_count_record(actor=actor, counted=form.counted())
        return redirect("members:numbers")

    context = {"title": _("Members by mode of taking part"), "do": pgettext("members", "Write down")}
    return form_page(request, form, save, context)


@require_GET
def membership_round(request: HttpRequest, pk: int) -> HttpResponse:
    """One selection of new members."""
    return _round(request, staff(request, KEEP, VIEW), pk)


def _round(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    row = queries.membership_round(actor, pk)
    form = forms.OutcomeForm(request.POST if fault and "chosen" in request.POST else None)
    context: dict[str, Any] = {
        "row": row,
        "fault": fault,
        "form": form,
        "reason": plain(request.POST).get("reason", ""),
    }
    context |= {"keeps": row.state == "open" and queries.may_keep(actor, row.place)}
    return render(request, "members/round.html", context, status=fault.status if fault else 200)


@require_POST
def round_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Decide or drop a selection; a refusal is shown on its page."""
    actor, data = staff(request, KEEP), plain(request.POST)
    version = number(data.get("version", ""))
    try:
        if verb == "decide":
            form = forms.OutcomeForm(request.POST)
            require_filled(form, "membership_round.form")
            rounds.membership_round_decide(actor=actor, round_id=pk, version=version, outcome=form.outcome())
        elif verb == "drop":
            reason = data.get("reason", "")
            rounds.membership_round_drop(actor=actor, round_id=pk, version=version, reason=reason)
        else:
            raise NotFound
    except Mendable as error:
        return _round(request, actor, pk, error)
    return redirect("members:round", pk=pk)
