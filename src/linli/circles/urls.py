"""Addresses of circles."""

from django.urls import path

from linli.circles import views

app_name = "circles"

urlpatterns = [
    path("", views.own, name="list"),
    path("<int:pk>/", views.division, name="division"),
    path("<int:pk>/map.json", views.reach_map, name="map"),
    path("streets/", views.streets, name="streets"),
    path("streets/<int:pk>/compute/", views.compute, name="compute"),
]
