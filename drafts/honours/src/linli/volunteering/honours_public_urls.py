"""Addresses at which everybody sees honours in public notice."""

from django.urls import path

from linli.volunteering.views import honours

app_name = "public_honours"

urlpatterns = [
    path("honours/", honours.public_list, name="list"),
    path("honours/<int:pk>/", honours.public_honour, name="honour"),
]
