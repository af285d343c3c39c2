"""Addresses of volunteering below /public/, for everybody."""

from django.urls import URLPattern, path

from linli.volunteering.views import honours, neighbours, public

app_name = "public_volunteering"
urlpatterns: list[URLPattern] = [
    path("honours/", honours.public_list, name="honours"),
    path("honours/<int:pk>/", honours.public_honour, name="honour"),
    path("good-neighbours/<slug:code>/", neighbours.neighbours, name="neighbours"),
    path("volunteering/<slug:code>/", public.place, name="place"),
]
