"""Addresses of published results of units, which need no login."""

from django.urls import path

from linli.accountability.views import assessments

app_name = "public_assessments"
urlpatterns = [
    path("assessments/", assessments.public_list, name="list"),
    path("assessments/<int:pk>/", assessments.public_round, name="round"),
]
