"""The charts of a report as SVG, for pages that are printed or shown in the browser."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from math import ceil, cos, floor, log10, pi, sin
from typing import Final

from linli.accountability.documents.charts import COLOURS, Chart

WIDTH, HEIGHT = 620, 322
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 16, 56
TEXT: Final = 'font-size="13" fill="#222"'


def svg(chart: Chart) -> str:
    """The chart as a drawing; nothing is fetched, nothing is styled from outside."""
    parts = {"pie": _pie, "bar": _sideways}.get(chart.shape, _upright)(chart)
    inside, legend = "".join(parts), _legend(chart)
    tall = HEIGHT if legend else HEIGHT - 26
    label = escape(
        "; ".join(f"{name} {value}" for name, value in zip(chart.names, chart.series[0].values, strict=True))
    )
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {tall}" role="img" aria-label="{label}"'
        f' xmlns="http://www.w3.org/2000/svg">{inside}{legend}</svg>'
    )


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where numbers and names lie in a drawing that stands upright."""

    low: float
    high: float
    step: float

    def y(self, value: float) -> float:
        """How far down a number lies."""
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - self.low) / (self.high - self.low))

    def x(self, position: int) -> float:
        """The middle of a name's stretch."""
        return LEFT + self.step * (position + 0.5)


def _upright(chart: Chart) -> Iterator[str]:
    """Columns or lines over names."""
    plot = _Plot(*_bounds(chart), (WIDTH - LEFT - RIGHT) / max(1, len(chart.names)))
    for tick in _ticks(plot.low, plot.high):
        y = plot.y(tick)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        yield _text(LEFT - 6, y + 4, _short(tick), "end")
    every = ceil(len(chart.names) / 14)
    for position in range(0, len(chart.names), every):
        yield _text(plot.x(position), HEIGHT - BOTTOM + 18, _cut(chart.names[position], plot.step * every))
    for number in range(len(chart.series)):
        yield from (_course if chart.shape == "line" else _columns)(chart, number, plot)


def _course(chart: Chart, number: int, plot: _Plot) -> Iterator[str]:
    """One figure as a line; what was not collected is left out."""
    colour = COLOURS[number % len(COLOURS)]
    values = chart.series[number].values
    points = [(plot.x(position), value) for position, value in enumerate(values) if value is not None]
    path = " ".join(f"{x:.1f},{plot.y(value):.1f}" for x, value in points)
    yield f'<polyline points="{path}" fill="none" stroke="#{colour}" stroke-width="2.5"/>'
    for x, value in points:
        yield f'<circle cx="{x:.1f}" cy="{plot.y(value):.1f}" r="3.5" fill="#{colour}"/>'
        yield _text(x, plot.y(value) - 8, _short(value))


def _columns(chart: Chart, number: int, plot: _Plot) -> Iterator[str]:
    """One figure as columns."""
    width = plot.step * 0.64 / len(chart.series)
    for position, value in enumerate(chart.series[number].values):
        if value is None:
            continue
        left = plot.x(position) - plot.step * 0.32 + width * number
        top, base = plot.y(max(value, 0)), plot.y(min(value, 0))
        yield _bar(left, top, width, max(0.5, base - top), number)
        if width > 14:
            yield _text(left + width / 2, top - 4, _short(value))


def _sideways(chart: Chart) -> Iterator[str]:
    """Bars beside names, the first on top."""
    high = _bounds(chart)[1]
    left = min(200, 20 + max((_wide(name) for name in chart.names), default=13))
    wide, step = WIDTH - left - 50, (HEIGHT - TOP - 40) / max(1, len(chart.names))
    height = step * 0.7 / len(chart.series)
    for position, name in enumerate(chart.names):
        middle = TOP + step * (position + 0.5)
        yield _text(left - 6, middle + 4, _cut(name, left - 12), "end")
        for number, series in enumerate(chart.series):
            value = series.values[position]
            if value is None:
                continue
            top, length = middle - step * 0.35 + height * number, max(0.5, wide * max(0, value) / high)
            yield _bar(left, top, length, height, number)
            yield _text(left + length + 5, top + height / 2 + 4, _short(value), "start")


def _pie(chart: Chart) -> Iterator[str]:
    """Parts of a whole, the first from the top, clockwise."""
    values = [max(0.0, float(value or 0)) for value in chart.series[0].values]
    whole = sum(values) or 1
    x, y, radius, begun = WIDTH / 2, (HEIGHT - 40) / 2, (HEIGHT - 60) / 2, 0.0
    for position, value in enumerate(values):
        ended = begun + value / whole
        colour = COLOURS[position % len(COLOURS)]
        if value >= whole:
            yield f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#{colour}"/>'
        elif value:
            (x1, y1), (x2, y2) = (
                (x + radius * sin(2 * pi * part), y - radius * cos(2 * pi * part)) for part in (begun, ended)
            )
            large = int(ended - begun > 0.5)
            yield (
                f'<path d="M{x},{y} L{x1:.1f},{y1:.1f} A{radius},{radius} 0 {large} 1 {x2:.1f},{y2:.1f} Z"'
                f' fill="#{colour}" stroke="#fff"/>'
            )
        if value / whole > 0.03:
            middle = 2 * pi * (begun + ended) / 2
            yield (
                f'<text x="{x + 0.68 * radius * sin(middle):.1f}" y="{y - 0.68 * radius * cos(middle) + 4:.1f}"'
                f' text-anchor="middle" font-size="13" fill="#fff">{100 * value / whole:.0f}%</text>'
            )
        begun = ended


def _legend(chart: Chart) -> str:
    names = chart.names if chart.shape == "pie" else tuple(series.name for series in chart.series)
    if len(names) < 2 and chart.shape != "pie":
        return ""
    parts, x, y = [], 20.0, HEIGHT - 24
    for position, name in enumerate(names):
        width = 26 + _wide(name)
        if x + width > WIDTH:
            x, y = 20.0, y + 18
        colour = COLOURS[position % len(COLOURS)]
        parts.append(f'<rect x="{x}" y="{y}" width="12" height="12" fill="#{colour}"/>')
        parts.append(f'<text x="{x + 16}" y="{y + 11}" {TEXT}>{escape(name)}</text>')
        x += width
    return "".join(parts)


def _bounds(chart: Chart) -> tuple[float, float]:
    values = [value for series in chart.series for value in series.values if value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    return low, high * 1.08 if high > 0 else (1.0 if low == 0 else 0.0)


def _ticks(low: float, high: float) -> list[float]:
    """Four to seven round numbers between the bounds."""
    raw = (high - low) / 5
    unit = 10 ** floor(log10(raw))
    step = next(unit * times for times in (1, 2, 5, 10) if unit * times >= raw)
    return [step * n for n in range(ceil(low / step), floor(high / step) + 1)]


def _text(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {TEXT}>{words}</text>'


def _bar(x: float, y: float, width: float, height: float, number: int) -> str:
    colour = COLOURS[number % len(COLOURS)]
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="#{colour}"/>'


def _short(value: float) -> str:
    return f"{value:g}" if abs(value) < 1_000_000 else f"{value / 10000:g}万"


def _wide(name: str) -> float:
    """About how wide a name is; Latin letters are half as wide as Chinese ones."""
    return sum(7.2 if letter.isascii() else 13 for letter in name)


def _cut(name: str, width: float) -> str:
    if _wide(name) <= max(26, width):
        return escape(name)
    while len(name) > 1 and _wide(name) > max(26, width) - 13:
        name = name[:-1]
    return escape(f"{name}…")
