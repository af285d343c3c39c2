"""`linli report NAME --out FILE.docx`: a report as it would be issued, without being issued."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from linli.accountability.documents.drafting import drafted
from linli.accountability.queries import reports
from linli.accountability.queries.report_values import Asked
from linli.core import clock
from linli.core.errors import DomainError
from linli.records.figures.compute import scope_of


class Command(BaseCommand):
    """Writes a report of the place as a Word file."""

    help = "生成报告 / Write a report as a Word file"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("name", metavar="NAME", help="a report's code or name, or a Word file used as template")
        parser.add_argument("--at", type=date.fromisoformat, default=None, metavar="DATE")
        parser.add_argument("--scope", default="", metavar="CODE", help="a division's or grid's code")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.docx", help="also .pdf")
        parser.add_argument("--address", default="", metavar="URL", help="where the installation is found, for links")
        parser.add_argument("--draft", action="store_true", help="make a template of a plain text: NAME is FILE.txt")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say what is in it."""
        out: Path = options["out"]
        if out.suffix not in (".docx", ".pdf"):
            raise CommandError("--out FILE.docx / FILE.pdf")
        if options["draft"]:
            out.write_bytes(drafted(Path(options["name"]).read_text("utf-8")))
            return
        try:
            report = self._written(options)
            out.write_bytes(reports.printed(report) if out.suffix == ".pdf" else report.content)
        except DomainError as error:
            raise CommandError(error.sentence) from error
        document = report.as_dict() | {"file": str(out)}
        if options["json"]:
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{out}: {report.title}")
        missing = [*document["not_collected"], *document["awaited"]]
        self.stdout.write(f"指标 figures {len(document['figures'])}, 未采集 not collected {len(missing)}")
        for name in missing:
            self.stdout.write(f"  未采集 {name}")

    def _written(self, options: dict[str, Any]) -> reports.Written:
        file, today = Path(options["name"]), clock.today()
        if file.suffix == ".docx" and file.is_file():
            content = file.read_bytes()
        else:
            content = reports.content_of(reports.version_of(reports.template_named(options["name"])))
        address = options["address"] or next(iter(settings.CSRF_TRUSTED_ORIGINS), "")
        asked = Asked(options["at"] or today, scope_of(options["scope"]), options["at"] or today, address)
        return reports.written(content, asked)
