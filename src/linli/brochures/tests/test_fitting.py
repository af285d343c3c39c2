"""How many lines a text takes on a page, and that the printed page agrees."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.brochures.fitting import LINES, SIGNS, lines_of, over
from linli.core import printing


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 0),
        ("邻" * SIGNS, 1),
        ("邻" * (SIGNS + 1), 2),
        ("邻" * SIGNS + "。", 2),
        ("一\n\n二", 3),
        ("邻" * (SIGNS - 1) + "（里）", 2),
        ("a" * 200, 7),
        ("邻里 " * SIGNS, 3),
    ],
)
def test_lines_of_a_text(text: str, lines: int) -> None:
    assert lines_of(text) == lines


@settings(max_examples=60, deadline=None)
@given(st.text("邻里，。（）a1 \n", max_size=300), st.text("邻里，。a \n", max_size=40))
def test_more_words_never_take_fewer_lines(text: str, more: str) -> None:
    assert lines_of(text + more) >= lines_of(text)
    assert over("邻" * SIGNS * LINES + text) >= lines_of(text) - 1


@pytest.mark.skipif(not printing.available(), reason="Pango is not installed")
def test_what_fits_here_fits_on_paper() -> None:
    from weasyprint import HTML

    texts = [
        ("邻" * (SIGNS - 1) + "，") * LINES,
        "\n".join(f"{number}. 证件（原件、复印件）" for number in range(LINES)),
        "电话 10000000001, 10000000002; " * 30,
        "“一老一小”服务；上午9:00—11:30，下午14:00—17:30。" * 12,
    ]
    for text in texts:
        kept = text
        while over(kept):
            kept = kept[:-1]
        leaf = {"number": 2, "sheet": {"row": {"heading": "题", "text": kept}}}
        context = {"row": {"title": "x"}, "leaves": [leaf], "sheet": False}
        page = HTML(string=render_to_string("brochures/print.html", context)).render().pages[0]
        boxes = [box for box in page._page_box.descendants() if getattr(box, "element_tag", "") == "div"]
        text_box = next(box for box in boxes if "text" in (box.element.get("class") or ""))
        foot = next(box for box in boxes if "foot" in (box.element.get("class") or ""))
        assert text_box.position_y + text_box.height <= foot.position_y
