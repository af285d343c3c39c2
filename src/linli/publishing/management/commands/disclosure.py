"""`linli disclosure list | check | post FILE`: what is owed, what falls due, and posting a file for what is owed."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from linli.core.actors import SYSTEM
from linli.core.errors import InvalidInput
from linli.publishing.operations.due import disclosure_check
from linli.publishing.operations.publications import Notice, Upload, publication_post
from linli.publishing.queries import posting
from linli.publishing.queries.listed import STATES, dues_listed, place_by_code
from linli.records.figures.compute import scope_of

SHOWN: Final = ("state", "due", "place", "name", "label", "since", "until", "posted_on")
PLAIN: Final = ".txt"


class Command(BaseCommand):
    """Lists what must be made public, lets it fall due, and posts."""

    help = "应公开事项：列出、核对、按文件公布 / What must be made public: list it, check it, post a file"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="list what is owed, posted or overdue")
        listing.add_argument("--state", choices=list(STATES), default="open")
        listing.add_argument("--scope", default="", metavar="CODE", help="a place and all below it")
        checking = verbs.add_parser("check", help="raise what has fallen due, as the worker does each morning")
        checking.add_argument("--at", type=date.fromisoformat, default=None, metavar="DATE")
        posting_ = verbs.add_parser("post", help="post a file: the words of a .txt, anything else attached")
        posting_.add_argument("file", metavar="FILE", type=Path)
        posting_.add_argument("--place", required=True, metavar="CODE")
        posting_.add_argument("--item", required=True, metavar="ITEM", help="an item of disclosure.yaml")
        posting_.add_argument("--title", default="", help="the item and its period, where absent")
        for verb in (listing, checking, posting_):
            verb.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked for."""
        {"list": self._list, "check": self._check, "post": self._post}[options["verb"]](options)

    def _list(self, options: dict[str, Any]) -> None:
        found = list(dues_listed(SYSTEM, scope_of(options["scope"]), STATES[options["state"]]))
        lines = ("\t".join(str(row[name] or "") for name in SHOWN) for row in found)
        self._say(options, found, "\n".join(lines))

    def _check(self, options: dict[str, Any]) -> None:
        done = disclosure_check(at=options["at"]).as_dict()
        self._say(options, done, "\t".join(f"{name} {count}" for name, count in done.items()))

    def _post(self, options: dict[str, Any]) -> None:
        """Post for the oldest period that is owed, else for the next one, as the form would be filled."""
        path: Path = options["file"]
        if not path.is_file():
            raise InvalidInput("file.missing", _("There is no file %(name)s."), name=path.name)
        place, item = place_by_code(options["place"]), options["item"]
        filled = posting.prefilled(item, place, posting.open_due(item, place))
        plain = path.suffix.lower() == PLAIN
        notice = Notice(
            place.pk,
            options["title"] or filled.get("title", item),
            _words(path) if plain else "",
            item,
            filled.get("since"),
            filled.get("until"),
            filled["audience"],
        )
        with path.open("rb") as stream:
            row = publication_post(actor=SYSTEM, notice=notice, uploads=() if plain else [Upload(path.name, stream)])
        until = row.up_until.isoformat()
        said = {"id": row.pk, "title": row.title, "place": place.code, "up_until": until}
        self._say(options, said, f"{row.pk}\t{row.title}\t{until}")

    def _say(self, options: dict[str, Any], document: Any, lines: str) -> None:
        said = json.dumps(document, ensure_ascii=False, indent=1) if options["json"] else lines
        if said:
            self.stdout.write(said)


def _words(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput("file.encoding", _("%(name)s is not text in UTF-8."), name=path.name) from error
