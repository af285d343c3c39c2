"""Saving an import map that was drawn up in the browser into the place's profile."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed
from linli.records import profiles
from linli.records.importing.plans import check_map
from linli.records.operations.profiles import Applied, content_apply
from linli.records.sections import ImportMap


def map_checked(content: dict[str, Any]) -> ImportMap:
    """The map as a typed thing that only names columns which exist.

    Raises: import_map.faulty, import_map.unknown_column, import_map.no_signature, import_map.no_columns.
    """
    try:
        found = ImportMap.model_validate(content)
    except ValueError as error:
        raise InvalidInput("import_map.faulty", str(error)) from error
    signature = found.signature
    if not (signature.headers or signature.title or signature.sheet or signature.file):
        raise InvalidInput("import_map.no_signature", _("Say by which headers or title the map knows its ledgers."))
    if not found.id:
        raise InvalidInput("import_map.no_id", _("The map needs a short name."))
    if not any(record.columns for record in found.records) and not found.later:
        raise InvalidInput("import_map.no_columns", _("Say of at least one column what it becomes."))
    check_map(found)
    return found


def map_save(*, actor: Actor, content: dict[str, Any]) -> Applied:
    """Keep a map in the place's profile; one of the same id is replaced.

    Raises: import_map.not_allowed and those of a faulty map.
    """
    if not (actor.key == "system" or actor.can("imports.run")):
        raise NotAllowed("import_map.not_allowed", _("Saving an import map needs a post that may run imports."))
    map_checked(content)

    def with_map(held: dict[str, Any]) -> dict[str, Any]:
        section = held.get("imports", {})
        maps = [item for item in section.get("maps", []) if item["id"] != content["id"]]
        return {**held, "imports": {**section, "maps": [*maps, content]}}

    return content_apply(actor=actor, content=with_map, note=f"import map {content['id']}")


def map_ids() -> list[str]:
    """The ids of the maps in force."""
    latest = profiles.content_in_force()
    return [item["id"] for item in latest.get("imports", {}).get("maps", [])]
