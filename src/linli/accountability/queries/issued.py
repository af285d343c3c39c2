"""Reports that were issued: each as it left, beside what its figures are today and what the one before said."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from linli.accountability.models import FrozenFigure, IssuedFigure, IssuedReport, ReportTemplate
from linli.accountability.queries.frozen import Compared, compared
from linli.core.errors import NotFound
from linli.records.figures.words import wording

SIZE = 50
EVERY = Q()


@dataclass(frozen=True, slots=True)
class Change:
    """A figure against the same one of the last report: as an amount, in percent, and of percentages in points."""

    before: Decimal
    amount: Decimal
    percent: Decimal | None
    points: bool


@dataclass(frozen=True, slots=True)
class IssuedLine:
    """A figure of an issued report: as it was printed, what it would be today, and how it changed since the last."""

    figure: IssuedFigure
    compared: Compared
    change: Change | None

    @property
    def today(self) -> str:
        """Today's value for the same day, in words."""
        return wording(self.compared.now.figure, self.compared.now.value)

    @property
    def came(self) -> int:
        """How many rows came since."""
        return len({(move.of, row) for move in self.compared.moved for row in move.came})

    @property
    def went(self) -> int:
        """How many rows went since."""
        return len({(move.of, row) for move in self.compared.moved for row in move.went})


@dataclass(frozen=True, slots=True)
class IssuedPage:
    """An issued report with its figures, and the report of the same kind and place before it."""

    report: IssuedReport
    lines: list[IssuedLine]
    last: IssuedReport | None

    @property
    def changed(self) -> int:
        """Of how many figures later corrections changed the value."""
        return sum(line.compared.changed for line in self.lines)


def templates() -> QuerySet[ReportTemplate]:
    """The reports that are written here, each with the day on which it was issued last."""
    last = IssuedReport.objects.filter(template=OuterRef("pk")).order_by("-id")
    rows = ReportTemplate.objects.filter(retired=False).select_related("place")
    return rows.annotate(last=Subquery(last.values("issued")[:1])).order_by("label", "id")


def issued_reports(code: str = "", before: int | None = None, among: Q = EVERY) -> tuple[list[IssuedReport], str]:
    """Issued reports, the newest first, with the key of the next page."""
    rows = IssuedReport.objects.filter(among).select_related("template", "place", "version").order_by("-pk")
    if code:
        rows = rows.filter(template__code=code)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: SIZE + 1])
    return found[:SIZE], str(found[SIZE - 1].pk) if len(found) > SIZE else ""


def issued_report(pk: int, among: Q = EVERY) -> IssuedReport:
    """An issued report with its files. Raises: not_found"""
    related = ("template", "version", "place", "document", "printed")
    found = IssuedReport.objects.select_related(*related).filter(among, pk=pk).first()
    if found is None:
        raise NotFound
    return found


def issued_page(pk: int) -> IssuedPage:
    """An issued report beside today and beside the last one. Raises: not_found"""
    report = issued_report(pk)
    figures = _figures(report)
    told = compared([item.figure for item in figures])
    last = (
        IssuedReport.objects.filter(template=report.template_id, scope=report.scope, pk__lt=report.pk)
        .order_by("-pk")
        .first()
    )
    before = _values(last) if last else {}
    lines = [IssuedLine(item, then, _change(item, before)) for item, then in zip(figures, told, strict=True)]
    return IssuedPage(report, lines, last)


def _figures(report: IssuedReport) -> list[IssuedFigure]:
    frozen = Prefetch("figure", FrozenFigure.objects.prefetch_related("rows"))
    return list(report.figures.prefetch_related(frozen).order_by("position"))


def _values(report: IssuedReport) -> dict[tuple[str, str], Decimal | None]:
    """The values of a report by figure and name, under which a figure of a place differs from that of the whole."""
    rows = report.figures.select_related("figure")
    return {(item.figure.figure, item.label): item.figure.printed.value for item in rows}


def _change(item: IssuedFigure, before: Mapping[tuple[str, str], Decimal | None]) -> Change | None:
    then, now = before.get((item.figure.figure, item.label)), item.figure.printed.value
    if then is None or now is None:
        return None
    percent = ((now - then) * 100 / then).quantize(Decimal("0.1")) if then else None
    return Change(then, now - then, percent, item.figure.defined.unit == "%")
