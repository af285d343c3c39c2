"""Addresses of campaigns below /public/, for everybody."""

from django.urls import path

from linli.campaigns import views

app_name = "public_campaigns"
urlpatterns = [
    path("", views.public_campaigns, name="list"),
    path("<int:pk>/", views.public_campaign, name="campaign"),
]
