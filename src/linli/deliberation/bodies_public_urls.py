"""Public addresses of self-government bodies."""

from django.urls import path

from linli.deliberation.views import bodies_public

app_name = "public_bodies"

urlpatterns = [
    path("bodies/<int:pk>/body/", bodies_public.body, name="body"),
    path("bodies/<slug:code>/", bodies_public.place, name="place"),
    path("bodies/<slug:code>/propose/", bodies_public.propose, name="propose"),
]
