"""Pages of those who keep a shop: the list, a shop with its goods, stock papers, prices; redemptions of a shop."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, Mendable, NotFound
from linli.core.forms import number_of, plain
from linli.core.money import yuan
from linli.core.paging import key_asked
from linli.organizations.views.requests import form_page, staff
from linli.shop import forms, policies, queries
from linli.shop.operations import goods, redemptions, shops, stock
from linli.shop.operations.settlements import settlement_draw
from linli.shop.workflow import BOTH, COUNT, DELIVERY, MANAGE, REDEMPTION_LIFE

SHOP: Final = "shop:partner_shop"
ITEM: Final = "shop:reward_item"


def before(request: HttpRequest) -> tuple[date, int] | None:
    """The key after which the page begins. Raises: list.bad_filter"""
    return key_asked(plain(request.GET).get("before", ""), "before")


@require_GET
def shop_list(request: HttpRequest) -> HttpResponse:
    """The shops that somebody keeps or serves in."""
    actor = staff(request, *BOTH)
    context = {"rows": queries.shops_of(actor), "keeps": actor.can(MANAGE), "today": clock.today()}
    return render(request, "shop/shops.html", context)


@require_http_methods(["GET", "POST"])
def shop_new(request: HttpRequest) -> HttpResponse:
    """Open a shop."""
    actor = staff(request, MANAGE)
    places, bodies = queries.places_to_open(actor), queries.partners(actor)
    initial = {"since": clock.today()}
    form = forms.AgreementForm(request.POST or None, places=places, bodies=bodies, initial=initial)

    def save() -> HttpResponse:
        place_id = int(form.cleaned_data["place"])
        return redirect(SHOP, pk=shops.shop_open(actor=actor, place_id=place_id, agreement=form.agreement()).pk)

    return form_page(request, form, save, {"title": _("Open a shop")}, "shop/form.html")


@require_http_methods(["GET", "POST"])
def shop_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a shop or its agreement."""
    actor, row = _kept(request, pk)
    told = ("kind", "name", "address", "hours", "settles", "since", "until", "contact", "phone")
    initial = {name: getattr(row, name) for name in told} | {"organization": row.organization_id or ""}
    bodies = queries.partners(actor)
    if row.organization is not None and row.organization not in bodies:
        bodies.append(row.organization)
    form = forms.AgreementForm(request.POST or None, places=[], bodies=bodies, fixed=True, initial=initial)

    def save() -> HttpResponse:
        version = _version(request)
        shops.shop_change(actor=actor, shop_id=pk, version=version, agreement=form.agreement())
        return redirect(SHOP, pk=pk)

    context = {"title": _("Change the shop"), "shop": row, "version": row.version}
    return form_page(request, form, save, context, "shop/form.html")


@require_GET
def shop(request: HttpRequest, pk: int) -> HttpResponse:
    """One shop."""
    return _shop(request, staff(request, *BOTH), pk)


def _shop(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.shop_page(actor, pk)
    context = {"page": page, "shop": page.row, "fault": fault, "today": clock.today(), "last_month": _last_month()}
    return render(request, "shop/shop.html", context, status=fault.status if fault else 200)


def _last_month() -> date:
    first = clock.today().replace(day=1)
    return first.replace(year=first.year - 1, month=12) if first.month == 1 else first.replace(month=first.month - 1)


@require_POST
def shop_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the agreement today."""
    actor, _row = _kept(request, pk)
    return _done(
        request,
        lambda: shops.shop_end(actor=actor, shop_id=pk),
        lambda error: _shop(request, actor, pk, error),
        SHOP,
        pk,
    )


@require_http_methods(["GET", "POST"])
def stock_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A delivery, or a stock-taking."""
    actor, row = _kept(request, pk)
    if kind not in (DELIVERY, COUNT):
        raise NotFound
    form = forms.PaperForm(request.POST or None, items=queries.items_to_count(row), initial={"day": clock.today()})

    def save() -> HttpResponse:
        call = stock.stock_deliver if kind == DELIVERY else stock.stock_count
        told = {name: form.cleaned_data[name] for name in ("number", "day", "note")}
        call(actor=actor, shop_id=pk, pieces=form.pieces(), **told)
        return redirect(SHOP, pk=pk)

    title = _("Take in a delivery") if kind == DELIVERY else _("Take stock")
    return form_page(request, form, save, {"title": title, "shop": row, "kind": kind}, "shop/form.html")


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw up the settlement of a month."""
    actor, _row = _kept(request, pk)
    form = forms.MonthForm(request.POST)
    if not form.is_valid():
        return _shop(request, actor, pk, InvalidInput("settlement.month", _("A month is settled once it is over.")))
    try:
        drawn = settlement_draw(actor=actor, shop_id=pk, month=form.cleaned_data["month"])
    except Mendable as error:
        return _shop(request, actor, pk, error)
    return redirect("shop:settlement", pk=drawn.pk)


@require_http_methods(["GET", "POST"])
def item_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put goods on the list of a shop."""
    actor, row = _kept(request, pk)
    form = forms.ItemForm(request.POST or None)

    def save() -> HttpResponse:
        goods.item_add(actor=actor, shop_id=pk, about=form.about(), price=form.price())
        return redirect(SHOP, pk=pk)

    return form_page(request, form, save, {"title": _("Add goods"), "shop": row}, "shop/form.html")


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Goods with their prices and the postings of their stock."""
    return _item(request, staff(request, *BOTH), pk)


def _item(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    after = plain(request.GET).get("after", "")
    page = queries.item_page(actor, pk, number_of(after))
    price = {"points": page.row.points, "value": yuan(page.row.value_fen).replace(",", ""), "since": clock.today()}
    context = {"page": page, "row": page.row, "fault": fault, "price_form": forms.PriceForm(initial=price)}
    return render(request, "shop/item.html", context, status=fault.status if fault else 200)


@require_http_methods(["GET", "POST"])
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what goods are called, how many each may have, when they run low."""
    actor = staff(request, MANAGE)
    row = _own_item(actor, pk)
    initial = {name: getattr(row, name) for name in ("name", "unit", "month_limit", "low")}
    form = forms.AboutForm(request.POST or None, initial=initial)

    def save() -> HttpResponse:
        goods.item_change(actor=actor, item_id=pk, version=_version(request), about=form.about())
        return redirect(ITEM, pk=pk)

    context = {"title": row.name, "shop": row.shop, "version": row.version}
    return form_page(request, form, save, context, "shop/form.html")


@require_POST
def item_price(request: HttpRequest, pk: int) -> HttpResponse:
    """Give goods another price from a day on."""
    actor = staff(request, MANAGE)
    _own_item(actor, pk)
    form = forms.PriceForm(request.POST)
    if not form.is_valid():
        message = _("A price is whole points above zero, and a value in yuan.")
        return _item(request, actor, pk, InvalidInput("reward_item.price", message))

    def call() -> object:
        return goods.item_price(actor=actor, item_id=pk, price=form.price(), since=form.cleaned_data["since"])

    return _done(request, call, lambda error: _item(request, actor, pk, error), ITEM, pk)


@require_POST
def item_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer goods no longer."""
    actor = staff(request, MANAGE)
    _own_item(actor, pk)
    return _done(
        request,
        lambda: goods.item_end(actor=actor, item_id=pk),
        lambda error: _item(request, actor, pk, error),
        ITEM,
        pk,
    )


@require_GET
def redemption_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The redemptions of a shop, a page at a time."""
    actor = staff(request, *BOTH)
    row = queries.shop_of(actor, pk)
    state = plain(request.GET).get("state", "")
    lines, more = queries.redemptions_of(row, state if state in dict(REDEMPTION_LIFE.choices) else "", before(request))
    context = {"shop": row, "lines": lines, "more": more, "state": state, "states": REDEMPTION_LIFE.choices}
    return render(request, "shop/redemptions.html", context)


@require_GET
def redemption(request: HttpRequest, pk: int) -> HttpResponse:
    """One redemption."""
    return _redemption(request, staff(request, *BOTH), pk)


def _redemption(request: HttpRequest, actor: Actor, pk: int, fault: DomainError | None = None) -> HttpResponse:
    page = queries.redemption_page(actor, pk)
    context = {"page": page, "row": page.row, "fault": fault}
    return render(request, "shop/redemption.html", context, status=fault.status if fault else 200)


@require_POST
def redemption_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Cancel a reservation, or take goods back."""
    actor = staff(request, *BOTH)
    queries.redemption_page(actor, pk)
    data = plain(request.POST)
    reason = data.get("reason", "")

    def call() -> object:
        if verb == "cancel":
            return redemptions.redemption_cancel(actor=actor, redemption_id=pk, reason=reason)
        if verb == "return":
            good = bool(data.get("restock"))
            return redemptions.redemption_return(actor=actor, redemption_id=pk, reason=reason, restock=good)
        raise NotFound

    return _done(request, call, lambda error: _redemption(request, actor, pk, error), "shop:redemption", pk)


def _kept(request: HttpRequest, pk: int) -> tuple[Actor, Any]:
    """Who asks, and a shop that they keep; missing for who only serves there. Raises: not_found"""
    actor = staff(request, MANAGE)
    row = queries.shop_of(actor, pk)
    policies.require_keep(actor, row.place)
    return actor, row


def _own_item(actor: Actor, pk: int) -> Any:
    row = queries.item_page(actor, pk).row
    policies.require_keep(actor, row.shop.place)
    return row


def _version(request: HttpRequest) -> int:
    text = plain(request.POST).get("version", "")
    return number_of(text, 8) or 0


def _done(
    request: HttpRequest,
    call: Callable[[], object],
    again: Callable[[DomainError], HttpResponse],
    page: str,
    pk: int,
) -> HttpResponse:
    """Do it and go back to the page; a refusal is shown there."""
    try:
        call()
    except Mendable as error:
        return again(error)
    return redirect(page, pk=pk)
