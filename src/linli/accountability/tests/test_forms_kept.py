"""What a workbook holds beside its cells comes back with it, and what cannot come back is said before it goes."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from pytest_django import Settings

from linli.accountability.queries.filling import drawn
from linli.accountability.queries.filling.answering import answered
from linli.accountability.queries.filling.forms import Paper, book_for, filled, read
from linli.accountability.queries.filling.inserting import follow
from linli.accountability.queries.filling.slots import Layout
from linli.accountability.tests.forms_made import BOX
from linli.accounts.testing import Cast
from linli.core.files import XLSX

SHAPE: Final = (
    '<xdr:twoCellAnchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
    "<xdr:from><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>6</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    "<xdr:to><xdr:col>8</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="9" name="说明"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>'
    '<a:prstGeom xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" prst="rect"><a:avLst/></a:prstGeom>'
    '</xdr:spPr><xdr:txBody><a:bodyPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    '<a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:r><a:t>红线以内</a:t></a:r></a:p>'
    "</xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"
)
CHOICES: Final = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list">'
    "<x14:formula1><xm:f>字典!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>D3:D4</xm:sqref></x14:dataValidation>"
    '</x14:dataValidations></ext><ext uri="{other}"/></extLst></worksheet>'
)


def with_drawings() -> bytes:
    """A list of grids of two rows with a total, a chart and a text box below it, choices from another sheet."""
    book = Workbook()
    sheet, words, total = book.active, book.create_sheet("字典"), book.create_sheet("汇总")
    sheet.title = "网格"
    for row in (["网格一览表"], ["序号", "网格名称", "户数", "类型"], [1], [2], ["合计", None, "=SUM(C3:C4)"]):
        sheet.append(row)
    for line in sheet["A2:D5"]:
        for cell in line:
            cell.border = BOX
    words.append(["甲"])
    words.append(["乙"])
    total.append(["合计户数", "=网格!C5"])
    sheet.print_area = "A1:D5"
    choice = DataValidation(type="list", formula1='"甲,乙"')
    choice.add("D3:D4")
    sheet.add_data_validation(choice)
    sheet.conditional_formatting.add(
        "C3:C5", CellIsRule("lessThan", ["1"], fill=PatternFill("solid", bgColor="FF0000"))
    )
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=2, max_row=4), titles_from_data=True)
    sheet.add_chart(chart, "A7")
    stream = io.BytesIO()
    book.save(stream)
    return changed(
        stream.getvalue(),
        {
            "xl/drawings/drawing1.xml": lambda text: text.replace("</wsDr>", f"{SHAPE}</wsDr>"),
            "xl/worksheets/sheet1.xml": lambda text: text.replace("</worksheet>", CHOICES),
        },
    )


def changed(content: bytes, changes: dict[str, Callable[[str], str]]) -> bytes:
    """A package with some of its parts changed."""
    package = drawn.Package.opened(content)
    for name, change in changes.items():
        package.parts[name] = change(package.parts[name].decode()).encode()
    return package.packed()


@pytest.fixture
def returned(cast: Cast, settings: Settings, tmp_path: Path) -> Callable[[bytes], tuple[Layout, bytes]]:
    """Fill a form of the community of the cast, which has three grids."""
    settings.DATA = tmp_path

    def make(content: bytes) -> tuple[Layout, bytes]:
        paper = Paper(content, XLSX, "表.xlsx")
        form = read(paper)
        book = book_for(cast.community_worker, cast.places["community"], form)
        layout = answered(form, book)
        return layout, filled(paper, layout, book)

    return make


def test_what_is_drawn_comes_back_and_follows_the_rows(returned: Callable[[bytes], tuple[Layout, bytes]]) -> None:
    layout, content = returned(with_drawings())
    assert (layout.lists[0].kind, layout.lists[0].more, layout.losses) == ("grid", 1, ())
    package = drawn.Package.opened(content)
    drawing = package.parts["xl/drawings/drawing1.xml"].decode()
    assert "红线以内" in drawing
    rows = [int(row.text) for row in package.xml("xl/drawings/drawing1.xml").iter(f"{drawn.DRAWN}row")]
    assert rows[:1] + rows[-2:] == [7, 7, 10], "what stood below the list stands below it still"
    chart = next(name for name in package.parts if name.startswith("xl/charts/chart"))
    shown = [item.text for item in package.xml(chart).iter(f"{drawn.CHART}f")]
    assert shown == ["'网格'!C2", "'网格'!$C$3:$C$5"], "the chart shows the new row too"
    sheet = package.parts["xl/worksheets/sheet1.xml"].decode()
    assert all(text in sheet for text in (">D3:D5<", "字典!$A$1:$A$2"))
    assert "{other}" not in sheet
    book = load_workbook(io.BytesIO(content))
    assert [len(page._charts) for page in book.worksheets] == [1, 0, 0, 0]


def test_what_refers_to_rows_follows_them(returned: Callable[[bytes], tuple[Layout, bytes]]) -> None:
    book = load_workbook(io.BytesIO(returned(with_drawings())[1]))
    sheet = book["网格"]
    assert [sheet.cell(6, column).value for column in (1, 3)] == ["合计", "=SUM(C3:C5)"]
    assert book["汇总"]["B1"].value == "=网格!C6"
    assert sheet.print_area == "'网格'!$A$1:$D$6"
    assert [str(item.sqref) for item in sheet.data_validations.dataValidation] == ["D3:D5"]
    assert [str(item.sqref) for item in sheet.conditional_formatting] == ["C3:C6"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("=SUM(C3:C4)", "=SUM(C3:C6)"),
        ("=SUM(B4:F4)", "=SUM(B4:F4)"),
        ("=C5/C4", "=C7/C4"),
        ("=SUM(C4:C4)", "=SUM(C4:C6)"),
        ("='表'!$C$5&\"C5\"", "='表'!$C$7&\"C5\""),
        ("=别的!C5+表!C5", "=别的!C5+表!C7"),
        ("=LOG10(C9)+ABC5(1)", "=LOG10(C11)+ABC5(1)"),
        ("A1:H7", "A1:H9"),
    ],
)
def test_references_follow_inserted_rows(text: str, found: str) -> None:
    assert follow(text, "表", "表", 4, 2) == found


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("xl/worksheets/sheet1.xml", lambda text: text.replace("</worksheet>", "<controls/></worksheet>"), "controls"),
        (
            "xl/worksheets/sheet1.xml",
            lambda text: text.replace("</worksheet>", "<oleObjects/></worksheet>"),
            "controls",
        ),
    ],
)
def test_what_cannot_come_back_is_known(name: str, change: Callable[[str], str], code: str) -> None:
    stream = io.BytesIO()
    Workbook().save(stream)
    assert drawn.losses(stream.getvalue()) == ()
    assert drawn.losses(changed(stream.getvalue(), {name: change})) == (code,)


def test_a_signature_does_not_outlive_a_change() -> None:
    stream = io.BytesIO()
    Workbook().save(stream)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    assert drawn.losses(stream.getvalue()) == ("signature",)
