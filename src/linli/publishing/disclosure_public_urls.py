"""Addresses of what is public, which need no login."""

from django.urls import path

from linli.publishing.views import disclosure_public

app_name = "public_disclosure"
urlpatterns = [
    path("disclosure/", disclosure_public.place, name="root"),
    path("disclosure/notices/<int:pk>/", disclosure_public.notice, name="notice"),
    path("disclosure/notices/<int:pk>/files/<int:file>/", disclosure_public.attachment, name="file"),
    path("disclosure/questions/<str:token>/", disclosure_public.asked, name="asked"),
    path("disclosure/<slug:code>/", disclosure_public.place, name="place"),
    path("disclosure/<slug:code>/home/", disclosure_public.home, name="home"),
]
