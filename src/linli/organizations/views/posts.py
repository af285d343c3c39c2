"""Pages of posts and people: the roster, one post, appointing and ending, duties, letters and hand-over sheets."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock, masks
from linli.core.errors import NotFound
from linli.core.forms import numbers_of
from linli.organizations import forms
from linli.organizations.models import Post
from linli.organizations.operations import posts as operations
from linli.organizations.operations.shifts import Duty, shift_cancel, shift_plan
from linli.organizations.policies import MANAGE, SECURITY, VIEW, may_manage
from linli.organizations.queries import answering, rosters
from linli.organizations.sections import kinds_in_force
from linli.organizations.views.requests import actor_of, form_page, page_number, printed, staff

PAGE = 50
ROSTER = (VIEW, MANAGE, SECURITY)


@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """Who holds which post today, within the viewer's reach."""
    actor = staff(request, *ROSTER)
    rows = rosters.unconfirmed(actor) if request.GET.get("loose") else rosters.posts_of(actor, day=clock.today())
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(person__name__icontains=words) if words else rows
    context = {
        "page": Paginator(rows, PAGE).get_page(page_number(request)),
        "kinds": kinds_in_force(),
        "kind": kind,
        "q": words,
        "loose": bool(request.GET.get("loose")),
        "loose_count": rosters.unconfirmed(actor).count(),
        "may_manage": actor.can(MANAGE) or actor.can(SECURITY),
    }
    return render(request, "organizations/roster.html", context)


@require_GET
def post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: its holder, stand-ins, hand-overs, and what it allows."""
    actor = actor_of(request)
    post = rosters.post_for(actor, pk)
    context = {
        "post": post,
        "kind": kinds_in_force().get(post.kind),
        "label": _label(post),
        "stand_ins": post.stand_ins.select_related("person").order_by("since"),
        "hand_overs": post.hand_overs.order_by("-id"),
        "may_manage": may_manage(actor, post.place),
        "ended": post.until is not None and post.until <= clock.today(),
    }
    return render(request, "organizations/post.html", context)


@require_http_methods(["GET", "POST"])
def post_appoint(request: HttpRequest) -> HttpResponse:
    """Fill a post."""
    actor = staff(request, MANAGE, SECURITY)
    initial = {"kind": request.GET.get("kind", ""), "place": request.GET.get("place", ""), "since": clock.today()}
    form = forms.AppointForm(request.POST or None, actor=actor, initial=initial)

    def appoint() -> HttpResponse:
        post = operations.post_appoint(actor=actor, appointment=form.appointment())
        return redirect("organizations:post", pk=post.pk)

    return form_page(request, form, appoint, {"title": _("Fill a post"), "do": _("Appoint")})


@require_http_methods(["GET", "POST"])
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post; its work goes to the successor or to the inbox, and the sheet can be printed."""
    actor = staff(request, MANAGE, SECURITY)
    post = rosters.post_for(actor, pk)
    form = forms.PostEndForm(request.POST or None, actor=actor, post=post)

    def end() -> HttpResponse:
        operations.post_end(
            actor=actor,
            post_id=pk,
            on=form.cleaned_data["on"],
            successor_id=form.number("successor"),
            reason=form.cleaned_data["reason"],
        )
        return redirect("organizations:post", pk=pk)

    return form_page(request, form, end, {"title": _("End this post"), "of": str(post.person), "danger": True})


@require_http_methods(["GET", "POST"])
def stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Name somebody who stands in."""
    actor = staff(request, MANAGE, SECURITY)
    post = rosters.post_for(actor, pk)
    form = forms.StandInForm(request.POST or None, actor=actor, post=post)

    def appoint() -> HttpResponse:
        data = form.cleaned_data
        person = form.number("person") or 0
        operations.stand_in_appoint(actor=actor, post_id=pk, person_id=person, since=data["since"], until=data["until"])
        return redirect("organizations:post", pk=pk)

    return form_page(request, form, appoint, {"title": _("Name a stand-in"), "of": str(post.person)})


@require_POST
def post_confirm(request: HttpRequest) -> HttpResponse:
    """Stand by posts that came with a ledger."""
    chosen = numbers_of(request.POST.getlist("post"))
    operations.post_confirm(actor=staff(request, MANAGE, SECURITY), post_ids=chosen)
    return redirect("organizations:roster")


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person with the posts that the viewer may see; the phone only masked."""
    actor = actor_of(request)
    page = rosters.person_for(actor, pk)
    context = {
        "page": page,
        "phone": masks.mask_phone(page.person.phone or ""),
        "kinds": kinds_in_force(),
        "may_unmask": actor.can(VIEW) and bool(page.person.phone),
    }
    return render(request, "organizations/person.html", context)


@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest) -> HttpResponse:
    """The roster of duties of the coming four weeks, and one more shift for it."""
    actor = staff(request, VIEW, MANAGE)
    form = forms.ShiftForm(request.POST or None, actor=actor)

    def plan() -> HttpResponse:
        data = form.cleaned_data
        wanted = Duty(form.number("post") or 0, data["kind"], data["starts"], data["ends"])
        shift_plan(actor=actor, duties=[wanted])
        return redirect("organizations:duty")

    now = clock.now()
    shifts = rosters.shifts_of(actor, first=now - timedelta(hours=12), last=now + timedelta(days=28))
    context = {"shifts": shifts[:300], "may_manage": actor.can(MANAGE), "now": now}
    return form_page(request, form, plan, context, "organizations/duty.html")


@require_POST
def duty_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a shift off the roster."""
    shift_cancel(actor=staff(request, MANAGE), shift_id=pk)
    return redirect("organizations:duty")


@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of appointment (PPL-23)."""
    post = rosters.post_for(staff(request, *ROSTER), pk)
    if post.person is None or not post.confirmed:
        raise NotFound
    kind = kinds_in_force().get(post.kind)
    context = {"post": post, "kind": kind, "label": _label(post), "today": clock.today()}
    return printed("organizations/letter.html", context, f"letter-{post.pk}.pdf")


@require_GET
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet that both sign when a post is handed over."""
    sheet = rosters.hand_over_for(staff(request, *ROSTER), pk)
    context = {"sheet": sheet, "label": _label(sheet.post)}
    return printed("organizations/hand_over.html", context, f"hand-over-{sheet.pk}.pdf")


def _label(post: Post) -> str:
    """What the kind of a post is called; a kind that only a ledger knows goes by its own word."""
    kind = kinds_in_force().get(post.kind)
    return kind.named if kind else post.kind


@require_GET
def grid_card(request: HttpRequest, code: str) -> HttpResponse:
    """What hangs on the board of a grid, for everyone: who is posted and how to reach the post."""
    card = answering.posting_card(code)
    shifts = rosters.on_duty([card.grid.pk])
    return render(request, "organizations/grid_card.html", {"card": card, "shifts": shifts})


@require_GET
def grid_card_print(request: HttpRequest, code: str) -> HttpResponse:
    """The posting card of a grid, to hang up."""
    return printed("organizations/grid_card_print.html", {"card": answering.posting_card(code)}, f"grid-{code}.pdf")
