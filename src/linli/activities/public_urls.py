"""Addresses of activities below /public/, for everybody."""

from django.urls import path

from linli.activities.views import public

app_name = "public_activities"
urlpatterns = [
    path("activities/", public.listing, name="list"),
    path("activities/<int:pk>/", public.activity, name="activity"),
]
