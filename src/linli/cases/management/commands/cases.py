"""`linli cases routing`: what is wrong in the table of powers, and what it would suggest for past matters."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from linli.cases import routing
from linli.cases.queries.tables import FAULTS, tried
from linli.core.actors import SYSTEM


class Command(BaseCommand):
    """Tries the rules of routing on past matters and reports contradictions; writes nothing."""

    help = "试跑分派规则并检查权责清单 / Try the rules of routing and check the table of powers"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("what", choices=["routing"])
        parser.add_argument("--last", type=int, default=100, metavar="N", help="how many past matters (100)")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the contradictions and the differences."""
        with override("zh-hans"):
            conflicts, trial = routing.conflicts(), tried(SYSTEM, max(0, options["last"]))
            different = [
                {
                    "number": item.case.number,
                    "lead": item.case.lead.name if item.case.lead else "",
                    "suggested": item.suggested.name if item.suggested else "",
                    "why": " ".join(item.reasons),
                }
                for item in trial.differences
            ]
            if options["json"]:
                faults = [{"code": item.code, "category": item.category, "detail": item.detail} for item in conflicts]
                found = {"conflicts": faults, "matters": trial.count, "same": trial.same, "different": different}
                self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
                return
            for fault in conflicts:
                self.stdout.write(f"{fault.category}\t{FAULTS.get(fault.code, fault.code)}\t{fault.detail}")
            for row in different:
                self.stdout.write(f"{row['number']}\t{row['lead']} -> {row['suggested'] or '—'}\t{row['why']}")
            self.stdout.write(f"{trial.count} 件 matters, {trial.same} 件一致 the same")
