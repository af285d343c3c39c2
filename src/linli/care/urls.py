"""Addresses of care."""

from django.urls import path

from linli.care import views

app_name = "care"

urlpatterns = [
    path("", views.clients, name="list"),
    path("new/", views.client_new, name="new"),
    path("<int:pk>/", views.client, name="client"),
    path("<int:pk>/<slug:verb>/", views.client_do, name="client_do"),
    path("mine/", views.mine, name="mine"),
    path("mine/<int:pk>/<slug:verb>/", views.mine_do, name="mine_do"),
    path("services/", views.services, name="services"),
    path("services/<int:pk>/<slug:verb>/", views.service_do, name="service_do"),
]
