"""Public addresses of squads."""

from django.urls import path

from linli.deliberation.views import squads_public

app_name = "public_squads"

urlpatterns = [
    path("squads/<int:pk>/squad/", squads_public.squad, name="squad"),
    path("squads/own/<str:token>/", squads_public.own, name="own"),
    path("squads/<slug:code>/", squads_public.place, name="place"),
    path("squads/<slug:code>/propose/", squads_public.propose, name="propose"),
]
