"""Writing templates and issuing reports: a template gets another version, a report is frozen with its figures."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from linli.accountability.documents.reading import rewritten
from linli.accountability.models import IssuedFigure, IssuedReport, ReportTemplate, TemplateVersion
from linli.accountability.operations.freezing import figures_freeze
from linli.accountability.policies import reports as policies
from linli.accountability.queries import reports as queries
from linli.accountability.queries.report_values import Asked
from linli.core import clock, files, journal, printing
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.models import FileRow
from linli.territory.models import Place
from linli.territory.operations.recording import root_place

LONGEST: Final = 120
LIMIT: Final = 10 * 1024 * 1024


@transaction.atomic
def template_make(*, actor: Actor, label: str, content: bytes, place_id: int | None = None) -> ReportTemplate:
    """Begin a report of a place from a Word file; of the whole territory where no place is named.

    Raises: not_found, report.not_yours, report.label, report.not_word, report.faulty, file.too_large
    """
    place = Place.objects.filter(pk=place_id, placeholder=False).first() if place_id else root_place()
    if place is None:
        raise NotFound
    policies.require_write(actor, place)
    named = label.strip()
    if not 0 < len(named) <= LONGEST:
        raise InvalidInput("report.label", _("A report has a name of at most %(most)s characters."), most=LONGEST)
    template = ReportTemplate.objects.create(code=_code(named), label=named, place=place)
    _add_version(actor, template, content, "")
    return template


@transaction.atomic
def template_save(*, actor: Actor, code: str, version: int, content: bytes, note: str = "") -> TemplateVersion:
    """Put another Word file in the place of a template; its earlier versions stay.

    Raises: not_found, report.not_yours, report.stale, report.not_word, report.faulty, file.too_large
    """
    template = _locked(actor, code)
    if template.version != version:
        raise Stale("report.stale", _("Somebody changed this template meanwhile."), version=template.version)
    return _add_version(actor, template, content, note)


@transaction.atomic
def template_rewrite(*, actor: Actor, code: str, version: int, texts: Mapping[int, str]) -> TemplateVersion:
    """Give paragraphs of a template other words, by their numbers; an empty text removes one, a new line adds one.

    Raises: as `template_save`
    """
    held = _locked(actor, code)
    content = rewritten(queries.content_of(queries.version_of(held, version)), texts)
    return template_save(actor=actor, code=code, version=version, content=content)


@transaction.atomic
def templates_take_in(*, actor: Actor, folder: Path, data: Mapping[str, Any]) -> None:
    """Take in the Word files of a profile; one that was changed in the browser since is kept until its file changes."""
    entries = (data.get("reports") or {}).get("reports") or ()
    for entry in entries:
        content = (folder / "reports" / entry["file"]).read_bytes()
        template, made = ReportTemplate.objects.select_for_update().get_or_create(
            code=entry["code"], defaults={"label": entry["label"]}
        )
        template.label, template.retired = entry["label"], bool(entry.get("retired"))
        template.save(update_fields=["label", "retired"])
        row = _stored(content, f"{template.label}.docx")
        if made or not template.versions.filter(file=row).exists():
            # Places may come later than the profile that names them; everything else was checked with it.
            _add_version(actor, template, content, "", checked=True)
    given = [entry["code"] for entry in entries]
    ReportTemplate.objects.filter(place=None).exclude(code__in=given).update(retired=True)


@transaction.atomic
def report_issue(*, actor: Actor, code: str, asked: Asked, version: int | None = None) -> IssuedReport:
    """Issue a report: the files as they are, values, definitions and rows as they stand; none of it changes again.

    A version that was looked at may be named, so that nobody issues what somebody else has changed meanwhile.
    Raises: not_found, report.not_issuer, report.stale, report.future, report.no_place, report.faulty
    """
    policies.require_view(actor)
    template = ReportTemplate.objects.select_for_update(of=("self",)).filter(code=code).first()
    if template is None:
        raise NotFound
    place = Place.objects.filter(path=asked.scope.path).first() if asked.scope.path else root_place()
    policies.require_issue(actor, template, place)
    if place is None:
        raise RuleBroken("report.no_place", _("There is no territory yet of which a report could speak."))
    if asked.at > clock.today():
        raise InvalidInput("report.future", _("This day lies ahead."))
    if version is not None and version != template.version:
        raise Stale("report.stale", _("Somebody changed this template meanwhile."), version=template.version)
    used_version = queries.version_of(template)
    written = queries.written(queries.content_of(used_version), asked)
    report = IssuedReport.objects.create(
        template=template,
        version=used_version,
        title=written.title or template.label,
        place=place,
        scope=asked.scope.code,
        as_of=asked.at,
        issued=clock.now(),
        actor=actor.key,
        issuer=actor.label[:120],
        document=_stored(written.content, f"{written.title}.docx"),
        printed=_stored(queries.printed(written), f"{written.title}.pdf") if printing.available() else None,
        typed=[list(item) for item in written.answered.typed],
    )
    used = written.answered.used
    frozen = figures_freeze(actor=actor, values=[item.value for item in used], figures=written.figures)
    IssuedFigure.objects.bulk_create(
        IssuedFigure(
            report=report,
            position=item.number,
            figure=held,
            label=f"{item.value.label}({item.where})" if item.where else item.value.label,
            printed=item.printed[:200],
        )
        for item, held in zip(used, frozen, strict=True)
    )
    facts = {"template": code, "version": used_version.number, "as_of": asked.at.isoformat(), "figures": len(used)}
    journal.write(actor, "report.issue", ("issued_report", report.pk), place_id=place.pk, facts=facts)
    return report


def _locked(actor: Actor, code: str) -> ReportTemplate:
    policies.require_view(actor)
    template = ReportTemplate.objects.select_for_update(of=("self",)).select_related("place").filter(code=code).first()
    if template is None or template.retired:
        raise NotFound
    policies.require_write(actor, template.place or root_place())
    return template


def _add_version(
    actor: Actor, template: ReportTemplate, content: bytes, note: str, *, checked: bool = False
) -> TemplateVersion:
    if not checked:
        queries.require_sound(content)
    row = _stored(content, f"{template.label}.docx")
    held = template.versions.filter(number=template.version, file=row).first()
    if held is not None:
        return held
    template.version += 1
    template.save(update_fields=["version"])
    version = TemplateVersion.objects.create(
        template=template,
        number=template.version,
        file=row,
        at=clock.now(),
        actor=actor.key,
        note=note.strip()[:200],
    )
    facts = {"code": template.code, "version": version.number}
    place_id = template.place_id
    journal.write(actor, "report_template.save", ("report_template", template.pk), place_id=place_id, facts=facts)
    return version


def _code(label: str) -> str:
    """A code for addresses, which no other template has."""
    begin = slugify(label)[:50] or "report"
    taken = {"new", "issued"} | set(
        ReportTemplate.objects.filter(code__startswith=begin).values_list("code", flat=True)
    )
    return next(code for code in (begin, *(f"{begin}-{n}" for n in range(2, 100_000))) if code not in taken)


def _stored(content: bytes, name: str) -> FileRow:
    item = files.store(io.BytesIO(content), LIMIT, allowed={files.DOCX, files.PDF})
    row, _made = FileRow.objects.get_or_create(
        sha256=item.sha256,
        defaults={"name": name[:200], "media_type": item.media_type, "size": item.size, "stored": clock.now()},
    )
    return row
