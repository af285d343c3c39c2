"""Reports as Word files: fields however Word splits them, words, tables, charts, the layout, and exact errors."""

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from pytest_django import Settings

from linli.accountability.documents import charts, layout
from linli.accountability.documents.drafting import drafted
from linli.accountability.documents.reading import rewritten
from linli.accountability.queries.report_values import Asked
from linli.accountability.queries.reports import Written, template_faults, written
from linli.accountability.tests.reporting import FIGURES, lines_of, parts_of, split, survey, word
from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.records.figures.compile import EVERYWHERE, Scope
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import AS_OF

pytestmark = pytest.mark.django_db
TITLE, ENDS = "工作报告", ("县社会工作部", "{{日期}}")
AWAITED = {"awaited": [{"code": "talks", "label": "夜话场次", "unit": "场"}]}


@pytest.fixture(autouse=True)
def place(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    extra = {"figures": {"figures": FIGURES}, "reports": AWAITED}
    content_apply(actor=SYSTEM, content=lambda held: {**held, **extra})
    survey(cast)


def report(content: bytes, scope: Scope = EVERYWHERE, address: str = "http://linli.test/") -> Written:
    return written(content, Asked(AS_OF, scope, AS_OF, address))


def told(line: str, **asked: Any) -> str:
    return lines_of(report(word(TITLE, line, *ENDS), **asked).content)[2]


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("收回{{answered}}。", "收回1236份。"),
        ("收回{{收回}}。", "收回1236份。"),
        ("收回｛｛收回，余｝｝。", "收回1200余份。"),
        ("收回{{收回,余,到千}}", "收回1000余份"),
        ("收回{{收回，近}}", "收回近1300份"),
        ("收回{{收回，约}}", "收回约1200份"),
        ("收回{{收回，余，万，到千}}", "收回0.1万余份"),
        ("收回{{收回，无单位}}", "收回1236"),
        ("满意率{{满意率}}，{{ 满意率 }}", "满意率75%，75%"),
        ("满意率{{满意率，分式}}", "满意率75%（927/1236）"),
        ("收回{{收回，分式}}", "收回1236份"),
        ("上月{{测评次数，上月}}", "上月0次"),
        ("到四月{{测评次数，2026-01-01至2026-04-30}}", "到四月0次"),
        ("累计{{测评次数|累计}}", "累计1次"),
        ("阵地{{阵地}}", "阵地未采集"),
        ("夜话{{夜话场次，余}}", "夜话未采集"),
        ("夜话{{talks}}", "夜话未采集"),
        ("志愿者{{手填：35人，来自公报}}", "志愿者35人手填"),
        ("截至{{截至}}", f"截至{AS_OF.year}年{AS_OF.month}月{AS_OF.day}日"),
        ("没有字段", "没有字段"),
    ],
)
def test_fields_print_their_values(line: str, printed: str) -> None:
    assert told(line) == printed


def test_a_field_of_another_place(cast: Cast) -> None:
    survey(cast, place="second_community", answered=100, satisfied=50)
    name, code = cast.places["second_community"].name, cast.places["second_community"].code
    assert told(f"{{{{收回}}}}、{{{{收回，地区={name}}}}}、{{{{收回，地区={code}}}}}") == "1336份、100份、100份"
    whole = Scope(code, cast.places["second_community"].path)
    assert told("{{地方}}{{收回}}", scope=whole) == f"{name}100份"


@pytest.mark.parametrize(
    "pieces",
    [
        ("收回{{收回，余}}。",),
        ("收回{", "{收", "回", "，", "余}", "}。"),
        ("收回", "{{", "收回", "，余", "}}", "。"),
        ("收", "回{{收回", "，余}}。"),
    ],
)
def test_fields_are_found_however_word_has_split_them(pieces: tuple[str, ...]) -> None:
    assert lines_of(report(split(*pieces)).content)[0] == "收回1200余份。"


def test_two_fields_in_one_run_keep_what_stands_between_and_its_format() -> None:
    content = report(split("", "甲{{收回}}乙{{满意率}}丙")).content
    (paragraph,) = [item for item in Document(io.BytesIO(content)).paragraphs if "甲" in item.text]
    assert paragraph.text == "甲1236份乙75%丙"
    links = paragraph._p.findall(qn("w:hyperlink"))
    assert len(links) == 2
    assert all(link.find(f".//{qn('w:b')}") is not None for link in links)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("甲{{办结的诉求}}", "report.unknown_figure"),
        ("甲{{同名}}", "report.ambiguous_figure"),
        ("甲{{收回，大概}}", "report.unknown_option"),
        ("甲{{手填：35人}}", "report.no_reason"),
        ("甲{{收回", "report.unclosed"),
        ("甲}}收回", "report.unclosed"),
        ("{{表：收回}}", "report.no_group"),
        ("{{表：收回，按颜色}}", "report.no_group"),
        ("前{{表：收回，按社区}}", "report.not_alone"),
        ("{{收回，地区=没有的地方}}", "report.unknown_place"),
    ],
)
def test_what_is_wrong_is_said_with_its_paragraph(line: str, code: str) -> None:
    content = word(TITLE, "{{收回}}", line, *ENDS)
    assert [(item.paragraph, item.code) for item in template_faults(content)] == [(4, code)]
    with pytest.raises(DomainError) as refused:
        report(content)
    assert refused.value.code == ("report.faulty" if code != "report.unknown_place" else code)


def test_what_is_no_word_file_is_refused() -> None:
    for content in (b"", b"PK\x03\x04nonsense", b"%PDF-1.7"):
        with pytest.raises(DomainError, match=r"report\.not_word"):
            report(content)


def test_tables_and_charts_are_words_own(cast: Cast) -> None:
    survey(cast, "乙", "second_community", answered=100, satisfied=90)
    lines = ("{{表：收回+满意率，按社区}}", "{{图：收回，按社区，条图，标题=各社区}}", "{{图：收回，按月，折线}}")
    content = report(word(TITLE, *lines, *ENDS)).content
    document = Document(io.BytesIO(content))
    table = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    names = [cast.places["community"].name, cast.places["second_community"].name]
    assert [row[1:] for row in table] == [["收回(份)", "满意率(%)"], ["1236", "75"], ["100", "90"], ["1336", "76.1"]]
    assert [row[0] for row in table[1:3]] == names
    assert {"word/charts/chart1.xml", "word/charts/chart2.xml", "word/embeddings/chart1.xlsx"} <= set(parts_of(content))
    first, second = (
        charts.read(part.blob) for part in document.part.package.iter_parts() if part.content_type == charts.CHART
    )
    assert {first.shape, second.shape} == {"bar", "line"}
    bars = first if first.shape == "bar" else second
    assert (bars.names, bars.series[0].values) == (tuple(names), (1236, 100))
    assert "各社区" in lines_of(content)


def test_lines_of_a_table_are_in_the_order_that_word_wants() -> None:
    document = Document(io.BytesIO(report(word(TITLE, "{{表：收回，按社区}}", *ENDS)).content))
    order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblLook"]
    for table in document.tables:
        names = [item.tag.partition("}")[2] for item in table._tbl.tblPr]
        assert names == [name for name in order if name in names]
        assert "tblBorders" in names


def test_every_figure_leads_to_its_rows_and_stands_in_the_annex() -> None:
    done = report(word(TITLE, "{{收回，余}}和{{满意率}}，{{手填：35人，来自公报}}，{{夜话场次}}", *ENDS))
    document = Document(io.BytesIO(done.content))
    links = {item.target_ref for item in document.part.rels.values() if item.is_external}
    assert links == {
        f"http://linli.test/figures/answered/?at={AS_OF}",
        f"http://linli.test/figures/rate/?at={AS_OF}",
    }
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows][1:]
    assert [(row[2], row[3]) for row in rows] == [("1236份", ""), ("75%", "927 / 1236")]
    text = "\n".join(lines_of(done.content))
    assert "35人:来自公报" in text
    assert text.index("附件：") < text.index(ENDS[0])
    told = done.as_dict()
    assert [(item["id"], item["printed"], item["paragraph"]) for item in told["figures"]] == [
        ("answered", "1200余份", 3),
        ("rate", "75%", 3),
    ]
    assert (told["awaited"], told["typed"]) == (["夜话场次"], [{"text": "35人", "reason": "来自公报"}])
    # Without an address of its own the number leads to the annex.
    bare = Document(io.BytesIO(report(word(TITLE, "{{收回}}", *ENDS), address="").content))
    assert [item.get(qn("w:anchor")) for item in bare.element.body.iter(qn("w:hyperlink"))] == ["figure_1"]


def test_the_layout_is_that_of_official_documents() -> None:
    content = report(split("工作报告")).content
    document = Document(io.BytesIO(content))
    section = document.sections[0]
    millimetres = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    sides = [section.left_margin, section.right_margin]
    assert [round(item.mm) for item in (*millimetres, *sides) if item] == [210, 297, 37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert [grid.get(qn(f"w:{name}")) for name in ("type", "linePitch")] == ["lines", "579"]
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer._element.xml
        assert footer.paragraphs[0].text.startswith("— ")
    body: Any = document.styles[layout.BODY]
    assert (body.font.size.pt, body.element.rPr.rFonts.get(qn("w:eastAsia"))) == (16, "仿宋_GB2312")
    tighter = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (body.font.size.pt + tighter) <= Mm(156).pt < 28 * body.font.size.pt, "28 characters a line, just"


def test_parts_of_the_document_are_told_from_their_place() -> None:
    content = drafted("工作报告\n各单位：\n正文。\n一、标题\n（一）小标题\n结尾。\n县社会工作部\n2026年3月1日")
    styles = [item.style.name for item in Document(io.BytesIO(content)).paragraphs if item.text and item.style]
    assert styles == [
        layout.TITLE,
        layout.ADDRESSEE,
        layout.BODY,
        layout.HEADING,
        layout.SUBHEADING,
        layout.BODY,
        layout.SIGNATURE,
        layout.DATE,
    ]


def test_the_same_text_is_the_same_file() -> None:
    assert word(TITLE, "{{收回}}", *ENDS) == word(TITLE, "{{收回}}", *ENDS)


def test_paragraphs_are_written_anew_in_their_format() -> None:
    content = split("甲", "乙", "丙")
    assert rewritten(content, {1: "甲乙丙"}) == rewritten(content, {})
    done = Document(io.BytesIO(rewritten(content, {1: "一\r\n二"})))
    assert [item.text for item in done.paragraphs] == ["一", "二"]
    assert [item.text for item in Document(io.BytesIO(rewritten(content, {1: ""}))).paragraphs] == []


def test_text_is_never_markup() -> None:
    done = report(word(TITLE, "<script>alert(1)</script>{{手填：<b>9</b>，&<i>}}", *ENDS))
    assert "<script>" not in done.html
    assert "&lt;script&gt;" in done.html
    assert "<b>9" not in done.html


@pytest.mark.parametrize("place", ["anon-district", "dafang", "erqi", "liupanshui", "xingang"])
def test_the_word_files_of_places_are_what_their_texts_say(place: str) -> None:
    folder = Path(__file__).parents[4] / "profiles" / place / "reports"
    assert lines_of(drafted((folder / "results.txt").read_text("utf-8"))) == lines_of(
        (folder / "results.docx").read_bytes()
    )
