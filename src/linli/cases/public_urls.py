"""Addresses of matters that need no login."""

from django.urls import path

from linli.cases.views import following, public

app_name = "public"
urlpatterns = [
    path("r/<slug:code>/", public.report, name="poster"),
    path("report/", public.report, name="report"),
    path("report/places/", public.places, name="places"),
    path("report/similar/", public.near, name="near"),
    path("report/received/<slug:number>/", public.receipt, name="receipt"),
    path("tasks/", public.tasks, name="tasks"),
    path("about-linli/", public.about, name="about"),
    path("complaint/", public.complain, name="complain"),
    path("mine/", following.mine, name="mine"),
    path("cases/", following.follow, name="follow"),
    path("cases/<slug:number>/", following.case, name="case"),
    path("cases/<slug:number>/photos/<int:pk>/", following.photo, name="photo"),
    path("cases/<slug:number>/word/", following.word, name="word"),
    path("cases/<slug:number>/rate/", following.rate, name="rate"),
    path("cases/<slug:number>/<slug:verb>/", following.answer, name="answer"),
    path("rate/<slug:token>/", following.rate_by_link, name="rate_link"),
]
