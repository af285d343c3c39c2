"""Addresses of squads."""

from django.urls import path

from linli.deliberation.views import squads

app_name = "squads"

urlpatterns = [
    path("", squads.squads, name="list"),
    path("new/", squads.squad_new, name="new"),
    path("<int:pk>/", squads.squad, name="squad"),
    path("<int:pk>/contact/", squads.squad_contact, name="contact"),
    path("<int:pk>/<slug:verb>/", squads.squad_do, name="do"),
    path("needs/<int:pk>/", squads.need_answer, name="need"),
]
