"""Addresses of votes for everybody."""

from django.urls import path

from linli.deliberation.views import polls_public as views

app_name = "public_polls"
urlpatterns = [
    path("polls/", views.listing, name="list"),
    path("polls/<int:pk>/", views.poll, name="poll"),
    path("polls/<int:pk>/vote/", views.vote, name="vote"),
    path("polls/<int:pk>/count.json", views.tally, name="tally"),
]
