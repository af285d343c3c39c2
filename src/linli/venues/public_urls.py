"""Public addresses of venues: everybody sees their hours and rooms, and what is free."""

from django.urls import path

from linli.venues.views import public

app_name = "public_venues"
urlpatterns = [
    path("", public.venues, name="list"),
    path("<int:pk>/", public.venue, name="venue"),
    path("rooms/<int:pk>/", public.room, name="room"),
    path("rooms/<int:pk>/bookings.ics", public.room_calendar, name="calendar"),
]
