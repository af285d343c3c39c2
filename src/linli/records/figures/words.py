"""Figures in words of the active language: their names, values as an article prints them, and what they count."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any, cast

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.records import lists
from linli.records.figures.compile import bounds
from linli.records.figures.definitions import Figure, Span, leaf, walk
from linli.records.types import RecordType, record_type

Number = Decimal | None
HOW: Mapping[str, Any] = {
    "distinct": _("distinct"),
    "sum": _("sum"),
    "average": _("average"),
    "median": _("median"),
    "p90": _("90th percentile"),
    "min": _("lowest"),
    "max": _("highest"),
}

EARLIER: Mapping[str, Any] = {
    "last_year": _("last year"),
    "last_quarter": _("last quarter"),
    "last_month": _("last month"),
}
UNITS: Mapping[str, Any] = {"amount": _("amount"), "percent": _("percent"), "points": _("points")}


def number(value: Number) -> int | float | None:
    """A value as JSON prints it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def label(figure: Figure) -> str:
    """The figure's name in the active language."""
    english = (get_language() or "").startswith("en")
    return (figure.label_en if english and figure.label_en else figure.label) or figure.id


def wording(figure: Figure, value: Number, step: int = 0, myriads: bool = False) -> str:
    """The value as an article prints it: 90余件, 约1.6万, 近100个; the plain value where it is exact.

    `step` is what is rounded to where the usual tens and hundreds are not meant; `myriads` prints 万.
    """
    if value is None:
        return "未采集" if not (get_language() or "").startswith("en") else "not collected"
    if figure.wording == "exact" or value < 10:
        return f"{_digits(value, myriads)}{figure.unit}"
    to = Decimal(step or _usual_step(figure.wording, value))
    down, up, near = ((value / to).to_integral_value(way) * to for way in (ROUND_FLOOR, ROUND_CEILING, ROUND_HALF_UP))
    if figure.wording == "over":
        return f"{_digits(down, myriads)}{'余' if value > down else ''}{figure.unit}"
    if figure.wording == "nearly":
        return f"{'近' if value < up else ''}{_digits(up, myriads)}{figure.unit}"
    return f"{'约' if value != near else ''}{_digits(near, myriads)}{figure.unit}"


def _usual_step(word: str, value: Decimal) -> int:
    """To what a number is rounded where nobody says: more than 860 and 16400, nearly 500, about 16000."""
    if word == "over":
        return 10 if value < 1000 else 100
    return int(10 ** (len(str(int(value))) - (1 if value < 1000 else 2)))


def _digits(value: Decimal, myriads: bool) -> str:
    """A number as it is written, in 万 where asked for."""
    return f"{number(value / 10000)}万" if myriads else f"{number(value)}"


def period_words(figure: Figure, at: date) -> str:
    """The period in words."""
    start, end = bounds(figure.period, at)
    if isinstance(figure.period, Span) or start is not None:
        return str(_("%(start)s to %(end)s") % {"start": start or "", "end": end})
    return str(_("as of %(end)s") % {"end": end})


def _name(kind: RecordType, name: str) -> str:
    """A measure, or a dimension at the end of a path, in words."""
    measure = kind.measure(name)
    found = None if measure and measure.label else walk(kind, name)
    label = measure.label if measure and measure.label else found[1].label if found and found[1] else ""
    return str(label or name)


def conditions(figure: Figure, where: Mapping[str, Any]) -> str:
    """Conditions in words of the active language."""
    kind = record_type(figure.of)
    parts = []
    for name, value in where.items():
        if name in ("has", "any"):
            parts.append(
                str(_("further conditions on other records") if name == "has" else _("one of several conditions"))
            )
            continue
        found = walk(kind, name)
        words = dict(lists.choices(found[1])) if found and found[1] else {}
        parts.append(f"{_name(kind, name)} {_value(value, words)}")
    return "; ".join(parts) or str(_("all"))


def _value(value: Any, words: Mapping[str, str]) -> str:
    if isinstance(value, Mapping):
        if "not" in value:
            return str(_("is not %(value)s") % {"value": _value(value["not"], words)})
        if "within" in value:
            return str(_("within %(value)s") % {"value": value["within"]})
        return f"{value.get('from', '')} ~ {value.get('to', '')}"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list | tuple):
        return " / ".join(words.get(str(item), str(item)) for item in value)
    return str(_("is empty")) if value in (None, "none") else words.get(str(value), str(value))


def sentence(figure: Figure, figures: Mapping[str, Figure]) -> str:
    """What the figure counts, in words of the active language, generated from its definition."""
    if figure.ratio:
        above, below = (label(figures[part]) for part in figure.parts)
        return str(
            _("%(of)s divided by %(over)s, times %(times)g") % {"of": above, "over": below, "times": figure.ratio.times}
        )
    if figure.share:
        words = {"of": label(figures[figure.share.of]), "where": conditions(leaf(figure, figures), figure.share.where)}
        return str(_("The part of “%(of)s” with %(where)s, in percent") % words)
    if figure.change:
        against = figure.change.against
        words = {
            "of": label(figures[figure.change.of]),
            "against": label(figures[against]) if against in figures else str(EARLIER[against]),
            "unit": str(UNITS[figure.change.as_]),
        }
        return str(_("“%(of)s” against %(against)s, as %(unit)s") % words)
    each = figure.lowest or figure.highest or figure.mean
    if each:
        which = _("lowest") if figure.lowest else _("highest") if figure.highest else _("mean")
        return str(
            _("The %(which)s of “%(of)s” over each %(each)s")
            % {"which": which, "of": label(figures[each.of]), "each": each.each}
        )
    if figure.measure == "count":
        how = str(_("Number of"))
    else:
        word, name = next(iter(cast(dict[str, str], figure.measure).items()))
        how = str(_("%(how)s of %(name)s in") % {"how": HOW[word], "name": _name(record_type(figure.of), name)})
    words = {"how": how, "of": str(record_type(figure.of).label), "where": conditions(figure, figure.where)}
    return str(_("%(how)s %(of)s, %(where)s") % words)
