"""`linli import`: ledgers, boundaries and division codes, from files and folders."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from linli.core import clock
from linli.core.actors import SYSTEM
from linli.records.importing.report import FileReport, document
from linli.records.operations.imports import files_import


class Command(BaseCommand):
    """Reads ledgers by the import maps of the place's profile and says row by row what happened."""

    help = "导入台账、边界和区划 / Import ledgers, boundaries and division codes"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            default=None,
            metavar="DATE",
            help="the day against which dates are in the future (default today)",
        )
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report; status 2 where a file could not be read."""
        reports = files_import(
            actor=SYSTEM,
            paths=options["paths"],
            as_of=options["as_of"] or clock.today(),
            dry=options["dry_run"],
        )
        if options["json"]:
            self.stdout.write(json.dumps(document(reports), ensure_ascii=False, indent=1))
        else:
            for report in reports:
                self._print(report)
        if any(report.unreadable for report in reports):
            sys.exit(2)

    def _print(self, report: FileReport) -> None:
        self.stdout.write(
            f"{report.file}: {report.rows} 行 rows, +{report.created} ~{report.updated} ={report.unchanged} "
            f"拒 refused {len(report.rejected)} (重复 duplicates {report.duplicates}), "
            f"提醒 warnings {len(report.warnings)}"
        )
        for remark in [*report.rejected, *report.warnings]:
            self.stdout.write(f"   {remark.sheet} {remark.row or '-'} {remark.column} {remark.code}: {remark.message}")
