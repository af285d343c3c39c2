"""Topics for everybody, without a login: those of a place, one with its steps, proposing, objecting, rating."""

from collections.abc import Callable
from typing import Any, Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases.requests import actor_of, refuse
from linli.core.errors import DomainError, NotFound, RuleBroken
from linli.core.visitors import visitor_counted
from linli.deliberation.forms.topics import ObjectionForm, RatingForm, ResidentForm
from linli.deliberation.operations import objections, topics
from linli.deliberation.operations.topics import Proposal
from linli.deliberation.queries import topics as queries
from linli.deliberation.queries.standing import open_to_objections, open_to_rating
from linli.publishing.queries.divisions import public_division

# Which topics were rated from this browser: an opinion counts once, as far as that can be told without names.
RATED: Final = "topics_rated"


@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The topics of a place and of all inside it."""
    division = public_division(code)
    lines = queries.public_listed(division.place)
    return render(request, "deliberation/public_topics.html", {"division": division, "lines": lines})


@csrf_protect
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Propose a topic at a community, without a name."""
    division = public_division(code)
    if division.level != "community":
        raise NotFound
    form = ResidentForm(request.POST or None)

    def send() -> HttpResponse:
        data = form.cleaned_data
        proposal = Proposal(division.place.pk, data["title"], data["text"])
        topics.topic_propose(actor=actor_of(request), proposal=proposal)
        return render(request, "deliberation/public_proposed.html", {"division": division})

    return _sent(request, form, send, "deliberation/public_propose.html", {"division": division})


@csrf_protect
@require_http_methods(["GET", "POST"])
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One topic; while a disclosure is up everybody may object."""
    page = queries.public_topic(pk)
    form = ObjectionForm(request.POST or None)

    def send() -> HttpResponse:
        objections.objection_raise(actor=actor_of(request), topic_id=pk, text=form.cleaned_data["text"])
        return redirect("public_topics:topic", pk=pk)

    rated = pk in request.session.get(RATED, [])
    context = {
        "page": page,
        "topic": page.topic,
        "objecting": page.rule and open_to_objections(page.topic, page.rule),
        "rating": page.rule and not rated and open_to_rating(page.topic, page.rule),
        "rating_form": RatingForm(),
    }
    return _sent(request, form, send, "deliberation/public_topic.html", context)


@csrf_protect
@require_http_methods(["POST"])
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Rate a topic that was carried out, once from a browser."""
    page = queries.public_topic(pk)
    form = RatingForm(request.POST)

    def send() -> HttpResponse:
        if pk in request.session.get(RATED, []):
            raise RuleBroken("topic.rated", _("You have rated this already."))
        solved, satisfied = form.cleaned_data["solved"] == "yes", int(form.cleaned_data["satisfied"])
        objections.topic_rate(actor=actor_of(request), topic_id=pk, solved=solved, satisfied=satisfied)
        request.session[RATED] = [*request.session.get(RATED, []), pk]
        return redirect("public_topics:topic", pk=pk)

    context = {"page": page, "topic": page.topic, "rating": True, "rating_form": form}
    return _sent(request, form, send, "deliberation/public_topic.html", context)


def _sent(
    request: HttpRequest, form: Form, send: Callable[[], HttpResponse], template: str, context: dict[str, Any]
) -> HttpResponse:
    """Show a form of the public pages, or take in what was sent, counted as what visitors send."""
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                visitor_counted(request)
                return send()
            except DomainError as error:
                status = refuse(form, error)
    return render(request, template, {"form": form, **context}, status=status)
