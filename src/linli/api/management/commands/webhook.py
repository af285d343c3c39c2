"""`linli webhook list | renew | settle`: the programs that are told, and changing the secret of one."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.api.models import Webhook
from linli.api.webhooks import webhook_renew, webhook_settle
from linli.core.actors import SYSTEM


class Command(BaseCommand):
    """Lists webhooks, gives one a new secret, or ends the time in which the former one signs too."""

    help = "列出推送地址，更换其签名密钥 / List webhooks, change the secret of one"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("verb", choices=["list", "renew", "settle"])
        parser.add_argument("id", type=int, nargs="?", metavar="ID")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the verb; a new secret is printed this once."""
        if options["verb"] == "list":
            rows = [_described(row) for row in Webhook.objects.filter(ended=None).order_by("pk")]
            return self._say(options, rows, [f"{row['id']}  {row['name']}  {row['address']}" for row in rows])
        if options["id"] is None:
            raise CommandError("ID?", returncode=2)
        if options["verb"] == "renew":
            made = webhook_renew(actor=SYSTEM, webhook_id=options["id"])
            return self._say(options, {**_described(made.row), "secret": made.secret}, [made.secret])
        row = webhook_settle(actor=SYSTEM, webhook_id=options["id"])
        return self._say(options, _described(row), ["ok"])

    def _say(self, options: dict[str, Any], document: Any, lines: list[str]) -> None:
        self.stdout.write(json.dumps(document, ensure_ascii=False) if options["json"] else "\n".join(lines))


def _described(row: Webhook) -> dict[str, Any]:
    until = row.former_until.isoformat() if row.former_until else None
    return {"id": row.pk, "name": row.name, "address": row.address, "former_until": until}
