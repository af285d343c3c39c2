"""The shops for everybody: where they are, what costs how many points; and a member's own reservations with codes."""

import secrets

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import require_filled
from linli.organizations.views.requests import actor_of
from linli.points.sections import section
from linli.publishing.queries.divisions import public_division
from linli.shop import forms, policies, queries
from linli.shop.models import Redemption, RewardItem
from linli.shop.operations import redemptions as operations
from linli.shop.operations.redemptions import Wish


@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The shops of a division."""
    division = public_division(code)
    context = {"division": division, "rows": queries.public_shops(division.place)}
    return render(request, "shop/public_shops.html", context)


@require_GET
def shop(request: HttpRequest, pk: int) -> HttpResponse:
    """One shop with its price list; members reserve here."""
    return _shop(request, pk)


def _shop(request: HttpRequest, pk: int, fault: DomainError | None = None) -> HttpResponse:
    row, offers = queries.public_shop(pk)
    member = queries.member_of(actor_of(request))
    context = {
        "shop": row,
        "offers": offers,
        "member": member,
        "free": queries.free_of(member) if member else 0,
        "key": secrets.token_hex(8),
        "days": section().reserve_days,
        "fault": fault,
    }
    return render(request, "shop/public_shop.html", context, status=fault.status if fault else 200)


@require_POST
@login_required
def reserve(request: HttpRequest, pk: int) -> HttpResponse:
    """Reserve goods as a member; the code is shown on one's own page."""
    item = RewardItem.objects.filter(policies.public_items(), pk=pk).first()
    if item is None:
        raise NotFound
    form = forms.ReserveForm(request.POST)
    try:
        require_filled(form, "redemption.quantity")
        wish = Wish(pk, form.cleaned_data["quantity"], form.cleaned_data["key"])
        operations.redemption_reserve(actor=actor_of(request), wish=wish)
    except Mendable as error:
        return _shop(request, item.shop_id, error)
    return redirect("shop:mine")


@login_required
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own points, codes to pick up goods, and the shops nearby."""
    return _mine(request)


def _mine(request: HttpRequest, fault: DomainError | None = None) -> HttpResponse:
    own = queries.own_of(actor_of(request))
    codes = [(line, *_shown(line.row)) for line in own.waiting]
    context = {"own": own, "codes": codes, "fault": fault, "title": _("My pick-up codes")}
    return render(request, "shop/mine.html", context, status=fault.status if fault else 200)


def _shown(row: Redemption) -> tuple[str, str]:
    """A code as people read it, and its picture."""
    code = row.code or ""
    return f"{code[:4]} {code[4:]}", segno.make(code, micro=False, error="m").svg_data_uri(border=1)


@require_POST
@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel one's own reservation."""
    actor = actor_of(request)
    if not Redemption.objects.filter(policies.own_redemptions(actor), pk=pk).exists():
        raise NotFound
    try:
        operations.redemption_cancel(actor=actor, redemption_id=pk)
    except Mendable as error:
        return _mine(request, error)
    return redirect("shop:mine")
