"""A brochure is filled from what is public, found too long, issued, printed and laid out; neighbours open the site."""

import re

import pytest
from playwright.sync_api import Page
from tests.journeys.walking import Check, Open, says

from linli.core import printing

pytestmark = [pytest.mark.journey, pytest.mark.slow]
BROCHURE = re.compile(r"/brochures/\d+/$")


def test_a_brochure_goes_out_and_a_neighbour_opens_the_site(visit: Open, accessible: Check) -> None:
    desk = visit("shequ")
    desk.goto("/brochures/")
    accessible(desk)
    desk.fill("#id_title", "邻里口袋书")
    desk.click("main form.card button[type=submit]")
    desk.wait_for_url(BROCHURE)

    # A page is taken from what is public; one that is too long is named, and shortened by hand.
    desk.click("a[href$='/pages/2/']")
    accessible(desk)
    desk.locator("main details", has_text="办事事项").locator("summary").click()
    desk.locator("main details[open] a").first.click()
    assert desk.input_value("#id_text")
    desk.fill("#id_text", "邻里一家。" * 100)
    desk.click("main form.card button[type=submit]")
    desk.wait_for_url(BROCHURE)
    says(desk, "第 2 页超出")
    desk.click("form[action$='/issue/'] button")
    says(desk, "请删减正文")
    desk.locator("a[href$='/pages/2/']").click()
    desk.fill("#id_text", "带身份证，当场办结。")
    desk.click("main form.card button[type=submit]")
    desk.wait_for_url(BROCHURE)
    desk.click("form[action$='/issue/'] button")
    says(desk, "第 1 版")
    accessible(desk)
    if printing.available():
        for form in ("pages", "sheet"):
            assert (
                desk.request.get(desk.url.replace("/brochures/", "/public/brochures/") + f"{form}.pdf")
                .body()
                .startswith(b"%PDF")
            )

    desk.fill("#id_copies", "8")
    desk.click("form[action$='/send/'] button")
    says(desk, "已发放 8 份")
    says(desk, "待补")

    for phone in (False, True):
        _read(visit("", phone=phone), accessible)


def _read(neighbour: Page, accessible: Check) -> None:
    neighbour.goto("/public/")
    neighbour.locator("main a", has_text="街道社区主页").click()
    accessible(neighbour)
    neighbour.locator("main section a").first.click()
    neighbour.locator("main section a").first.click()
    accessible(neighbour)
    says(neighbour, "网格与负责人")
    assert neighbour.locator("link[rel=canonical]").count() == 1
