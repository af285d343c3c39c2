"""Administration of the profile: its sections in words, as a form and as text; tried, applied, and taken back."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import files
from linli.core.actors import actor_with
from linli.core.errors import DomainError
from linli.core.forms import number_of
from linli.core.models import Entry
from linli.records import forms, profiles, writing
from linli.records.models import ProfileVersion
from linli.records.operations import sections
from linli.records.views.asking import actor_of

ABILITY = sections.ABILITY
PAGE = 30


@require_GET
def settings_page(request: HttpRequest) -> HttpResponse:
    """Every section of the profile, with what it holds."""
    actor_of(request, ABILITY)
    held = profiles.content_in_force()
    lines = [(profiles.section_info(name), _sizes(name, held.get(name, {}))) for name in sorted(profiles.sections())]
    latest = ProfileVersion.objects.defer("content").order_by("-id").first()
    return render(request, "records/settings.html", {"lines": lines, "latest": latest})


def _sizes(name: str, data: dict[str, Any]) -> list[tuple[str, str]]:
    """What a section holds: its short values, and how many of what else."""
    info = profiles.section_info(name)
    return [
        (forms.word(info, key), str(len(value)) if isinstance(value, list | dict) else str(value)[:40])
        for key, value in data.items()
        if value not in ("", None, [], {})
    ]


@require_GET
def section(request: HttpRequest, name: str) -> HttpResponse:
    """A section in words, and as the text that it is."""
    actor_of(request, ABILITY)
    info = profiles.section_info(name)
    held = profiles.content_in_force().get(name, {})
    shown = forms.blocks(info, profiles.sections()[name], _effective(info.built_in(), held), spare=0)
    text = sections.text_in_force(name)
    return render(request, "records/section.html", {"info": info, "blocks": shown, "text": text, "own": bool(held)})


def _effective(built_in: dict[str, Any], held: dict[str, Any]) -> dict[str, Any]:
    """What holds: of a mapping, what is built in for each key that the place does not write."""
    both = {key: built_in[key] | held[key] for key in built_in if isinstance(held.get(key), dict)}
    return built_in | held | both


@require_http_methods(["GET", "POST"])
def section_form(request: HttpRequest, name: str) -> HttpResponse:
    """A section as a form; what it sends is shown as a change of the text first."""
    actor_of(request, ABILITY)
    info, schema = profiles.section_info(name), profiles.sections()[name]
    held = profiles.content_in_force().get(name, {})
    start = {**info.built_in(), **held}
    if request.method == "POST":
        sent = request.POST.dict() | {path: _picture(file) for path, file in request.FILES.items() if file}
        data = forms.posted(schema, start, sent)
        built_in = info.built_in()
        own = {key: value for key, value in data.items() if key in held or value != built_in.get(key)}
        return _proposed(request, name, writing.yaml(own) if own else "")
    context = {"info": info, "blocks": forms.blocks(info, schema, start)}
    return render(request, "records/section_form.html", context)


def _picture(file: Any) -> str:
    assert isinstance(file, UploadedFile)
    return files.store(file.file, allowed=files.PHOTOS).sha256  # type: ignore[arg-type]


@require_http_methods(["GET", "POST"])
def section_text(request: HttpRequest, name: str) -> HttpResponse:
    """A section as YAML text: written, then tried. Trying writes nothing."""
    actor_of(request, ABILITY)
    if request.method == "POST":
        return _proposed(request, name, request.POST.get("text", "").replace("\r\n", "\n"))
    info = profiles.section_info(name)
    text = sections.text_in_force(name) or (writing.yaml(info.built_in()) if info.built_in() else "")
    return render(request, "records/section_text.html", {"info": info, "text": text})


def _proposed(request: HttpRequest, name: str, text: str) -> HttpResponse:
    info = profiles.section_info(name)
    proposal = sections.section_try(name, text)
    return render(request, "records/section_text.html", {"info": info, "text": text, "proposal": proposal})


@require_POST
def section_apply(request: HttpRequest, name: str) -> HttpResponse:
    """Put the text in force."""
    actor = actor_of(request, ABILITY)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    written = request.POST.get("version", "")
    try:
        sections.section_apply(
            actor=actor,
            name=name,
            text=text,
            version=number_of(written, 9) or 0,
            note=request.POST.get("note", ""),
        )
    except DomainError as error:
        info = profiles.section_info(name)
        context = {"info": info, "text": text, "proposal": sections.section_try(name, text), "fault": error}
        return render(request, "records/section_text.html", context, status=error.status)
    return redirect("records:section", name=name)


@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Every version of the profile: when, by whom, and what changed."""
    actor_of(request, ABILITY)
    page = Paginator(ProfileVersion.objects.defer("content").order_by("-id"), PAGE).get_page(request.GET.get("page"))
    entries = Entry.objects.filter(subject_type="profile", subject_id__in=[row.pk for row in page])
    changed = {entry.subject_id: entry.facts.get("changed", []) for entry in entries}
    names = {key: actor_with(key).label for key in {row.actor for row in page}}
    lines = [(row, names[row.actor], [_label(name) for name in changed.get(row.pk, [])]) for row in page]
    return render(request, "records/versions.html", {"lines": lines, "page": page})


def _label(name: str) -> str:
    return str(profiles.section_info(name).label) if name in profiles.sections() else name


@require_GET
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version, section by section as text."""
    actor_of(request, ABILITY)
    row = get_object_or_404(ProfileVersion, pk=pk)
    texts = [(_label(name), writing.yaml(data)) for name, data in sorted(row.content.items()) if data]
    latest = profiles.current().version == row.pk
    context = {"row": row, "who": actor_with(row.actor).label, "texts": texts, "latest": latest}
    return render(request, "records/version.html", context)


@require_POST
def version_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back to an earlier version."""
    sections.version_restore(actor=actor_of(request, ABILITY), version=pk)
    return redirect("records:versions")
