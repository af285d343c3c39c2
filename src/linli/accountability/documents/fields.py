"""Fields that a clerk types into Word: `{{办结诉求}}`, `{{cases.resolved，本月，余}}`, `{{表：网格，按街道}}`.

A figure is named by its id or its name. Braces, commas and colons may be half or full width; Word may have split
them over any number of runs, because fields are looked for in the text of a whole paragraph.
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput
from linli.records.figures import breaking
from linli.records.figures.definitions import Figure, Period, Span, Word
from linli.records.figures.words import label
from linli.records.profiles import Part

Kind = Literal["figure", "table", "chart", "typed", "meta", "awaited"]
Shape = Literal["column", "bar", "line", "pie"]

FIELD: Final = re.compile(r"[{｛]{2}([^{}｛｝]+)[}｝]{2}")
OPEN: Final = re.compile(r"[{｛]{2}|[}｝]{2}")
KINDS: Final[Mapping[str, Kind]] = {
    "表": "table",
    "table": "table",
    "图": "chart",
    "chart": "chart",
    "手填": "typed",
    "typed": "typed",
}
METAS: Final = {"截至": "at", "日期": "on", "地方": "place", "年份": "year", "at": "at", "on": "on", "place": "place"}
WORDS: Final[Mapping[str, Word]] = {"余": "over", "近": "nearly", "约": "about", "确数": "exact"}
STEPS: Final = {"到十": 10, "到百": 100, "到千": 1000, "到万": 10000}
PERIODS: Final[Mapping[str, Period]] = {
    "今年": "year_to_date",
    "本年": "year_to_date",
    "本月": "month",
    "上月": "last_month",
    "本季": "quarter",
    "本季度": "quarter",
    "累计": "cumulative",
}
GROUPS: Final = {
    "街道": "street",
    "社区": "community",
    "月": "month",
    **dict.fromkeys(("县", "区县", "县区"), "county"),
}
SHAPES: Final[Mapping[str, Shape]] = {"柱图": "column", "条图": "bar", "折线": "line", "折线图": "line", "饼图": "pie"}
DAYS: Final = re.compile(r"(\d{4}-\d\d-\d\d)?(?:至|~|—)(\d{4}-\d\d-\d\d)?")


@dataclass(frozen=True, slots=True)
class Known:
    """What fields may name: the figures, and by code or name what no figure tells yet."""

    figures: Mapping[str, Figure]
    awaited: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """What one field asks for. `written` is what stands between the braces."""

    written: str
    kind: Kind = "figure"
    figures: tuple[str, ...] = ()
    word: Word | None = None
    step: int = 0
    myriads: bool = False
    bare: bool = False
    parts: bool = False
    period: Period | None = None
    scope: str = ""
    by: str = ""
    shape: Shape = "column"
    text: str = ""
    reason: str = ""


def parse(written: str, known: Known) -> Field:
    """A field as it is meant.

    Raises: report.unknown_figure, report.ambiguous_figure, report.unknown_option, report.no_reason, report.no_group
    """
    text = unicodedata.normalize("NFKC", written).strip()
    parts = [part.strip() for part in re.split(r"[,|]", text)]
    head, colon, rest = parts[0].partition(":")
    kind = KINDS.get(head.strip().lower()) if colon else None
    if kind == "typed":
        return _typed(written, rest.strip(), parts[1:])
    if kind is None and parts[0] in METAS:
        return Field(written, "meta", text=METAS[parts[0]])
    names = re.split(r"[+＋]", rest) if kind else [parts[0]]
    asked = _awaiting(written, names[0], known) if kind is None else None
    if asked is None:
        asked = Field(written, kind or "figure", tuple(figure_named(name.strip(), known.figures) for name in names))
    for option in parts[1:]:
        asked = _with(asked, option, known.figures)
    if asked.kind in ("table", "chart") and not asked.by:
        raise InvalidInput("report.no_group", _("A table or chart says by what: 按街道, 按社区 or 按月."))
    return asked


def _awaiting(written: str, name: str, known: Known) -> Field | None:
    """The field of what no figure tells yet; None where the name is another."""
    names = {unicodedata.normalize("NFKC", text): label for text, label in known.awaited.items()}
    if name not in names:
        return None
    try:
        return Field(written, "figure", (figure_named(name, known.figures),))
    except InvalidInput:
        return Field(written, "awaited", text=names[name])


def figure_named(name: str, book: Mapping[str, Figure]) -> str:
    """The id of the figure with this id or name. Raises: report.unknown_figure, report.ambiguous_figure"""
    if name in book:
        return name
    named = [
        code
        for code, figure in book.items()
        if name and name in {unicodedata.normalize("NFKC", text) for text in (figure.label, figure.label_en)}
    ]
    if len(named) == 1:
        return named[0]
    if named:
        text = _("“%(name)s” names several figures; write one of %(ids)s.")
        raise InvalidInput("report.ambiguous_figure", text, name=name, ids=", ".join(named))
    known = {**{code: code for code in book}, **{label(figure): label(figure) for figure in book.values()}}
    near = difflib.get_close_matches(name, known, 3, 0.4)
    if near:
        text = _("There is no figure “%(name)s”. Near it are: %(near)s.")
        raise InvalidInput("report.unknown_figure", text, name=name, near=", ".join(near))
    raise InvalidInput("report.unknown_figure", _("There is no figure “%(name)s”."), name=name)


def _typed(written: str, text: str, rest: list[str]) -> Field:
    reason = ",".join(rest).strip()
    if not text or not reason:
        raise InvalidInput("report.no_reason", _("A number typed by hand says why: {{手填: 35个, 来自统计公报}}."))
    return Field(written, "typed", text=text, reason=reason)


def _with(asked: Field, option: str, book: Mapping[str, Figure]) -> Field:
    """The field with one more option."""
    plain: dict[str, dict[str, Any]] = {
        "万": {"myriads": True},
        "无单位": {"bare": True},
        "分式": {"parts": True},
        **{text: {"word": word} for text, word in WORDS.items()},
        **{text: {"step": step} for text, step in STEPS.items()},
        **{text: {"period": period} for text, period in PERIODS.items()},
        **{text: {"shape": shape} for text, shape in SHAPES.items()},
    }
    if option in plain:
        return replace(asked, **plain[option])
    days = DAYS.fullmatch(option)
    if days and any(days.groups()):
        return replace(asked, period=Span.model_validate({"from": days[1], "to": days[2]}))
    name, equals, value = option.partition("=")
    if equals and name.strip() in ("地区", "scope"):
        return replace(asked, scope=value.strip())
    if equals and name.strip() in ("标题", "title"):
        return replace(asked, text=value.strip())
    if option.startswith("按"):
        return replace(asked, by=_group(option[1:].strip(), asked, book))
    raise InvalidInput("report.unknown_option", _("“%(option)s” is no option of a field."), option=option)


def _group(name: str, asked: Field, book: Mapping[str, Figure]) -> str:
    """By what a table or chart is told. Raises: report.no_group"""
    kinds = [kind for code in asked.figures for kind in breaking.kinds_of(book[code], book)]
    named = {str(item.label): item.code for kind in kinds for item in kind.all_dimensions()}
    by = GROUPS.get(name) or named.get(name) or name
    if not all(breaking.can_group(kind, by) for kind in kinds):
        raise InvalidInput("report.no_group", _("This cannot be told by “%(name)s”."), name=name)
    return by


class TemplateFault(Part):
    """What is wrong with one paragraph of a template."""

    paragraph: int
    field: str
    code: str
    message: str
