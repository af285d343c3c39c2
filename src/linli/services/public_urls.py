"""Addresses of services below /public/, for everybody."""

from django.urls import path

from linli.services.views import public

app_name = "public_services"
urlpatterns = [
    path("services/", public.menu, name="items"),
    path("services/<int:pk>/", public.item, name="item"),
    path("services/own/<str:token>/", public.own, name="own"),
    path("appointments/", public.times, name="times"),
    path("appointments/<int:pk>/", public.time, name="time"),
    path("appointments/own/<str:token>/", public.own_appointment, name="own_appointment"),
]
