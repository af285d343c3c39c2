"""Addresses of the generic lists, of imports and of the profile's administration."""

from django.urls import path, re_path

from linli.records.views import amending, calendar, imports, lists, maps, profile

app_name = "records"
urlpatterns = [
    path("records/<slug:code>/", lists.record_list, name="list"),
    path("properties/<slug:code>/<int:pk>/", amending.amend, name="amend"),
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
    path("settings/", profile.settings_page, name="settings"),
    path("settings/calendar/", calendar.calendar, name="calendar"),
    path("settings/versions/", profile.versions, name="versions"),
    path("settings/versions/<int:pk>/", profile.version, name="version"),
    path("settings/versions/<int:pk>/restore/", profile.version_restore, name="version_restore"),
    path("settings/profile/<slug:name>/", profile.section, name="section"),
    path("settings/profile/<slug:name>/form/", profile.section_form, name="section_form"),
    path("settings/profile/<slug:name>/text/", profile.section_text, name="section_text"),
    path("settings/profile/<slug:name>/apply/", profile.section_apply, name="section_apply"),
]
