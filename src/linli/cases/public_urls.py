"""Addresses of matters that need no login."""

from django.urls import path

from linli.cases.views import public

app_name = "public"
urlpatterns = [
    path("report/", public.report, name="report"),
    path("report/places/", public.places, name="places"),
    path("report/similar/", public.near, name="near"),
    path("report/received/<slug:number>/", public.receipt, name="receipt"),
    path("cases/", public.follow, name="follow"),
    path("cases/<slug:number>/", public.case, name="case"),
    path("cases/<slug:number>/rate/", public.rate, name="rate"),
    path("cases/<slug:number>/<slug:verb>/", public.answer, name="answer"),
    path("rate/<slug:token>/", public.rate_by_link, name="rate_link"),
]
