"""`linli asks list` and `linli asks fill FORM --out FILE`: the registry of asks, and a form filled from the records."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from linli.accountability.queries.asks import listed
from linli.accountability.queries.filling.forms import Paper, fill, media_type_of
from linli.accountability.queries.filling.slots import Layout
from linli.core.actors import SYSTEM
from linli.core.errors import InvalidInput
from linli.territory.models import Place
from linli.territory.operations.recording import root_place


class Command(BaseCommand):
    """Lists the asks in force, or fills an office's form."""

    help = "一表通：列出填报事项，按台账填写来表 / List the asks, or fill a form from the records"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="list the registered asks")
        listing.add_argument("--state", default="", help="force, proposed, outside, expired, ended or refused")
        listing.add_argument("--json", action="store_true", help="print one JSON document")
        filling = verbs.add_parser("fill", help="fill an .xlsx or .docx form")
        filling.add_argument("form", metavar="FORM")
        filling.add_argument("--out", required=True, metavar="FILE")
        filling.add_argument("--scope", default="", metavar="CODE", help="the code of the place that answers")
        filling.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked for."""
        {"list": self._list, "fill": self._fill}[options["verb"]](options)

    def _list(self, options: dict[str, Any]) -> None:
        asks = [_document(ask) for ask in listed(SYSTEM, state=options["state"])]
        if options["json"]:
            self.stdout.write(json.dumps(asks, ensure_ascii=False, indent=1))
            return
        for ask in asks:
            self.stdout.write(
                "\t".join(str(ask[name]) for name in ("id", "name", "asker", "state", "due", "answered", "sent"))
            )

    def _fill(self, options: dict[str, Any]) -> None:
        path = Path(options["form"])
        if not path.is_file():
            raise InvalidInput("file.missing", _("There is no file %(name)s."), name=path.name)
        paper = Paper(path.read_bytes(), media_type_of(path.name), path.name)
        layout, content = fill(paper, SYSTEM, _place(options["scope"]))
        Path(options["out"]).write_bytes(content)
        document = {
            "file": path.name,
            "cells": len(layout.owed),
            "filled": layout.filled,
            "share": layout.share,
            "slots": [_slot(layout, number) for number in range(len(layout.slots))],
        }
        if options["json"]:
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
            return
        for slot in layout.slots:
            self.stdout.write(f"{slot.where}\t{slot.state}\t{slot.label}\t{slot.text}\t{slot.source}")
        self.stdout.write(f"{layout.filled} / {len(layout.owed)} = {layout.share}%")


def _document(ask: Any) -> dict[str, Any]:
    plain = ("id", "name", "asker", "level", "ground", "period", "state", "short", "personal", "retention_days")
    days = ("due", "valid_from", "valid_until")
    said = {name: getattr(ask, name) for name in plain} | {name: getattr(ask, name).isoformat() for name in days}
    return said | {"place": ask.place.code, "sent": ask.sent_to, "answered": ask.given}


def _slot(layout: Layout, number: int) -> dict[str, Any]:
    slot = layout.slots[number]
    names = ("where", "label", "text", "source", "period")
    said = {name: getattr(slot, name) for name in names}
    return said | {"state": slot.state.value, "score": round(slot.score, 2), "as_of": str(slot.as_of or "")}


def _place(code: str) -> Place:
    if not code:
        root = root_place()
        assert root is not None, "a profile names the root place"
        return root
    place = Place.objects.filter(code=code, until=None).select_related("street", "county", "community").first()
    if place is None:
        raise InvalidInput("scope.unknown", _("There is no place with the code “%(code)s”."), code=code)
    return place
