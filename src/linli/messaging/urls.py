"""Addresses of messages."""

from django.urls import path

from linli.messaging import views

app_name = "messaging"
urlpatterns = [
    path("", views.index, name="inbox"),
    path("<int:pk>/open/", views.open_message, name="open"),
    path("read/", views.read_all, name="read_all"),
]
