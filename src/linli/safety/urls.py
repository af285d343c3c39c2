"""Addresses of the safety of places."""

from django.urls import path

from linli.safety import views

app_name = "safety"

urlpatterns = [
    path("", views.overview, name="list"),
    path("new/<slug:what>/", views.new, name="new"),
    path("patrols/<int:pk>/", views.patrol, name="patrol_shift"),
    path("rounds/<int:pk>/", views.inspection, name="inspection_round"),
    path("targets/<int:pk>/", views.target, name="target"),
    path("hazards/<int:pk>/", views.hazard, name="hazard"),
    path("events/<int:pk>/", views.event, name="event_plan"),
]
