"""Public addresses of circles."""

from django.urls import path

from linli.circles import views

app_name = "public_circles"

urlpatterns = [path("circles/<slug:code>/", views.public, name="place")]
