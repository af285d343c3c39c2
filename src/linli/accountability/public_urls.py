"""Addresses of published figures, which need no login."""

from django.urls import path

from linli.accountability.views import public

app_name = "public_figures"
urlpatterns = [
    path("figures/", public.place, name="root"),
    path("figures/<slug:code>.json", public.place_json, name="place_json"),
    path("figures/<slug:code>/", public.place, name="place"),
]
