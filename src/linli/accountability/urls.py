"""Addresses of the figure book."""

from django.urls import path, re_path

from linli.accountability.views import boards, book, crossing, models, surveys

app_name = "accountability"
urlpatterns = [
    path("", book.figures, name="figures"),
    path("places/", book.places, name="places"),
    path("new/", book.figure_new, name="new"),
    path("boards/<slug:code>/", boards.board, name="board"),
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/new/", surveys.survey_new, name="survey_new"),
    path("surveys/<int:pk>/", surveys.survey, name="survey"),
    path("models/", models.models, name="models"),
    path("models/<slug:code>/", models.model, name="model"),
    path("models/<slug:code>/<str:component>/<slug:of>/", models.model_rows, name="model_rows"),
    re_path(
        r"^models/(?P<code>[a-z0-9_]+)/(?P<component>[^/]+)/(?P<of>[a-z_]+)/rows\.(?P<form>csv|xlsx)$",
        models.model_export,
        name="model_export",
    ),
    re_path(r"^(?P<figure_id>[a-z][a-z0-9_.]*)/$", book.figure, name="figure"),
    re_path(r"^(?P<figure_id>[a-z][a-z0-9_.]*)/table\.(?P<form>csv|xlsx)$", crossing.figure_table, name="table"),
    re_path(r"^(?P<figure_id>[a-z][a-z0-9_.]*)/rows\.(?P<form>csv|xlsx)$", book.figure_rows, name="rows"),
]
