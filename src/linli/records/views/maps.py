"""Drawing up an import map in the browser: point at the columns of a ledger, see its rows as they would be read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from linli.core.actors import Actor
from linli.core.errors import DomainError, NotFound
from linli.records import writing
from linli.records.importing import drafting, engine
from linli.records.importing.previews import MOST, preview_map
from linli.records.ledgers.tables import Table
from linli.records.models import Upload
from linli.records.operations.drafts import map_checked, map_ids, map_save
from linli.records.operations.uploads import path_of
from linli.records.policies import imports_visible_to
from linli.records.types import record_type, record_types
from linli.records.views.asking import actor_of


@require_http_methods(["GET", "POST"])
def map_draw(request: HttpRequest, pk: int, file: int, table: int) -> HttpResponse:
    """The form of a map for one table of a file; every change shows what would be read, `save` keeps it."""
    actor = actor_of(request, "imports.run")
    upload = get_object_or_404(Upload, imports_visible_to(actor), pk=pk)
    found, held = _table(actor, upload, file, table)
    content = _content(request, found, held)
    fault: DomainError | None = None
    shown = None
    try:
        checked = map_checked(content)
        if "save" in request.POST:
            map_save(actor=actor, content=content)
            return redirect("records:upload", pk=pk)
        shown = preview_map(actor, found, checked, upload.as_of)
    except DomainError as error:
        fault = error
    if request.POST.get("as") == "yaml":
        headers = {"Content-Disposition": f'attachment; filename="{content["id"] or "map"}.yaml"'}
        return HttpResponse(writing.yaml({"maps": [content]}), content_type="application/yaml", headers=headers)
    context = _context(found, content) | {
        "upload": upload,
        "file": file,
        "number": table,
        "preview": shown,
        "fault": fault,
    }
    template = "records/_map_form.html" if getattr(request, "htmx", False) else "records/map.html"
    return render(request, template, context)


def _table(actor: Actor, upload: Upload, file: int, number: int) -> tuple[Table, Any]:
    """The table that is pointed at, and the map that reads it now, if any. Raises: not_found, upload.gone."""
    run = engine.Run(actor, upload.as_of, dry=True)
    reading = engine.read(run, path_of(upload, file), upload.files[file], MOST)
    if not 0 <= number < len(reading.tables):
        raise NotFound
    return reading.tables[number]


def _content(request: HttpRequest, table: Table, held: Any) -> dict[str, Any]:
    """The posted map; at first the one that reads the table already, or a draft."""
    posted = request.POST.dict()
    kind = posted.get("type", "") or request.GET.get("type", "")
    if request.method == "POST" and kind == posted.get("drafted_for"):
        return drafting.content_of(table, posted)
    if held is not None and not kind:
        kept: dict[str, Any] = held.model_dump(by_alias=True, mode="json", exclude_defaults=True)
        if drafting.single(kept):
            return kept
    drafted = drafting.draft(table, kind)
    drafted["id"] = drafting.free_id(drafted["id"], map_ids())
    return drafted


def _context(table: Table, content: dict[str, Any]) -> dict[str, Any]:
    record = content["records"][0]
    kind = record_type(record["type"])
    constants = [(code, str(value)) for code, value in record.get("constants", {}).items()]
    title = content.get("signature", {}).get("title", [])
    return {
        "content": content,
        "title": title if isinstance(title, str) else " ".join(title),
        "table": table,
        "kind": kind,
        "kinds": [item for item in record_types() if item.write],
        "targets": drafting.targets(kind),
        "lines": drafting.lines(table, content),
        "constants": (constants + [("", "")] * drafting.CONSTANTS)[: drafting.CONSTANTS],
    }
