"""Addresses of certificates, statements and stars."""

from django.urls import path

from linli.activities.views import certificates, standard_export

app_name = "certificates"

urlpatterns = [
    path("", certificates.desk, name="list"),
    path("mine/", certificates.mine, name="mine"),
    path("statement/", standard_export.statement, name="statement"),
    path("statement/<int:year>/", standard_export.statement_print, name="statement_print"),
    path("export/", standard_export.own_export, name="export"),
    path("stars/", standard_export.stars, name="stars"),
    path("bodies/", standard_export.bodies, name="bodies"),
    path("people/<int:pk>/", certificates.person, name="person"),
    path("<int:pk>/", certificates.certificate, name="certificate"),
    path("<int:pk>/print/", certificates.paper, name="print"),
    path("<int:pk>/<slug:verb>/", certificates.certificate_do, name="do"),
]
