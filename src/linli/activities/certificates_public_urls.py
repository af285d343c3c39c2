"""The address at which anyone checks a certificate."""

from django.urls import path

from linli.activities.views import certificates

app_name = "public_certificates"
urlpatterns = [path("certificates/", certificates.check, name="check")]
