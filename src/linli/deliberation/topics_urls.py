"""Addresses of topics and resolutions."""

from django.urls import path

from linli.deliberation.views import resolutions, topics

app_name = "topics"

urlpatterns = [
    path("", topics.topics, name="list"),
    path("new/", topics.topic_new, name="new"),
    path("<int:pk>/", topics.topic, name="topic"),
    path("<int:pk>/<slug:verb>/", topics.topic_do, name="do"),
    path("steps/<int:pk>/<slug:verb>/", topics.step_do, name="step"),
    path("objections/<int:pk>/", topics.objection_answer, name="objection"),
    path("papers/<int:pk>/", topics.paper, name="paper"),
    path("resolutions/", resolutions.resolutions, name="resolutions"),
    path("resolutions/<int:pk>/", resolutions.resolution, name="resolution"),
    path("resolutions/<int:pk>/tasks/", resolutions.task_add, name="task_add"),
    path("tasks/<int:pk>/", resolutions.task, name="resolution_task"),
    path("tasks/<int:pk>/finish/", resolutions.task_finish, name="task_finish"),
    path("tasks/<int:pk>/drop/", resolutions.task_drop, name="task_drop"),
]
