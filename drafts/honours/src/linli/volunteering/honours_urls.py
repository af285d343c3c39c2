"""Addresses of honours."""

from django.urls import path

from linli.volunteering.views import honours

app_name = "honours"

urlpatterns = [
    path("", honours.honours, name="list"),
    path("new/", honours.honour_new, name="new"),
    path("<int:pk>/", honours.honour, name="honour"),
    path("<int:pk>/<slug:verb>/", honours.honour_do, name="do"),
    path("objections/<int:pk>/", honours.objection, name="objection"),
]
