"""`linli models [CODE]`: the models of working, or one with what bears its components."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from linli.accountability.queries.models import Asking, model_page, models
from linli.core import clock
from linli.records.figures.compute import book, scope_of


class Command(BaseCommand):
    """Prints the models of working of the place."""

    help = "列出工作模式及其构成 / List the models of working and what bears their components"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("code", nargs="?", default="", metavar="CODE")
        parser.add_argument("--at", type=date.fromisoformat, default=None, metavar="DATE")
        parser.add_argument("--scope", default="", metavar="CODE", help="a division's or grid's code")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the list, or one model."""
        if not options["code"]:
            held = [{"code": model.code, "label": label, "components": count} for model, label, count in models()]
            lines = ["\t".join(map(str, item.values())) for item in held]
            return self._say(options, held, lines)
        asking = Asking(options["at"] or clock.today(), scope_of(options["scope"]), book())
        page = model_page(options["code"], asking).as_dict()
        lines = [
            "\t".join([item["code"], item["label"], *(f"{kind} {n}" for kind, n in item["counts"].items())])
            for item in page["components"]
        ]
        return self._say(options, page, lines)

    def _say(self, options: dict[str, Any], document: Any, lines: list[str]) -> None:
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) if options["json"] else "\n".join(lines))
