"""Addresses of reports."""

from django.urls import path, re_path

from linli.accountability.views import reports

app_name = "reports"
urlpatterns = [
    path("", reports.reports, name="reports"),
    path("new/", reports.report_new, name="new"),
    path("issued/<int:pk>/", reports.issued, name="issued"),
    re_path(r"^issued/(?P<pk>[0-9]{1,18})/report\.(?P<form>docx|pdf)$", reports.issued_file, name="issued_file"),
    path("<slug:code>/", reports.report, name="report"),
    path("<slug:code>/upload/", reports.report_upload, name="upload"),
    path("<slug:code>/issue/", reports.report_issue, name="issue"),
    path("<slug:code>/figures/", reports.report_figures, name="figures"),
    path("<slug:code>/template/<int:version>/", reports.report_file, name="file"),
    re_path(r"^(?P<code>[-a-zA-Z0-9_]+)/draft\.(?P<form>docx|pdf|html)$", reports.report_draft, name="draft"),
]
