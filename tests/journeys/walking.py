"""How journeys walk: look a matter up by its words, make a step, fill a form by the names of its fields."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

Check = Callable[[Page], None]
Open = Callable[..., Page]
CASE = re.compile(r"/cases/(\d+)/")


def open_case(page: Page, words: str) -> None:
    """Find a matter by its words in the list, and open it."""
    page.goto(f"/cases/?state=all&q={words}")
    page.locator("main a[href^='/cases/']").filter(has_text=words).first.click()
    page.wait_for_url(CASE)


def fill(page: Page, **values: Any) -> None:
    """Fill a form by the names of its fields; a choice is named by a part of its label, several by a list."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name}']")
        kind = field.first.evaluate("field => field.type")
        if kind in ("radio", "checkbox"):
            for item in value if isinstance(value, list) else [value]:
                page.locator(f"main label:has([name='{name}'])").filter(has_text=item).first.click()
        elif kind.startswith("select"):
            wanted = value if isinstance(value, list) else [value]
            options = field.locator("option")
            found = [options.filter(has_text=item).first.get_attribute("value") or "" for item in wanted]
            field.select_option(found)
        else:
            field.fill(value)


def step(page: Page, verb: str, check: Check | None = None, **values: Any) -> None:
    """From the page of a matter make one step, as a person does: its link, its form, its button."""
    page.locator(f"main a[href$='/do/{verb}/']").first.click()
    page.wait_for_url(f"**/do/{verb}/")
    send(page, check, **values)


def send(page: Page, check: Check | None = None, **values: Any) -> None:
    """Fill the one form of a step and send it; the matter's page follows, or the list where one no longer sees it."""
    fill(page, **values)
    if check:
        check(page)
    page.locator("form.card button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/cases/(\d+/)?$"))


def says(page: Page, words: str) -> None:
    """That the main part of the page shows these words."""
    expect(page.locator("main")).to_contain_text(words)


def scanned(picture: Locator) -> str:
    """The address that a phone reads from a code on a screen, below the server's own."""
    return _read(io.BytesIO(picture.screenshot()))


def scanned_paper(page: Page, form: Locator, folder: Path) -> str:
    """The address that a phone reads from the code on a printed page, which a form gives as PDF."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("no pdftoppm here (Debian: poppler-utils); the printed page is not scanned")
    token = form.locator("[name=csrfmiddlewaretoken]").get_attribute("value") or ""
    answer = page.request.post(form.get_attribute("action") or "", form={"csrfmiddlewaretoken": token})
    paper = folder / "paper.pdf"
    paper.write_bytes(answer.body())
    subprocess.run(["pdftoppm", "-png", "-singlefile", paper, paper.with_suffix("")], check=True)
    return _read(paper.with_suffix(".png"))


def _read(picture: io.BytesIO | Path) -> str:
    with Image.open(picture) as image:
        found = zxingcpp.read_barcodes(image)
    assert len(found) == 1
    parts = urlsplit(found[0].text)
    return f"{parts.path}?{parts.query}"
