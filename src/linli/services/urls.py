"""Addresses below /services/."""

from django.urls import path

from linli.services.views import desk, items, slots

app_name = "services"
urlpatterns = [
    path("", desk.requests, name="list"),
    path("items/", items.items, name="items"),
    path("items/new/", items.item_new, name="item_new"),
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/<slug:verb>/", items.item_do, name="item_do"),
    path("take/<int:pk>/", desk.take, name="take"),
    path("copies/<int:pk>/", desk.copy, name="copy"),
    path("slots/", slots.slots, name="slots"),
    path("slots/<int:pk>/<slug:verb>/", slots.slot_do, name="slot_do"),
    path("advisers/", slots.advisers, name="advisers"),
    path("<int:pk>/", desk.one, name="request"),
    path("<int:pk>/<slug:verb>/", desk.do, name="do"),
]
