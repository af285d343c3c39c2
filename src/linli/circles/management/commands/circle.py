"""`linli circle import FILE | compute`: bring in the streets of a place, and have walks computed anew."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from linli.circles.models import Circle, StreetNetwork
from linli.circles.operations.computing import circle_compute
from linli.circles.operations.networks import Brought, network_bring
from linli.circles.queries.reading import network_of, networks_of
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import InvalidInput, NotFound
from linli.publishing.queries.listed import place_by_code
from linli.territory.geometry.crs import KNOWN


class Command(BaseCommand):
    """Brings in streets and has walks computed."""

    help = "15分钟生活圈：导入路网、重新计算 / The 15-minute circle: bring in streets, compute anew"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        bringing = verbs.add_parser("import", help="a GeoJSON of lines, or an extract of OpenStreetMap as .osm")
        bringing.add_argument("file", metavar="FILE", type=Path)
        bringing.add_argument("--place", required=True, metavar="CODE", help="the county or street they belong to")
        bringing.add_argument("--source", required=True, help="where they come from")
        bringing.add_argument("--day", type=date.fromisoformat, default=None, metavar="DATE", help="as of which day")
        bringing.add_argument("--crs", choices=KNOWN, default="", help="where the file does not say it")
        computing = verbs.add_parser("compute", help="walk the streets in force anew")
        computing.add_argument("--place", default="", metavar="CODE", help="all places with streets where absent")
        for verb in (bringing, computing):
            verb.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked for."""
        networks = [self._bring(options)] if options["verb"] == "import" else self._compute(options)
        said = [_said(row) for row in networks]
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))
            return
        for item in said:
            self.stdout.write("\t".join(f"{name} {value}" for name, value in item.items()))

    def _bring(self, options: dict[str, Any]) -> StreetNetwork:
        path: Path = options["file"]
        if not path.is_file():
            raise InvalidInput("file.missing", _("There is no file %(name)s."), name=path.name)
        day = options["day"] or clock.today()
        brought = Brought(path.name, path.read_bytes(), options["source"], day, options["crs"])
        return network_bring(actor=SYSTEM, place_id=place_by_code(options["place"]).pk, brought=brought)

    def _compute(self, options: dict[str, Any]) -> list[StreetNetwork]:
        if options["place"]:
            found = network_of(place_by_code(options["place"]))
            if found is None:
                raise NotFound("streets.none", _("This place has no streets yet: bring them in first."))
            networks = [found]
        else:
            networks = list(networks_of(SYSTEM).filter(ended=None))
        for row in networks:
            circle_compute(actor=SYSTEM, network_id=row.pk)
        return networks


def _said(row: StreetNetwork) -> dict[str, Any]:
    circle = Circle.objects.filter(network=row).latest("pk")
    counts = {"homes": circle.homes, "households": circle.households, "facilities": circle.facilities}
    shape = {"junctions": row.junctions, "parts": row.parts}
    return {"place": row.place.code, "version": row.version, **shape, **counts, **circle.remarks}
