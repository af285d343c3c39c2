"""Addresses of teams."""

from django.urls import path

from linli.teams import views

app_name = "teams"

urlpatterns = [
    path("", views.teams, name="list"),
    path("new/", views.team_new, name="new"),
    path("short/", views.short, name="short"),
    path("<int:pk>/", views.team, name="task_team"),
    path("<int:pk>/<slug:verb>/", views.team_do, name="do"),
]
