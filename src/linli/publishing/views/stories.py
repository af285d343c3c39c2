"""Pages of stories and letters: the list, a new one, one with its verbs, and what the public reads."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain, require_filled
from linli.organizations.views.requests import actor_of, form_page, staff
from linli.publishing.forms import stories as forms
from linli.publishing.operations import stories as operations
from linli.publishing.queries import stories as queries
from linli.publishing.workflow.stories import KINDS, POST, STORY

PAGE: Final = "stories:story"


def _asked(request: HttpRequest) -> tuple[dict[str, str], int, str]:
    """The filters of a list, the key behind which its page begins, and the address of the filters."""
    data = plain(request.GET)
    text = data.get("before", "")
    rest = request.GET.copy()
    rest.pop("before", None)
    return data, number_of(text) or 0, rest.urlencode()


def _shell(actor: Actor) -> str:
    return "base.html" if actor.scopes else "public.html"


@require_GET
@login_required
def stories(request: HttpRequest) -> HttpResponse:
    """The stories and letters that somebody keeps; for a resident, the letters that they wrote."""
    actor = actor_of(request)
    data, before, query = _asked(request)
    kind, state = data.get("kind", "")[:12], data.get("state", "")[:12]
    lines, more = queries.listed(actor, kind, state, before)
    context = {"lines": lines, "more": more, "kind": kind, "state": state, "query": query}
    context |= {"kinds": KINDS, "states": STORY.choices, "keeps": queries.keeps_any(actor), "shell": _shell(actor)}
    return render(request, "publishing/stories.html", context)


@require_http_methods(["GET", "POST"])
def story_new(request: HttpRequest) -> HttpResponse:
    """Draft the story of an exemplar."""
    actor = staff(request, POST)
    form = forms.DraftForm(request.POST or None, places=queries.places(actor))

    def save() -> HttpResponse:
        return redirect(PAGE, pk=operations.story_draft(actor=actor, draft=form.draft()).pk)

    context = {"title": _("New story"), "do": _("Save"), "shell": "base.html"}
    return form_page(request, form, save, context, "publishing/story_form.html")


@require_http_methods(["GET", "POST"])
def story_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a story that is not published."""
    actor = staff(request, POST)
    page = queries.story_page(actor, pk)
    if "correct" not in page.verbs:
        raise NotFound
    initial = forms.DraftForm.of(page.row)
    form = forms.DraftForm(request.POST or None, places=queries.places(actor), initial=initial)

    def save() -> HttpResponse:
        version = form.cleaned_data["version"] or 0
        operations.story_correct(actor=actor, story_id=pk, version=version, draft=form.draft())
        return redirect(PAGE, pk=pk)

    context = {"title": _("Correct"), "do": _("Save"), "shell": "base.html"}
    return form_page(request, form, save, context, "publishing/story_form.html")


@require_http_methods(["GET", "POST"])
@login_required
def letter_new(request: HttpRequest) -> HttpResponse:
    """Write a letter; at a desk, keep one that came on paper."""
    actor = actor_of(request)
    desk = queries.keeps_any(actor)
    form = forms.LetterForm(request.POST or None, places=queries.places(actor, own=not desk), on_paper=desk)

    def save() -> HttpResponse:
        letter, consent = form.letter(), form.consented()
        return redirect(PAGE, pk=operations.letter_write(actor=actor, letter=letter, consent=consent, on_paper=desk).pk)

    context: dict[str, Any] = {
        "title": _("Keep a letter") if desk else _("Write a letter"),
        "do": pgettext("story", "Send"),
    }
    context |= {"shell": _shell(actor), "bodies": queries.bodies()}
    return form_page(request, form, save, context, "publishing/story_form.html")


@require_GET
@login_required
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """One story or letter."""
    return _page(request, actor_of(request), pk)


def _page(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.story_page(actor, pk)
    typed = request.POST if fault and "by" in request.POST else None
    context = {"page": page, "row": page.row, "fault": fault, "shell": _shell(actor)}
    context |= {"form": forms.PartForm(typed), "consent": forms.ConsentForm(typed)}
    return render(request, "publishing/story.html", context, status=fault.status if fault else 200)


def _tell(request: HttpRequest, actor: Actor, pk: int) -> None:
    form = forms.PartForm(request.POST)
    require_filled(form, "story.form")
    given = {name: form.cleaned_data[name] for name in ("name", "words")}
    operations.story_tell(actor=actor, story_id=pk, consent=form.consent(), **given)


_VERBS: Final[dict[str, Callable[[HttpRequest, Actor, int], Any]]] = {
    "tell": _tell,
    "publish": lambda _request, actor, pk: operations.story_publish(actor=actor, story_id=pk),
    "take_off": lambda _request, actor, pk: operations.story_take_off(actor=actor, story_id=pk),
    "drop": lambda _request, actor, pk: operations.story_drop(actor=actor, story_id=pk),
}


@require_POST
def story_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Tell of a person, publish, take off or drop; a refusal is shown on the page."""
    actor = staff(request, POST)
    call = _VERBS.get(verb)
    if call is None:
        raise NotFound
    return _done(request, actor, pk, lambda: call(request, actor, pk))


@require_POST
@login_required
def part_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Write down or take back the consent of somebody of whom is told."""
    actor = actor_of(request)
    part = queries.part_seen(actor, pk)

    def call() -> None:
        if verb == "withdraw":
            operations.part_withdraw(actor=actor, part_id=pk)
        elif verb == "consent":
            form = forms.ConsentForm(request.POST)
            require_filled(form, "story.form")
            operations.part_consent(actor=actor, part_id=pk, consent=form.consent())
        else:
            raise NotFound

    return _done(request, actor, part.story_id, call)


def _done(request: HttpRequest, actor: Actor, pk: int, call: Callable[[], Any]) -> HttpResponse:
    try:
        call()
    except Mendable as error:
        return _page(request, actor, pk, error)
    # Whoever took their own letter back sees it no more.
    return redirect(PAGE, pk=pk) if queries.sees(actor, pk) else redirect("stories:list")


@require_GET
def public_list(request: HttpRequest) -> HttpResponse:
    """Stories and letters for everybody."""
    data, before, query = _asked(request)
    kind = data.get("kind", "")[:12]
    rows, more = queries.public_listed(kind, before)
    context = {"rows": rows, "more": more, "kind": kind, "kinds": KINDS, "query": query}
    return render(request, "publishing/public_stories.html", context)


@require_GET
def public_story(request: HttpRequest, pk: int) -> HttpResponse:
    """One story or letter for everybody."""
    return render(request, "publishing/public_story.html", {"row": queries.public_story(pk)})
