"""`linli restore FILE`: an installation from its backup."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from linli.core import archive
from linli.core.errors import RuleBroken
from linli.core.processes import living


class Command(BaseCommand):
    """Into an empty data folder; --force replaces what is there."""

    help = "从备份恢复 / Restore an installation from its backup"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="replace what is there")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore and say from when the backup was."""
        if living(settings.DATA):
            raise RuleBroken("restore.running", _("This installation is being served; run `linli stop` first."))
        restored = archive.restore(options["file"], force=options["force"])
        self.stdout.write(json.dumps(restored) if options["json"] else f"{options['file']}: {restored['made']}")
