"""How the definition of a figure changed: by versions of the profile, and by those who defined it in the browser."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from linli.accounts.auditing import names_of
from linli.core.models import Entry
from linli.records.models import FigureDefinition, ProfileVersion


@dataclass(frozen=True, slots=True)
class Changed:
    """One change: when, by whom, in which version, and what became of which keys."""

    at: datetime
    actor: str
    version: int
    in_profile: bool
    keys: tuple[tuple[str, Any, Any], ...]
    begun: bool
    ended: bool


def changes(figure_id: str) -> list[Changed]:
    """Every change of a definition, the newest first."""
    found = [*_in_profile(figure_id), *_in_browser(figure_id)]
    names = names_of(item.actor for item in found)
    told = [replace(item, actor=names[item.actor]) for item in found]
    return sorted(told, key=lambda item: item.at, reverse=True)


def _in_profile(figure_id: str) -> Iterator[Changed]:
    rows = ProfileVersion.objects.order_by("pk").values_list("pk", "applied", "actor", "content__figures__figures")
    held: Mapping[str, Any] | None = None
    for pk, applied, actor, figures in rows:
        now = next((item for item in figures or () if item.get("id") == figure_id), None)
        if now != held:
            yield _changed(applied, actor, pk, True, held, now)
        held = now


def _in_browser(figure_id: str) -> Iterator[Changed]:
    row = FigureDefinition.objects.filter(code=figure_id).first()
    if row is None:
        return
    entries = Entry.objects.filter(operation="figure.define", subject_type="figure", subject_id=row.pk).order_by("pk")
    held: Mapping[str, Any] | None = None
    for at, actor, facts in entries.values_list("at", "actor", "facts"):
        now = facts.get("definition", {})
        yield _changed(at, actor, facts["version"], False, held, now)
        held = now


def _changed(
    at: datetime,
    actor: str,
    version: int,
    in_profile: bool,
    held: Mapping[str, Any] | None,
    now: Mapping[str, Any] | None,
) -> Changed:
    before, after = held or {}, now or {}
    keys = tuple(
        (key, before.get(key), after.get(key)) for key in {**before, **after} if before.get(key) != after.get(key)
    )
    return Changed(at, actor, version, in_profile, keys, held is None, now is None)
