"""Addresses of bookings."""

from django.urls import path

from linli.bookings import views

app_name = "bookings"

urlpatterns = [
    path("", views.bookings, name="list"),
    path("offers/", views.offers, name="offers"),
    path("offers/<int:pk>/", views.offer, name="offer"),
    path("<int:pk>/", views.booking, name="booking"),
    path("<int:pk>/<slug:verb>/", views.booking_do, name="do"),
]
