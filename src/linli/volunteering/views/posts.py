"""Pages of volunteer posts and of support for social organisations."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import Mendable, NotFound
from linli.core.forms import plain
from linli.organizations.views.requests import actor_of, form_page, staff
from linli.volunteering import forms
from linli.volunteering.models import PostAssignment
from linli.volunteering.operations import posts as operations
from linli.volunteering.policies.volunteers import assignments_visible_to
from linli.volunteering.queries import projects as queries
from linli.volunteering.queries import roster
from linli.volunteering.views.pages import kept, key, shown
from linli.volunteering.workflow import KEEP, POSTS

PAGE: Final = "volunteering:post"
FORM: Final = "volunteering/form.html"


@require_GET
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Volunteer posts, a page at a time."""
    state = plain(request.GET).get("state", "")
    lines, more = queries.posts_listed(key(request), state=state)
    keeps = actor_of(request).can(KEEP)
    context = {"lines": lines, "more": more, "query": kept(request), "state": state, "states": POSTS, "keeps": keeps}
    return shown(request, "volunteering/posts.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a volunteer post."""
    actor = staff(request, KEEP)
    form = forms.PostForm(request.POST or None, places=roster.keeping(actor))

    def save() -> HttpResponse:
        place = int(form.cleaned_data["place"])
        return redirect(PAGE, pk=operations.post_open(actor=actor, place_id=place, opening=form.opening()).pk)

    context = {"title": _("Open a volunteer post"), "shell": "base.html", "back": "volunteering:posts"}
    return form_page(request, form, save, context, FORM)


@require_GET
@login_required
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """One volunteer post."""
    return _page(request, actor_of(request), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: Mendable | None = None) -> HttpResponse:
    page = queries.post_page(actor, pk)
    context = {"page": page, "row": page.line.row, "fault": fault}
    return shown(request, "volunteering/post.html", context, status=fault.status if fault else 200)


@require_POST
@login_required
def post_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Ask for a post, or close it."""
    calls: dict[str, Callable[[Actor], Any]] = {
        "ask": lambda actor: operations.post_ask(actor=actor, post_id=pk),
        "close": lambda actor: operations.post_close(actor=actor, post_id=pk),
    }
    if verb not in calls:
        raise NotFound
    return _done(request, pk, calls[verb])


_VERBS: Final[dict[str, Callable[[Actor, int], Any]]] = {
    "assign": lambda actor, pk: operations.post_assign(actor=actor, assignment_id=pk),
    "decline": lambda actor, pk: operations.post_decline(actor=actor, assignment_id=pk),
    "leave": lambda actor, pk: operations.post_leave(actor=actor, assignment_id=pk),
}


@require_POST
@login_required
def assignment_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Answer who asked for a post, or end an assignment."""
    rows = PostAssignment.objects.filter(assignments_visible_to(actor_of(request)), pk=pk)
    post_id = rows.values_list("post_id", flat=True).first()
    call = _VERBS.get(verb)
    if post_id is None or call is None:
        raise NotFound
    return _done(request, post_id, lambda actor: call(actor, pk))


def _done(request: HttpRequest, pk: int, call: Callable[[Actor], Any]) -> HttpResponse:
    actor = actor_of(request)
    try:
        call(actor)
    except Mendable as error:
        return _page(request, actor, pk, error)
    return redirect(PAGE, pk=pk)


@require_GET
def support(request: HttpRequest) -> HttpResponse:
    """What social organisations were given, a page at a time."""
    staff(request, KEEP)
    lines, more = queries.support_listed(key(request))
    return render(request, "volunteering/support.html", {"lines": lines, "more": more})


@require_http_methods(["GET", "POST"])
def support_new(request: HttpRequest) -> HttpResponse:
    """Write down support that a social organisation was given."""
    actor = staff(request, KEEP)
    form = forms.SupportForm(request.POST or None, bodies=queries.supported_choices(actor))

    def save() -> HttpResponse:
        body = int(form.cleaned_data["organization"])
        operations.support_give(actor=actor, organization_id=body, support=form.support())
        return redirect("volunteering:support")

    context = {"title": _("Write down support"), "shell": "base.html", "back": "volunteering:support"}
    return form_page(request, form, save, context, FORM)
