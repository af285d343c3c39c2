"""The form of a figure: a definition, and the choices offered next."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.core.forms import number_of
from linli.records import lists
from linli.records.figures import compute
from linli.records.types import Dimension, RecordType, record_type, record_types

CONDITIONS: Final = 4
SHAPES: Final = (
    ("simple", _("a number of records")),
    ("ratio", _("one figure divided by another")),
    ("share", _("the part of a figure for which more holds")),
    ("change", _("a figure against earlier")),
)
HOW: Final = (
    ("count", _("count")),
    ("sum", _("sum")),
    ("average", _("average")),
    ("median", _("median")),
    ("p90", _("90th percentile")),
    ("min", _("lowest")),
    ("max", _("highest")),
    ("distinct", _("distinct")),
)
PERIODS: Final = (
    ("as_of", _("as of the day")),
    ("year_to_date", _("this year")),
    ("quarter", _("this quarter")),
    ("month", _("this month")),
    ("last_month", _("last month")),
    ("cumulative", _("since the beginning")),
)
AGAINST: Final = (("last_year", _("last year")), ("last_quarter", _("last quarter")), ("last_month", _("last month")))
UNITS: Final = (("amount", _("as an amount")), ("percent", _("in percent")), ("points", _("in points")))
WORDINGS: Final = (
    ("exact", _("exact")),
    ("over", _("over (90余)")),
    ("about", _("about (约90)")),
    ("nearly", _("nearly (近100)")),
)


def definition_of(posted: Mapping[str, str]) -> dict[str, Any]:
    """The definition that a posted form describes."""
    data: dict[str, Any] = {
        key: value for key in ("id", "label", "label_en", "unit", "wording") if (value := posted.get(key, "").strip())
    }
    data["decimals"] = number_of(posted.get("decimals"), 3) or 0
    data |= {"public": True} if posted.get("public") else {}
    shape = posted.get("shape", "simple")
    if shape == "ratio":
        times = posted.get("times", "").strip() or "1"
        return data | {"ratio": {"of": posted.get("base", ""), "over": posted.get("over", ""), "times": times}}
    if shape == "share":
        return data | {"share": {"of": posted.get("base", ""), "where": where_of(posted)}}
    if shape == "change":
        earlier = {"of": posted.get("base", ""), "against": posted.get("against", ""), "in": posted.get("in", "")}
        return data | {"change": earlier}
    how = posted.get("how", "count")
    measure: Any = "count" if how == "count" else {how: posted.get("name", "")}
    simple = {"of": posted.get("of", ""), "where": where_of(posted), "measure": measure}
    return data | simple | {"period": posted.get("period", "as_of")} | _dated(posted)


def _dated(posted: Mapping[str, str]) -> dict[str, str]:
    return {"by": posted["by"]} if posted.get("by") else {}


def where_of(posted: Mapping[str, str]) -> dict[str, Any]:
    """The conditions of the form; several values are separated by `|`."""
    conditions: dict[str, Any] = {}
    for number in range(CONDITIONS):
        name, value = posted.get(f"where-{number}", ""), posted.get(f"is-{number}", "").strip()
        if name and value:
            values = [part.strip() for part in value.split("|")]
            conditions[name] = values if len(values) > 1 else {"true": True, "false": False}.get(value, value)
    return conditions


def choices_of(dimension: Dimension | None) -> list[tuple[str, str]]:
    """The values that a dimension may have, where they are known."""
    if dimension is None:
        return []
    if dimension.type == "flag":
        return [("true", str(_("yes"))), ("false", str(_("no")))]
    return lists.choices(dimension)


def offered(posted: Mapping[str, str]) -> dict[str, Any]:
    """What the form offers after what was chosen so far."""
    figures = compute.book()
    kinds = [kind for kind in record_types() if kind.visible]
    base = figures.get(posted.get("base", "")) or next(iter(figures.values()), None)
    shape = posted.get("shape", "simple")
    code = compute.leaf(base, figures).of if shape == "share" and base else posted.get("of") or kinds[0].code
    kind = record_type(code)
    return {
        "kinds": kinds,
        "kind": kind,
        "shapes": SHAPES,
        "hows": HOW,
        "periods": PERIODS,
        "againsts": AGAINST,
        "ins": UNITS,
        "wordings": WORDINGS,
        "figures": [(item.id, compute.label(item)) for item in figures.values()],
        "dimensions": [
            (item.code, item.label or item.code) for item in kind.all_dimensions() if item.type != "reference"
        ],
        "names": _names(kind, posted.get("how", "")),
        "dates": kind.dates,
        "conditions": [_condition(kind, number, posted) for number in range(CONDITIONS)],
        "posted": posted,
    }


def _names(kind: RecordType, how: str) -> list[tuple[str, Any]]:
    if how == "distinct":
        own = [(item.code, item.label or item.code) for item in kind.measures if item.kind == "distinct"]
        return [*own, *((item.code, item.label or item.code) for item in kind.all_dimensions())]
    return [(item.code, item.label or item.code) for item in kind.measures if item.kind != "distinct"]


def _condition(kind: RecordType, number: int, posted: Mapping[str, str]) -> dict[str, Any]:
    name, value = posted.get(f"where-{number}", ""), posted.get(f"is-{number}", "")
    return {"name": name, "value": value, "choices": choices_of(kind.dimension(name) if name else None)}
