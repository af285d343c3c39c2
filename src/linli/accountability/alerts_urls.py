"""Addresses of alerts."""

from django.urls import path

from linli.accountability.views import alerts

app_name = "alerts"
urlpatterns = [
    path("", alerts.alerts, name="list"),
    path("rules/", alerts.rules, name="rules"),
    path("<int:pk>/", alerts.alert, name="alert"),
    path("<int:pk>/<slug:verb>/", alerts.alert_do, name="do"),
]
