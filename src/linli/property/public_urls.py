"""Public addresses of property management."""

from django.urls import path

from linli.property import views

app_name = "public_property"

urlpatterns = [path("property/<slug:code>/", views.public, name="place")]
