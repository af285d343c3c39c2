"""`linli poll verify FILE`: whether the numbers of a published count agree, and whether a receipt stands in it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput, RuleBroken
from linli.deliberation import verifying


class Command(BaseCommand):
    """Checks a count that anybody downloaded; nothing of this installation is asked."""

    help = "表决：核对公布的计票文件 / Check the published count of a vote"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="check a count file (.json)")
        verify.add_argument("file", metavar="FILE")
        verify.add_argument("--receipt", default="", help="the receipt of a secret ballot to look for")
        verify.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the file. Raises: file.missing, poll.file, poll.receipt, poll.count_wrong"""
        document = _read(Path(options["file"]))
        faults = verifying.faults(document)
        if faults:
            message = _("The numbers of this count do not agree: %(faults)s")
            raise RuleBroken("poll.count_wrong", message, faults="; ".join(faults))
        receipt = options["receipt"].strip().lower()
        if receipt and receipt not in document["receipts"]:
            raise RuleBroken("poll.receipt", _("This receipt is not in the count."))
        said = {"ok": True, "title": document["title"], "met": document["result"]["met"], "receipt": bool(receipt)}
        self.stdout.write(json.dumps(said, ensure_ascii=False) if options["json"] else f"OK\t{document['title']}")


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise InvalidInput("file.missing", _("There is no file %(name)s."), name=path.name)
    try:
        document = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise InvalidInput("poll.file", _("This is no count of a vote.")) from error
    if not isinstance(document, dict):
        raise InvalidInput("poll.file", _("This is no count of a vote."))
    return document
