"""`linli coverage`: gaps and overlaps of the grids, and what lies outside them."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from linli.territory import coverage, coverage_kept
from linli.territory.queries import path_of_code


class Command(BaseCommand):
    """Lists every fault of the coverage with codes, area and where it lies."""

    help = "检查网格空白、重叠和越界 / Check the grids for gaps, overlaps and overreach"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("--scope", default="", metavar="CODE", help="only within this division")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings."""
        within = path_of_code(options["scope"]) if options["scope"] else "/"
        found = coverage.named(coverage_kept.latest(within).findings)
        if options["json"]:
            self.stdout.write(json.dumps(coverage.summed(found), ensure_ascii=False, indent=1))
            return
        for item in found:
            who = "、".join(f"{place['code']} {place['name']}".strip() for place in item["places"])
            self.stdout.write(
                f"{item['code']}\t{who}\t{item['area_m2']:.0f} m²\t{item['lng']}, {item['lat']}"
                + (f"\t{item['households']} 户 households" if item["households"] else "")
            )
        counts = "  ".join(f"{code} {count}" for code, count in coverage.summed(found)["counts"].items())
        self.stdout.write(counts or "没有问题 no faults")
