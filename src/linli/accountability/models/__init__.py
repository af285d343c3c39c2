"""What accountability keeps, a file for each thing that it does."""

from linli.accountability.models.frozen import FrozenFigure, FrozenRows
from linli.accountability.models.surveys import SatisfactionSurvey

__all__ = ["FrozenFigure", "FrozenRows", "SatisfactionSurvey"]
