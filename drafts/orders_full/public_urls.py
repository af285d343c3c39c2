"""Addresses of orders below /public/, for everybody."""

from django.urls import path

from linli.orders.views import public

app_name = "public_orders"
urlpatterns = [
    path("menu/", public.communities, name="communities"),
    path("menu/<slug:code>/", public.menu, name="menu"),
]
