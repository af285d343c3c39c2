"""Recording places, facilities and statistics in set form, as imports do: silent, one journal entry per call."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.records import profiles
from linli.records.sections import PlaceSection
from linli.territory.models import Facility, Place, Statistic
from linli.territory.operations.revisions import revision_mark
from linli.territory.operations.tree import regrid, rehang, settle

Rows = Sequence[Mapping[str, Any]]
FIELDS = (
    "level",
    "kind",
    "code",
    "name",
    "households",
    "residents",
    "buildings",
    "area_m2",
    "address",
    "since",
    "until",
)


def root_place() -> Place | None:
    """The root division of this installation, from the profile."""
    code = profiles.current().section(PlaceSection).root
    found = Place.objects.filter(type=Place.Type.DIVISION, code=code).first() if code else None
    return found or Place.objects.filter(type=Place.Type.DIVISION).order_by("path").first()


def extra_of(row: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    """The values of a row that are neither columns of the table nor references: added dimensions."""
    known = {*fields, "id", "place", "upper", "crosses", "emptied"}
    return {
        code: _plain(value)
        for code, value in row.items()
        if code not in known and value is not None and not code.endswith("_text")
    }


def _plain(value: Any) -> Any:
    """A value as JSON keeps it, and as whoever amends a record by hand writes it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def division_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Note kind, households, residents and area of divisions that exist (TER-01). Divisions come from codes."""
    return _places(actor, Place.Type.DIVISION, rows)


def compound_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record residential compounds and courtyards within their communities (TER-02)."""
    return _places(actor, Place.Type.COMPOUND, rows)


def building_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record buildings within their compounds or communities (TER-02)."""
    return _places(actor, Place.Type.BUILDING, rows)


def grid_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record grids of any level and kind, within their division and under the grid above (TER-03, TER-04)."""
    return _places(actor, Place.Type.GRID, rows)


@transaction.atomic
def _places(actor: Actor, kind: str, rows: Rows) -> list[int]:
    new = [row for row in rows if not row.get("id")]
    ids = iter(next_ids(Place, len(new)))
    given = [int(row["id"]) if row.get("id") else next(ids) for row in rows]
    held = {
        place.pk: place
        for place in Place.objects.select_for_update().filter(pk__in=[r["id"] for r in rows if r.get("id")])
    }
    above = _above(rows)
    made: list[Place] = []
    changed: list[Place] = []
    for pk, row in zip(given, rows, strict=True):
        place = held.get(pk) or Place(id=pk, type=kind)
        _fill(place, row)
        if place.pk in held:
            place.version += 1
            changed.append(place)
        else:
            parent = above[row["place"]] if row.get("place") else above[0]
            settle(place, parent, above.get(row.get("upper") or -1))
            made.append(place)
    copy_in(made)
    change(Place, changed, [*FIELDS, "extra", "version"])
    for pk, row in zip(given, rows, strict=True):
        if pk in held:
            _move(held[pk], row, above)
    _cross(zip(given, rows, strict=True))
    revision_mark()
    journal.write(actor, f"{kind}.record_many", None, count=max(1, len(rows)))
    return given


@transaction.atomic
def places_remove(*, actor: Actor, ids: Sequence[int]) -> None:
    """Remove places that an import made, when it is taken back; what depends on them protects them."""
    Place.objects.filter(pk__in=ids).delete()
    revision_mark()
    journal.write(actor, "place.remove_many", None, count=max(1, len(ids)))


def _above(rows: Rows) -> dict[int, Place]:
    wanted = {row[code] for row in rows for code in ("place", "upper") if row.get(code)}
    above = Place.objects.in_bulk(list(wanted))
    root = root_place()
    return above | ({0: root} if root else {})


def _fill(place: Place, row: Mapping[str, Any]) -> None:
    for field in FIELDS:
        if field in row and row[field] is not None:
            setattr(place, field, row[field])
    place.extra = {**place.extra, **extra_of(row, FIELDS)}


def _move(place: Place, row: Mapping[str, Any], above: Mapping[int, Place]) -> None:
    """A later ledger may put a place elsewhere; everything below it follows."""
    parent, upper = above.get(row.get("place") or -1), above.get(row.get("upper") or -1)
    if place.type == Place.Type.DIVISION:
        return
    if parent is not None and parent.pk not in (place.pk, place.parent_id):
        rehang(place, parent)
    out = "upper" in row.get("emptied", ())
    if (upper is not None or out) and place.upper_id != (upper.pk if upper else None) and place.type == Place.Type.GRID:
        regrid(place, upper)


def _cross(pairs: Any) -> None:
    """Note the streets that a dedicated grid crosses, by their names in the ledger."""
    wanted = [(pk, row["crosses"]) for pk, row in pairs if row.get("crosses")]
    if not wanted:
        return
    streets = {
        name: pk
        for pk, name, code in Place.objects.filter(type=Place.Type.DIVISION).values_list("id", "name", "code")
        if len(code) == 9
    }
    through = Place.crosses.through
    through.objects.bulk_create(
        [
            through(from_place_id=pk, to_place_id=streets[name])
            for pk, names in wanted
            for name in names
            if name in streets
        ],
        ignore_conflicts=True,
    )


FACILITY = ("name", "kind", "area_m2", "state", "address", "lng", "lat", "since", "until")
STATISTIC = ("series", "value", "unit", "since", "until", "source", "stock")


@transaction.atomic
def facility_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record shared facilities with their floor area (TER-09)."""
    root = root_place()
    return plain_record_many(actor, Facility, rows, FACILITY, root.pk if root else None, "facility")


@transaction.atomic
def statistic_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record totals counted elsewhere; a newer stock of the same series and place ends the one before."""
    root = root_place()
    existing = statistics_recognised(rows=rows)
    prepared = [
        row if row.get("id") else {**row, "since": row.get("since") or clock.today(), "id": existing.get(position)}
        for position, row in enumerate(rows)
    ]
    ids = plain_record_many(actor, Statistic, prepared, STATISTIC, root.pk if root else None, "statistic")
    _end_replaced(set(Statistic.objects.filter(pk__in=ids).values_list("series", flat=True)))
    return ids


def statistics_recognised(*, rows: Rows) -> dict[int, int]:
    """Which rows speak of a total that is recorded already, of the same series, place and day, by position."""
    root = root_place()
    existing = {
        (item.series, item.place_id, item.since): item.pk
        for item in Statistic.objects.filter(series__in={row["series"] for row in rows if not row.get("id")})
    }
    keys = {
        position: (row["series"], row.get("place") or (root.pk if root else None), row.get("since") or clock.today())
        for position, row in enumerate(rows)
        if not row.get("id")
    }
    return {position: existing[key] for position, key in keys.items() if key in existing}


@transaction.atomic
def statistics_remove(*, actor: Actor, ids: Sequence[int]) -> None:
    """Remove totals that an import made, when it is taken back; the ones before hold on again."""
    rows = Statistic.objects.filter(pk__in=ids)
    series = set(rows.values_list("series", flat=True))
    rows.delete()
    _end_replaced(series)
    journal.write(actor, "statistic.remove_many", None, count=max(1, len(ids)))


def _end_replaced(series: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE territory_statistic s SET until = later.since
            FROM (SELECT id, lead(since) OVER (PARTITION BY series, place_id ORDER BY since) AS since
                  FROM territory_statistic WHERE series = ANY(%s) AND stock) later
            WHERE later.id = s.id AND s.until IS DISTINCT FROM later.since
            """,
            [list(series)],
        )


def plain_record_many(
    actor: Actor, model: type[Any], rows: Rows, fields: Sequence[str], root: int | None, name: str
) -> list[int]:
    """Write rows of a plain model with a place and `extra`, in the caller's transaction, with their journal entry."""
    ids = iter(next_ids(model, sum(1 for row in rows if not row.get("id"))))
    held = model.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    made: list[Any] = []
    changed: list[Any] = []
    given: list[int] = []
    for row in rows:
        record = held.get(row.get("id")) or model(id=next(ids))
        for field in fields:
            if row.get(field) is not None:
                setattr(record, field, row[field])
        record.extra = {**record.extra, **extra_of(row, fields)}
        record.place_id = row.get("place") or record.place_id or root
        (changed if row.get("id") else made).append(record)
        given.append(record.pk)
    copy_in(made)
    change(model, changed, [*fields, "place", "extra"])
    journal.write(actor, f"{name}.record_many", None, count=max(1, len(rows)))
    return given
