"""Addresses below /activities/."""

from django.urls import path

from linli.activities.views import activities, joining, photos, programmes, service

app_name = "activities"
urlpatterns = [
    path("", activities.listing, name="list"),
    path("new/", activities.plan, name="new"),
    path("mine/", service.mine, name="mine"),
    path("programmes/", programmes.listing, name="programmes"),
    path("programmes/new/", programmes.new, name="programme_new"),
    path("programmes/<int:pk>/", programmes.programme, name="programme"),
    path("programmes/<int:pk>/change/", programmes.change, name="programme_change"),
    path("programmes/<int:pk>/end/", programmes.end, name="programme_end"),
    path("service/<int:pk>/", service.record, name="record"),
    path("service/<int:pk>/<slug:verb>/", service.do, name="record_do"),
    path("shifts/<int:pk>/sign-up/", joining.sign_up, name="sign_up"),
    path("shifts/<int:pk>/for/", joining.sign_up_for, name="sign_up_for"),
    path("shifts/<int:pk>/by-hand/", joining.by_hand, name="by_hand"),
    path("shifts/<int:pk>/places/", joining.resize, name="resize"),
    path("sign-ups/<int:pk>/withdraw/", joining.withdraw, name="withdraw"),
    path("photos/<int:pk>/", photos.photo, name="photo"),
    path("photos/<int:pk>/remove/", photos.remove, name="photo_remove"),
    path("<int:pk>/photos/", photos.add, name="photo_add"),
    path("<int:pk>/", activities.activity, name="activity"),
    path("<int:pk>/change/", activities.change, name="change"),
    path("<int:pk>/day/", joining.day, name="day"),
    path("<int:pk>/code/", joining.code, name="code"),
    path("<int:pk>/in/", joining.sign_in, name="sign_in"),
    path("<int:pk>/attendance/", joining.attendance, name="attendance"),
    path("<int:pk>/<slug:verb>/", activities.do, name="do"),
]
