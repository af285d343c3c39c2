"""`linli figures`: the figure book on a day."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from linli.core import clock
from linli.records.figures.compute import compute_many, label, scope_of


class Command(BaseCommand):
    """Computes figures and prints them with their dates and denominators."""

    help = "计算指标 / Compute the figures of the place"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("--at", type=date.fromisoformat, default=None, metavar="DATE")
        parser.add_argument("--scope", default="", metavar="CODE", help="a division's or grid's code")
        parser.add_argument("--id", nargs="+", action="extend", default=[], metavar="ID")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the list."""
        values = compute_many(options["at"] or clock.today(), scope_of(options["scope"]), options["id"])
        if options["json"]:
            self.stdout.write(json.dumps([value.as_dict() for value in values], ensure_ascii=False, indent=1))
            return
        for value in values:
            printed = "未采集 not collected" if value.value is None else f"{value.value}{value.figure.unit}"
            below = f" / {value.denominator}" if value.denominator is not None else ""
            self.stdout.write(f"{value.figure.id}\t{label(value.figure)}\t{printed}{below}")
