"""Files of territory that are not ledgers: division codes as CSV, boundaries as GeoJSON."""

from datetime import date
from pathlib import Path

from linli.core.actors import Actor
from linli.records.importing.readers import FileReader, register_reader
from linli.records.importing.report import FileReport
from linli.records.ledgers.reading import read_file
from linli.territory.operations.boundaries import boundaries_check, boundaries_land
from linli.territory.operations.divisions import divisions_import

HEADERS = {"code", "name", "level", "parent"}


def is_divisions(path: Path) -> bool:
    """Whether a CSV file holds division codes: its header says so."""
    if path.suffix.lower() != ".csv":
        return False
    with path.open("rb") as stream:
        first = stream.readline(400).decode("utf-8-sig", "replace")
    return {part.strip().lower() for part in first.split(",")} >= HEADERS


def land_divisions(actor: Actor, path: Path, as_of: date, dry: bool) -> FileReport:
    """Bring in division codes."""
    rows = read_file(path)[0].rows
    labels = [str(cell).strip().lower() for cell in rows[0][1]]
    records = [dict(zip(labels, map(str, cells), strict=False)) for _number, cells in rows[1:] if any(cells)]
    report = FileReport(path.name, ["division"], rows=len(records))
    if not dry:
        report.created, report.updated = divisions_import(actor=actor, rows=records)
    report.unchanged = report.rows - report.created - report.updated
    return report


def is_boundaries(path: Path) -> bool:
    """Whether the file is GeoJSON by its name."""
    return path.suffix.lower() == ".geojson"


def land_boundaries(actor: Actor, path: Path, as_of: date, dry: bool) -> FileReport:
    """Bring in boundaries."""
    return boundaries_land(actor=actor, path=path, as_of=as_of, dry=dry)


register_reader(FileReader("divisions", 1, is_divisions, land_divisions))
register_reader(FileReader("boundaries", 95, is_boundaries, land_boundaries, boundaries_check))
