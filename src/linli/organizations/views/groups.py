"""Pages of household groups, and of the list of what bodies offer."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.forms import number_of
from linli.organizations import forms
from linli.organizations.operations import groups as operations
from linli.organizations.policies import LEND, MANAGE, VIEW, lends_for
from linli.organizations.queries import groups
from linli.organizations.sections import OrganizationsSection
from linli.organizations.views.requests import form_page, page_number, staff
from linli.records import profiles

PAGE = 50


@require_GET
def group_list(request: HttpRequest) -> HttpResponse:
    """Household groups with their leads; those outside their usual size are pointed out."""
    actor = staff(request, VIEW, MANAGE)
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    page = Paginator(groups.groups(actor, words=words, kind=kind), PAGE).get_page(page_number(request))
    context = {
        "page": page,
        "rows": [(group, groups.outside_band(group)) for group in page],
        "kinds": {item.code: item.named for item in profiles.current().section(OrganizationsSection).household_groups},
        "q": words,
        "kind": kind,
        "may_manage": actor.can(MANAGE),
    }
    return render(request, "organizations/groups.html", context)


@require_http_methods(["GET", "POST"])
def group_new(request: HttpRequest) -> HttpResponse:
    """Form a group."""
    actor = staff(request, MANAGE)
    form = forms.GroupForm(request.POST or None, actor=actor)

    def save() -> HttpResponse:
        operations.group_form(actor=actor, group=form.group())
        return redirect("organizations:groups")

    return form_page(request, form, save, {"title": _("New household group"), "do": _("Add")})


@require_POST
def group_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Dissolve a group today."""
    operations.group_end(actor=staff(request, MANAGE), group_id=pk)
    return redirect("organizations:groups")


@require_GET
def offer_list(request: HttpRequest) -> HttpResponse:
    """What bodies offer today; with a place and a category, what helps with such a matter there."""
    actor = staff(request, VIEW, MANAGE, LEND)
    words, category, place = (request.GET.get(name, "").strip() for name in ("q", "category", "place"))
    wanted = bool(category) and number_of(place) is not None
    rows = groups.offers_for(int(place), category) if wanted else groups.offers(words=words)
    page = Paginator(rows, PAGE).get_page(page_number(request))
    context = {
        "page": page,
        "words": dict(forms.category_words()),
        "q": words,
        "category": category if wanted else "",
        "may_manage": actor.can(MANAGE),
        "may_share": actor.can(MANAGE) or actor.can(LEND),
        "lends_for": lends_for(actor),
    }
    return render(request, "organizations/offers.html", context)


@require_http_methods(["GET", "POST"])
def offer_new(request: HttpRequest) -> HttpResponse:
    """Put an offer on the list."""
    actor = staff(request, MANAGE, LEND)
    form = forms.OfferForm(request.POST or None, actor=actor)

    def save() -> HttpResponse:
        operations.offer_add(actor=actor, offered=form.offered())
        return redirect("organizations:offers")

    return form_page(request, form, save, {"title": _("New offer"), "do": _("Add")})


@require_http_methods(["GET", "POST"])
def offer_lend(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an offer can be booked."""
    actor = staff(request, MANAGE, LEND)
    offer = groups.offer_to_share(actor, pk)
    initial = {name: getattr(offer, name) for name in ("version", "lending", "amount", "terms")}
    form = forms.LendForm(request.POST or None, actor=actor, initial=initial)

    def save() -> HttpResponse:
        operations.offer_lend(actor=actor, offer_id=pk, **form.cleaned_data)
        return redirect("organizations:offers")

    return form_page(request, form, save, {"title": offer.title, "do": _("Save")})


@require_POST
def offer_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an offer off the list today."""
    operations.offer_end(actor=staff(request, MANAGE, LEND), offer_id=pk)
    return redirect("organizations:offers")
