"""Addresses below /orders/."""

from django.urls import path

from linli.orders.views import desk, menu, own, taking

app_name = "orders"
urlpatterns = [
    path("", desk.orders, name="list"),
    path("new/", desk.order_new, name="new"),
    path("menu/", menu.menu, name="menu"),
    path("menu/new/", menu.item_new, name="item_new"),
    path("menu/<int:pk>/", menu.item, name="item"),
    path("menu/<int:pk>/<slug:verb>/", menu.item_do, name="item_do"),
    path("ask/<slug:code>/", own.ask, name="ask"),
    path("mine/", own.mine, name="mine"),
    path("mine/<int:pk>/", own.order, name="own"),
    path("mine/<int:pk>/<slug:verb>/", own.order_do, name="own_do"),
    path("offers/", taking.offers, name="offers"),
    path("offers/<int:pk>/", taking.offer, name="offer"),
    path("offers/<int:pk>/<slug:verb>/", taking.offer_do, name="offer_do"),
    path("units/", taking.units, name="units"),
    path("<int:pk>/", desk.order, name="order"),
    path("<int:pk>/<slug:verb>/", desk.order_do, name="do"),
]
