"""Addresses of volunteering below /public/, for everybody."""

from django.urls import URLPattern, path

from linli.volunteering.views import public

app_name = "public_volunteering"
urlpatterns: list[URLPattern] = [path("volunteering/<slug:code>/", public.place, name="place")]
