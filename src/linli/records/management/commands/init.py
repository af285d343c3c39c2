"""`linli init --profile DIR`: creates a place from a profile."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from linli.core.actors import SYSTEM
from linli.core.calendar_table import calendar_seed
from linli.records.operations.founding import place_found


class Command(BaseCommand):
    """Prepares the database, the profile and the calendar; doing it again changes nothing, another place is refused."""

    help = "按配置建立一个地方 / Create a place from a profile"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("--profile", type=Path, required=True, metavar="DIR")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, seed the calendar, apply the profile."""
        call_command("migrate", verbosity=0, interactive=False)
        applied = place_found(actor=SYSTEM, folder=options["profile"])
        calendar_seed(actor=SYSTEM)
        if options["json"]:
            self.stdout.write(json.dumps({"version": applied.version, "changed": list(applied.changed)}))
        else:
            self.stdout.write(f"已就绪 ready: {options['profile']} (version {applied.version})")
