"""The units in which forms ask for numbers: 万人, 万平方米, 亩; what the records hold is told in them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from linli.accountability.queries.filling.layout import is_unit
from linli.accountability.queries.filling.matching import asked
from linli.records.ledgers.labels import plain

AREA: Final = frozenset({"平方米", "㎡", "m2"})
AREAS: Final = {"平方公里": 1_000_000, "公顷": 10_000, "亩": 2000 / 3}
PERSONS: Final = frozenset({"人", "名", "户"})
MYRIAD: Final = "万"


def unit_of(labels: Iterable[str], beside: Iterable[str] = ()) -> str:
    """The unit in which a number is asked: in brackets behind the words, or in a column of units."""
    named = (asked(text).unit for text in labels)
    return next((unit for unit in (*named, *map(plain, beside)) if is_unit(unit)), "")


def in_unit(value: Any, unit: str, own: str) -> Any:
    """A value of one unit in another; None where times are asked and persons are known, for these are two counts."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not unit:
        return value
    if unit.endswith("次") and own in PERSONS:
        return None
    if unit in AREAS and own in AREA:
        return round(float(value) / AREAS[unit], 4)
    if unit.startswith(MYRIAD) and not own.startswith(MYRIAD):
        return round(float(value) / 10_000, 4)
    return value
