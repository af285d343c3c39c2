"""`linli sums rebuild|check`: the sums of figures, built anew or compared with the rows."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from linli.records.figures.sums.checking import first_difference
from linli.records.models import SumSeries
from linli.records.operations.sums import sums_rebuild


class Command(BaseCommand):
    """Builds the sums of figures of events, or says the first that is not what its rows come to."""

    help = "重建或核对指标汇总 / Rebuild or check the sums of figures"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("verb", choices=["rebuild", "check"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; the exit status says whether the sums agree."""
        if options["verb"] == "rebuild":
            self.stdout.write(f"已重建 rebuilt: {sums_rebuild()}")
            return
        found = first_difference()
        if found is None:
            self.stdout.write(f"一致 in agreement: {SumSeries.objects.count()}")
            return
        when = f"{found.day:%Y-%m}" if found.monthly else str(found.day)
        self.stdout.write(f"不一致 differs\t{when}\t{found.place}\t{found.words}\t{found.rows:+} {found.total:+}")
        sys.exit(1)
