"""Public addresses of topics."""

from django.urls import path

from linli.deliberation.views import topics_public

app_name = "public_topics"

urlpatterns = [
    path("topics/<int:pk>/topic/", topics_public.topic, name="topic"),
    path("topics/<int:pk>/rate/", topics_public.rate, name="rate"),
    path("topics/<slug:code>/", topics_public.place, name="place"),
    path("topics/<slug:code>/propose/", topics_public.propose, name="propose"),
]
