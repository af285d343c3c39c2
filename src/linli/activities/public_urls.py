"""Addresses of activities below /public/, for everybody."""

from django.urls import URLPattern

app_name = "public_activities"
urlpatterns: list[URLPattern] = []
