"""Names in ledgers as organisations: with or without the county's name, by name or by code."""

from collections.abc import Mapping, Sequence

from linli.core.actors import SYSTEM
from linli.organizations.models import Organization
from linli.records.ledgers.names import nearest, organization_keys
from linli.records.resolving import Nearest, Unresolved, register_resolver
from linli.records.types import record_type
from linli.territory.models import Place

TYPES = frozenset(Organization.Type.values)


class OrganizationResolver:
    """An in-memory index of all organisations by name and code; `ref` narrows it to one record type."""

    types = TYPES

    def __init__(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Read all organisations anew."""
        divisions = Place.objects.filter(type=Place.Type.DIVISION, level__in=("county", "city", "province"))
        self.places = tuple(divisions.values_list("name", flat=True))
        self.by_key: dict[str, dict[int, tuple[str, bool]]] = {}
        self.names: list[tuple[str, str]] = []
        for pk, kind, name, code, until in Organization.objects.values_list("id", "type", "name", "code", "until"):
            self.names.append((kind, name))
            for key in (*organization_keys(name, self.places), *([code] if code else [])):
                self.by_key.setdefault(key, {})[pk] = (kind, until is None)

    def resolve(self, parts: Mapping[str, str], ref: str) -> int | Unresolved | None:
        """The organisation meant; see `records.resolving`."""
        name = next(iter(parts.values()), "")
        if not name:
            return None
        kinds = set(ref.split("|")) if ref else TYPES
        for key in (name, *organization_keys(name, self.places)):
            found = {pk: live for pk, (kind, live) in self.by_key.get(key, {}).items() if kind in kinds}
            chosen = [pk for pk, live in found.items() if live] or list(found)
            if chosen:
                return chosen[0]
        known = [text for kind, text in self.names if kind in kinds]
        return Unresolved("reference.unknown_organization", "", name, Nearest(lambda: nearest(name, known)))

    def create(self, names: Sequence[str], ref: str) -> None:
        """Register bodies that ledgers name and nobody listed; departments unless the column says otherwise.

        Names that mean the same body (with and without the county's name) become one, under the shorter name.
        """
        kind = record_type(ref.split("|")[0] if ref else "department")
        assert kind.write is not None
        taken: set[str] = set()
        wanted: list[str] = []
        for name in sorted(names, key=len):
            keys = set(organization_keys(name, self.places))
            if not keys & taken:
                wanted.append(name)
            taken |= keys
        kind.write(actor=SYSTEM, rows=[{"name": name} for name in wanted])
        self.refresh()

    def where(self, found: int | None) -> tuple[str, str] | None:
        """A body may be named from anywhere: the row's own place says where it lies."""
        return None


register_resolver("organization", OrganizationResolver)
