"""The API's address."""

from django.urls import path

from linli.api.routes import api

urlpatterns = [path("v1/", api.urls)]
