"""Charts that belong to Word: DrawingML with their numbers in a workbook inside, so that the office can go on."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape

import xlsxwriter
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from linli.accountability.documents.fields import Shape

COLOURS: Final = ("2F6B4F", "B5532A", "2B5C8A", "8A6D1F", "6A4C7D", "4F7F86", "9A3B4A", "5B6B2F", "3F4F6B", "A8743A")
WIDTH, HEIGHT = 5_580_000, 2_900_000
CHART: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
NAMES: Final = (
    f'xmlns:c="{C}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
FONT: Final = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000"><a:latin typeface="Times New Roman"/>'
    '<a:ea typeface="仿宋_GB2312"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
)


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one figure, in the order of the chart's names; None is not collected."""

    name: str
    values: tuple[int | float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as data: its shape, what it is called, the names along its axis and its numbers."""

    shape: Shape
    title: str
    names: tuple[str, ...]
    series: tuple[Series, ...]


def drawn(document: Word, chart: Chart) -> Any:
    """A run with the chart, whose part is added to the document."""
    package = document.part.package
    number = 1 + sum(part.content_type == CHART for part in package.iter_parts())
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), XLSX, _workbook(chart), package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART, b"", package)
    inside = part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = _xml(chart, inside).encode()
    name = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    title = escape(chart.title, {'"': "&quot;"})
    return parse_xml(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        f" {NAMES}><w:drawing>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{WIDTH}" cy="{HEIGHT}"/>'
        f'<wp:docPr id="{1000 + number}" name="图 {number}" descr="{title}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{C}"><c:chart r:id="{name}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _workbook(chart: Chart) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        for row, name in enumerate(chart.names, 1):
            sheet.write_string(row, 0, name)
        for column, series in enumerate(chart.series, 1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return stream.getvalue()


def _xml(chart: Chart, workbook: str) -> str:
    plot = {"line": _line, "pie": _pie}.get(chart.shape, _bars)(chart)
    legend = chart.shape == "pie" or len(chart.series) > 1
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {NAMES}><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}</c:plotArea>'
        + ('<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if legend else "")
        + '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{FONT}<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _bars(chart: Chart) -> str:
    direction = "bar" if chart.shape == "bar" else "col"
    series = "".join(_series(chart, position, _fill(position)) for position in range(len(chart.series)))
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>{_axes(chart)}'
    )


def _line(chart: Chart) -> str:
    series = "".join(_series(chart, position, _stroke(position), smooth=True) for position in range(len(chart.series)))
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
        f'<c:axId val="1"/><c:axId val="2"/></c:lineChart>{_axes(chart)}'
    )


def _pie(chart: Chart) -> str:
    points = "".join(
        f'<c:dPt><c:idx val="{position}"/><c:bubble3D val="0"/>{_fill(position)}</c:dPt>'
        for position in range(len(chart.names))
    )
    return f'<c:pieChart><c:varyColors val="1"/>{_series(chart, 0, points)}<c:firstSliceAng val="0"/></c:pieChart>'


def _series(chart: Chart, position: int, look: str, smooth: bool = False) -> str:
    series, column = chart.series[position], chr(ord("B") + position)
    last = len(chart.names) + 1
    names = "".join(f'<c:pt idx="{n}"><c:v>{escape(name)}</c:v></c:pt>' for n, name in enumerate(chart.names))
    values = "".join(
        f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(series.values) if value is not None
    )
    count = f'<c:ptCount val="{len(chart.names)}"/>'
    share = int(chart.shape == "pie")
    return (
        f'<c:ser><c:idx val="{position}"/><c:order val="{position}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt></c:strCache>'
        f"</c:strRef></c:tx>{look}"
        f'<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        f'<c:showPercent val="{share}"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{count}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache>"
        f"<c:formatCode>General</c:formatCode>{count}{values}</c:numCache></c:numRef></c:val>"
        + ('<c:smooth val="0"/>' if smooth else "")
        + "</c:ser>"
    )


def _axes(chart: Chart) -> str:
    sideways = chart.shape == "bar"
    below = any(value is not None and value < 0 for series in chart.series for value in series.values)
    floor = "" if below else '<c:min val="0"/>'
    names, numbers = ("l", "b") if sideways else ("b", "l")
    order = "maxMin" if sideways else "minMax"
    line = '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="7F7F7F"/></a:solidFill></a:ln></c:spPr>'
    grid = (
        '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln>'
        "</c:spPr></c:majorGridlines>"
    )
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{names}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{line}<c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f"{floor}</c:scaling>"
        f'<c:delete val="0"/><c:axPos val="{numbers}"/>{grid}<c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{line}'
        f'<c:crossAx val="1"/>{"<c:crosses val=" + chr(34) + "max" + chr(34) + "/>" if sideways else ""}</c:valAx>'
    )


def _fill(position: int) -> str:
    colour = COLOURS[position % len(COLOURS)]
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr>'


def _stroke(position: int) -> str:
    colour = COLOURS[position % len(COLOURS)]
    return (
        f'<c:spPr><a:ln w="25400"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr>'
        '<c:marker><c:symbol val="circle"/><c:size val="5"/></c:marker>'
    )


def read(xml: bytes) -> Chart:
    """The chart that such a part holds."""
    root = parse_xml(xml)
    plot = next(item for item in root.iter() if isinstance(item.tag, str) and item.tag.endswith("Chart"))
    kind = plot.tag.removeprefix(f"{{{C}}}")
    series = list(plot.iter(f"{{{C}}}ser"))
    names = tuple(point.findtext(f"{{{C}}}v") or "" for point in series[0].iterfind(f"{{{C}}}cat//{{{C}}}pt"))
    sideways = plot.find(f"{{{C}}}barDir")
    shapes: dict[str, Shape] = {"lineChart": "line", "pieChart": "pie"}
    shape = shapes.get(kind, "bar" if sideways is not None and sideways.get("val") == "bar" else "column")
    return Chart(shape, "", names, tuple(_read_series(item, len(names)) for item in series))


def _read_series(item: Any, count: int) -> Series:
    held = {
        int(point.get("idx")): float(point.findtext(f"{{{C}}}v")) for point in item.iterfind(f"{{{C}}}val//{{{C}}}pt")
    }
    name = item.findtext(f"{{{C}}}tx//{{{C}}}v") or ""
    plain = {key: int(value) if value == int(value) else value for key, value in held.items()}
    return Series(name, tuple(plain.get(position) for position in range(count)))
