"""`linli locate`: which grids, community, street and county a point lies in, and who answers there."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from linli.territory import locating
from linli.territory.geometry.crs import KNOWN
from linli.territory.queries import chain_as_dict


class Command(BaseCommand):
    """Prints the chain of places at a point, the smallest first; status 1 where the point lies in none."""

    help = "查一个点属于哪个网格 / Find the grid, community and street of a point"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("--lng", type=float, required=True, metavar="X", help="longitude in degrees")
        parser.add_argument("--lat", type=float, required=True, metavar="Y", help="latitude in degrees")
        parser.add_argument("--crs", choices=KNOWN, default="wgs84", help="coordinate system of the point")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the chain."""
        chain = locating.locate(options["lng"], options["lat"], options["crs"])
        found = chain_as_dict(chain)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            answers = {item["place_id"]: item for item in reversed(found["who_answers"])}
            for step in chain.steps:
                who = answers.get(step.id)
                spoken = f"\t{who['post']} {who['holder']}".rstrip() if who else ""
                self.stdout.write(f"{step.level or step.type}\t{step.code}\t{step.name}{spoken}")
        if not chain.steps:
            if not options["json"]:
                self.stderr.write("该点不在任何已绘制的范围内 / the point lies in no place that is drawn")
            raise SystemExit(1)
