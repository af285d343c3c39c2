"""`linli assessments`: the rounds of assessment with their state; of units also what is published."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from linli.accountability.queries.assessments import documents, published, rounds_for
from linli.core.actors import SYSTEM


class Command(BaseCommand):
    """Prints the rounds of assessment; scores of persons are in no answer."""

    help = "列出考核轮次及公布的单位结果 / List the rounds of assessment and the published results of units"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the rounds, the newest first."""
        told = {item["id"]: item["units"] for item in documents(published())}
        held = [
            {
                "id": item.row.pk,
                "scheme": item.row.scheme,
                "label": item.row.rules.named,
                "place": item.row.place.code,
                "period": item.row.period,
                "state": item.row.state,
                "asked": item.asked,
                "given": item.given,
                "units": told.get(item.row.pk, []),
            }
            for item in rounds_for(SYSTEM)
        ]
        if options["json"]:
            self.stdout.write(json.dumps(held, ensure_ascii=False, indent=1))
            return
        for item in held:
            words = (item["label"], item["period"], item["place"], item["state"], f"{item['given']}/{item['asked']}")
            self.stdout.write("\t".join(map(str, words)))
