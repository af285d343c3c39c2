"""`linli doctor`: looks at the installation and says what is wrong."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

# Importing the house's own checks registers them; those of other apps are registered when they are ready.
import linli.core.health  # noqa: F401
from linli.core import doctor


class Command(BaseCommand):
    """Runs every registered check; a fault makes the exit status 1, a warning does not."""

    help = "检查安装是否完好 / Check that the installation is sound"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Examine and print."""
        results = doctor.examine()
        sound = all(result.state != "fault" for result in results)
        if options["json"]:
            document = {"ok": sound, "checks": [result.as_dict() for result in results]}
            self.stdout.write(json.dumps(document, ensure_ascii=False))
        else:
            self._table(results)
        if not sound:
            sys.exit(1)

    def _table(self, results: list[doctor.Result]) -> None:
        for result in results:
            self.stdout.write(f"{result.state:<8} {result.name:<16} {result.label}")
            for finding in result.findings:
                self.stdout.write(f"{'':<8} {finding.code}: {finding.message}")
