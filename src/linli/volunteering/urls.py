"""Addresses below /volunteering/."""

from django.urls import URLPattern, path

from linli.volunteering.views import honours, posts, projects, teams, volunteers

app_name = "volunteering"
urlpatterns: list[URLPattern] = [
    path("", volunteers.listed, name="roster"),
    path("new/", volunteers.registered, name="new"),
    path("people/<int:pk>/", volunteers.volunteer, name="volunteer"),
    path("people/<int:pk>/look/", volunteers.look, name="look"),
    path("people/<int:pk>/<slug:verb>/", volunteers.do, name="do"),
    path("mine/", volunteers.mine, name="mine"),
    path("mine/register/", volunteers.register, name="register"),
    path("mine/correct/", volunteers.correct, name="correct"),
    path("mine/<slug:verb>/", volunteers.own_do, name="own_do"),
    path("teams/", teams.listed, name="teams"),
    path("teams/<int:pk>/", teams.team, name="team"),
    path("teams/<int:pk>/ask/", teams.ask, name="ask"),
    path("teams/<int:pk>/add/", teams.add, name="add"),
    path("memberships/<int:pk>/<slug:verb>/", teams.membership_do, name="membership"),
    path("corps/", teams.corps, name="corps"),
    path("projects/", projects.listed, name="projects"),
    path("projects/propose/", projects.propose, name="propose"),
    path("projects/brand/", projects.brand_new, name="brand"),
    path("projects/micro/", projects.micro_new, name="micro"),
    path("projects/<int:pk>/", projects.project, name="project"),
    path("projects/<int:pk>/<slug:verb>/", projects.project_do, name="project_do"),
    path("claims/<int:pk>/<slug:verb>/", projects.claim_do, name="claim"),
    path("posts/", posts.listed, name="posts"),
    path("posts/new/", posts.new, name="post_new"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/<slug:verb>/", posts.post_do, name="post_do"),
    path("assignments/<int:pk>/<slug:verb>/", posts.assignment_do, name="assignment"),
    path("honours/", honours.honours, name="honours"),
    path("honours/new/", honours.honour_new, name="honour_new"),
    path("honours/<int:pk>/", honours.honour, name="honour"),
    path("honours/<int:pk>/<slug:verb>/", honours.honour_do, name="honour_do"),
    path("objections/<int:pk>/", honours.objection, name="objection"),
    path("support/", posts.support, name="support"),
    path("support/new/", posts.support_new, name="support_new"),
]
