"""Addresses of members."""

from django.urls import URLPattern, path

from linli.members import views

app_name = "members"

urlpatterns: list[URLPattern] = [
    path("", views.listed, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.member, name="member"),
    path("<int:pk>/<slug:verb>/", views.member_do, name="do"),
    path("mine/", views.mine, name="mine"),
    path("mine/join/", views.join, name="join"),
    path("mine/<slug:verb>/", views.own_do, name="own_do"),
    path("units/", views.unit, name="unit"),
    path("units/new/", views.unit_new, name="unit_new"),
    path("units/<int:pk>/end/", views.unit_end, name="unit_end"),
    path("turn-outs/", views.turn_outs, name="turn_outs"),
    path("turn-outs/at/<int:pk>/", views.turn_outs_at, name="turn_out"),
    path("turn-outs/<slug:verb>/", views.turn_outs_do, name="turn_outs_do"),
    path("duties/", views.duties, name="duties"),
    path("contacts/", views.contacts, name="contacts"),
    path("pairings/<int:pk>/<slug:verb>/", views.pairing_do, name="pairing_do"),
    path("posts/", views.responsibility_posts, name="posts"),
    path("posts/new/", views.responsibility_new, name="post_new"),
    path("posts/<int:pk>/", views.responsibility_post, name="post"),
    path("posts/<int:pk>/<slug:verb>/", views.responsibility_do, name="post_do"),
]
