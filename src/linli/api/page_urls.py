"""Addresses of the pages about keys."""

from django.urls import path

from linli.api import views

app_name = "api_keys"
urlpatterns = [
    path("", views.keys, name="keys"),
    path("<int:pk>/revoke/", views.revoke, name="revoke"),
]
