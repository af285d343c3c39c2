"""`linli alerts check`: hold every rule of the profile against every unit, as the worker does each morning."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from linli.accountability.operations.alerts import alerts_check


class Command(BaseCommand):
    """Raises, recolours and ends alerts."""

    help = "按规则核对预警 / Check the rules of alerts"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("verb", choices=["check"])
        parser.add_argument("--at", type=date.fromisoformat, default=None, metavar="DATE")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and say what changed."""
        done = alerts_check(at=options["at"]).as_dict()
        lines = "\t".join(f"{name} {count}" for name, count in done.items())
        self.stdout.write(json.dumps(done) if options["json"] else lines)
