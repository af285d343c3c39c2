"""The shell's addresses."""

from django.urls import include, path

from linli.web import site_views, views
from linli.web.phone import manifest, offline, service_worker

urlpatterns = [
    path("", views.home, name="home"),
    path("public/", views.welcome, name="welcome"),
    path("elder/", views.elder, name="elder"),
    path("public/places/<slug:code>/", site_views.site, name="site"),
    path("sitemap.xml", site_views.site_map, name="sitemap"),
    path("robots.txt", site_views.robots, name="robots"),
    path("functions/", views.functions, name="functions"),
    path("logo/", views.logo, name="logo"),
    path("sw.js", service_worker, name="service_worker"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("offline/", offline, name="offline"),
    path("health/", views.health, name="health"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
]
