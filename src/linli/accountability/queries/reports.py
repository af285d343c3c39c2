"""Reports as they are written today: a template filled with the figures of a day, as a Word file and as pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from docx.document import Document as Word

from linli.accountability.documents import layout, pages
from linli.accountability.documents.fields import Known, TemplateFault
from linli.accountability.documents.filling import annex, fill
from linli.accountability.documents.reading import faulty, opened, read, read_strictly, saved, spoken, text_of
from linli.accountability.models import ReportTemplate, TemplateVersion
from linli.accountability.queries.report_values import Answered, Asked, answered, place_of, scope_faults
from linli.accountability.report_section import ReportsSection, awaited
from linli.accounts.abilities import kinds_in_force
from linli.core import files, printing
from linli.core.errors import InvalidInput, NotFound
from linli.records import profiles
from linli.records.figures import compute
from linli.records.figures.definitions import Figure
from linli.records.models import FigureDefinition
from linli.records.profiles import Fault


@dataclass(frozen=True, slots=True)
class Written:
    """A report that was written from a template: the document, its title and what it is made of."""

    document: Word
    title: str
    answered: Answered
    figures: Mapping[str, Figure]

    @property
    def content(self) -> bytes:
        """The Word file."""
        return saved(self.document)

    @property
    def html(self) -> str:
        """The body as HTML."""
        return pages.html_of(self.document)

    def as_dict(self) -> dict[str, Any]:
        """What the report holds: every figure with its value and wording, and what was not collected."""
        used = [
            {
                **item.value.as_dict(),
                "printed": item.printed,
                "paragraph": item.paragraph,
                "scope": item.value.scope,
            }
            for item in self.answered.used
        ]
        return {
            "title": self.title,
            "figures": used,
            "not_collected": [item["id"] for item in used if item["value"] is None],
            "awaited": self.answered.awaited,
            "typed": [{"text": text, "reason": reason} for text, reason in self.answered.typed],
        }


def written(content: bytes, asked: Asked, figures: Mapping[str, Figure] | None = None) -> Written:
    """A report from a template's file. Raises: report.not_word, report.faulty, report.unknown_place"""
    book = figures or compute.book()
    with translation.override("zh-hans"):
        return _written(content, asked, book)


def _written(content: bytes, asked: Asked, book: Mapping[str, Figure]) -> Written:
    """A report in Chinese, as official documents are, in whatever language its writer works."""
    document = opened(content)
    layout.dress(document)
    found = read_strictly(document, Known(book, awaited()))
    worth = answered(found, asked, book)
    fill(document, found, worth.answers)
    title = _title(document) or place_of(asked.scope)
    annex(document, worth.entries(book), worth.typed, worth.awaited)
    return Written(document, title, worth, book)


def template_faults(content: bytes, figures: Mapping[str, Figure] | None = None) -> list[TemplateFault]:
    """Everything wrong with a template's file. Raises: report.not_word"""
    found, faults = read(opened(content), Known(figures or compute.book(), awaited()))
    return [*faults, *scope_faults(found)]


def folder_faults(folder: Path, data: dict[str, Any]) -> list[Fault]:
    """What is wrong with the Word files of a profile, checked as if it were in force; places may come later."""
    faults: list[Fault] = []
    with profiles.tried(data) as profile:
        known = Known(_book_to_be(), awaited())
        posts = kinds_in_force()
        for number, entry in enumerate(profile.section(ReportsSection).reports):
            strange = [code for code in entry.issuers if code not in posts]
            if strange:
                message = str(_("There is no kind of post “%(code)s”.") % {"code": strange[0]})
                faults.append(Fault("reports.yaml", 1, f"reports.{number}.issuers", message))
            path = folder / "reports" / Path(entry.file).name
            if not path.is_file() or path.name != entry.file:
                message = str(_("There is no file %(path)s.") % {"path": f"reports/{entry.file}"})
                faults.append(Fault("reports.yaml", 1, f"reports.{number}.file", message))
                continue
            try:
                found = read(opened(path.read_bytes()), known)[1]
            except InvalidInput as error:
                found = [TemplateFault(paragraph=1, field="", code=error.code, message=error.sentence)]
            faults += [Fault(f"reports/{entry.file}", item.paragraph, item.field, spoken(item)) for item in found]
    return faults


def _book_to_be() -> Mapping[str, Figure]:
    """The figures that there will be; a profile is checked before there are tables that may hold any of their own."""
    tables = connection.introspection.table_names()
    return compute.book() if FigureDefinition._meta.db_table in tables else compute.book_of_profile()


def folder_write(folder: Path) -> None:
    """Put the Word files of the profile's reports, as they are now, into a folder."""
    section = profiles.current().section(ReportsSection)
    for template in ReportTemplate.objects.filter(place=None, retired=False):
        entry = section.entry(template.code)
        if entry is not None:
            (folder / "reports").mkdir(exist_ok=True)
            (folder / "reports" / Path(entry.file).name).write_bytes(content_of(version_of(template)))


def require_sound(content: bytes) -> None:
    """Refuse a template with faults. Raises: report.not_word, report.faulty"""
    faults = template_faults(content)
    if faults:
        raise faulty(faults)


def printed(report: Written) -> bytes:
    """A report as PDF. Raises: print.no_pango"""
    return printing.pdf(
        render_to_string(
            "accountability/report_print.html",
            {"title": report.title, "body": pages.html_of(report.document, sized=True)},
        )
    )


def template_named(name: str) -> ReportTemplate:
    """The template with this code or name. Raises: report.unknown"""
    found = ReportTemplate.objects.filter(Q(code=name) | Q(label=name), retired=False).order_by("id").first()
    if found is None:
        known = ", ".join(ReportTemplate.objects.filter(retired=False).order_by("id").values_list("code", flat=True))
        raise NotFound(
            "report.unknown", _("There is no report “%(name)s”. Known are: %(known)s."), name=name, known=known
        )
    return found


def version_of(template: ReportTemplate, number: int | None = None) -> TemplateVersion:
    """A version of a template, the newest where none is asked for. Raises: not_found"""
    versions = template.versions.select_related("file")
    found = versions.filter(number=number or template.version).first()
    if found is None:
        raise NotFound
    return found


def content_of(version: TemplateVersion) -> bytes:
    """The Word file of a version."""
    return files.path_of(version.file.sha256).read_bytes()


def _title(document: Word) -> str:
    titles: Sequence[str] = [
        text_of(item).strip()
        for item in document.paragraphs
        if item.style is not None and item.style.name == layout.TITLE
    ]
    return "".join(titles)[:200]
