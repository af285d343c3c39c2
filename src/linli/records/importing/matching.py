"""Which import map reads a table: signatures decide; titles and headers alone never import anything."""

from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import PurePath

from linli.records.ledgers.tables import Table, normalise_label
from linli.records.sections import ImportMap, Signature


def find_map(maps: Iterable[ImportMap], table: Table, file: str) -> ImportMap | None:
    """The map whose signature fits the table best; None where none fits."""
    scored = [(score, item) for item in maps if (score := fit(item.signature, table, file))]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def fit(signature: Signature, table: Table, file: str) -> int:
    """How well a signature fits; 0 means not at all. Every given part must fit, headers weigh most."""
    labels = {normalise_label(header.label) for header in table.headers}
    labels |= {normalise_label(f"{header.group}{header.label}") for header in table.headers if header.group}
    wanted = [normalise_label(header) for header in signature.headers]
    if any(header not in labels for header in wanted):
        return 0
    title = " ".join(table.title)
    name = PurePath(file).name
    score = 1 + 2 * len(wanted)
    for texts, where in ((signature.title, title), (signature.sheet, table.sheet), (signature.file, name)):
        if texts and not any(text in where or fnmatch(where, text) for text in texts):
            return 0
        score += 3 if texts else 0
    return score if (wanted or signature.title or signature.sheet or signature.file) else 0
