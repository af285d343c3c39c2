"""Addresses of inspections of work and of what they found."""

from django.urls import path

from linli.accountability.views import inspecting

app_name = "inspections"
urlpatterns = [
    path("", inspecting.inspections, name="list"),
    path("plan/<int:pk>/", inspecting.plan_new, name="plan"),
    path("<int:pk>/", inspecting.inspection, name="inspection"),
    path("<int:pk>/cancel/", inspecting.inspection_cancel, name="cancel"),
    path("findings/<int:pk>/<slug:verb>/", inspecting.finding_do, name="finding_do"),
]
