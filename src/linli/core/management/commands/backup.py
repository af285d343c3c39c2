"""`linli backup FILE`: the whole installation in one tar."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from linli.core import archive


class Command(BaseCommand):
    """May run while people work; the backup is of the moment at which it began."""

    help = "备份数据库、文件和密钥 / Back up database, files and keys into one tar"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up and say where to and how much."""
        made = archive.backup(options["file"])
        self.stdout.write(json.dumps(made) if options["json"] else f"{made['file']}: {made['bytes']:,} bytes")
