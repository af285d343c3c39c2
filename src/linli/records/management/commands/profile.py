"""`linli profile check | apply | export`: the place's rules as data."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from ruamel.yaml import YAML

from linli.core.actors import SYSTEM
from linli.records import profiles
from linli.records.operations.profiles import beside_write, profile_apply, profile_check, profile_warnings


class Command(BaseCommand):
    """Checks, applies or writes out a place profile."""

    help = "检查、启用或导出地方配置 / Check, apply or export a place profile"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("verb", choices=["check", "apply", "export"])
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the verb; status 1 with faults."""
        verb, folder = options["verb"], options["folder"]
        if verb == "check":
            faults = profile_check(folder)
            warned = [] if faults else [str(fault) for fault in profile_warnings(folder)]
            self._say(
                options,
                {"faults": [str(fault) for fault in faults], "warnings": warned},
                [*(str(fault) for fault in faults), *(f"注意 warning: {line}" for line in warned)] or ["ok"],
            )
            if faults:
                sys.exit(1)
        elif verb == "apply":
            applied = profile_apply(actor=SYSTEM, folder=folder, dry=options["dry_run"])
            changed = list(applied.changed)
            self._say(
                options,
                {"version": applied.version, "changed": changed},
                [f"版本 version {applied.version}: {', '.join(changed) or '无变化 no change'}"],
            )
        else:
            self._export(folder)
            self._say(options, {"folder": str(folder)}, [str(folder)])

    def _export(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        yaml = YAML()
        for name, part in profiles.current().parts.items():
            content = part.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            if content:
                with (folder / f"{name}.yaml").open("w", encoding="utf-8") as stream:
                    yaml.dump(content, stream)
        beside_write(folder)

    def _say(self, options: dict[str, Any], document: dict[str, Any], lines: list[str]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(document, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(lines))
