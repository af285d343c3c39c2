"""Public addresses of topic groups."""

from django.urls import path

from linli.deliberation.views import squads_public

app_name = "public_groups"

urlpatterns = [
    path("groups/<int:pk>/group/", squads_public.topic_group, name="topic_group"),
    path("groups/<int:pk>/join/", squads_public.group_join, name="join"),
    path("groups/<int:pk>/leave/", squads_public.group_leave, name="leave"),
    path("groups/ideas/<int:pk>/withdraw/", squads_public.idea_withdraw, name="withdraw"),
]
