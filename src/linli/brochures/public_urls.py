"""Addresses of brochures below /public/: an edition that stands is for everybody."""

from django.urls import path

from linli.brochures import views

app_name = "public_brochures"
urlpatterns = [path("brochures/<int:pk>/<slug:form>.pdf", views.pdf, name="pdf")]
