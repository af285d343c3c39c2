"""What the fields of a report are worth on a day: figures fetched together, tables and charts by their groups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from linli.accountability.documents.charts import Chart, Series
from linli.accountability.documents.fields import Field, TemplateFault
from linli.accountability.documents.filling import Entry, Grid, Words
from linli.accountability.documents.reading import Found
from linli.accountability.queries.breakdowns import nothing_named
from linli.core.errors import InvalidInput
from linli.records import lists
from linli.records.figures import breaking, compute
from linli.records.figures.compile import Scope
from linli.records.figures.compute import FigureValue, rounded
from linli.records.figures.definitions import Figure, Period, Span
from linli.records.figures.words import wording
from linli.territory.models import Place
from linli.territory.operations.recording import root_place

MOST_ROWS: Final = 60
MOST_BARS: Final = 16
Key = tuple[str, Period | None, str]
Cells = list[tuple[Any, tuple[int | float | None, ...]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """For which day and place a report is written, on which day, and where the installation is found."""

    at: date
    scope: Scope
    on: date
    address: str = ""


@dataclass(frozen=True, slots=True)
class Used:
    """A figure of a report: its number in the annex, where it stands first, its value and what is printed of it."""

    number: int
    paragraph: int
    value: FigureValue
    printed: str
    where: str
    link: str


@dataclass(slots=True)
class Answered:
    """A template's fields with what they are worth."""

    answers: dict[str, Words | Grid | Chart]
    used: list[Used]
    typed: list[tuple[str, str]]
    awaited: list[str]

    def entries(self, figures: Mapping[str, Figure]) -> list[Entry]:
        """The lines of the annex."""
        return [_entry(item, figures) for item in self.used]


def answered(found: Iterable[Found], asked: Asked, figures: Mapping[str, Figure]) -> Answered:
    """What every field of a template is worth. Raises: report.unknown_place"""
    fields = [(item.number, field) for item in found for field in item.fields]
    scopes = {field.scope: scope_named(field.scope, asked.scope) for _number, field in fields}
    values = _values(fields, scopes, asked, figures)
    used: dict[Key, Used] = {}
    result = Answered({}, [], [], [])
    for paragraph, field in fields:
        scope = scopes[field.scope]
        for code in field.figures:
            key = (code, field.period, field.scope)
            if key not in used:
                value = values[key]
                link = _link(value, field.period, asked.address) or f"#figure_{len(used) + 1}"
                where = place_of(scope) if field.scope else ""
                used[key] = Used(len(used) + 1, paragraph, value, _printed(value, field), where, link)
        if field.written not in result.answers:
            result.answers[field.written] = _answer(field, used, asked, scope)
        if field.kind == "typed" and (field.text, field.reason) not in result.typed:
            result.typed.append((field.text, field.reason))
        if field.kind == "awaited" and field.text not in result.awaited:
            result.awaited.append(field.text)
    result.used = list(used.values())
    return result


def scope_faults(found: Iterable[Found]) -> list[TemplateFault]:
    """Fields that ask for a place that does not exist."""
    faults = []
    for item in found:
        for field in item.fields:
            try:
                scope_named(field.scope, Scope())
            except InvalidInput as error:
                words = {"field": field.written, "code": error.code, "message": error.sentence}
                faults.append(TemplateFault(paragraph=item.number, **words))
    return faults


def scope_named(name: str, whole: Scope) -> Scope:
    """The scope of a place's code or name; the report's own where none is named. Raises: report.unknown_place"""
    if not name:
        return whole
    named = Place.objects.filter(name=name, type=Place.Type.DIVISION, until=None).values_list("code", flat=True)[:2]
    if len(named) == 2:
        raise InvalidInput(
            "report.unknown_place", _("Several places are called “%(name)s”; write its code."), name=name
        )
    try:
        return compute.scope_of(named[0] if named else name)
    except InvalidInput as error:
        raise InvalidInput("report.unknown_place", _("There is no place “%(name)s”."), name=name) from error


def place_of(scope: Scope) -> str:
    """The name of the place that a scope counts; of the whole territory where it is none."""
    place = Place.objects.filter(path=scope.path).first() if scope.path else root_place()
    return place.name if place else ""


def spoken_day(day: date) -> str:
    """A day as a Chinese document writes it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _values(
    fields: Iterable[tuple[int, Field]], scopes: Mapping[str, Scope], asked: Asked, figures: Mapping[str, Figure]
) -> dict[Key, FigureValue]:
    """All figures that are asked for, those of the same period and place together."""
    wanted: dict[tuple[Period | None, str], set[str]] = {}
    for _number, field in fields:
        if field.figures:
            wanted.setdefault((field.period, field.scope), set()).update(field.figures)
    found = {}
    for (period, scope), ids in wanted.items():
        book = over(figures, period)
        for value in compute.compute_many(asked.at, scopes[scope], ids, book):
            found[value.figure.id, period, scope] = value
    return found


def over(figures: Mapping[str, Figure], period: Period | None) -> Mapping[str, Figure]:
    """The book over another period; states count on their day as ever."""
    if period is None:
        return figures
    return {
        code: figure.model_copy(update={"period": period}) if figure.of and figure.period != "as_of" else figure
        for code, figure in figures.items()
    }


def _answer(field: Field, used: Mapping[Key, Used], asked: Asked, scope: Scope) -> Words | Grid | Chart:
    if field.kind == "typed":
        return Words(field.text, typed=True)
    if field.kind == "awaited":
        return Words(_("not collected"))
    if field.kind == "meta":
        return Words(_meta(field.text, asked))
    items = [used[code, field.period, field.scope] for code in field.figures]
    if field.kind == "figure":
        value = items[0].value
        start, end = value.period
        tip = f"{value.label} {start or ''}~{end}"
        return Words(_printed(value, field), items[0].link, tip)
    caption = field.text or _caption(field, items)
    cells = _cells(field, items, asked, scope)
    return _chart(field, items, cells, caption) if field.kind == "chart" else _grid(field, items, cells, caption)


def _meta(name: str, asked: Asked) -> str:
    if name == "place":
        return place_of(asked.scope)
    if name == "year":
        return str(asked.at.year)
    return spoken_day(asked.on if name == "on" else asked.at)


def _printed(value: FigureValue, field: Field) -> str:
    """A value in the words that its field asks for."""
    changes = ({"wording": field.word} if field.word else {}) | ({"unit": ""} if field.bare else {})
    words = wording(value.figure.model_copy(update=changes), value.value, field.step, field.myriads)
    if not field.parts or value.denominator is None:
        return words
    return f"{words}（{_told(compute.number(value.numerator))}/{_told(compute.number(value.denominator))}）"


def _caption(field: Field, items: list[Used]) -> str:
    names = "、".join(item.value.label for item in items)
    return _("%(names)s by %(by)s") % {"names": names, "by": _spoken_by(field, items)}


def _spoken_by(field: Field, items: list[Used]) -> str:
    words = {"month": _("month"), "street": _("street"), "community": _("community"), "county": _("county")}
    if field.by in words:
        return words[field.by]
    kind = breaking.kinds_of(items[0].value.figure, compute.book())[0]
    dimension = kind.dimension(field.by)
    return str(dimension.label or field.by) if dimension else field.by


def _cells(field: Field, items: list[Used], asked: Asked, scope: Scope) -> Cells:
    """The figures group by group: months in their order, all else from the largest."""
    book = over(compute.book(), field.period)
    columns = []
    for item in items:
        groups = breaking.broken_down(item.value.figure, asked.at, scope, field.by, book)
        decimals = item.value.figure.decimals
        columns.append({_key(key): compute.number(rounded(value, decimals)) for key, value in groups})
    keys = list(dict.fromkeys(key for column in columns for key in column))
    if field.by == "month":
        keys.sort(key=str)
    else:
        keys.sort(key=lambda key: -(columns[0].get(key) or 0))
    kind = breaking.kinds_of(items[0].value.figure, book)[0]
    dimension = kind.dimension(field.by)
    words = dict(lists.choices(dimension)) if dimension else {}
    # A count of nothing is nothing; what cannot be divided or averaged is not collected.
    counts = [item.value.figure.of != "" and item.value.figure.measure == "count" for item in items]
    return [
        (
            _group(key, words, field.by),
            tuple(column.get(key, 0 if count else None) for column, count in zip(columns, counts, strict=True)),
        )
        for key in keys
    ]


def _key(key: Any) -> Any:
    return f"{key:%Y-%m}" if isinstance(key, date) else key


def _group(key: Any, words: Mapping[str, str], by: str) -> str:
    return nothing_named(by) if key in (None, "") else lists.spoken(key, words)


def _grid(field: Field, items: list[Used], cells: Cells, caption: str) -> Grid:
    heads = (_spoken_by(field, items), *(_headed(item) for item in items))
    rows = [(name, *(_told(value) for value in values)) for name, values in cells[:MOST_ROWS]]
    whole = (_("Altogether"), *(_told(compute.number(item.value.value)) for item in items))
    if len(cells) > MOST_ROWS:
        caption = _("%(caption)s (the first %(most)s)") % {"caption": caption, "most": MOST_ROWS}
    return Grid(caption, heads, (*rows, whole))


def _headed(item: Used) -> str:
    unit = item.value.figure.unit
    return f"{item.value.label}({unit})" if unit else item.value.label


def _told(value: int | float | None) -> str:
    return _("not collected") if value is None else str(value)


def _chart(field: Field, items: list[Used], cells: Cells, caption: str) -> Chart:
    shown = cells[-MOST_BARS:] if field.by == "month" else cells[:MOST_BARS]
    if len(cells) > MOST_BARS and field.by != "month":
        caption = _("%(caption)s (the first %(most)s)") % {"caption": caption, "most": MOST_BARS}
    series = tuple(
        Series(_headed(item), tuple(values[position] for _name, values in shown)) for position, item in enumerate(items)
    )
    return Chart(field.shape, caption, _short_names([name for name, _values in shown], field.by), series)


def _short_names(names: list[str], by: str) -> tuple[str, ...]:
    """Months of one year without the year."""
    years = {name[:4] for name in names}
    if by != "month" or len(years) != 1:
        return tuple(names)
    return tuple(f"{int(name[5:7])}月" if name[5:7].isdecimal() else name for name in names)


def _link(value: FigureValue, period: Period | None, address: str) -> str:
    """The page of the figure with its rows, on the installation's own address; empty where it has none."""
    if not address:
        return ""
    asked: dict[str, str] = {}
    if isinstance(period, Span):
        asked = {"from": period.start.isoformat() if period.start else ""}
    elif period and period not in ("as_of", "year"):
        asked = {"period": period}
    more = urlencode({name: text for name, text in asked.items() if text})
    return f"{address.rstrip('/')}/figures/{value.figure.id}/?{value.query}{'&' + more if more else ''}"


def _entry(item: Used, figures: Mapping[str, Figure]) -> Entry:
    value = item.value
    start, end = value.period
    parts = ""
    if value.denominator is not None:
        parts = f"{_told(compute.number(value.numerator))} / {_told(compute.number(value.denominator))}"
    printed = _told(compute.number(value.value))
    return Entry(
        label=f"{value.label}({item.where})" if item.where else value.label,
        sentence=compute.sentence(value.figure, figures),
        value=f"{printed}{value.figure.unit}" if value.value is not None else printed,
        parts=parts,
        period=f"{start} ~ {end}" if start else _("up to %(end)s") % {"end": end},
        as_of=value.as_of.isoformat(),
        link=item.link,
    )
