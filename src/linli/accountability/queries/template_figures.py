"""Which figures the Word files of report templates name as they are now; a file never changes and is read once."""

from contextlib import suppress
from functools import lru_cache

from django.db.models import F, Q

from linli.accountability.documents.fields import FIELD, Known, parse
from linli.accountability.documents.reading import opened, paragraphs, text_of
from linli.accountability.models import IssuedFigure, ReportTemplate, TemplateVersion
from linli.accountability.report_section import awaited
from linli.core import files
from linli.core.errors import InvalidInput
from linli.records.figures import compute


def templates_using(figure_id: str) -> list[ReportTemplate]:
    """The templates that name a figure in their newest version, and those from which it was ever issued."""
    known = Known(compute.book(), awaited())
    newest = TemplateVersion.objects.filter(template__retired=False, number=F("template__version"))
    naming = [
        template
        for template, sha256 in newest.values_list("template_id", "file__sha256")
        if figure_id in _named(sha256, known)
    ]
    issued = IssuedFigure.objects.filter(figure__figure=figure_id).values("report__template_id")
    return list(ReportTemplate.objects.filter(Q(pk__in=naming) | Q(pk__in=issued)).order_by("label", "pk"))


def _named(sha256: str, known: Known) -> set[str]:
    """The figures that a file names; none of a file that is not there or no Word file, or of a faulty field."""
    named: set[str] = set()
    with suppress(InvalidInput, OSError):
        for written in _fields(sha256):
            with suppress(InvalidInput):
                named.update(parse(written, known).figures)
    return named


@lru_cache(maxsize=500)
def _fields(sha256: str) -> tuple[str, ...]:
    """What stands between the braces of a file. Raises: report.not_word"""
    document = opened(files.path_of(sha256).read_bytes())
    return tuple(match[1] for part in paragraphs(document) for match in FIELD.finditer(text_of(part)))
