"""Addresses of notices that need no login."""

from django.urls import path

from linli.notices.views import public as views

app_name = "public_notices"

urlpatterns = [
    path("", views.notices, name="list"),
    path("<int:pk>/", views.notice, name="notice"),
    path("files/<int:pk>/", views.file, name="file"),
    path("mine/<str:token>/", views.mine, name="mine"),
]
