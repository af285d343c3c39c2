"""Addresses of points below /public/, for everybody."""

from django.urls import path

from linli.points import views

app_name = "public_points"

urlpatterns = [path("points/rules/", views.rules, name="rules")]
