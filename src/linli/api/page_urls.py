"""Addresses of the pages about keys and webhooks."""

from django.urls import path

from linli.api import views

app_name = "api_keys"
urlpatterns = [
    path("", views.keys, name="keys"),
    path("<int:pk>/revoke/", views.revoke, name="revoke"),
    path("webhooks/", views.webhooks, name="webhooks"),
    path("webhooks/<int:pk>/", views.webhook, name="webhook"),
    path("webhooks/<int:pk>/secret/", views.webhook_secret, name="webhook_secret"),
    path("webhooks/<int:pk>/<slug:verb>/", views.webhook_do, name="webhook_do"),
    path("webhooks/<int:pk>/deliveries/<int:delivery>/retry/", views.webhook_retry, name="webhook_retry"),
]
