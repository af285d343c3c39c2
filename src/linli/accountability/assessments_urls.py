"""Addresses of assessments."""

from django.urls import path

from linli.accountability.views import assessments

app_name = "assessments"
urlpatterns = [
    path("", assessments.assessments, name="list"),
    path("new/", assessments.assessment_new, name="new"),
    path("<int:pk>/", assessments.assessment, name="assessment"),
    path("<int:pk>/do/<slug:verb>/", assessments.assessment_do, name="do"),
    path("assessed/<int:pk>/", assessments.sheet, name="sheet"),
    path("assessed/<int:pk>/reference/", assessments.reference, name="reference"),
    path("assessed/<int:pk>/say/<slug:verb>/", assessments.say, name="say"),
    path("parts/<int:pk>/", assessments.part_give, name="give"),
    path("parts/<int:pk>/body/", assessments.part_assign, name="assign"),
    path("objections/<int:pk>/", assessments.objection_answer, name="answer"),
    path("scores/<int:pk>/rows/", assessments.rows, name="rows"),
]
