"""Addresses of the territory."""

from django.urls import path

from linli.territory.views import boundaries, hubs, maps, merging, places

app_name = "territory"
urlpatterns = [
    path("", places.place_index, name="list"),
    path("map/", maps.place_map, name="map"),
    path("coverage/", boundaries.coverage_page, name="coverage"),
    path("coverage.json", boundaries.coverage_map, name="coverage_map"),
    path("boundaries/", boundaries.boundary_upload, name="boundaries"),
    path("boundaries/<str:key>/preview.json", boundaries.boundary_preview_map, name="boundary_preview_map"),
    path("boundaries/<str:key>/import/", boundaries.boundary_keep, name="boundary_keep"),
    path("boundaries/waiting/<int:pk>/", boundaries.redrawing, name="redrawing"),
    path("boundaries/waiting/<int:pk>/cancel/", boundaries.redrawing_drop, name="redrawing_cancel"),
    path("boundaries.json", maps.outlines, name="outlines"),
    path("locate.json", maps.locate_point, name="locate"),
    path("<int:pk>/", places.place_detail, name="place"),
    path("<int:pk>/new/", places.place_new, name="new"),
    path("<int:pk>/change/", places.place_edit, name="change"),
    path("<int:pk>/end/", places.place_close, name="end"),
    path("<int:pk>/checklist/", places.checklist_save, name="checklist"),
    path("<int:pk>/hub/", hubs.hub_new, name="hub"),
    path("hubs/<int:pk>/end/", hubs.hub_stop, name="hub_end"),
    path("<int:pk>/merge/", merging.place_merge, name="merge"),
    path("<int:pk>/split/", merging.place_split, name="split"),
]
