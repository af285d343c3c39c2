"""Addresses of the territory."""

from django.urls import path

from linli.territory import views

app_name = "territory"
urlpatterns = [
    path("", views.place_index, name="list"),
    path("map/", views.place_map, name="map"),
    path("coverage/", views.coverage_page, name="coverage"),
    path("coverage.json", views.coverage_map, name="coverage_map"),
    path("boundaries/", views.boundary_upload, name="boundaries"),
    path("boundaries/<str:key>/preview.json", views.boundary_preview_map, name="boundary_preview_map"),
    path("boundaries/<str:key>/import/", views.boundary_keep, name="boundary_keep"),
    path("boundaries.json", views.outlines, name="outlines"),
    path("locate.json", views.locate_point, name="locate"),
    path("<int:pk>/", views.place_detail, name="place"),
    path("<int:pk>/new/", views.place_new, name="new"),
    path("<int:pk>/change/", views.place_edit, name="change"),
    path("<int:pk>/end/", views.place_close, name="end"),
]
