"""The public figures that stand in a notice, with their values as of its day; small counts of persons withheld."""

from datetime import date
from typing import Any

from linli.publishing import disclosure_section
from linli.publishing.queries.divisions import division_of
from linli.records.figures.publishing import public_day, published
from linli.territory.models import Place


def figures_printed(item: str, place: Place, until: date | None) -> list[dict[str, Any]]:
    """What the figures of an item come to at a place: on the last day of its period, as far as that is public."""
    rule = disclosure_section.items().get(item)
    if rule is None or not rule.figures:
        return []
    day = min(until or public_day(), public_day())
    division = division_of(place)
    found = {shown.value.figure.id: shown for shown in published(day, division.scope, division.levels, rule.figures)}
    documents = ((code, found[code].as_dict()) for code in rule.figures if code in found)
    kept = ("label", "wording", "as_of", "withheld")
    return [{"id": code, **{name: document[name] for name in kept}} for code, document in documents]
