"""`linli demo [PLACE]`: a living place to look at."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from linli.demo.operations import neighbourhood_open, place_open
from linli.demo.people import CAST, PASSWORD, RESIDENT, SECONDED
from linli.records.models import ProfileVersion

ROOT = Path(__file__).parents[5]


class Command(BaseCommand):
    """Builds the project's own small neighbourhood, or one of the places under LINLI_PLACES."""

    help = "建立演示地方 / Build a demo place"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument(
            "place",
            nargs="?",
            default="",
            metavar="PLACE",
            help="a folder of profiles/ whose ledgers are under LINLI_PLACES; none for the own sample",
        )
        parser.add_argument("--if-empty", action="store_true", help="do nothing where a place exists already")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build the place unless there is one."""
        call_command("migrate", verbosity=0, interactive=False)
        if ProfileVersion.objects.exists():
            if not options["if_empty"]:
                raise CommandError("这里已经有一个地方了 / There is a place here already; use another LINLI_DATA.")
            if options["json"]:
                self.stdout.write(json.dumps({"records": 0, "accounts": [], "password": ""}))
            return
        reports = self._chosen(options["place"]) if options["place"] else neighbourhood_open()
        created = sum(report.created for report in reports)
        if options["json"]:
            accounts = [] if options["place"] else [*(member.username for member in CAST), SECONDED, RESIDENT]
            document = {"records": created, "accounts": accounts, "password": PASSWORD if accounts else ""}
            self.stdout.write(json.dumps(document))
            return
        self.stdout.write(f"演示地方已建立 demo place ready: {created} records")
        if not options["place"]:
            names = ", ".join(f"{member.username} ({member.name})" for member in CAST)
            names += f", {SECONDED} (演示第一书记), {RESIDENT} (居民 resident)"
            self.stdout.write(f"登录 sign in as: {names}; 密码 password: {PASSWORD}")

    def _chosen(self, place: str) -> Any:
        ledgers = Path(os.environ.get("LINLI_PLACES", "../shared/places")) / place
        profile = ROOT / "profiles" / place
        if not ledgers.is_dir() or not profile.is_dir():
            raise CommandError(f"没有 {place} 的配置或台账 / no profile or ledgers for {place}; see LINLI_PLACES")
        return place_open(profile, ledgers)
