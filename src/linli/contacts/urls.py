"""Addresses of contacts."""

from django.urls import path

from linli.contacts import views

app_name = "contacts"

urlpatterns = [
    path("", views.contacts, name="list"),
    path("mine/", views.mine, name="mine"),
    path("new/", views.contact_new, name="new"),
    path("standing/", views.standing, name="standing"),
    path("gaps/", views.gaps, name="gaps"),
    path("places/<int:pk>/", views.place, name="place"),
    path("visits/", views.visits_list, name="visits"),
    path("visits/new/", views.visit_new, name="visit_new"),
    path("visits/<int:pk>/", views.visit, name="visit"),
    path("visits/<int:pk>/raise/", views.visit_raised, name="raise"),
    path("visits/<int:pk>/<slug:verb>/", views.visit_do, name="visit_do"),
    path("<int:pk>/", views.contact, name="contact"),
    path("<int:pk>/end/", views.contact_end, name="end"),
]
