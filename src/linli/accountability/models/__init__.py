"""What accountability keeps, a file for each thing that it does."""

from linli.accountability.models.alerts import Alert
from linli.accountability.models.asks import Ask, AskAnswer
from linli.accountability.models.assessments import Assessed, Assessment, AssessmentPart, CriterionScore, Objection
from linli.accountability.models.frozen import FrozenFigure, FrozenRows
from linli.accountability.models.inspecting import Finding, Inspection, InspectionPlan
from linli.accountability.models.reports import IssuedFigure, IssuedReport, ReportTemplate, TemplateVersion
from linli.accountability.models.surveys import SatisfactionSurvey

__all__ = [
    "Alert",
    "Ask",
    "AskAnswer",
    "Assessed",
    "Assessment",
    "AssessmentPart",
    "CriterionScore",
    "Finding",
    "FrozenFigure",
    "FrozenRows",
    "Inspection",
    "InspectionPlan",
    "IssuedFigure",
    "IssuedReport",
    "Objection",
    "ReportTemplate",
    "SatisfactionSurvey",
    "TemplateVersion",
]
