"""Addresses of the figure book."""

from django.urls import path, re_path

from linli.accountability.views import book

app_name = "accountability"
urlpatterns = [
    path("", book.figures, name="figures"),
    path("places/", book.places, name="places"),
    path("new/", book.figure_new, name="new"),
    re_path(r"^(?P<figure_id>[a-z][a-z0-9_.]*)/$", book.figure, name="figure"),
    re_path(r"^(?P<figure_id>[a-z][a-z0-9_.]*)/rows\.(?P<form>csv|xlsx)$", book.figure_rows, name="rows"),
]
