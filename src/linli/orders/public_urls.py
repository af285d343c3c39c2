"""Addresses of orders below /public/, for everybody."""

from django.urls import URLPattern

app_name = "public_orders"
urlpatterns: list[URLPattern] = []
