"""Addresses below /points/."""

from django.urls import path

from linli.points import views

app_name = "points"

urlpatterns = [
    path("", views.members, name="members"),
    path("new/", views.enrol, name="enrol"),
    path("owed/", views.owed, name="owed"),
    path("mine/", views.mine, name="mine"),
    path("mine/alias/", views.alias, name="alias"),
    path("mine/leave/", views.leave, name="leave"),
    path("members/<int:pk>/", views.member, name="member"),
    path("transfers/<int:pk>/reverse/", views.reverse_transfer, name="reverse"),
]
