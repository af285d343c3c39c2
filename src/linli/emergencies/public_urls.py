"""The public address of emergencies."""

from django.urls import path

from linli.emergencies import views

app_name = "public_emergencies"

urlpatterns = [path("", views.public, name="list")]
