"""`linli stop`: ends what this installation started."""

import json
from argparse import ArgumentParser
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand

from linli.core import cluster
from linli.core.processes import end_all

SECONDS: Final = 5.0


class Command(BaseCommand):
    """Ends servers and workers first, then the private cluster; where nothing runs, that is fine too."""

    help = "停止本安装的全部进程 / Stop everything this installation has started"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """End the processes in order and say which."""
        pids = end_all(settings.DATA, SECONDS)
        stopped = cluster.stop(settings.DATA)
        if options["json"]:
            self.stdout.write(json.dumps({"ended": list(pids), "database_stopped": bool(stopped)}))
            return
        self.stdout.write(f"{len(pids)} processes ended; database {'stopped' if stopped else 'was not running'}")
