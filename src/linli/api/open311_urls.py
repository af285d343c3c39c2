"""Addresses of Open311 GeoReport v2; the form is the ending, XML or JSON."""

from django.urls import path, re_path

from linli.api import open311

app_name = "open311"
FORM = r"\.(?P<form>xml|json)$"
urlpatterns = [
    re_path(rf"^discovery{FORM}", open311.discovery, name="discovery"),
    re_path(rf"^services{FORM}", open311.services, name="services"),
    re_path(rf"^services/(?P<code>[\w.-]+?){FORM}", open311.service, name="service"),
    re_path(rf"^requests{FORM}", open311.requests, name="requests"),
    re_path(rf"^requests/(?P<number>[\w-]+){FORM}", open311.one, name="request"),
    re_path(rf"^tokens/(?P<token>[\w:.-]+?){FORM}", open311.token, name="token"),
    path("photos/<int:pk>/", open311.photo, name="photo"),
]
