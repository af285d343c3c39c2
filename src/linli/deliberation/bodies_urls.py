"""Addresses of self-government bodies."""

from django.urls import path

from linli.deliberation.views import bodies

app_name = "bodies"

urlpatterns = [
    path("", bodies.bodies, name="list"),
    path("new/", bodies.body_new, name="new"),
    path("<int:pk>/", bodies.body, name="body"),
    # Lists of work find a subject by its type.
    path("foundings/<int:pk>/", bodies.body, name="body_founding"),
    path("<int:pk>/contact/", bodies.body_contact, name="contact"),
    path("<int:pk>/<slug:verb>/", bodies.body_do, name="do"),
    path("elections/<int:pk>/", bodies.election, name="election"),
    path("candidates/<int:pk>/", bodies.candidate_strike, name="strike"),
    path("elections/<int:pk>/<slug:verb>/", bodies.election_do, name="election_do"),
]
