"""Addresses of the registry of asks."""

from django.urls import path, re_path

from linli.accountability.views import ask_answers, asks

app_name = "asks"
urlpatterns = [
    path("", asks.asks, name="list"),
    path("new/", asks.ask_new, name="new"),
    path("received/", asks.received, name="received"),
    path("answers/<int:pk>/", ask_answers.ask_answer, name="ask_answer"),
    path("answers/<int:pk>/file/", ask_answers.ask_file, name="file"),
    path("<int:pk>/", asks.ask, name="ask"),
    path("<int:pk>/form/", asks.ask_blank, name="blank"),
    re_path(r"^(?P<pk>[0-9]{1,18})/(?P<verb>approve|refuse|send|end)/$", asks.ask_do, name="do"),
]
