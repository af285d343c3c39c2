"""Addresses of votes for those who run them."""

from django.urls import path, re_path

from linli.deliberation.views import polls as views

app_name = "polls"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.poll, name="poll"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/electorate/", views.electorate, name="electorate"),
    path("<int:pk>/step/", views.step, name="step"),
    path("<int:pk>/key/", views.key, name="key"),
    path("<int:pk>/codes/", views.codes, name="codes"),
    path("<int:pk>/proxies/", views.proxy, name="proxy"),
    path("<int:pk>/papers/", views.papers, name="papers"),
    path("<int:pk>/count.json", views.tally, name="tally"),
    re_path(r"^(?P<pk>[0-9]{1,18})/(?P<verb>announce|open|close|publish|cancel|void)/$", views.do, name="do"),
]
