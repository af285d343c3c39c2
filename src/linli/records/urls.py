"""Addresses of the generic lists, of imports and of the profile's administration."""

from django.urls import path, re_path

from linli.records.views import imports, lists, maps

app_name = "records"
urlpatterns = [
    path("records/<slug:code>/", lists.record_list, name="list"),
    re_path(r"^records/(?P<code>[a-z_]+)\.(?P<form>csv|xlsx)$", lists.record_export, name="export"),
    path("imports/", imports.imports, name="imports"),
    path("imports/upload/", imports.upload, name="import_upload"),
    path("imports/uploads/<int:pk>/", imports.upload_page, name="upload"),
    path("imports/uploads/<int:pk>/start/", imports.upload_start, name="upload_start"),
    path("imports/uploads/<int:pk>/discard/", imports.upload_discard, name="upload_discard"),
    path("imports/uploads/<int:pk>/map/<int:file>/<int:table>/", maps.map_draw, name="map"),
    path("imports/<int:pk>/", imports.import_detail, name="import"),
    path("imports/<int:pk>/refused.xlsx", imports.import_faulty, name="import_faulty"),
    path("imports/<int:pk>/take-back/", imports.import_undo, name="import_undo"),
]
