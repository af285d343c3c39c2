"""Addresses of the generic lists and of imports."""

from django.urls import path, re_path

from linli.records import views

app_name = "records"
urlpatterns = [
    path("records/<slug:code>/", views.record_list, name="list"),
    re_path(r"^records/(?P<code>[a-z_]+)\.(?P<form>csv|xlsx)$", views.record_export, name="export"),
    path("imports/", views.imports, name="imports"),
    path("imports/upload/", views.import_upload, name="import_upload"),
    path("imports/<int:pk>/", views.import_detail, name="import"),
    path("imports/<int:pk>/refused.xlsx", views.import_faulty, name="import_faulty"),
    path("imports/<int:pk>/take-back/", views.import_undo, name="import_undo"),
]
