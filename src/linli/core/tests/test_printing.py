"""Printing, and what happens on a machine that lacks the libraries for it."""

import re
import socket
import subprocess
import sys
import zlib
from pathlib import Path
from urllib.parse import quote

import pytest

from linli.core import health, printing
from linli.core.errors import RuleBroken
from linli.core.testing.plugin import needs_printing


class Refusing:
    """An importer that fails for WeasyPrint as a machine without Pango does."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Fail for the one module, leave the others to the next importer."""
        if name == "weasyprint":
            raise self.fault


@needs_printing
def test_a_page_is_printed() -> None:
    assert printing.pdf("<p>邻里</p>").startswith(b"%PDF")
    assert not list(health.printed())


@needs_printing
@pytest.mark.parametrize("rare", ["邻", "㐂", "𠮷"])
def test_rare_characters_are_printed_where_a_font_has_them(rare: str) -> None:
    listed = subprocess.run(["fc-list", f":charset={ord(rare):x}"], capture_output=True, text=True, check=False)
    if not listed.stdout:
        pytest.skip("no font here has it")
    document = printing.pdf(f"<p>{rare}</p>")
    parts = (
        zlib.decompressobj().decompress(part)
        for part in re.findall(rb"stream\r?\n(.*?)endstream", document, re.DOTALL)
        if part[:1] == b"x"
    )
    glyphs = re.findall(rb"<([0-9a-f]+)> <%s>" % rare.encode("utf-16-be").hex().encode(), b"".join(parts).lower())
    assert glyphs
    assert all(int(glyph, 16) for glyph in glyphs), "the glyph of what is missing"


@needs_printing
def test_nothing_is_fetched_for_a_page(tmp_path: Path) -> None:
    """Neither over the network nor from the files of this machine, whatever a text got into the page."""
    secret = tmp_path / "secret.txt"
    secret.write_text("wangluo")
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        inner = f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{url}'/></svg>"
        html = f"""<link rel=stylesheet href="{url}"><link rel=attachment href="{secret.as_uri()}"><img src="{url}">
            <style>@import url("{url}"); body {{ background: url("{url}") }}</style>
            <img src="data:image/svg+xml,{quote(inner)}"><object data="{secret.as_uri()}"></object>"""
        document = printing.pdf(html)
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert document.startswith(b"%PDF")
    assert b"EmbeddedFile" not in document


@pytest.mark.parametrize("fault", [ImportError(), OSError("cannot load library 'libpango-1.0-0'")])
def test_without_its_libraries_printing_is_refused_and_the_doctor_says_so(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Refusing(fault), *sys.meta_path])
    with pytest.raises(RuleBroken) as refusal:
        printing.pdf("<p>邻里</p>")
    assert refusal.value.code == "print.no_pango"
    assert "libpango" in refusal.value.sentence
    assert [finding.code for finding in health.printed()] == ["print.no_pango"]
