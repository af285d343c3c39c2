"""Addresses below /shop/."""

from django.urls import path

from linli.shop.views import counter, desk, public, settlements

app_name = "shop"

urlpatterns = [
    path("", desk.shop_list, name="list"),
    path("new/", desk.shop_new, name="new"),
    path("mine/", public.mine, name="mine"),
    path("mine/<int:pk>/cancel/", public.cancel, name="cancel"),
    path("settlements/", settlements.settlement_list, name="settlements"),
    path("settlements/<int:pk>/", settlements.settlement, name="settlement"),
    path("settlements/<int:pk>/print/", settlements.settlement_print, name="settlement_print"),
    path("settlements/<int:pk>/<slug:verb>/", settlements.settlement_do, name="settlement_do"),
    path("items/<int:pk>/", desk.item, name="reward_item"),
    path("items/<int:pk>/edit/", desk.item_edit, name="item_edit"),
    path("items/<int:pk>/price/", desk.item_price, name="item_price"),
    path("items/<int:pk>/end/", desk.item_end, name="item_end"),
    path("redemptions/<int:pk>/", desk.redemption, name="redemption"),
    path("redemptions/<int:pk>/<slug:verb>/", desk.redemption_do, name="redemption_do"),
    path("<int:pk>/", desk.shop, name="partner_shop"),
    path("<int:pk>/edit/", desk.shop_edit, name="edit"),
    path("<int:pk>/end/", desk.shop_end, name="end"),
    path("<int:pk>/counter/", counter.counter, name="counter"),
    path("<int:pk>/behalf/", counter.behalf, name="behalf"),
    path("<int:pk>/redemptions/", desk.redemption_list, name="redemptions"),
    path("<int:pk>/stock/<slug:kind>/", desk.stock_paper, name="stock"),
    path("<int:pk>/settle/", desk.settle, name="settle"),
    path("<int:pk>/items/new/", desk.item_new, name="item_new"),
]
