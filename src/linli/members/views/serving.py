"""Pages of members: one's own, the desk's lists and a member, who falls short, a unit's totals, areas and posts."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import day_of, numbers_of, plain, require_filled
from linli.deliberation.views.topics import before, kept
from linli.members import forms, queries
from linli.members.operations import pairing, posts, registering, turning_out
from linli.members.queries import MemberPage, Wanted
from linli.members.workflow import KEEP, KINDS, SUPERVISE, TURN_OUT, TYPES, UNIT
from linli.organizations.policies import VIEW
from linli.organizations.views.requests import actor_of, form_page, staff
from linli.volunteering.views.pages import number, shown

OWN: Final = "members:mine"


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What one owes and did as a member; or how to register."""
    return _mine(request, queries.own_page(actor_of(request)))


def _mine(request: HttpRequest, page: MemberPage | None, fault: DomainError | None = None) -> HttpResponse:
    form = forms.TurnOutForm(request.POST if fault and "kind" in request.POST else None)
    contacts = queries.own_contacts(actor_of(request))
    context = {"page": page, "fault": fault, "form": form, "today": clock.today(), "contacts": contacts}
    return shown(request, "members/mine.html", context, status=fault.status if fault else 200)


@require_http_methods(["GET", "POST"])
@login_required
def join(request: HttpRequest) -> HttpResponse:
    """Register oneself with the community where one lives."""
    actor = actor_of(request)
    places = queries.living(actor, at_desk=False)
    form = forms.JoiningForm(request.POST or None, places=places, bodies=queries.employers())

    def save() -> HttpResponse:
        registering.member_register(actor=actor, form=form.joining())
        return redirect(OWN)

    shell = "base.html" if actor.scopes else "public.html"
    context = {"title": _("Register with my community"), "do": pgettext("members", "Register"), "shell": shell}
    context |= {"back": OWN}
    return form_page(request, form, save, context, "members/join.html")


def _tell(actor: Actor, member_id: int, request: HttpRequest) -> None:
    form = forms.TurnOutForm(request.POST)
    require_filled(form, "turn_out.form")
    turning_out.turn_out_tell(actor=actor, member_id=member_id, told=form.told())


def _end(actor: Actor, member_id: int, _request: HttpRequest) -> None:
    registered = queries.member_page(actor, member_id).registered
    if registered is None:
        raise NotFound
    registering.registration_end(actor=actor, registration_id=registered.pk)


def _forget(actor: Actor, member_id: int, _request: HttpRequest) -> None:
    registering.member_forget(actor=actor, member_id=member_id)


def _pair(actor: Actor, member_id: int, request: HttpRequest) -> None:
    form = forms.AnswerForm(request.POST)
    require_filled(form, "pairing.form")
    pairing.pairing_record(actor=actor, member_id=member_id, answered=form.answered())


def _of_service(actor: Actor, member_id: int, request: HttpRequest) -> None:
    service_id = number(plain(request.POST).get("service", ""))
    turning_out.turn_out_of_service(actor=actor, member_id=member_id, service_id=service_id)


_OWN_VERBS: Final[dict[str, Callable[[Actor, int, HttpRequest], None]]] = {
    "turn_out": _tell,
    "of_service": _of_service,
    "end": _end,
    "forget": _forget,
}
_VERBS: Final = {"turn_out": _tell, "end": _end, "forget": _forget, "pair": _pair}


@require_POST
@login_required
def own_do(request: HttpRequest, verb: str) -> HttpResponse:
    """Tell of a turn-out, end one's registration, or have deleted what is kept; a refusal is shown on the page."""
    actor = actor_of(request)
    call, page = _OWN_VERBS.get(verb), queries.own_page(actor)
    if call is None or page is None:
        raise NotFound
    try:
        call(actor, page.row.pk, request)
    except Mendable as error:
        return _mine(request, page, error)
    return redirect(OWN)


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The registrations that stand: units and members."""
    actor = staff(request, KEEP)
    asked = Wanted(kind=plain(request.GET).get("kind", ""), before=before(request))
    lines, more = queries.registrations(actor, asked)
    context = {"lines": lines, "more": more, "asked": asked, "query": kept(request), "kinds": KINDS}
    return render(request, "members/registrations.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a member who came to the desk."""
    actor = staff(request, KEEP)
    places = queries.living(actor, at_desk=True)
    form = forms.JoiningForm(request.POST or None, places=places, bodies=queries.employers(), on_paper=True)

    def save() -> HttpResponse:
        row = registering.member_register(actor=actor, form=form.joining(), on_paper=True)
        return redirect("members:member", pk=row.member_id)

    context = {"title": _("Register a member"), "do": pgettext("members", "Register")}
    context |= {"shell": "base.html", "back": "members:list"}
    return form_page(request, form, save, context, "members/join.html")


@require_http_methods(["GET", "POST"])
def unit_new(request: HttpRequest) -> HttpResponse:
    """Register a unit with a community: one's own, or at the desk."""
    actor = staff(request, KEEP, UNIT)
    places = queries.living(actor, at_desk=not actor.can(UNIT))
    form = forms.UnitForm(request.POST or None, places=places, bodies=queries.bodies_for(actor))

    def save() -> HttpResponse:
        data = form.cleaned_data
        given = {"organization_id": int(data["organization"]), "place_id": int(data["place"])}
        registering.unit_register(actor=actor, offers=data["offers"], **given)
        return redirect("members:unit" if actor.can(UNIT) else "members:list")

    return form_page(request, form, save, {"title": _("Register a unit"), "do": pgettext("members", "Register")})


@require_POST
def unit_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the registration of a unit."""
    actor = staff(request, KEEP, UNIT)
    registering.registration_end(actor=actor, registration_id=pk)
    return redirect("members:unit" if actor.can(UNIT) else "members:list")


@require_GET
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member, at the desk."""
    return _member(request, queries.member_page(staff(request, KEEP), pk))


def _member(request: HttpRequest, page: MemberPage, fault: DomainError | None = None) -> HttpResponse:
    sent = request.POST if fault else None
    context = {
        **{"page": page, "fault": fault, "today": clock.today()},
        "form": forms.TurnOutForm(sent if sent and "kind" in sent else None),
        "answer": forms.AnswerForm(sent if sent and "consents" in sent else None, auto_id="answer_%s"),
    }
    return render(request, "members/member.html", context, status=fault.status if fault else 200)


@require_POST
def member_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """What the desk and the supervisor do for a member; a refusal is shown on the page."""
    actor = staff(request, KEEP)
    call, page = _VERBS.get(verb), queries.member_page(actor, pk)
    if call is None:
        raise NotFound
    try:
        call(actor, pk, request)
    except Mendable as error:
        return _member(request, page, error)
    return redirect("members:list") if verb == "forget" else redirect("members:member", pk=pk)


@require_GET
def turn_outs(request: HttpRequest) -> HttpResponse:
    """The turn-outs that wait for the community, or those that were answered."""
    return _turn_outs(request, staff(request, KEEP))


@require_GET
def turn_outs_at(request: HttpRequest, pk: int) -> HttpResponse:
    """The turn-outs that wait in one community, to which what is owed leads."""
    actor = staff(request, KEEP)
    if not queries.living(actor, at_desk=True).filter(pk=pk).exists():
        raise NotFound
    return _turn_outs(request, actor, place_id=pk)


def _turn_outs(
    request: HttpRequest, actor: Actor, fault: DomainError | None = None, place_id: int | None = None
) -> HttpResponse:
    state = plain(request.GET).get("state", "")
    asked = Wanted(
        state=state if state in dict(TURN_OUT.choices) else "told", before=before(request), place_id=place_id
    )
    lines, more = queries.turn_outs(actor, asked)
    context = {"lines": lines, "more": more, "asked": asked, "query": kept(request), "states": TURN_OUT.choices}
    context |= {"fault": fault, "reason": plain(request.POST).get("reason", "")}
    return render(request, "members/turn_outs.html", context, status=fault.status if fault else 200)


@require_POST
def turn_outs_do(request: HttpRequest, verb: str) -> HttpResponse:
    """Confirm several turn-outs in one go, or say of one why it was not so."""
    actor = staff(request, KEEP)
    ids = numbers_of(request.POST.getlist("turn_out"))
    try:
        if verb == "confirm":
            turning_out.turn_outs_confirm(actor=actor, ids=ids)
        elif verb == "refuse":
            reason = plain(request.POST).get("reason", "")
            turning_out.turn_out_refuse(actor=actor, turn_out_id=ids[0] if ids else 0, reason=reason)
        else:
            raise NotFound
    except Mendable as error:
        return _turn_outs(request, actor, error)
    return redirect("members:turn_outs")


@require_GET
def duties(request: HttpRequest) -> HttpResponse:
    """Who falls short of what is owed this month, and by how much."""
    return render(request, "members/duties.html", {"lines": queries.short_of_duty(staff(request, KEEP))})


@require_GET
def unit(request: HttpRequest) -> HttpResponse:
    """What a unit is told: totals of its members, and its own registrations."""
    return render(request, "members/unit.html", {"units": queries.units(staff(request, UNIT))})


def _day(request: HttpRequest) -> date:
    day = day_of(plain(request.POST).get("on", ""))
    if day is None:
        raise pairing.no_day()
    return day


def _visit(actor: Actor, pk: int, request: HttpRequest) -> Any:
    return pairing.pairing_visit(actor=actor, pairing_id=pk, on=_day(request))


def _end_pairing(actor: Actor, pk: int, _request: HttpRequest) -> Any:
    return pairing.pairing_end(actor=actor, pairing_id=pk)


def _consented(actor: Actor, pk: int, request: HttpRequest) -> Any:
    return pairing.pairing_answer(actor=actor, pairing_id=pk, consents=True, on=_day(request))


def _declined(actor: Actor, pk: int, request: HttpRequest) -> Any:
    return pairing.pairing_answer(actor=actor, pairing_id=pk, consents=False, on=_day(request))


_PAIRING_VERBS: Final = {"visit": _visit, "end": _end_pairing, "consent": _consented, "decline": _declined}


@require_POST
@login_required
def pairing_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Count a visit, end a pairing, or write down what a household answered."""
    actor = actor_of(request)
    call, row = _PAIRING_VERBS.get(verb), queries.pairing(actor, pk)
    if call is None:
        raise NotFound
    own = queries.is_pair(actor, row)
    try:
        call(actor, pk, request)
    except Mendable as error:
        if own:
            return _mine(request, queries.own_page(actor), error)
        if row.member_id is None:
            return _contacts(request, actor, fault=error)
        return _member(request, queries.member_page(actor, row.member_id), error)
    if own:
        return redirect(OWN)
    return redirect("members:member", pk=row.member_id) if row.member_id else redirect("members:contacts")


@require_http_methods(["GET", "POST"])
def contacts(request: HttpRequest) -> HttpResponse:
    """The households of which those who work there are the fixed contacts, and what one answered that was asked."""
    return _contacts(request, staff(request, SUPERVISE))


def _contacts(request: HttpRequest, actor: Actor, fault: DomainError | None = None) -> HttpResponse:
    page = queries.contacts_page(actor)
    sent = request.POST if request.method == "POST" and fault is None else None
    form = forms.ContactForm(sent, places=page.places, people=page.people)

    def save() -> HttpResponse:
        place, person = (int(form.cleaned_data[name]) for name in ("place", "person"))
        pairing.contact_record(actor=actor, place_id=place, person_id=person, answered=form.answered())
        return redirect("members:contacts")

    context = {"page": page, "fault": fault, "today": clock.today()}
    return form_page(request, form, save, context, "members/contacts.html")


@require_GET
def responsibility_posts(request: HttpRequest) -> HttpResponse:
    """The responsibility areas and model posts that stand."""
    actor = staff(request, KEEP, VIEW)
    asked = Wanted(kind=plain(request.GET).get("kind", ""), before=before(request))
    lines, more = queries.responsibility_posts(actor, asked)
    context = {"lines": lines, "more": more, "asked": asked, "query": kept(request), "types": TYPES}
    return render(request, "members/posts.html", {**context, "keeps": actor.can(KEEP)})


@require_http_methods(["GET", "POST"])
def responsibility_new(request: HttpRequest) -> HttpResponse:
    """Give a member an area or a model post."""
    actor = staff(request, KEEP)
    form = forms.AssignedForm(request.POST or None, places=queries.living(actor, at_desk=True))

    def save() -> HttpResponse:
        return redirect("members:post", pk=posts.responsibility_open(actor=actor, assigned=form.assigned()).pk)

    return form_page(request, form, save, {"title": _("New area or post"), "do": _("Set up")})


@require_GET
def responsibility_post(request: HttpRequest, pk: int) -> HttpResponse:
    """One area or post."""
    return _post(request, staff(request, KEEP, VIEW), pk)


def _post(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    row = queries.responsibility_post(actor, pk)
    open_still = row.until is None or row.until > clock.today()
    context = {"row": row, "fault": fault, "keeps": queries.may_keep(actor, row.place) and open_still}
    return render(request, "members/post.html", context, status=fault.status if fault else 200)


@require_POST
def responsibility_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Write down what was done in an area or post, or end it."""
    actor = staff(request, KEEP)
    try:
        if verb == "tell":
            posts.responsibility_tell(actor=actor, post_id=pk, done=plain(request.POST).get("done", ""))
        elif verb == "end":
            posts.responsibility_end(actor=actor, post_id=pk)
        else:
            raise NotFound
    except Mendable as error:
        return _post(request, actor, pk, error)
    return redirect("members:post", pk=pk)
