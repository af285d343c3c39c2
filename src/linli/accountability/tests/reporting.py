"""What the tests of reports share: Word files made for them, and finished ones read back."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx import Document

from linli.accountability.documents.drafting import drafted
from linli.accountability.documents.reading import paragraphs, text_of
from linli.accountability.models import SatisfactionSurvey
from linli.accountability.operations.surveys import Counted, survey_record
from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.records.tests.sampling import AS_OF

KIND = "satisfaction_survey"
FIGURES: list[dict[str, Any]] = [
    {"id": "surveys", "label": "测评次数", "of": KIND, "period": "year_to_date", "unit": "次"},
    {
        "id": "answered",
        "label": "收回",
        "of": KIND,
        "measure": {"sum": "answered"},
        "period": "year_to_date",
        "unit": "份",
    },
    {"id": "satisfied", "label": "满意", "of": KIND, "measure": {"sum": "satisfied"}, "period": "year_to_date"},
    {
        "id": "rate",
        "label": "满意率",
        "ratio": {"of": "satisfied", "over": "answered", "times": 100},
        "decimals": 1,
        "unit": "%",
    },
    {"id": "halls", "label": "阵地", "of": "facility", "unit": "处"},
    {"id": "twin.one", "label": "同名", "of": "facility"},
    {"id": "twin.two", "label": "同名", "of": "facility"},
]


def word(*lines: str) -> bytes:
    """A template of these lines."""
    return drafted("\n".join(lines))


def split(*pieces: str) -> bytes:
    """A Word file whose one paragraph Word has split into runs."""
    document = Document()
    paragraph = document.add_paragraph()
    for number, piece in enumerate(pieces):
        paragraph.add_run(piece).bold = bool(number % 2)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def lines_of(content: bytes) -> list[str]:
    """The paragraphs of a Word file, those of its tables too."""
    return [text_of(item) for item in paragraphs(Document(io.BytesIO(content)))]


def parts_of(content: bytes) -> Sequence[str]:
    """The names of the parts of a Word file."""
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def survey(cast: Cast, title: str = "甲", place: str = "community", **counts: Any) -> SatisfactionSurvey:
    """A survey of this year."""
    counted = {"on": AS_OF.replace(day=1), "asked": 2000, "answered": 1236, "satisfied": 927, **counts}
    return survey_record(actor=SYSTEM, counted=Counted(title, cast.places[place].pk, **counted))
