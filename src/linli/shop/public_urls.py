"""Addresses of shop below /public/, for everybody."""

from django.urls import path

from linli.shop.views import public

app_name = "public_shop"

urlpatterns = [
    path("shops/<int:pk>/shop/", public.shop, name="shop"),
    path("shops/items/<int:pk>/reserve/", public.reserve, name="reserve"),
    path("shops/<slug:code>/", public.place, name="place"),
]
