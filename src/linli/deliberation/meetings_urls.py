"""The addresses of meetings, series, commitments and standing relations, below `/meetings/`."""

from django.urls import path

from linli.deliberation.views import commitments, meetings

app_name = "meetings"
urlpatterns = [
    path("", meetings.calendar, name="calendar"),
    path("list/", meetings.listing, name="list"),
    path("new/", meetings.plan, name="new"),
    path("series/", meetings.series_list, name="series_list"),
    path("series/new/", meetings.series_new, name="series_new"),
    path("due/<int:pk>/", meetings.session_due, name="session_due"),
    path("series/<int:pk>/", meetings.series_page, name="series"),
    path("series/<int:pk>/change/", meetings.series_change, name="series_change"),
    path("series/<int:pk>/end/", meetings.series_end, name="series_end"),
    path("items/<int:pk>/<slug:verb>/", meetings.item_do, name="item_do"),
    path("commitments/", commitments.listing, name="commitments"),
    path("commitments/<int:pk>/", commitments.commitment, name="commitment"),
    path("commitments/<int:pk>/<slug:verb>/", commitments.commitment_do, name="commitment_do"),
    path("relations/", commitments.relations, name="relations"),
    path("relations/new/", commitments.relation_new, name="relation_new"),
    path("relations/<int:pk>/", commitments.relation, name="partnership"),
    path("relations/<int:pk>/<slug:verb>/", commitments.relation_do, name="relation_do"),
    path("<int:pk>/", meetings.meeting, name="meeting"),
    path("<int:pk>/change/", meetings.change, name="change"),
    path("<int:pk>/minutes.pdf", meetings.minutes, name="minutes"),
    path("<int:pk>/files/<int:file>/", meetings.file, name="file"),
    path("<int:pk>/<slug:verb>/", meetings.do, name="do"),
]
