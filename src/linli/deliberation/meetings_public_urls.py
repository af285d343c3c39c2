"""The public addresses of meetings, below `/public/`."""

from django.urls import path

from linli.deliberation.views import public_meetings as views

app_name = "public_meetings"
urlpatterns = [
    path("meetings/", views.place, name="root"),
    path("meetings/<str:code>/", views.place, name="place"),
    path("meetings/<str:code>/sessions.ics", views.calendar, name="calendar"),
    path("forums/<int:pk>/", views.forum, name="forum"),
    path("ratings/<str:token>/", views.rate, name="rate"),
    path("proposals/<str:token>/", views.proposal, name="proposal"),
]
