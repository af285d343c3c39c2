"""Addresses of campaigns."""

from django.urls import path, re_path

from linli.campaigns import views

app_name = "campaigns"

urlpatterns = [
    path("", views.campaigns, name="list"),
    path("new/", views.campaign_new, name="new"),
    path("targets/<int:pk>/", views.target, name="target"),
    path("targets/<int:pk>/<slug:verb>/", views.target_do, name="target_do"),
    path("findings/<int:pk>/<slug:verb>/", views.finding_do, name="finding_do"),
    path("photos/<int:pk>/", views.photo, name="photo"),
    path("<int:pk>/", views.campaign, name="campaign"),
    re_path(r"^(?P<pk>[0-9]{1,18})/report\.(?P<form>docx|pdf)$", views.report, name="report"),
    path("<int:pk>/<slug:verb>/", views.campaign_do, name="do"),
]
