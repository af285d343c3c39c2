"""Addresses of venues for those who keep them, and of one's own bookings."""

from django.urls import path

from linli.venues.views import own, staff

app_name = "venues"
urlpatterns = [
    path("", staff.venues, name="list"),
    path("mine/", own.mine, name="mine"),
    path("bookings/<int:pk>/", own.booking, name="booking"),
    path("bookings/<int:pk>/<slug:verb>/", own.booking_do, name="booking_do"),
    path("<int:pk>/", staff.venue, name="venue"),
    path("<int:pk>/<slug:verb>/", staff.venue_do, name="do"),
]
