"""Addresses of brochures."""

from django.urls import path

from linli.brochures import views

app_name = "brochures"

urlpatterns = [
    path("", views.brochures, name="list"),
    path("<int:pk>/", views.brochure, name="brochure"),
    path("<int:pk>/pages/<int:number>/", views.page, name="page"),
    path("<int:pk>/<slug:verb>/", views.brochure_do, name="do"),
    path("points/<int:pk>/", views.leaflet_stock, name="leaflet_stock"),
]
