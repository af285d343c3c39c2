"""Addresses of notices for those who write them."""

from django.urls import path

from linli.notices.views import staff as views

app_name = "notices"

urlpatterns = [
    path("", views.notices, name="list"),
    path("new/", views.notice_new, name="new"),
    path("robots/", views.robots, name="robots"),
    path("<int:pk>/", views.notice, name="notice"),
    path("<int:pk>/<slug:verb>/", views.notice_do, name="do"),
]
