"""Addresses of the figure book."""

from django.urls import path, re_path

from linli.accountability import views

app_name = "accountability"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("new/", views.figure_new, name="new"),
    re_path(r"^(?P<figure_id>[a-z][a-z0-9_.]*)/$", views.figure, name="figure"),
    re_path(r"^(?P<figure_id>[a-z][a-z0-9_.]*)/rows\.(?P<form>csv|xlsx)$", views.figure_rows, name="rows"),
]
