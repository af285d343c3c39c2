"""`linli figure rows ID`: the rows behind a figure."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from linli.core import clock
from linli.core.actors import SYSTEM
from linli.records import lists
from linli.records.figures.compute import book, scope_of
from linli.records.figures.opening import Part, figure_opened


class Command(BaseCommand):
    """Prints the rows from which a figure is computed."""

    help = "列出指标背后的记录 / List the rows behind a figure"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("verb", choices=["rows"])
        parser.add_argument("id", metavar="ID")
        parser.add_argument("--at", type=date.fromisoformat, default=None, metavar="DATE")
        parser.add_argument("--scope", default="", metavar="CODE")
        parser.add_argument(
            "--part",
            choices=[str(part) for part in Part],
            default="",
            help="of a share: all its rows, those that meet it, or those that fall short",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every row with its exported columns."""
        at, scope = options["at"] or clock.today(), scope_of(options["scope"])
        found = figure_opened(options["id"], at, scope, SYSTEM, book(), options["part"])
        columns = lists.exported_columns(found.kind)
        records = [
            {"id": row.pk}
            | {c.code: lists.text(v) for c, v in zip(columns, lists.cells(found.kind, row, columns), strict=True)}
            for row in found.rows.select_related(*lists.related(found.kind)).order_by("pk").iterator(2000)
        ]
        if options["json"]:
            document = ({"part": found.part} if options["part"] else {}) | {
                "id": options["id"],
                "record_type": found.kind.code,
                "visible": found.visible,
                "total": found.total,
                "rows": records,
            }
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
            return
        for record in records:
            self.stdout.write("\t".join(str(value) for value in record.values()))
