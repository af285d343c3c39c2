"""Drafting an import map from a ledger's headers, for a clerk to confirm; saving it into the profile."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed
from linli.records.ledgers.tables import Table, normalise_label
from linli.records.models import ProfileVersion
from linli.records.operations.profiles import Applied, content_apply
from linli.records.profiles import parse
from linli.records.sections import ImportMap
from linli.records.types import RecordType, record_types


def map_draft(table: Table, record_type: str = "") -> dict[str, Any]:
    """A map for a table, drafted from the record types' header synonyms and titles. Nothing is saved."""
    kinds = [kind for kind in record_types() if kind.write and record_type in ("", kind.code)]
    best = max(kinds, key=lambda kind: _fit(kind, table))
    labels = {normalise_label(header.label): header.label for header in table.headers}
    columns = {
        column.code: labels[normalise_label(synonym)]
        for column in best.all_columns()
        for synonym in column.synonyms
        if normalise_label(synonym) in labels
    }
    return {
        "id": f"{best.code}_{len(table.headers)}",
        "label": " ".join(table.title),
        "signature": {"title": [table.title[0]] if table.title else [], "headers": list(labels.values())[:6]},
        "required": [],
        "records": [{"type": best.code, "columns": columns}],
    }


def _fit(kind: RecordType, table: Table) -> int:
    labels = {normalise_label(header.label) for header in table.headers}
    title = " ".join(table.title)
    hits = sum(1 for column in kind.all_columns() if any(normalise_label(s) in labels for s in column.synonyms))
    return hits + 4 * any(word in title for word in kind.titles.split("|") if word)


def map_save(*, actor: Actor, content: dict[str, Any]) -> Applied:
    """Keep a map in the place's profile; one of the same id is replaced.

    Raises: import_map.not_allowed, import_map.faulty.
    """
    if not (actor.key == "system" or actor.can("imports.run")):
        raise NotAllowed("import_map.not_allowed", _("Saving an import map needs a post that may run imports."))
    try:
        ImportMap.model_validate(content)
    except ValueError as error:
        raise InvalidInput("import_map.faulty", str(error)) from error
    latest = ProfileVersion.objects.order_by("-id").first()
    held: dict[str, Any] = dict(latest.content) if latest else {}
    maps = [item for item in held.get("imports", {}).get("maps", []) if item["id"] != content["id"]]
    held["imports"] = {**held.get("imports", {}), "maps": [*maps, content]}
    parse(held)
    return content_apply(actor=actor, content=held, note=f"import map {content['id']}")
