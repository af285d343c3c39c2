"""Addresses of volunteering below /public/, for everybody."""

from django.urls import URLPattern

app_name = "public_volunteering"
urlpatterns: list[URLPattern] = []
