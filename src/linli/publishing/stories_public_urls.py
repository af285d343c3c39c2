"""Addresses of the stories and letters that everybody may read."""

from django.urls import URLPattern, path

from linli.publishing.views import stories as views

app_name = "public_stories"
urlpatterns: list[URLPattern] = [
    path("stories/", views.public_list, name="list"),
    path("stories/<int:pk>/", views.public_story, name="story"),
]
