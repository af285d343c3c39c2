"""Addresses of topic groups."""

from django.urls import path

from linli.deliberation.views import squads

app_name = "topic_groups"

urlpatterns = [
    path("", squads.topic_groups, name="list"),
    path("new/", squads.group_new, name="new"),
    path("<int:pk>/", squads.topic_group, name="topic_group"),
    path("<int:pk>/<slug:verb>/", squads.group_do, name="do"),
    path("ideas/<int:pk>/<slug:verb>/", squads.idea_do, name="idea"),
]
