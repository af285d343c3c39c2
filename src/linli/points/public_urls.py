"""Addresses of points below /public/, for everybody."""

from django.urls import URLPattern

app_name = "public_points"
urlpatterns: list[URLPattern] = []
