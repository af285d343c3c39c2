"""Addresses of shop below /public/, for everybody."""

from django.urls import URLPattern

app_name = "public_shop"
urlpatterns: list[URLPattern] = []
