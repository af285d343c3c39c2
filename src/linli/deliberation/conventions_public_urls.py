"""Public addresses of conventions."""

from django.urls import path

from linli.deliberation.views import conventions_public

app_name = "public_conventions"

urlpatterns = [
    path("conventions/<int:pk>/convention/", conventions_public.convention, name="convention"),
    path("conventions/<int:pk>/sent/", conventions_public.sent, name="sent"),
    path("conventions/<slug:code>/", conventions_public.place, name="place"),
]
