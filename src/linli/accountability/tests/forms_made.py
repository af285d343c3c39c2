"""Forms as offices send them, made anew for each test: six that Linli is built for, and others that it was not.

All names and numbers are invented. What is between the words is what a community would have to fill in.
"""

import io
from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

THIN: Final = Side(style="thin")
BOX: Final = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def workbook(
    rows: Sequence[Sequence[Any]],
    *,
    merges: Sequence[str] = (),
    plain: int = 1,
    widths: Sequence[int] = (),
    name: str = "表",
) -> bytes:
    """A workbook of one sheet: rows of values, None an empty cell with borders; the first `plain` rows have none."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    width = max(len(row) for row in rows)
    for number, row in enumerate(rows, start=1):
        for column in range(1, width + 1):
            cell = sheet.cell(number, column, row[column - 1] if column <= len(row) else None)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if number > plain:
                cell.border = BOX
    for merge in merges:
        sheet.merge_cells(merge)
    sheet["A1"].font = Font(name="方正小标宋简体", size=18, bold=True)
    for number, value in enumerate(widths):
        sheet.column_dimensions[chr(65 + number)].width = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def document(parts: Sequence[Any]) -> bytes:
    """A document of paragraphs (texts) and tables (lists of rows; a cell of `<` belongs to the one on its left)."""
    made = Document()
    for part in parts:
        if isinstance(part, str):
            made.add_paragraph(part)
            continue
        table = made.add_table(rows=len(part), cols=max(len(row) for row in part))
        for line, row in zip(table.rows, part, strict=True):
            first = 0
            for number, text in enumerate(row):
                if text == "<":
                    line.cells[first].merge(line.cells[number])
                else:
                    first = number
                    line.cells[number].text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def basics() -> bytes:
    """A card of the community: labels beside cells, some merged, a line for who fills in."""
    return workbook(
        [
            ["社区基本情况登记表"],
            ["填报单位：", None, None, "填报日期：", None, None],
            ["社区名称", None, "行政区划代码", None, "所属街道", None],
            ["居民总户数（户）", None, "常住人口（人）", None, "居民小区（个）", None],
            ["楼栋数", None, "网格总数（个）", None, "网格员人数", None],
            ["社区党组织书记", None, "基层党组织数", None, "党员人数", None],
            ["志愿服务队伍（支）", None, "物业服务企业（家）", None, "活动阵地（处）", None],
            ["备注", None, None, None, None, None],
        ],
        merges=["A1:F1", "B8:F8"],
        plain=2,
        widths=[22, 16, 18, 16, 18, 16],
    )


def compounds() -> bytes:
    """A ledger of compounds with a header in two rows and a total with formulas."""
    return workbook(
        [
            ["居民小区（楼院）情况统计表"],
            ["填报单位：", None, None, None, None, None, None, None],
            ["序号", "小区名称", "所属社区", "基本情况", None, None, "组织建设", None],
            [None, None, None, "楼栋数", "户数", "人口", "党组织数", "志愿服务队数"],
            [1, None, None, None, None, None, None, None],
            [2, None, None, None, None, None, None, None],
            ["合计", None, None, "=SUM(D5:D6)", "=SUM(E5:E6)", "=SUM(F5:F6)", "=SUM(G5:G6)", "=SUM(H5:H6)"],
        ],
        merges=["A1:H1", "A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:H3"],
        plain=2,
        widths=[6, 24, 18, 10, 10, 10, 10, 14],
    )


def indicators() -> bytes:
    """A monthly return: indicators with units, this month and since January."""
    return workbook(
        [
            ["2026年10月基层治理工作月报表"],
            ["序号", "指标名称", "计量单位", "本月", "本年累计"],
            [1, "受理群众诉求", "件", None, None],
            [2, "其中：停车秩序类", "件", None, None],
            [3, "环境卫生类", "件", None, None],
            [4, "办结群众诉求", "件", None, None],
            [5, "诉求办结率", "%", None, None],
            [6, "街道吹哨", "次", None, None],
            [7, "新增就业人数", "人", None, None],
            ["审核人：", None, "填表人：", None, None],
        ],
        merges=["A1:E1"],
        widths=[6, 26, 10, 12, 12],
    )


def grids_matrix() -> bytes:
    """Grids down the side, figures along the top."""
    return workbook(
        [
            ["网格工作情况一览表"],
            ["网格", "户数", "人口", "网格长", "党小组数", "受理诉求"],
            ["演示一小区第1网格", None, None, None, None, None],
            ["演示一小区第2网格", None, None, None, None, None],
            ["合计", "=SUM(B3:B4)", "=SUM(C3:C4)", None, "=SUM(E3:E4)", "=SUM(F3:F4)"],
        ],
        merges=["A1:F1"],
        widths=[24, 10, 10, 12, 12, 12],
    )


def report_text() -> bytes:
    """A Word report with blanks in its sentences and a table of labels."""
    return document(
        [
            "关于报送社区治理情况的报告",
            "填报单位：__________    填报日期：____年__月__日",
            "截至目前，全社区共有居民小区____个，划分网格____个，居民____户、____人。",
            "建立党组织____个，有党员____名；组建志愿服务队____支，志愿者____人。",
            "今年以来受理群众诉求____件，已办结____件，办结率____%。",
            [
                ["社区名称", "", "社区书记", ""],
                ["网格员人数", "", "物业服务企业（家）", ""],
                ["下一步工作打算", "", "<", "<"],
            ],
            "负责人签字：            联系电话：__________",
        ]
    )


def years_in_groups() -> bytes:
    """Communities down the side; figures of a year as groups of columns, with its months or parts below."""
    head = ["2026年受理诉求", None, "2025年受理诉求", None, None, "2026年办结诉求", None]
    return workbook(
        [
            ["各社区诉求办理情况统计表"],
            ["社区", *head],
            [None, "本月", "累计", "12月", "本月", "累计", "10月", "全年"],
            ["零五鑫港社区居民委员会", *[None] * 7],
            ["桥东社区居民委员会", *[None] * 7],
        ],
        merges=["A1:H1", "A2:A3", "B2:C2", "D2:F2", "G2:H2"],
    )


def months() -> bytes:
    """Months down the side of a Word table, figures along the top."""
    rows = [["月份", "受理诉求数", "办结诉求数", "办结率（%）"]]
    rows += [[f"{month}月", "", "", ""] for month in range(1, 13)]
    return document(["2026年诉求办理情况统计表", [*rows, ["全年", "", "", ""]]])


def households() -> bytes:
    """Households with names and numbers: no register answers it, the rows belong to this ask."""
    return workbook(
        [
            ["困难家庭走访登记表"],
            ["序号", "户主姓名", "家庭人口", "困难类型", "联系电话", "备注"],
            *([number, None, None, None, None, None] for number in range(1, 6)),
        ],
        merges=["A1:F1"],
    )


SIX: Final = {
    "社区基本情况登记表.xlsx": basics,
    "居民小区统计表.xlsx": compounds,
    "2026年10月月报表.xlsx": indicators,
    "网格一览表.xlsx": grids_matrix,
    "社区治理情况报告.docx": report_text,
    "2026年诉求办理统计表.docx": months,
}
