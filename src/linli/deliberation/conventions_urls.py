"""Addresses of conventions."""

from django.urls import path

from linli.deliberation.views import conventions

app_name = "conventions"

urlpatterns = [
    path("", conventions.conventions, name="list"),
    path("new/", conventions.convention_new, name="new"),
    path("<int:pk>/", conventions.convention, name="convention"),
    path("<int:pk>/text/", conventions.convention_write, name="write"),
    path("<int:pk>/print/", conventions.convention_print, name="print"),
    path("<int:pk>/<slug:verb>/", conventions.convention_do, name="do"),
    path("comments/<int:pk>/", conventions.comment_answer, name="comment"),
]
