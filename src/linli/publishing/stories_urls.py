"""Addresses of stories of exemplars and letters of residents."""

from django.urls import URLPattern, path

from linli.publishing.views import stories as views

app_name = "stories"
urlpatterns: list[URLPattern] = [
    path("", views.stories, name="list"),
    path("new/", views.story_new, name="new"),
    path("letters/new/", views.letter_new, name="letter_new"),
    path("<int:pk>/", views.story, name="story"),
    path("<int:pk>/correct/", views.story_correct, name="correct"),
    path("<int:pk>/<slug:verb>/", views.story_do, name="do"),
    path("parts/<int:pk>/<slug:verb>/", views.part_do, name="part_do"),
]
