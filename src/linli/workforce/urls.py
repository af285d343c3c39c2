"""Addresses of training."""

from django.urls import path

from linli.workforce.views import growth, study, training

app_name = "workforce"

urlpatterns = [
    path("", training.own, name="own"),
    path("sessions/", training.sessions, name="sessions"),
    path("sessions/new/", training.session_new, name="session_new"),
    path("sessions/<int:pk>/", training.session, name="session"),
    path("sessions/<int:pk>/change/", training.session_change, name="session_change"),
    path("sessions/<int:pk>/people/", training.session_people, name="session_people"),
    path("sessions/<int:pk>/cancel/", training.session_cancel, name="session_cancel"),
    path("gaps/", training.gap_list, name="gaps"),
    path("gaps/<int:pk>/", training.training_gap, name="training_gap"),
    path("credentials/", growth.credentials, name="credentials"),
    path("credentials/new/", growth.credential_new, name="credential_new"),
    path("credentials/<int:pk>/", growth.credential, name="credential"),
    path("credentials/<int:pk>/picture/", growth.credential_scan, name="credential_scan"),
    path("credentials/<int:pk>/<slug:verb>/", growth.credential_do, name="credential_do"),
    path("mentorings/", growth.mentorings, name="mentorings"),
    path("mentorings/new/", growth.mentoring_new, name="mentoring_new"),
    path("mentorings/<int:pk>/", growth.mentoring, name="mentoring"),
    path("mentorings/<int:pk>/end/", growth.mentoring_end, name="mentoring_end"),
    path("groups/", study.groups, name="groups"),
    path("groups/<int:pk>/", study.group, name="group"),
    path("contests/", growth.contests, name="contests"),
    path("contests/new/", growth.contest_new, name="contest_new"),
    path("contests/<int:pk>/", growth.contest, name="contest"),
    path("contests/<int:pk>/<slug:verb>/", growth.contest_do, name="contest_do"),
]
