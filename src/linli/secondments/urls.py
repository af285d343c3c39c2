"""Addresses of secondments."""

from django.urls import URLPattern

app_name = "secondments"

urlpatterns: list[URLPattern] = []
