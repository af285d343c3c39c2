"""Addresses of members."""

from django.urls import URLPattern, path

from linli.members.views import numbers, serving

app_name = "members"

urlpatterns: list[URLPattern] = [
    path("", serving.listed, name="list"),
    path("new/", serving.new, name="new"),
    path("<int:pk>/", serving.member, name="member"),
    path("<int:pk>/<slug:verb>/", serving.member_do, name="do"),
    path("mine/", serving.mine, name="mine"),
    path("mine/join/", serving.join, name="join"),
    path("mine/<slug:verb>/", serving.own_do, name="own_do"),
    path("units/", serving.unit, name="unit"),
    path("units/new/", serving.unit_new, name="unit_new"),
    path("units/<int:pk>/end/", serving.unit_end, name="unit_end"),
    path("turn-outs/", serving.turn_outs, name="turn_outs"),
    path("turn-outs/at/<int:pk>/", serving.turn_outs_at, name="turn_out"),
    path("turn-outs/<slug:verb>/", serving.turn_outs_do, name="turn_outs_do"),
    path("duties/", serving.duties, name="duties"),
    path("contacts/", serving.contacts, name="contacts"),
    path("pairings/<int:pk>/<slug:verb>/", serving.pairing_do, name="pairing_do"),
    path("numbers/", numbers.listed, name="numbers"),
    path("numbers/counts/", numbers.counts_new, name="counts_new"),
    path("rounds/new/", numbers.round_new, name="round_new"),
    path("rounds/<int:pk>/", numbers.membership_round, name="round"),
    path("rounds/<int:pk>/<slug:verb>/", numbers.round_do, name="round_do"),
    path("posts/", serving.responsibility_posts, name="posts"),
    path("posts/new/", serving.responsibility_new, name="post_new"),
    path("posts/<int:pk>/", serving.responsibility_post, name="post"),
    path("posts/<int:pk>/<slug:verb>/", serving.responsibility_do, name="post_do"),
]
