"""`linli account NAME`: the first administrator of a place where nobody can sign in yet."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse

from linli.accounts.operations.issuing import administrator_appoint
from linli.core.actors import SYSTEM


class Command(BaseCommand):
    """Appoints an administrator and prints the one-time code of the account; doing it again prints a new code."""

    help = "任命首位管理员并发放激活码 / Appoint the first administrator and hand out the code"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("name", metavar="NAME", help="the person's name")
        parser.add_argument("--kind", default="security_administrator", help="kind of post (%(default)s)")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Appoint and print."""
        issued = administrator_appoint(actor=SYSTEM, kind=options["kind"], name=options["name"])
        if options["json"]:
            self.stdout.write(json.dumps(asdict(issued), ensure_ascii=False))
        else:
            told = f"用户名 user name: {issued.username}\n激活码 code: {issued.code}\n"
            self.stdout.write(f"{told}开通账号 open the account at: {reverse('accounts:activate')}")
