"""The counter of a shop: a code, what it stands for, one button; and redemptions for members without a phone."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.core.errors import DomainError, Mendable, NotFound
from linli.core.forms import number_of, plain
from linli.organizations.views.requests import form_page, staff
from linli.shop import forms, policies, queries
from linli.shop.operations import redemptions as operations
from linli.shop.workflow import BOTH


@never_cache
@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a code, look at what it stands for, hand it over."""
    actor = staff(request, *BOTH)
    shop = queries.shop_of(actor, pk)
    policies.require_serve(actor, shop)
    context: dict[str, Any] = {"shop": shop, "keeps": policies.may_keep(actor, shop.place)}
    fault: DomainError | None = None
    if request.method == "POST":
        data = plain(request.POST)
        code = data.get("code", "")
        try:
            if data.get("sure"):
                row = operations.redemption_hand_over(actor=actor, shop_id=pk, code=code)
                return redirect(f"{reverse('shop:counter', args=[pk])}?done={row.pk}")
            context |= {"found": queries.line_of(operations.redemption_by_code(shop, code)), "code": code}
        except Mendable as error:
            fault = error
            context["code"] = code
    done = plain(request.GET).get("done", "")
    if number_of(done) is not None and request.method == "GET":
        rows = shop.redemptions.select_related("member__person").filter(pk=int(done), state="handed_over")
        context["done"] = next((queries.line_of(given) for given in rows), None)
    return render(request, "shop/counter.html", {**context, "fault": fault}, status=fault.status if fault else 200)


@require_http_methods(["GET", "POST"])
def behalf(request: HttpRequest, pk: int) -> HttpResponse:
    """Redeem for a member who is at the counter without a phone."""
    actor = staff(request, *BOTH)
    shop = queries.shop_of(actor, pk)
    policies.require_serve(actor, shop)
    offered = queries.goods_of(shop.items.filter(ended_on=None))
    words = _("%(name)s: %(points)s points each, %(free)s left")
    items = [(it.row.pk, words % {"name": it.row.name, "points": it.row.points, "free": it.free}) for it in offered]
    form = forms.BehalfForm(request.POST or None, items=items, initial={"key": secrets.token_hex(8)})

    def save() -> HttpResponse:
        wish = form.wish()
        if wish.item_id not in {item.row.pk for item in offered}:
            raise NotFound
        row = operations.redemption_counter(actor=actor, wish=wish, number=form.cleaned_data["number"])
        return redirect(f"{reverse('shop:counter', args=[pk])}?done={row.pk}")

    context = {"title": _("Redeem for a member without a phone"), "shop": shop, "back": "counter"}
    return form_page(request, form, save, context, "shop/form.html")
