"""Addresses of messages."""

from django.urls import path

from linli.messaging import views

app_name = "messaging"
urlpatterns = [
    path("", views.index, name="inbox"),
    path("<int:pk>/open/", views.open_message, name="open"),
    path("settings/", views.settings, name="settings"),
    path("outbox/", views.outbox_page, name="outbox"),
    path("outbox/<int:pk>/retry/", views.retry_delivery, name="retry_delivery"),
    path("outbox/jobs/<int:pk>/retry/", views.retry_job, name="retry_job"),
    path("read/", views.read_all, name="read_all"),
]
